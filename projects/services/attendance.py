"""Who came. People by name (roll call, code) and a crowd by age group are two things; together they are the participants.

The activity's number of participants follows the count as long as nobody typed another one: then both are told, and
somebody chooses. The history keeps numbers, never names.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from organizations.models import Membership, SocialOrganization
from projects.choices import (
    ActivityStatus,
    AgeGroup,
    AttendanceMethod,
    AttendanceStatus,
    EvidenceKind,
    HoursSource,
)  # fmt: skip
from projects.models import Activity, Attendance, Headcount
from projects.services.evidence import add_evidence
from projects.validators import MAX_MINUTES, MAX_PARTICIPANTS

MAX_ROLL = 600  # members on one roll; whoever is beyond can still be noted by name
MAX_GUESTS = 300
PRESENT = AttendanceStatus.PRESENT


@dataclass(frozen=True)
class Attended:
    """What the lists of one activity add up to. ``told`` is what the record itself says, None when it says nothing."""

    members: int
    guests: int
    excused: int
    absent: int
    groups: dict
    told: int | None

    @property
    def named(self):
        return self.members + self.guests

    @property
    def unnamed(self):
        return sum(self.groups.values())

    @property
    def total(self):
        return self.named + self.unnamed

    @property
    def is_anything(self):
        return bool(self.total or self.excused or self.absent)

    @property
    def differs(self):
        return bool(self.total) and self.told is not None and self.told != self.total

    @property
    def missing(self):
        """How many more the record tells of than were counted."""
        return max(0, (self.told or 0) - self.total) if self.differs else 0

    def facts(self):
        return {
            "members": self.members, "guests": self.guests, "excused": self.excused, "absent": self.absent,
            "without_names": self.unnamed,
        }  # fmt: skip


@dataclass(frozen=True)
class RollRow:
    """One line of the roll: a member, and what is noted of them."""

    member: Membership
    status: str
    minutes: int | None
    row: Attendance | None


def count_attendance(activity):
    """What stands on the lists now, for everybody who reads the activity: numbers alone."""
    rows = activity.attendances.order_by().aggregate(
        members=Count("pk", filter=Q(status=PRESENT, membership__isnull=False)),
        guests=Count("pk", filter=Q(status=PRESENT, membership__isnull=True)),
        excused=Count("pk", filter=Q(status=AttendanceStatus.EXCUSED)),
        absent=Count("pk", filter=Q(status=AttendanceStatus.ABSENT)),
    )
    found = dict(activity.headcounts.order_by().values_list("age_group", "number"))
    groups = {code: found[code] for code in AgeGroup.values if code in found}
    return Attended(**rows, groups=groups, told=activity.participants)


def served_organizations(activity):
    """The organization that the record stands under, and the others that it served."""
    linked = activity.links.order_by().values("organization_id")
    return SocialOrganization.objects.filter(Q(pk=activity.organization_id) | Q(pk__in=linked))


def members_of(activity):
    """Members of all organizations served, on the day of the activity or on the list already."""
    day = timezone.localdate(activity.starts_at)
    noted = activity.attendances.filter(membership__isnull=False).order_by().values("membership_id")
    then = Q(left_on__isnull=True) | Q(left_on__gte=day) | Q(pk__in=noted)
    return Membership.objects.filter(then, organization__in=served_organizations(activity).values("pk"))


def roll_of(activity, user):
    """[RollRow] of the members whose names the person may read, the record's own organization first, by name."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - its dictionary takes a while to load, and most requests need none

    mine = Membership.objects.visible_to(user).values("pk")
    members = members_of(activity).filter(pk__in=mine).select_related("organization").order_by("pk")[:MAX_ROLL]
    rows = {row.membership_id: row for row in activity.attendances.filter(membership__isnull=False)}
    found = []
    for member in members:
        row = rows.get(member.pk)
        found.append(RollRow(member, row.status if row else "", row.minutes if row else None, row))
    main = activity.organization_id
    return sorted(
        found,
        key=lambda line: (
            line.member.organization_id != main, line.member.organization_id, lazy_pinyin(line.member.name),
            line.member.pk,
        ),
    )  # fmt: skip


