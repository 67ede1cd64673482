"""What each person may see of projects and activities."""

import datetime

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone

from incubator.accounts.choices import Role, Scope
from incubator.divisions.choices import Level
from incubator.divisions.models import Division
from organizations.querysets import served_divisions
from projects.choices import COUNTED, HANDED_IN

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
# Roles on a place that record activities of the organizations there; besides them supervisors and leaders.
LOGGERS = (Role.SOCIAL_WORKER, Role.COMMUNITY_STAFF, Role.HUB_CENTER)

OPENERS = (Role.SOCIAL_WORKER, Role.HUB_CENTER)  # who opens projects; besides them supervisors


def case_places(user):
    """The places whose activities the person reads by a role, as subtree roots."""
    return [*user.access.divisions(*CASE_READERS), *served_divisions(user)]


def led_by(user):
    """The organizations that the person leads."""
    own = user.access.bodies(Scope.ORGANIZATION, Role.ORGANIZATION_LEADER)
    return _organizations().filter(uuid__in=own) if own else _organizations().none()


def _organizations():
    return apps.get_model("organizations", "SocialOrganization").objects


def _reach(user):
    """Q for rows whose community or organization the person's roles reach."""
    places, wanted = case_places(user), Q(pk__in=[])
    if places:
        wanted |= Q(community__in=Division.objects.within(places).values("pk"))
    if user.access.has(Role.ORGANIZATION_LEADER):
        wanted |= Q(organization__in=led_by(user).values("pk"))
    return wanted


def organizations_in_roles(user, roles):
    """Organizations, not dissolved, in the places that the person holds one of ``roles`` in or supervises."""
    places = [*user.access.divisions(*roles), *served_divisions(user)]
    return _organizations().existing().in_places(places)


def organizations_to_log(user):
    """Organizations that the person may record an activity of; the same rule as ``check_log_activity``."""
    reached = organizations_in_roles(user, LOGGERS)
    if user.access.has(Role.ORGANIZATION_LEADER):
        own = _organizations().existing().filter(pk__in=led_by(user).values("pk"))
        return _organizations().filter(Q(pk__in=reached.values("pk")) | Q(pk__in=own.values("pk")))
    return reached


def counted_communities(user):
    """Communities that the person reads activities of, in code order; those of a past edition stay."""
    wanted = Q(pk__in=[])
    if places := case_places(user):
        wanted |= Q(pk__in=Division.objects.within(places).filter(level=Level.COMMUNITY).values("pk"))
    if user.access.has(Role.ORGANIZATION_LEADER):
        wanted |= Q(pk__in=led_by(user).values("community_id"))
    return Division.objects.filter(wanted).order_by("code")


class ProjectQuerySet(models.QuerySet):
    def running(self):
        return self.exclude(stage__in=["closed", "terminated"])

    def visible_to(self, user):
        return self.filter(_reach(user)) if user.is_authenticated else self.none()

    def with_names(self):
        return self.select_related("organization", "community__parent", "lead")


class ActivityQuerySet(models.QuerySet):
    def counted(self):
        """What reports count: handed in and not returned."""
        return self.filter(status__in=COUNTED)

    def handed_in(self):
        """Everything but drafts; said positively, so that an index can serve it."""
        return self.filter(status__in=HANDED_IN)

    def drafts_of(self, user):
        return self.filter(status="draft", recorded_by=user)

    def in_month(self, month):
        """Activities that began in the calendar month of the date ``month``, local time, half-open."""
        first = month.replace(day=1)
        after = (first + datetime.timedelta(days=32)).replace(day=1)
        zone = timezone.get_current_timezone()
        begin, end = (datetime.datetime.combine(day, datetime.time.min, zone) for day in (first, after))
        return self.filter(starts_at__gte=begin, starts_at__lt=end)

    def search(self, text):
        return self.filter(Q(title__icontains=text) | Q(summary__icontains=text))

    def visible_to(self, user, *, drafts=True):
        """Records that the person's roles reach; drafts only to who is writing them."""
        if not user.is_authenticated:
            return self.none()
        if not drafts:
            return self.filter(_reach(user), status__in=HANDED_IN)
        return self.filter((_reach(user) & Q(status__in=HANDED_IN)) | Q(status="draft", recorded_by=user))

    def with_names(self):
        return self.select_related("organization", "community__parent", "recorded_by")
