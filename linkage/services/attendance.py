"""Who came to a meeting, for which party, and whether that makes a quorum."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from incubator.base.errors import RuleViolation
from linkage.choices import THERE, Party, Presence
from linkage.models import MeetingAttendance, SeriesMember
from linkage.services.session import demand_seen, lock_session

FACTS = ("presence", "proxy_name", "excuse")


@dataclass(frozen=True)
class Quorum:
    """``parties``: {party that has to be there: whether somebody is, in person or represented}."""

    parties: dict

    @property
    def is_met(self):
        return all(self.parties.values())

    @property
    def missing(self):
        return [Party(party).label for party, is_there in self.parties.items() if not is_there]

    @property
    def there(self):
        return sum(self.parties.values())


def quorum_of(series, attendances):
    """The quorum of a series from rows of attendance; pure."""
    there = {row.party for row in attendances if row.presence in THERE}
    return Quorum({party: party in there for party in series.quorum_parties})


@transaction.atomic
def take_attendance(*, meeting_id, member_id, presence, edition="", proxy_name="", excuse="", actor):
    """Note how a member of the roster attends: one tap.

    Locks the meeting (RuleViolation when it is not in session); refuses to overwrite what the writer did not see
    (StaleEdition), unless it says the same; keeps name, party and body as they are today. Drafts leave no trace in the
    history; the confirmed minutes hold everything.
    """
    meeting = lock_session(meeting_id)
    member = SeriesMember.objects.get(pk=member_id, series_id=meeting.series_id)
    row = MeetingAttendance.objects.filter(meeting=meeting, member=member).first()
    values = {
        "presence": presence,
        "proxy_name": proxy_name.strip() if presence == Presence.PROXY else "",
        "excuse": excuse.strip() if presence == Presence.EXCUSED else "",
    }
    if row is not None and all(getattr(row, name) == values[name] for name in FACTS):
        return row
    demand_seen(row, edition)
    row = row or MeetingAttendance(meeting=meeting, member=member)
    row.party, row.name, row.body = member.party, member.name, member.body
    for name in FACTS:
        setattr(row, name, values[name])
    row.check_rules()
    row.save()
    return row


@transaction.atomic
def fill_attendance(*, meeting_id, party, actor):
    """Everybody of a party who is on the roster and not noted yet is there. Returns how many."""
    meeting = lock_session(meeting_id)
    noted = MeetingAttendance.objects.filter(meeting=meeting, member__isnull=False).values("member_id")
    members = SeriesMember.objects.current().filter(series=meeting.series, party=party).exclude(pk__in=noted)
    rows = [
        MeetingAttendance(meeting=meeting, member=one, party=one.party, name=one.name, body=one.body)
        for one in members.order_by("pk")
    ]
    MeetingAttendance.objects.bulk_create(rows)
    return len(rows)


@transaction.atomic
def add_guest(*, meeting_id, uuid, party, name, body="", actor):
    """Somebody who is not on the roster came, and for whom they spoke."""
    meeting = lock_session(meeting_id)
    guest = MeetingAttendance(uuid=uuid, meeting=meeting, party=party, name=name.strip(), body=body.strip())
    guest.check_rules()
    guest.save_or_refuse(force_insert=True)
    return guest


@transaction.atomic
def remove_guest(*, meeting_id, guest_id, actor):
    """Written down by mistake. Those on the roster are marked absent instead (RuleViolation)."""
    meeting = lock_session(meeting_id)
    row = MeetingAttendance.objects.filter(meeting=meeting, pk=guest_id).first()
    if row is None:
        return
    if row.member_id is not None:
        raise RuleViolation(_("Who is on the roster is marked as absent instead."))
    row.delete()
