"""What each person may see of projects and activities."""

import datetime

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone

from incubator.accounts.choices import Role, Scope
from incubator.divisions.models import Division
from organizations.querysets import served_divisions

from projects.choices import COUNTED

# Roles on a place that read the projects and activities of the organizations there. The platform admin is not among
# them: who runs the platform does not read casework.
CASE_READERS = (
    Role.SOCIAL_WORKER,
    Role.STREET_STAFF,
    Role.COMMUNITY_STAFF,
    Role.HUB_CENTER,
    Role.EVALUATOR,
    Role.DISTRICT_ADMIN,
)


def _reach(user, prefix=""):
    """Q for rows whose community or organization the person's roles reach."""
    access = user.access
    places = [*access.divisions(*CASE_READERS), *served_divisions(user)]
    own = access.bodies(Scope.ORGANIZATION, Role.ORGANIZATION_LEADER)
    wanted = Q(pk__in=[])
    if places:
        wanted |= Q(**{f"{prefix}community__in": Division.objects.within(places).values("pk")})
    if own:
        organizations = apps.get_model("organizations", "SocialOrganization").objects.filter(uuid__in=own)
        wanted |= Q(**{f"{prefix}organization__in": organizations.values("pk")})
    return wanted


class ProjectQuerySet(models.QuerySet):
    def running(self):
        return self.exclude(stage__in=["closed", "terminated"])

    def visible_to(self, user):
        return self.filter(_reach(user))

    def with_names(self):
        return self.select_related("organization", "community__parent", "lead")


class ActivityQuerySet(models.QuerySet):
    def counted(self):
        """What reports count: handed in and not returned."""
        return self.filter(status__in=COUNTED)

    def drafts_of(self, user):
        return self.filter(status="draft", recorded_by=user)

    def in_month(self, month):
        """Activities that began in the calendar month of the date ``month``, local time, half-open."""
        first = month.replace(day=1)
        after = (first + datetime.timedelta(days=32)).replace(day=1)
        zone = timezone.get_current_timezone()
        begin, end = (datetime.datetime.combine(day, datetime.time.min, zone) for day in (first, after))
        return self.filter(starts_at__gte=begin, starts_at__lt=end)

    def visible_to(self, user):
        """Records that the person's roles reach; drafts only to who is writing them."""
        if not user.is_authenticated:
            return self.none()
        return self.filter((_reach(user) & ~Q(status="draft")) | Q(status="draft", recorded_by=user))

    def with_names(self):
        return self.select_related("organization", "community__parent", "recorded_by")
