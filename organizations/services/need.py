"""Needs of residents: raised, looked at, given to somebody, met and rated; or passed on, or declined with a reason."""

import secrets
import uuid as uuids
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from organizations.choices import ContactErasure, NeedSource
from organizations.models import NeedAddress, ResidentNeed
from organizations.notifications import (
    notify_need_community,
    notify_need_handlers,
    notify_need_people,
)

KEY_BYTES = 15
MOST_IN_LIST = 2000
# From the public page of one community; whoever has many addresses gets past the count of tries.
A_DAY, MOST_A_DAY = timedelta(days=1), 300


# What somebody agrees to who leaves a name or phone; kept with the need as it was read.
CONSENT = gettext_lazy(
    "My name and phone are used only to call me back about this need, are read only by those who serve the community, "
    "and I may have them taken out at any time."
)


def new_key():
    return secrets.token_urlsafe(KEY_BYTES)


def identifier_of(form_uuid):
    """The identifier of the need that a public form makes. The form's own identifier leads its sender to the private
    page, so it cannot be the one that stands in addresses which others see."""
    return uuids.UUID(salted_hmac("organizations.need", str(form_uuid), algorithm="sha256").hexdigest()[:32])


def lock_need(need_id):
    """The need, locked until the end of the transaction, with its names."""
    return ResidentNeed.objects.select_for_update(of=("self",)).with_names().get(pk=need_id)


def _check_place(community, place, category):
    if place is not None and place.community_id != community.pk:
        raise RuleViolation(_("This place lies in another community."))
    if category.division is not None and not category.division.contains(community):
        raise RuleViolation(_("This kind of need is of another place."))
    if not category.is_active:
        raise RuleViolation(_("This kind of need is no longer in use. Please choose another one."))


@transaction.atomic
def raise_need(
    *, uuid, actor, community, title, category, source, text="", place=None, age_group="unknown", contact_name="",
    contact_phone="", agreed=False, taken_up=False,
):  # fmt: skip
    """1. The need, with a key of its own for the private page; RuleViolation for a place or a kind of elsewhere, and for
    a name or phone without agreement. 2. ``taken_up``: whoever writes it down serves the place, so it is accepted at
    once. 3. Audit ``need.raised`` without words or names. 4. The community's staff are told. ``actor`` is None for what
    comes from the public page."""
    _check_place(community, place, category)
    if (contact_name or contact_phone) and not agreed:
        raise RuleViolation(_("A name or phone is kept only with the agreement of the person."))
    now = timezone.now()
    need = ResidentNeed(
        uuid=uuid, community=community, place=place, title=title, text=text, category=category, age_group=age_group,
        source=source, raised_by=actor, contact_name=contact_name, contact_phone=contact_phone,
        consented_at=now if agreed else None, consent_text=str(CONSENT) if agreed else "", key=new_key(),
    )  # fmt: skip
    if taken_up:
        need.accept(by=actor, at=now)
    need.check_rules()
    need.save_or_refuse(force_insert=True)
    event = audit.record(
        "need.raised", target=need, actor=actor, area=community, data={"source": source, "category": category.code}
    )
    if not taken_up:
        notify_need_community(need, event, actor)
    return need


def find_address(token):
    """The page in force that the end of a public address belongs to, or None."""
    found = NeedAddress.objects.in_force().filter(token=token)
    return found.select_related("community__parent", "created_by").first()


@transaction.atomic
def raise_need_in_public(*, address_id, uuid, **values):
    """Somebody without an account, on the page of a community. RuleViolation when the page was closed meanwhile, and when
    so much came within a day that only machines can have sent it."""
    address = NeedAddress.objects.select_for_update(of=("self",)).select_related("community").get(pk=address_id)
    if address.revoked_at is not None:
        raise RuleViolation(_("This page is closed. Please ask the community for the new code."))
    today = ResidentNeed.objects.filter(
        community=address.community_id, source=NeedSource.RESIDENT, created_at__gt=timezone.now() - A_DAY
    )
    if today.count() >= MOST_A_DAY:
        raise RuleViolation(_("Very much was raised here today. Please call the community, or come back tomorrow."))
    return raise_need(uuid=uuid, actor=None, community=address.community, source=NeedSource.RESIDENT, **values)


@transaction.atomic
def accept_need(*, need_id, actor):
    """1. Taken up; others of the place read it from now on. 2. Audit ``need.accepted``."""
    need = lock_need(need_id)
    need.accept(by=actor, at=timezone.now())
    return _write(need, "need.accepted", actor, ["accepted_by", "accepted_at"])


@transaction.atomic
def assign_need(*, need_id, actor, organization=None, agency=None, worker=None):
    """1. Into the hands of an organization that exists, an agency, or one of its people; RuleViolation for none or for
    both, and for a worker of another agency. 2. Audit ``need.assigned``. 3. They are told."""
    need = lock_need(need_id)
    if worker is not None:
        agency = agency or worker.agency
        if worker.agency_id != agency.pk or worker.left_on is not None:
            raise RuleViolation(_("This social worker does not work for the agency."))
    if (organization is None) == (agency is None):
        raise RuleViolation(_("Please name either an organization or an agency."))
    if organization is not None and organization.state == "dissolved":
        raise RuleViolation(_("This organization does not exist any more."))
    need.assign(at=timezone.now(), organization=organization, agency=agency, worker=worker)
    data = {"organization": organization and str(organization.uuid), "agency": agency and str(agency.uuid)}
    _write(need, "need.assigned", actor, ["organization", "agency", "worker", "assigned_at"], data)
    notify_need_handlers("need.assigned", need, actor)
    return need


