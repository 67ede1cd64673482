"""Whom to tell: the people who hold a role in a place; each once, and nobody of what they did themselves."""

from incubator.accounts.models import RoleGrant, User
from incubator.notifications.services import notify


def holders(division, *roles):
    """Keys of the people who hold one of ``roles`` on the place or on one that it lies in."""
    grants = RoleGrant.objects.active().filter(role__in=roles, division__code__in=division.ancestor_codes)
    return set(grants.values_list("user_id", flat=True))


def holders_here(division, *roles):
    """The same, on the place itself or the one right above: the staff next door and not the whole district's."""
    grants = RoleGrant.objects.active().filter(role__in=roles, division__in=[division.pk, division.parent_id])
    return set(grants.values_list("user_id", flat=True))


def tell(kind, people, *, dedup_key, data, link, actor=None):
    """One notice each to the active ones among ``people`` (keys), except ``actor``; returns how many."""
    wanted = {person for person in people if person is not None} - {actor.pk if actor else None}
    found = User.objects.filter(pk__in=wanted, is_active=True).order_by("pk")
    for person in found:
        notify(kind, recipient=person, dedup_key=dedup_key, data=data, link=link)
    return len(found)
