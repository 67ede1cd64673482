"""First screens of leaders, supervisors, the platform's admin and everybody else."""

from django.db.models import Q
from django.utils import timezone

from incubator.accounts.choices import Role, Scope
from incubator.accounts.models import Invitation, User
from incubator.divisions.models import Division
from incubator.jobs.models import Job
from incubator.site.homes.base import (
    FEW,
    ROWS,
    Home,
    address,
    contacts_in,
    counted_in_month,
    given_by_meetings,
    month_of,
    page,
)
from organizations.models import Filing, SocialOrganization
from organizations.querysets import served_divisions
from projects.choices import RUNNING, ProjectStage
from projects.models import Activity, ActivityPlan, FollowUp, StageRequest

LONG_UNSEEN = 30  # days


class LeaderHome(Home):
    """One's own organization: its stage, what is to do, one big button."""

    template = "site/home_leader.html"

    def context(self, user, now, place=None):
        own = user.access.bodies(Scope.ORGANIZATION, Role.ORGANIZATION_LEADER)
        organizations = list(SocialOrganization.objects.filter(uuid__in=own).with_names().order_by("pk"))
        today = timezone.localdate(now)
        plans = ActivityPlan.objects.visible_to(user).in_force().filter(project__stage__in=RUNNING)
        tasks = FollowUp.objects.filter(organization__in=organizations).open().with_names()
        return {
            "organizations": organizations,
            "ours_url": page("projects:activity-ours"),
            "coming": list(
                plans.filter(planned_on__gte=today).select_related("project").order_by("planned_on", "pk")[:FEW]
            ),
            "tasks": list(tasks.order_by("due_on", "pk")[:FEW]),
            **given_by_meetings(user, now),
            "filings": list(
                Filing.objects.filter(organization__in=organizations)
                .filter(Q(status__in=["draft", "returned", "submitted", "checked"]))
                .select_related("organization")
                .order_by("-updated_at", "-pk")[:5]
            ),
            "recent": list(
                Activity.objects.visible_to(user).counted().with_names().order_by("-starts_at", "-pk")[:FEW]
            ),
            "month_count": counted_in_month(user, now).count(),
            "month": month_of(now).strftime("%Y-%m"),
        }


class SupervisorHome(Home):
    """Records that wait to be looked at, oldest first; projects that wait for their first decision; who was long not
    seen."""

    template = "site/home_supervisor.html"

    def context(self, user, now, place=None):
        waiting = Activity.objects.visible_to(user).filter(status="submitted").exclude(recorded_by=user)
        requests = StageRequest.objects.visible_to(user).filter(status="open", from_stage=ProjectStage.PREPARATION)
        contacts = contacts_in(served_divisions(user), now)
        return {
            "waiting": list(waiting.with_names().order_by("submitted_at", "pk")[:ROWS]),
            "waiting_count": waiting.count(),
            "review_url": page("projects:review-list") or address("projects:activity-list", status="submitted"),
            "requests": list(
                requests.exclude(requested_by=user)
                .select_related("project__organization", "requested_by")
                .order_by("requested_at", "pk")[:FEW]
            ),
            "requests_url": page("projects:stage-request-list"),
            "unseen": [row for row in contacts if row.days is None or row.days >= LONG_UNSEEN][:FEW],
            "month_count": counted_in_month(user, now).count(),
            "month": month_of(now).strftime("%Y-%m"),
        }


class PlatformHome(Home):
    """What the platform itself needs: people, places, work that gave up."""

    template = "site/home_platform.html"

    def context(self, user, now, place=None):
        return {
            "people": User.objects.filter(is_active=True).count(),
            "divisions": Division.objects.current().count(),
            "communities_loaded": Division.objects.current().communities().exists(),
            "organizations": SocialOrganization.objects.existing().count(),
            "invitations": Invitation.objects.open(now).count(),
            "dead_jobs": Job.objects.filter(state="dead").count(),
        }


class OtherHome(Home):
    """Reviewers, funders, evaluators, finance, grid workers: what this account is for, until work is handed to it."""

    def context(self, user, now, place=None):
        return {"grants": user.access.grants}