@transaction.atomic
def release_need(*, need_id, actor):
    """1. Whoever had it cannot do it. 2. Audit ``need.released``."""
    need = lock_need(need_id)
    need.release()
    return _write(need, "need.released", actor, ["organization", "agency", "worker", "assigned_at"])


@transaction.atomic
def meet_need(*, need_id, actor, text):
    """1. Met, and how. 2. Audit ``need.met``. 3. Whoever wrote it down or took it up is told."""
    need = lock_need(need_id)
    need.mark_met(text=text, at=timezone.now())
    _write(need, "need.met", actor, ["met_text", "met_at"])
    notify_need_people("need.met", need, actor)
    return need


@transaction.atomic
def rate_need(*, need_id, key, stars, text=""):
    """The one who raised it says how it went, with the key of the private page; no account. 1. Stars from 1 to 5 and
    words. 2. Audit ``need.rated`` with the stars alone. 3. Those who met it are told."""
    need = lock_need(need_id)
    if not secrets.compare_digest(need.key, key):
        raise RuleViolation(_("This address belongs to another need."))
    need.rate(stars=stars, text=text, at=timezone.now())
    _write(need, "need.rated", None, ["stars", "rating_text", "rated_at"], {"stars": stars})
    notify_need_people("need.rated", need, None)
    notify_need_handlers("need.rated", need, None)
    return need


@transaction.atomic
def refer_need(*, need_id, actor, to, reply=""):
    """1. Passed on to the hotline, the grid, property management or others. 2. Audit ``need.referred``."""
    need = lock_need(need_id)
    need.refer(to=to, reply=reply, by=actor, at=timezone.now())
    fields = ["referred_to", "referred_at", "reply_text", "accepted_by", "accepted_at"]
    return _write(need, "need.referred", actor, fields, {"to": to})


@transaction.atomic
def note_reply(*, need_id, actor, reply):
    """1. What the other office answered; RuleViolation when nothing was passed on. 2. Audit ``need.replied``."""
    need = lock_need(need_id)
    if need.status != "referred":
        raise RuleViolation(_("An answer is written down for a need that was passed on."))
    need.reply_text = reply
    return _write(need, "need.replied", actor, ["reply_text"])


@transaction.atomic
def decline_need(*, need_id, actor, reason):
    """1. Not taken up, and why; the raiser reads the reason. 2. Audit ``need.declined``."""
    need = lock_need(need_id)
    need.decline(reason=reason)
    return _write(need, "need.declined", actor, ["reason"])


@transaction.atomic
def merge_need(*, need_id, actor, into):
    """1. The same was raised before: that one goes on for both; RuleViolation for one of another community or one that
    is settled. 2. Audit ``need.merged``."""
    # In the order of their keys, so that two people who join two needs with each other do not wait for ever.
    locked = {key: lock_need(key) for key in sorted({need_id, into.pk})}
    need, other = locked[need_id], locked[into.pk]
    if other.pk == need.pk or other.community_id != need.community_id or not other.is_open:
        raise RuleViolation(_("Please choose another open need of the same community."))
    need.merge(into=other)
    return _write(need, "need.merged", actor, ["merged_into"], {"into": str(other.uuid)})


@transaction.atomic
def erase_need_contact(*, need_id, actor, reason):
    """1. Name and phone are taken out, as the person was promised; that they had agreed stays. RuleViolation when there are
    none. 2. Audit ``need.contact_erased`` with the code of the reason, never with what was erased."""
    return _forget(lock_need(need_id), actor, reason)


@transaction.atomic
def erase_own_contact(*, need_id, key):
    """The same by the one who raised it, with the key of the private page; no account."""
    need = lock_need(need_id)
    if not secrets.compare_digest(need.key, key):
        raise RuleViolation(_("This address belongs to another need."))
    return _forget(need, None, ContactErasure.ASKED)


def _forget(need, actor, reason):
    if not need.has_contact:
        raise RuleViolation(_("No name or phone is kept with this need."))
    need.contact_name = need.contact_phone = ""
    data = {"reason": ContactErasure(reason).value}
    return _write(need, "need.contact_erased", actor, ["contact_name", "contact_phone"], data)


def _write(need, verb, actor, fields, data=None):
    need.check_rules()
    need.save(update_fields=["status", *fields, "updated_at"])
    audit.record(verb, target=need, actor=actor, area=need.community, data=data)
    return need


@transaction.atomic
def import_needs(*, actor, rows):
    """Takes over a list of cleaned rows (dicts of the row form) in a bounded number of queries; those of places that the
    person serves are taken up at once (``taken_up``). Audit for each. Returns how many were made."""
    now, needs = timezone.now(), []
    for row in rows[:MOST_IN_LIST]:
        taken_up = row.pop("taken_up")
        need = ResidentNeed(source=NeedSource.IMPORT, raised_by=actor, key=new_key(), **row)
        if taken_up:
            need.accept(by=actor, at=now)
        needs.append(need)
    ResidentNeed.objects.bulk_create(needs, batch_size=500)
    by_area = {}
    for need in needs:
        by_area.setdefault(need.community.code[:6], []).append(need)
    for group in by_area.values():
        data = {"source": NeedSource.IMPORT.value}
        audit.record_many("need.raised", targets=[(need, data) for need in group], actor=actor, area=group[0].community)
    return len(needs)
