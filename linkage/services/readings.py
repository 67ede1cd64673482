"""What the facts about organizations in joint meetings are made of, read once for all of them and shared by all indicators
of one look. Only confirmed minutes count. Where nobody holds joint meetings the facts are unknown, and not none."""

from collections import defaultdict
from functools import cached_property

from evaluations.services.readings import last_twelve_months
from linkage.choices import THERE, ActionStatus, MeetingStatus
from linkage.models import ActionItem, JointMeeting, MeetingAttendance


def meeting_readings(organizations, as_of):
    """The readings of this very queryset object on that day."""
    kept = organizations.__dict__.setdefault("_meeting_readings", {})
    return kept.setdefault(as_of, MeetingReadings(organizations, as_of))


class MeetingReadings:
    def __init__(self, organizations, as_of):
        self._organizations = organizations.all()
        self.begin, self.end = last_twelve_months(as_of)

    @property
    def _wanted(self):
        return self._organizations.order_by().values("pk")

    @cached_property
    def places(self):
        """{pk of an organization: code of its community}"""
        return dict(self._organizations.order_by().values_list("pk", "community__code"))

    @cached_property
    def meeting_places(self):
        """Codes of the places in which a meeting was confirmed in these twelve months."""
        held = JointMeeting.objects.filter(
            status=MeetingStatus.CONFIRMED, starts_at__gte=self.begin, starts_at__lt=self.end
        )
        return set(held.order_by().values_list("series__division__code", flat=True))

    def is_known(self, key):
        """Whether the organization's community or street met at all, or it came to a meeting elsewhere."""
        code = self.places[key]
        return any(code.startswith(place) for place in self.meeting_places) or key in self.attended

    @cached_property
    def attended(self):
        """{pk: the meetings at which somebody of the organization was, in person or represented}"""
        found = defaultdict(dict)
        rows = MeetingAttendance.objects.filter(
            member__organization__in=self._wanted, presence__in=THERE, meeting__status=MeetingStatus.CONFIRMED,
            meeting__starts_at__gte=self.begin, meeting__starts_at__lt=self.end,
        ).order_by("meeting__starts_at", "pk")  # fmt: skip
        for key, identifier in rows.values_list("member__organization_id", "meeting__uuid"):
            found[key][("joint_meeting", str(identifier))] = None
        return {key: tuple(keys) for key, keys in found.items()}

    @cached_property
    def handled(self):
        """{pk: {matter: actions}}: what it took on and another party verified. Several actions about one item of the
        agenda are one matter."""
        found = defaultdict(lambda: defaultdict(list))
        rows = ActionItem.objects.filter(
            organization__in=self._wanted, status=ActionStatus.VERIFIED, verified_at__gte=self.begin,
            verified_at__lt=self.end,
        ).order_by("verified_at", "pk")  # fmt: skip
        for key, item, action, identifier in rows.values_list("organization_id", "resolution__item_id", "pk", "uuid"):
            found[key][("item", item) if item else ("action", action)].append(("action_item", str(identifier)))
        return found
