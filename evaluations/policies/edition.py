"""What questionnaires and growth standards share: they are read in the places around that of their own."""

from django.core.exceptions import PermissionDenied

from incubator.accounts.choices import Role
from organizations.querysets import served_divisions
from projects.querysets import led_by


def check_around(user, division, refusal):
    """Refuses with ``refusal`` what belongs to ``division``, when none of the person's places lies in it or around it.
    The same rule as ``querysets.instrument.places_around``; tests hold them against each other."""
    if division is None or user.access.is_platform_admin:
        return
    roots = [*user.access.divisions(), *served_divisions(user)]
    if user.access.has(Role.ORGANIZATION_LEADER):
        roots += [organization.community for organization in led_by(user).select_related("community")]
    if not any(root.contains(division) or division.contains(root) for root in roots):
        raise PermissionDenied(refusal)