@transaction.atomic
def take_attendance(*, activity_id, actor, marks=None, fill=(), guests=(), groups=None, minutes=None):
    """Note who came; what is not named here stays as others noted it.

    ``marks`` {key of a membership: state}; ``fill`` keys of memberships that are there unless somebody noted otherwise;
    ``guests`` names of others (the name of one member means that member); ``groups`` {age group: number without names};
    ``minutes`` {identifier of a row: minutes or None for the whole activity}. Locks the activity; writes row by row;
    lets the number of participants follow; audit with numbers. Nothing new leaves no trace. Returns (activity, count).
    """
    activity, now = _lock(activity_id), timezone.now()
    before = count_attendance(activity)
    desk = _Desk(activity, actor=actor, method=AttendanceMethod.ROLL_CALL, now=now)
    for key, status in (marks or {}).items():
        desk.mark(key, status)
    for key in fill:
        if key not in desk.rows:
            desk.mark(key, PRESENT)
    for name in guests:
        desk.welcome(name)
    for identifier, number in (minutes or {}).items():
        desk.time(identifier, number)
    for group, number in (groups or {}).items():
        desk.crowd(group, number)
    return activity, _close(activity, before, verb="attendance.taken", actor=actor, is_new=desk.is_new)


@transaction.atomic
def remove_attendance(*, attendance_id, actor):
    """Take somebody who is no member off the list: a name typed wrong, or not there. The name is gone; audit without it.
    Returns (activity, count)."""
    attendance = Attendance.objects.get(pk=attendance_id)
    activity = _lock(attendance.activity_id)
    if attendance.membership_id:
        raise RuleViolation(_("Members stay on the list. Mark the person as not there instead."))
    before = count_attendance(activity)
    attendance.delete()
    return activity, _close(activity, before, verb="attendance.removed", actor=actor, is_new=True)


@transaction.atomic
def follow_attendance(*, activity_id, actor):
    """The count is right: the record's number of participants becomes what was counted. Audit with both."""
    activity = _lock(activity_id)
    count = count_attendance(activity)
    if not count.total:
        raise RuleViolation(_("Nobody has been counted yet."))
    return activity, _close(activity, count, verb="attendance.followed", actor=actor, is_new=True, follow=True)


@transaction.atomic
def complete_attendance(*, activity_id, actor):
    """The record's number is right: who is missing in the count came too, without name or age. Audit."""
    activity = _lock(activity_id)
    count = count_attendance(activity)
    if not count.missing:
        raise RuleViolation(_("Nobody is missing in the count."))
    _write_group(activity, AgeGroup.UNKNOWN, count.groups.get(AgeGroup.UNKNOWN, 0) + count.missing)
    return activity, _close(activity, count, verb="attendance.completed", actor=actor, is_new=True)


@transaction.atomic
def add_attendance_sheet(*, activity_id, upload, total, actor):
    """The signed paper comes back as one photo and a total. Keeps the photo as a signed sheet; whoever of the total is
    not counted yet is counted without name and age; audit. Returns (activity, count)."""
    activity = _lock(activity_id)
    before = count_attendance(activity)
    others = before.total - before.groups.get(AgeGroup.UNKNOWN, 0)
    if total < others:
        raise RuleViolation(
            _("%(counted)s people are on the list already, and the sheet says %(total)s. Please look at both again.")
            % {"counted": others, "total": total}
        )
    add_evidence(activity_id=activity.pk, upload=upload, actor=actor, kind=EvidenceKind.SHEET)
    _write_group(activity, AgeGroup.UNKNOWN, total - others)
    return activity, _close(activity, before, verb="attendance.sheet_added", actor=actor, is_new=True)


def sign_in_guest(activity, name, *, now):
    """For the code at the door, with the activity locked: the name on the list; whether that is new, and the count."""
    before = count_attendance(activity)
    desk = _Desk(activity, actor=None, method=AttendanceMethod.CODE, now=now)
    desk.welcome(name)
    return _close(activity, before, verb="attendance.signed_in", actor=None, is_new=desk.is_new)


