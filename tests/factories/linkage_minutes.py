"""Joint meetings from their opening on. Give ``series`` or ``division``; dates lie in the past, so that nothing waits."""

import datetime

import factory
from django.utils import timezone

from linkage.choices import Party
from linkage.models import (
    ActionItem,
    ActionReview,
    AgendaItem,
    ItemOpinion,
    JointMeeting,
    MeetingAttendance,
    MeetingSeries,
    Resolution,
    SeriesMember,
)
from tests.factories.accounts import UserFactory
from tests.factories.divisions import DivisionFactory

FIRST_MONTH = datetime.date(2026, 1, 1)


class MinutesSeriesFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MeetingSeries

    division = factory.SubFactory(DivisionFactory)
    title = factory.Sequence(lambda n: f"三社联动联席会{n}")
    starts_on = FIRST_MONTH
    created_by = factory.SubFactory(UserFactory)


class MemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SeriesMember

    series = factory.SubFactory(MinutesSeriesFactory)
    party = Party.COMMUNITY
    name = factory.Sequence(lambda n: f"代表{n}")


class HeldMeetingFactory(factory.django.DjangoModelFactory):
    """A meeting of yesterday whose agenda is open. Traits: in_session, closed, cancelled; confirmed ones are made by the
    service, so that their content is theirs."""

    class Meta:
        model = JointMeeting

    series = factory.SubFactory(MinutesSeriesFactory)
    starts_at = factory.LazyFunction(lambda: timezone.now() - datetime.timedelta(days=1))
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + datetime.timedelta(minutes=90))
    period = factory.LazyAttribute(lambda o: timezone.localdate(o.starts_at).replace(day=1))
    title = factory.LazyAttribute(lambda o: f"{o.period:%Y年%m月}联席会")
    status = "agenda_open"

    class Params:
        in_session = factory.Trait(status="in_session", began_at=factory.SelfAttribute("starts_at"))
        closed = factory.Trait(
            status="minutes_draft", began_at=factory.SelfAttribute("starts_at"),
            closed_at=factory.SelfAttribute("ends_at"),
        )  # fmt: skip
        cancelled = factory.Trait(status="cancelled", cancelled_reason="暴雨")


class ItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AgendaItem

    series = factory.SubFactory(MinutesSeriesFactory)
    title = factory.Sequence(lambda n: f"楼道堆物{n}")
    party = Party.COMMUNITY
    proposed_by = factory.SubFactory(UserFactory)


class OpinionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ItemOpinion

    party = Party.COMMUNITY
    text = "尽快办"
    written_by = factory.SubFactory(UserFactory)


class AttendanceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MeetingAttendance

    party = Party.COMMUNITY
    name = factory.Sequence(lambda n: f"来宾{n}")


class ResolutionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Resolution

    series = factory.SelfAttribute("meeting.series")
    number = factory.Sequence(lambda n: f"2026-01-{n + 1:02d}")
    text = "本月内清理"


class ActionFactory(factory.django.DjangoModelFactory):
    """An open action of the community. Trait: done (give ``done_by``)."""

    class Meta:
        model = ActionItem

    series = factory.SelfAttribute("resolution.series")
    title = factory.Sequence(lambda n: f"清理三号楼{n}")
    owner_party = Party.COMMUNITY
    due_on = factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=14))

    class Params:
        done = factory.Trait(status="done", done_at=factory.LazyFunction(timezone.now), done_note="清了")


class LookFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ActionReview

    before = "open"
    after = "open"
