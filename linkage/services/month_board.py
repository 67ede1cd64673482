"""Which communities have held the month's joint meeting. Places stand in code order, never by value."""

from dataclasses import dataclass

from django.db.models import FilteredRelation, Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from linkage.choices import HELD, MeetingKind, MeetingStatus
from linkage.models import JointMeeting, MeetingSeries

HELD_STATE, RUNNING, COMING, MISSED, CANCELLED, NONE, NO_SERIES, RESTING = (
    "held", "running", "coming", "missed", "cancelled", "none", "no_series", "resting",
)  # fmt: skip
# Nobody has met in that month, as far as the platform knows. What is still to come is not missing yet.
MISSING = (MISSED, CANCELLED, NONE, NO_SERIES)
ORDER = (HELD_STATE, RUNNING, COMING, MISSED, CANCELLED)
TONES = {HELD_STATE: "success", RUNNING: "info", COMING: "info", MISSED: "warning", CANCELLED: "warning"}


@dataclass(frozen=True)
class MonthRow:
    """How one place stands: its meeting of the month, if there is one, and the state."""

    place: object
    state: str
    meeting: JointMeeting | None = None

    @property
    def is_missing(self):
        return self.state in MISSING

    @property
    def tone(self):
        return TONES.get(self.state, "neutral")

    @property
    def day(self):
        return timezone.localdate(self.meeting.starts_at) if self.meeting else None

    @property
    def text(self):
        """Date and state in a few words."""
        day = formats.date_format(self.day, "m-d") if self.day else ""
        return {
            HELD_STATE: _("%(day)s · held"),
            RUNNING: _("%(day)s · minutes open"),
            COMING: _("%(day)s · to come"),
            MISSED: _("%(day)s · not held"),
            CANCELLED: _("cancelled"),
            NONE: _("no meeting this month"),
            NO_SERIES: _("no joint meetings set up"),
            RESTING: _("meets in other months"),
        }[self.state] % {"day": day}


def month_rows(places, month, today):
    """[MonthRow] of these places (divisions) for the month, in their order; one query. Of several series of a place the
    one that has come furthest stands for it."""
    of_month = FilteredRelation(
        "meetings", condition=Q(meetings__kind=MeetingKind.REGULAR, meetings__period=month)
    )  # fmt: skip
    series = MeetingSeries.objects.filter(division__in=[place.pk for place in places])
    found, running, meeting_now = {}, set(), set()
    for one in series.annotate(of_month=of_month).select_related("of_month").order_by("pk"):
        if meeting := getattr(one, "of_month", None):  # Django sets nothing where there is none
            found.setdefault(one.division_id, []).append((state_of(meeting, today), meeting))
        if one.is_running_on(month):
            running.add(one.division_id)
            if one.meets_in(month):
                meeting_now.add(one.division_id)
    rows = []
    for place in places:
        if best := found.get(place.pk):
            state, meeting = min(best, key=lambda pair: (ORDER.index(pair[0]), pair[1].pk))
            rows.append(MonthRow(place, state, meeting))
        elif place.pk in running:
            rows.append(MonthRow(place, NONE if place.pk in meeting_now else RESTING))
        else:
            rows.append(MonthRow(place, NO_SERIES))
    return rows


def state_of(meeting, today):
    """How a meeting stands for its month; one of the states of this module."""
    if meeting.status in HELD:
        return HELD_STATE
    if meeting.status == MeetingStatus.IN_SESSION:
        return RUNNING
    if meeting.status == MeetingStatus.CANCELLED:
        return CANCELLED
    return COMING if timezone.localdate(meeting.starts_at) >= today else MISSED
