"""What the entry form offers for the organizations chosen so far: plans, objectives, places, colleagues, records."""

import uuid as uuids

from django.db.models import Q

from incubator.accounts.choices import Role
from incubator.accounts.models import RoleGrant, User
from organizations.models import Place
from projects.models import Activity, ActivityPlan, Objective
from projects.querysets import organizations_to_log
from projects.services.activity_link import projects_of

RECENT = 20  # records that a supervision may have talked about
COLLEAGUES = (Role.SOCIAL_WORKER, Role.HUB_CENTER, Role.COMMUNITY_STAFF)
MOST_PEOPLE = 80


def identifiers(values):
    """The identifiers among what was sent."""
    found = []
    for value in values if isinstance(values, list | tuple | set) else [values]:
        try:
            found.append(uuids.UUID(str(value)))
        except ValueError:
            continue
    return found


def chosen_organizations(user, values, known=()):
    """The organizations of these identifiers that the person may record activities of, in the order sent; asked for only
    when they are not all among the ``known``."""
    wanted = identifiers(values)
    found = {item.uuid: item for item in known if item.uuid in wanted}
    if len(found) < len(set(wanted)):
        rows = organizations_to_log(user).filter(uuid__in=wanted).select_related("community")
        found = {item.uuid: item for item in rows}
    return [found[identifier] for identifier in dict.fromkeys(wanted) if identifier in found]


class Offers:
    """``organization`` None: nothing is known yet and nothing is offered. ``activity``: the record that is changed; what
    it names already stays on offer."""

    def __init__(self, *, user, kind, organization=None, others=(), activity=None):
        self.user, self.kind, self.organization, self.activity = user, kind, organization, activity
        self.organizations = [organization, *others] if organization else []
        projects = {project.pk for project in projects_of(self.organizations).values()} if self.organizations else set()
        if activity is not None and activity.pk:
            projects |= {link.project_id for link in activity.served_links if link.project_id}
        self.projects = projects

    def plans(self):
        open_ones = ActivityPlan.objects.in_force().filter(project__in=self.projects).with_held().filter(is_held=False)
        wanted = Q(pk__in=open_ones.order_by().values("pk"))
        if self.activity is not None and self.activity.plan_id:
            wanted |= Q(pk=self.activity.plan_id)
        return ActivityPlan.objects.filter(wanted).order_by("planned_on", "pk")

    def objectives(self):
        found = Objective.objects.filter(project__in=self.projects)
        return found.filter(dropped_at__isnull=True).select_related("project").order_by("project", "order", "pk")

    def places(self):
        if not self.organization:
            return Place.objects.none()
        here = Place.objects.filter(community=self.organization.community_id)
        return here.filter(is_active=True).order_by("kind", "name", "pk")

    def people(self, *roles):
        """Who holds one of the roles in the place or above it, without the person who records."""
        if not self.organization:
            return User.objects.none()
        grants = RoleGrant.objects.active().filter(
            role__in=roles or COLLEAGUES, division__code__in=self.organization.community.ancestor_codes
        )
        author = self.activity.recorded_by_id if self.activity is not None and self.activity.pk else self.user.pk
        people = User.objects.filter(pk__in=grants.values("user_id"), is_active=True).exclude(pk=author)
        return people.order_by("name", "pk")

    def supervised(self):
        return self.people(Role.SOCIAL_WORKER) if self.kind.supervises == "workers" else User.objects.none()

    def records(self):
        """The last records of the supervised people or organization that the person reads."""
        if not self.organization or not self.kind.supervises:
            return Activity.objects.none()
        seen = Activity.objects.visible_to(self.user, drafts=False)
        if self.kind.supervises == "workers":
            seen = seen.filter(recorded_by__in=self.people(Role.SOCIAL_WORKER).values("pk"))
        else:
            seen = seen.serving(self.organization)
        if self.activity is not None and self.activity.pk:
            seen = seen.exclude(pk=self.activity.pk)
        newest = list(seen.order_by("-starts_at", "-pk").values_list("pk", flat=True)[:RECENT])
        if self.activity is not None and self.activity.pk:
            newest += self.activity.discusses.values_list("discussed_id", flat=True)
        return Activity.objects.filter(pk__in=newest).select_related("organization").order_by("-starts_at", "-pk")
