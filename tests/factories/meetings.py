"""Series, their roster, meetings and what is on the agenda. Give ``division`` (a community or a street)."""

import datetime
import hashlib

import factory
from django.utils import timezone

from linkage.models import ActionItem, AgendaItem, JointMeeting, MeetingSeries, Resolution, SeriesMember
from tests.factories.accounts import UserFactory
from tests.factories.divisions import DivisionFactory


class MeetingSeriesFactory(factory.django.DjangoModelFactory):
    """The second Thursday of each month, 14:30."""

    class Meta:
        model = MeetingSeries

    division = factory.SubFactory(DivisionFactory)
    title = factory.Sequence(lambda n: f"三社联动联席会{n}")
    starts_on = datetime.date(2026, 1, 1)
    place_text = "党群服务中心二楼"
    created_by = factory.SubFactory(UserFactory)


class SeriesMemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SeriesMember

    series = factory.SubFactory(MeetingSeriesFactory)
    party = "community"
    user = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"成员{n}")


class JointMeetingFactory(factory.django.DjangoModelFactory):
    """A planned regular meeting; give ``starts_at``. Traits: opened, held, confirmed, cancelled."""

    class Meta:
        model = JointMeeting

    series = factory.SubFactory(MeetingSeriesFactory)
    starts_at = factory.LazyFunction(lambda: timezone.now() + datetime.timedelta(days=10))
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + datetime.timedelta(minutes=90))
    period = factory.LazyAttribute(lambda o: timezone.localdate(o.starts_at).replace(day=1))
    title = factory.LazyAttribute(lambda o: f"{o.period:%Y年%m月}联席会议")

    class Params:
        opened = factory.Trait(status="agenda_open")
        begun = factory.Trait(status="in_session", began_at=factory.SelfAttribute("starts_at"))
        held = factory.Trait(
            status="minutes_draft",
            began_at=factory.SelfAttribute("starts_at"),
            closed_at=factory.SelfAttribute("ends_at"),
        )
        confirmed = factory.Trait(
            held=True,
            status="confirmed",
            confirmed_by=factory.SubFactory(UserFactory),
            confirmed_at=factory.SelfAttribute("ends_at"),
            content={"title": "x"},
            content_sha256=hashlib.sha256(b"x").hexdigest(),
        )
        cancelled = factory.Trait(status="cancelled", cancelled_reason="下雨")


class AgendaItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AgendaItem

    series = factory.SubFactory(MeetingSeriesFactory)
    title = factory.Sequence(lambda n: f"议题{n}")
    party = "community"
    proposed_by = factory.SubFactory(UserFactory)


def confirm(meeting):
    """As if the chair had confirmed the minutes: from here on the database keeps them. The content is not theirs."""
    JointMeeting.objects.filter(pk=meeting.pk).update(
        status="confirmed", confirmed_by=UserFactory(), confirmed_at=meeting.ends_at, content={"title": "x"},
        content_sha256=hashlib.sha256(b"x").hexdigest(),
    )  # fmt: skip


class ResolutionFactory(factory.django.DjangoModelFactory):
    """Of a meeting that is not confirmed yet; :func:`confirm` puts it in force."""

    class Meta:
        model = Resolution

    meeting = factory.SubFactory(JointMeetingFactory, held=True)
    series = factory.SelfAttribute("meeting.series")
    number = factory.Sequence(lambda n: f"2026-01-{n:02d}")
    text = "由社区牵头办理"


class ActionItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ActionItem

    resolution = factory.SubFactory(ResolutionFactory)
    series = factory.SelfAttribute("resolution.series")
    title = factory.Sequence(lambda n: f"交办事项{n}")
    owner_party = "community"
    due_on = datetime.date(2026, 12, 31)
