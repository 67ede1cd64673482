"""Who reads and who sets how a street works, and who closes a month."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role
from incubator.base.policies import signed_in
from incubator.divisions.choices import Level
from incubator.divisions.models import Division
from organizations.policies.organization import supervises_place
from organizations.querysets import served_divisions
from projects.querysets import CASE_READERS, led_by

RULE_KEEPERS = (Role.STREET_STAFF, Role.DISTRICT_ADMIN, Role.HUB_CENTER)
RULE_READERS = (*CASE_READERS, Role.FINANCE)


def readable_streets(user):
    """The streets whose rules the person reads: those within, or around, the places of their roles, those that their
    agency serves, and that of the organization they lead."""
    places = [*user.access.divisions(*RULE_READERS), *served_divisions(user)]
    wanted = Q(pk__in=Division.objects.within(places).values("pk"))
    wanted |= Q(code__in={code for place in places for code in place.ancestor_codes})
    if user.access.has(Role.ORGANIZATION_LEADER):
        wanted |= Q(pk__in=led_by(user).values("community__parent"))
    return Division.objects.filter(wanted, level=Level.STREET).current()


def check_list_rules(user):
    signed_in(user)
    if not user.access.has(*RULE_READERS, Role.AGENCY_SUPERVISOR, Role.ORGANIZATION_LEADER):
        raise PermissionDenied(_("How a street works is read by the people who work there."))


def check_view_rule(user, street):
    """The same rule as :func:`readable_streets`; a test holds them against each other."""
    check_list_rules(user)
    places = user.access.divisions(*RULE_READERS)
    near = any(place.contains(street) or street.contains(place) for place in places)
    serves = supervises_place(user, street) or any(street.contains(place) for place in served_divisions(user))
    if not near and not serves and not led_by(user).filter(community__parent=street.pk).exists():
        raise PermissionDenied(_("This is another street. Its own people read how it works."))


def check_update_rule(user, street=None):
    check_list_rules(user)
    if not user.access.has(*RULE_KEEPERS):
        raise PermissionDenied(_("How a street works is set by its street office, the district or the service centre."))
    if street is not None and not user.access.covers(street, *RULE_KEEPERS):
        raise PermissionDenied(_("This is another street. Its own street office sets how it works."))


def check_lock_month(user, street=None):
    signed_in(user)
    if not user.access.has(Role.STREET_STAFF):
        raise PermissionDenied(_("A month is closed by the street office; else it closes by itself on its day."))
    if street is not None and not user.access.covers(street, Role.STREET_STAFF):
        raise PermissionDenied(_("This is another street. Its own office closes its months."))
