"""Personal links: one for each person, the same person's key in every survey."""

import uuid as uuids

from django.db import transaction
from django.utils.translation import gettext as _

from evaluations.choices import LinkedBy, WaveStatus
from evaluations.models import Wave, WaveTicket
from evaluations.services.wave import new_token
from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from organizations.models import Membership

MOST = 1000


@transaction.atomic
def make_tickets(*, wave_id, actor, names=()):
    """A personal link for each member of the organization who has none, and for each of ``names`` besides. A name that
    one member has is that member; one that was used in the earlier survey is the same person. RuleViolation when the
    survey is not linked so, is closed, or gets too many. Audit with the number alone. Returns how many were made."""
    wave = (
        Wave.objects.select_for_update(of=("self",)).select_related("community", "organization").get(pk=wave_id)
    )  # fmt: skip
    if wave.linked_by != LinkedBy.TICKET:
        raise RuleViolation(_("This survey is not answered with personal links."))
    if wave.status == WaveStatus.CLOSED:
        raise RuleViolation(_("The survey is closed. Open it again first."))
    members = []
    if wave.organization_id:
        members = list(Membership.objects.current().filter(organization=wave.organization_id).order_by("name", "pk"))
    wanted = {_member_key(member): WaveTicket(membership=member) for member in members}
    for name in _names(names):
        key, ticket = _of_name(wave, name, members)
        wanted.setdefault(key, ticket)
    known = set(wave.tickets.order_by().values_list("subject_key", flat=True))
    if len(known | wanted.keys()) > MOST:
        raise RuleViolation(_("A survey has at most %(count)s personal links.") % {"count": MOST})
    made = []
    for key, ticket in wanted.items():
        if key not in known:
            ticket.wave, ticket.subject_key, ticket.token = wave, key, new_token()
            made.append(ticket)
    if not made:
        raise RuleViolation(_("Everybody has a personal link already."))
    WaveTicket.objects.bulk_create(made)
    audit.record("wave.tickets_made", target=wave, actor=actor, area=wave.community, data={"number": len(made)})
    return len(made)


def tickets_of_members(wave, members):
    """{member's primary key: the member's own link} for each of ``members``, made where there is none; two queries for
    any number. Called inside the transaction that writes their sheets."""
    keys = {_member_key(member): member for member in members}
    known = {ticket.subject_key: ticket for ticket in wave.tickets.filter(subject_key__in=keys).order_by("pk")}
    made = [
        WaveTicket(wave=wave, membership=member, subject_key=key, token=new_token())
        for key, member in keys.items()
        if key not in known
    ]
    WaveTicket.objects.bulk_create(made)
    known |= {ticket.subject_key: ticket for ticket in made}
    return {member.pk: known[key] for key, member in keys.items()}


def _member_key(member):
    return f"m:{member.uuid}"


def _names(names):
    """One line each, as they were typed, each once."""
    return dict.fromkeys(name for text in names if (name := " ".join(str(text).split())[:60]))


def _of_name(wave, name, members):
    same = [member for member in members if member.name == name]
    if len(same) == 1:
        return _member_key(same[0]), WaveTicket(membership=same[0])
    before = None
    if wave.earlier_id:
        before = WaveTicket.objects.filter(wave=wave.earlier_id, name=name, membership__isnull=True).order_by("pk")
        before = before.first()
    mine = WaveTicket.objects.filter(wave=wave, name=name, membership__isnull=True).order_by("pk").first()
    known = mine or before
    return (known.subject_key if known else f"t:{uuids.uuid4().hex}"), WaveTicket(name=name)
