"""工作台: what is to do today, one big button, then the rest."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role
from incubator.divisions.models import Division
from incubator.site.homes.base import (
    CARDS,
    FEW,
    Home,
    address,
    chips_of,
    contacts_in,
    counted_in_month,
    given_by_meetings,
    last_contacts,
    month_of,
    page,
)
from organizations.models import SocialOrganization
from projects.choices import FollowUpKind
from projects.models import Activity, FollowUp
from projects.services.contract import progress_for
from projects.services.derived_task import derived_tasks, due_plans
from projects.services.kind import get_kind

SEEN = 3  # rows of "whom to see"


@dataclass
class Card:
    """One thing of today. ``organization`` carries ``days`` since the last contact."""

    title: str
    organization: SocialOrganization
    text: str
    is_promise: bool
    late: int
    log_url: str
    move_url: str
    url: str


class WorkerHome(Home):
    template = "site/home_worker.html"

    def places(self, user):
        """The places of one's grants; of a single street its communities that have organizations."""
        own = user.access.divisions(Role.SOCIAL_WORKER)
        if len(own) != 1:
            return sorted(own, key=lambda place: place.code)
        bodies = SocialOrganization.objects.existing().in_places(own)
        return list(Division.objects.filter(pk__in=bodies.order_by().values("community_id")).order_by("code")[:60])

    def context(self, user, now, place=None):
        today = timezone.localdate(now)
        roots = [place] if place else user.access.divisions(Role.SOCIAL_WORKER)
        contacts = contacts_in(roots, now)
        plans = due_plans(user, today)
        cards = self.cards(user, now, place, plans, contacts)
        here = {card.organization.pk for card in cards if card.organization}
        drafts = Activity.objects.drafts_of(user).with_names().order_by("-updated_at", "-pk")
        return {
            "cards": cards,
            "chips": chips_of(user),
            "drafts": list(drafts[:10]),
            "contracts": progress_for(user, today),
            "to_see": [organization for organization in contacts if organization.pk not in here][:SEEN],
            "has_organizations": bool(contacts),
            "missing": derived_tasks(user, today, plans)[:FEW],
            "month_count": counted_in_month(user, now).filter(recorded_by=user).count(),
            "month": month_of(now).strftime("%Y-%m"),
            "papers_url": page("projects:paper-batch"),
            "tasks_url": page("projects:follow-up-list"),
            **given_by_meetings(user, now),
        }

    def cards(self, user, now, place, plans, contacts):
        """What is due, the longest overdue first, then what was planned for today; at most three. (What was planned for
        a day that is past is told by ``derived_tasks``.) ``plans`` and ``contacts`` are what the page has read."""
        today = timezone.localdate(now)
        tasks = FollowUp.objects.of_worker(user).due(today).select_related("organization")
        todays = [plan for plan in plans if plan.planned_on == today]
        if place:
            tasks = tasks.filter(community__in=Division.objects.within([place]).values("pk"))
            todays = [plan for plan in todays if place.contains(plan.project.community)]
        chosen = list(tasks.order_by("due_on", "pk")[:CARDS])
        chosen += todays[: CARDS - len(chosen)]
        bodies = {self.body(thing).pk for thing in chosen if self.body(thing)}
        seen = {row.pk: row for row in contacts if row.pk in bodies}
        if others := bodies - set(seen):
            rows = last_contacts(SocialOrganization.objects.filter(pk__in=others), now)
            seen |= {row.pk: row for row in rows}
        return [self.card(thing, seen, today) for thing in chosen]

    @staticmethod
    def body(thing):
        return thing.organization if isinstance(thing, FollowUp) else thing.project.organization

    def card(self, thing, seen, today):
        organization = seen.get(self.body(thing).pk) if self.body(thing) else None
        query = {"organization": organization.uuid} if organization else {}
        if isinstance(thing, FollowUp):
            is_task = thing.kind == FollowUpKind.TASK
            return Card(
                title=_("Task") if is_task else str(get_kind("visit").label),
                organization=organization,
                text=thing.title,
                is_promise=thing.kind == FollowUpKind.PROMISE,
                late=(today - thing.due_on).days,
                log_url=address("projects:activity-create", **({} if is_task else {"kind": "visit"}), **query),
                move_url=page("projects:follow-up-postpone", thing.uuid),
                url=page("projects:follow-up-detail", thing.uuid),
            )
        kind = get_kind(thing.kind)
        return Card(
            title=str(kind.label) if kind else _("Planned"),
            organization=organization,
            text=thing.title,
            is_promise=False,
            late=0,
            log_url=address("projects:activity-create", plan=thing.uuid, kind=thing.kind, **query),
            move_url=page("projects:plan-update", thing.uuid),
            url=thing.get_absolute_url(),
        )
