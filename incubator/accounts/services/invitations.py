"""Accounts are made by invitation: a link that works once, for a week."""

import hashlib
import uuid as uuids
from base64 import urlsafe_b64encode
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from incubator.accounts.choices import scope_of
from incubator.accounts.models import Invitation, User
from incubator.accounts.registries import area_of
from incubator.accounts.services.roles import grant_role
from incubator.audit import services as audit
from incubator.base.errors import Conflict, RuleViolation
from incubator.notifications.services import notify

VALID_FOR = timedelta(days=7)


def invitation_token(uuid):
    """The token of an invitation's link, made from its identifier and the installation's secret.

    It is not stored: the second of two clicks on "invite" gets the link of the first, and the database alone opens no
    invitation.
    """
    digest = salted_hmac("incubator.accounts.invitation", str(uuid), algorithm="sha256").digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


def hash_token(token):
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite_person(*, name, role, actor, division=None, body_uuid=None, uuid=None):
    """Write an invitation that is open for a week; audit ``invitation.created``. Its link is told by
    :func:`invitation_token`, only to the one who invites."""
    uuid = uuid or uuids.uuid4()
    invitation = Invitation(
        uuid=uuid,
        name=name,
        role=role,
        scope=scope_of(role),
        division=division,
        body_uuid=body_uuid,
        token_hash=hash_token(invitation_token(uuid)),
        expires_at=timezone.now() + VALID_FOR,
        invited_by=actor,
    )
    try:
        invitation.validate_constraints()
    except ValidationError as error:
        raise RuleViolation(" ".join(error.messages)) from error
    invitation.save()
    data = {"role": role, "place": invitation.place}
    audit.record("invitation.created", target=invitation, actor=actor, area=area_of(invitation), data=data)
    return invitation


@transaction.atomic
def accept_invitation(*, invitation_id, name, username, password):
    """Make the invited person's account and give the role offered.

    Refuses an expired link (RuleViolation), one that was used or withdrawn (TransitionNotAllowed) and a user name that
    is taken (RuleViolation); writes the account; audit ``invitation.accepted``; writes the grant on behalf of the
    inviter (audit ``role.granted``); tells the inviter.
    """
    now = timezone.now()
    invitation = (
        Invitation.objects.select_for_update(of=("self",)).select_related("division", "invited_by").get(pk=invitation_id)
    )
    if invitation.is_expired(now):
        raise RuleViolation(_("This invitation has expired. Ask for a new one."))
    person = User(username=User.normalize_username(username), name=name)
    person.set_password(password)
    invitation.accept(by=person, at=now)
    try:
        person.full_clean()
        with transaction.atomic():
            person.save()
    except ValidationError as error:
        raise RuleViolation(" ".join(error.messages)) from error
    except IntegrityError as error:
        raise Conflict(_("This user name is taken. Please choose another one.")) from error
    invitation.accepted_by = person
    invitation.save(update_fields=["status", "accepted_by", "accepted_at", "updated_at"])
    event = audit.record("invitation.accepted", target=invitation, actor=person, area=area_of(invitation))
    grant_role(
        user_id=person.pk,
        role=invitation.role,
        division=invitation.division,
        body_uuid=invitation.body_uuid,
        actor=invitation.invited_by,
        tell=False,
    )
    notify(
        "accounts.invitation_accepted",
        recipient=invitation.invited_by,
        dedup_key=f"accounts.invitation_accepted:{event.pk}",
        data={"name": person.name, "role": invitation.role, "place": invitation.place},
        link=person.get_absolute_url(),
    )
    return person


@transaction.atomic
def withdraw_invitation(*, invitation_id, actor):
    """Close an open invitation (else TransitionNotAllowed): its link stops working; audit ``invitation.withdrawn``."""
    invitation = Invitation.objects.select_for_update(of=("self",)).select_related("division").get(pk=invitation_id)
    invitation.withdraw()
    invitation.save(update_fields=["status", "updated_at"])
    audit.record("invitation.withdrawn", target=invitation, actor=actor, area=area_of(invitation))
    return invitation
