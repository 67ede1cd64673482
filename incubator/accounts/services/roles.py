"""Giving and ending roles."""

import uuid as uuids

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role, scope_of
from incubator.accounts.models import RoleGrant, User
from incubator.accounts.registries import area_of
from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.notifications.services import notify


@transaction.atomic
def grant_role(
    *, user_id, role, actor, division=None, body_uuid=None, valid_from=None, valid_until=None, uuid=None, tell=True
):
    """Give the person a role from ``valid_from`` (default: today) on.

    Refuses a closed account, a role without its place and one that the person holds there already on one of its days
    (RuleViolation; the person's row is locked, so two such requests wait for each other); writes the grant;
    audit ``role.granted`` about the person; tells the person, unless ``tell`` is off.
    """
    person = User.objects.select_for_update(of=("self",)).get(pk=user_id)
    if not person.is_active:
        raise RuleViolation(_("This account is closed. Open it again first."))
    grant = RoleGrant(
        uuid=uuid or uuids.uuid4(),
        user=person,
        role=role,
        scope=scope_of(role),
        division=division,
        body_uuid=body_uuid,
        valid_from=valid_from or timezone.localdate(),
        valid_until=valid_until,
        granted_by=actor,
    )
    try:
        grant.validate_constraints()
    except ValidationError as error:
        raise RuleViolation(" ".join(error.messages)) from error
    if RoleGrant.objects.same_as(grant).overlapping(grant.valid_from, grant.valid_until).exists():
        raise RuleViolation(_("This person holds this role there already."))
    grant.save()
    event = audit.record("role.granted", target=person, actor=actor, area=area_of(grant), data=_facts(grant))
    if tell:
        notify(
            "accounts.role_granted",
            recipient=person,
            dedup_key=f"accounts.role_granted:{event.pk}",
            data={"role": role, "place": grant.place},
            link=reverse("accounts:profile"),
        )
    return grant


@transaction.atomic
def revoke_role(*, grant_id, reason, actor):
    """End a role now and for good.

    Refuses a role that has ended and that of the last platform admin (RuleViolation); writes who ended it, when and
    why; audit ``role.revoked`` about the person.
    """
    grant = RoleGrant.objects.select_for_update(of=("self",)).select_related("user", "division").get(pk=grant_id)
    if grant.role == Role.PLATFORM_ADMIN:
        refuse_last_admin(grant.user)
    grant.revoke(by=actor, at=timezone.now(), reason=reason)
    grant.save(update_fields=["revoked_at", "revoked_by", "revoked_reason", "updated_at"])
    data = _facts(grant) | {"reason": reason}
    audit.record("role.revoked", target=grant.user, actor=actor, area=area_of(grant), data=data)
    return grant


def refuse_last_admin(person):
    """Raises RuleViolation when nobody but ``person`` is a platform admin. Locks the admins' grants, so that two of
    them cannot remove each other at the same time."""
    admins = RoleGrant.objects.active().filter(role=Role.PLATFORM_ADMIN, user__is_active=True)
    holders = set(admins.select_for_update(of=("self",)).order_by("pk").values_list("user_id", flat=True))
    if holders <= {person.pk}:
        raise RuleViolation(_("This is the last platform admin. Make somebody else one first."))


def _facts(grant):
    return {
        "role": grant.role,
        "scope": grant.scope,
        "place": grant.place,
        "division": grant.division.code if grant.division_id else None,
        "body": grant.body_uuid,
        "from": grant.valid_from,
        "until": grant.valid_until,
    }