class _Desk:
    """Whoever writes the list of one activity, which they hold locked."""

    def __init__(self, activity, *, actor, method, now):
        self.activity, self.actor, self.method, self.is_new = activity, actor, method, False
        on_the_day = timezone.localdate(now) == timezone.localdate(activity.starts_at)
        self.source = HoursSource.CAPTURED if on_the_day else HoursSource.ENTERED_LATER
        everybody = list(activity.attendances.order_by("pk"))
        self.rows = {row.membership_id: row for row in everybody if row.membership_id}
        self.guests = {row.guest_name: row for row in everybody if not row.membership_id}
        members = members_of(activity).order_by("pk").values_list("pk", "name", "left_on")
        self.members = {key for key, _name, _left in members}
        self.by_name = {}
        for key, name, left_on in members:
            if left_on is None:
                self.by_name.setdefault(name, []).append(key)

    def mark(self, key, status):
        if key not in self.members or status not in AttendanceStatus.values:
            raise RuleViolation(_("This person is not on the roll any more. Please open the page again."))
        row = self.rows.get(key)
        if row is None:
            row = self.rows[key] = Attendance(activity=self.activity, membership_id=key)
        elif row.status == status:
            return
        self._write(row, status)

    def welcome(self, name):
        """Somebody is there by this name: the one member called so, else somebody who came by."""
        if len(same := self.by_name.get(name, [])) == 1:
            self.mark(same[0], PRESENT)
            return
        row = self.guests.get(name)
        if row is None:
            if len(self.guests) >= MAX_GUESTS:
                raise RuleViolation(_("The list is full. Please count further people without names."))
            row = self.guests[name] = Attendance(activity=self.activity, guest_name=name)
        elif row.status == PRESENT:
            return
        self._write(row, PRESENT)

    def time(self, identifier, number):
        if number is not None and not 1 <= number <= MAX_MINUTES:
            raise RuleViolation(_("Minutes are between 1 and 1440."))
        row = next((row for row in (*self.rows.values(), *self.guests.values()) if row.uuid == identifier), None)
        if row is None or row.status != PRESENT:
            return  # marked as not there meanwhile
        number = None if number == self.activity.minutes else number
        if row.minutes != number:
            row.minutes, row.hours_source, row.recorded_by = number, self.source, self.actor
            row.save(update_fields=["minutes", "hours_source", "recorded_by", "updated_at"])
            self.is_new = True

    def crowd(self, group, number):
        if group not in AgeGroup.values or not 0 <= number <= MAX_PARTICIPANTS:
            raise RuleViolation(_("Please check the number of participants."))
        self.is_new = _write_group(self.activity, group, number) or self.is_new

    def _write(self, row, status):
        row.status, row.method, row.recorded_by, row.hours_source = status, self.method, self.actor, self.source
        row.minutes = None
        row.save()
        self.is_new = True


def _lock(activity_id):
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity_id)
    if activity.is_draft:
        raise RuleViolation(_("Hand the record in first; the list of who came is added afterwards."))
    if not activity.took_place:
        raise RuleViolation(_("The activity did not take place, so nobody came."))
    if activity.status == ActivityStatus.LOCKED:
        raise RuleViolation(_("The month is closed, and the numbers with it."))
    return activity


def _write_group(activity, group, number):
    """Write one age group (0 takes it off); whether that was new."""
    row = activity.headcounts.filter(age_group=group).first()
    if number == (row.number if row else 0):
        return False
    if not number:
        row.delete()
    elif row:
        row.number = number
        row.save(update_fields=["number", "updated_at"])
    else:
        Headcount.objects.create(activity=activity, age_group=group, number=number)
    return True


def _close(activity, before, *, verb, actor, is_new, follow=False):
    """Let the number of participants follow the count, record the verb; the count as it is now.

    It follows when the record had none, or the very number that was counted before; else only when told to.
    """
    count = count_attendance(activity)
    if count.total > MAX_PARTICIPANTS:
        raise RuleViolation(_("Please check the number of participants."))
    if not is_new:
        return count
    data = count.facts()
    agreed = activity.participants is None or (before.total and activity.participants == before.total)
    if (follow or agreed) and activity.participants != (count.total or None):
        data["participants"] = [activity.participants, count.total or None]
        activity.participants = count.total or None
        # An open form of this record holds the old number: its sender is told.
        activity.version += 1
        activity.save(update_fields=["participants", "version", "updated_at"])
    audit.record(verb, target=activity, actor=actor, area=activity.community, data=data)
    return count_attendance(activity)
