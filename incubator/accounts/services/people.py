"""A person's account: own details, password, closing and opening."""

from django.db import transaction
from django.utils.translation import gettext as _

from incubator.accounts.choices import InvitationStatus, Role
from incubator.accounts.models import Invitation, User
from incubator.accounts.services.invitations import withdraw_invitation
from incubator.accounts.services.roles import refuse_last_admin
from incubator.audit import services as audit
from incubator.base.errors import RuleViolation

OWN_DETAILS = ("name", "phone", "email", "language")
PERSONAL = {"name", "phone", "email"}


@transaction.atomic
def update_profile(*, actor, name, phone, email, language):
    """Change one's own details; audit ``user.updated`` with the fields that changed (values masked), if any did."""
    person = User.objects.select_for_update(of=("self",)).get(pk=actor.pk)
    before = audit.snapshot(person, OWN_DETAILS)
    person.name, person.phone, person.email, person.language = name, phone, email, language
    found = audit.changes(person, before, personal=PERSONAL)
    if found["changes"]:
        person.save(update_fields=list(OWN_DETAILS))
        audit.record("user.updated", target=person, actor=actor, data=found)
    return person


def set_language(*, actor, language):
    """Remember the person's language. A choice of view, not an act: it leaves no trace in the history."""
    User.objects.filter(pk=actor.pk).update(language=language)


@transaction.atomic
def change_password(*, actor, password):
    """Set one's own new password; audit ``user.password_changed``. Ends the person's other sessions by itself."""
    person = User.objects.select_for_update(of=("self",)).get(pk=actor.pk)
    person.set_password(password)
    person.save(update_fields=["password"])
    audit.record("user.password_changed", target=person, actor=actor)
    return person


@transaction.atomic
def deactivate_user(*, user_id, reason, actor):
    """Close an account: it can neither sign in nor go on; what the person recorded stays, and so do the roles' dates.

    Refuses a closed account and that of the last platform admin (RuleViolation); withdraws the person's open
    invitations; audit ``user.deactivated``.
    """
    person = User.objects.select_for_update(of=("self",)).get(pk=user_id)
    if not person.is_active:
        raise RuleViolation(_("This account is closed already."))
    if person.access.has(Role.PLATFORM_ADMIN):
        refuse_last_admin(person)
    person.is_active = False
    person.save(update_fields=["is_active"])
    open_ones = Invitation.objects.filter(invited_by=person, status=InvitationStatus.OPEN).order_by("pk")
    for pk in open_ones.values_list("pk", flat=True):
        withdraw_invitation(invitation_id=pk, actor=actor)
    audit.record("user.deactivated", target=person, actor=actor, data={"reason": reason})
    return person


@transaction.atomic
def reactivate_user(*, user_id, actor):
    """Open a closed account again, with the roles that still hold; audit ``user.reactivated``."""
    person = User.objects.select_for_update(of=("self",)).get(pk=user_id)
    if person.is_active:
        raise RuleViolation(_("This account is open."))
    person.is_active = True
    person.save(update_fields=["is_active"])
    audit.record("user.reactivated", target=person, actor=actor)
    return person


@transaction.atomic
def record_lockout(*, username):
    """Audit ``user.locked_out`` about the person of that name, if there is one. Says nothing about from where."""
    person = User.objects.filter(username__iexact=username or "").first()
    if person:
        audit.record("user.locked_out", target=person, actor=None)
    return person
