"""Joint meetings with confirmed minutes: who sat at the same table."""

from collections import defaultdict

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.divisions.choices import Level
from incubator.divisions.models import Division
from linkage.choices import THERE, Party
from linkage.models import JointMeeting, MeetingAttendance
from linkage.network import End, Occasion, as_written, organization_end
from linkage.registries import TieRecord, TieSource, tie_sources
from organizations.models import Agency

MEETING = (
    "meeting_id", "meeting__starts_at", "meeting__activity_id", "meeting__series__division_id",
    "meeting__series__division__level", "meeting__series__division__parent_id",
)  # fmt: skip
WORDS = ("社区居民委员会", "居民委员会", "社区居委会", "居委会", "社区")  # by which a community's name ends, or not


@tie_sources.register
class JointMeetings(TieSource):
    """An organization was there when somebody of the roster came for it, or sent a proxy. It is tied to every other body
    that was: organizations, the agency named, the community, the street, others by name. People are no ends. A meeting
    that became a record of activities is that record, so that it is told once. Three queries."""

    code = "meeting"
    label = _("joint meetings")
    icon = "people-fill"
    record_kind = "meeting"
    order = 30

    @classmethod
    def occasions(cls, organizations, begin, after):
        there = MeetingAttendance.objects.filter(presence__in=THERE)
        own = there.filter(member__organization__in=organizations).values("meeting_id")
        meetings = JointMeeting.objects.confirmed().between(begin, after).filter(pk__in=own)
        rows = list(
            there.filter(meeting__in=meetings.values("pk"))
            .order_by("pk")
            .values_list(*MEETING, "party", "body", "member__organization_id")
        )
        bodies = {as_written(row[7]) for row in rows}
        agencies = dict(Agency.objects.filter(name__in=bodies).order_by("pk").values_list("name", "pk"))
        streets = {row[3] for row in rows} | {row[5] for row in rows}
        communities = Division.objects.filter(parent__in=streets, level=Level.COMMUNITY).order_by("pk")
        places = {(street, _short(name)): pk for pk, street, name in communities.values_list("pk", "parent", "name")}
        ends, facts = defaultdict(set), {}
        for meeting, starts_at, activity, division, level, parent, party, body, organization in rows:
            record = f"activity:{activity}" if activity else f"meeting:{meeting}"
            facts[meeting] = record, timezone.localdate(starts_at)
            ends[meeting].add(_end(party, as_written(body), organization, (division, level, parent), agencies, places))
        return [
            Occasion(here.key, end, cls.code, *facts[meeting])
            for meeting, present in ends.items()
            for here in sorted(present, key=str)
            if here.is_organization and here.key in organizations
            for end in sorted(present, key=str)
            if end != here
        ]

    @classmethod
    def records(cls, keys, user):
        found = JointMeeting.objects.visible_to(user).filter(pk__in=keys).order_by("-starts_at", "-pk")
        return {
            meeting.pk: TieRecord(
                what=str(JointMeeting._meta.verbose_name), title=meeting.title, url=meeting.get_absolute_url(),
                on=timezone.localdate(meeting.starts_at),
            )
            for meeting in found
        }  # fmt: skip


def _short(name):
    return next((name.removesuffix(word) for word in WORDS if name.endswith(word) and name != word), name)


def _end(party, body, organization, place, agencies, places):
    """The body that somebody came for, as an :class:`End`."""
    division, level, parent = place
    if organization:
        return organization_end(organization)
    if party == Party.SOCIAL_WORKER and body in agencies:
        return End(party, "agency", agencies[body])
    if party == Party.STREET and (street := division if level == Level.STREET else parent):
        return End(party, "division", street)
    if party == Party.COMMUNITY:
        if level == Level.COMMUNITY:
            return End(party, "division", division)
        if known := places.get((division, _short(body))):
            return End(party, "division", known)
    return End(party, "name", body) if body else End(party, "party", str(party))
