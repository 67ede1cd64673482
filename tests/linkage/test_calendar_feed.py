"""Joint meetings in the calendars of people and places, read as a strict reader does (RFC 5545)."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from incubator.calendars.services import create_feed, create_place_feed
from linkage.services.meeting import cancel_meeting, move_meeting, open_agenda
from tests.factories.meetings import JointMeetingFactory, MeetingSeriesFactory, SeriesMemberFactory

OCTETS = 75
TITLE = "三社联动联席会议; 楼道, 路灯\\电梯（2026年12月例会，请带上月交办事项清单并提前五分钟到场签到，谢谢配合）"


@pytest.fixture(params=["person", "community"])
def feed(request, personas, client):
    """``feed()``: the bytes that a phone gets, of the worker's calendar or of the community's."""
    if request.param == "person":
        _feed, token = create_feed(actor=personas.worker)
    else:
        _feed, token = create_place_feed(division=personas.community, actor=personas.worker)

    def fetch():
        answer = client.get(reverse("calendars:feed", args=[token]))
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        return answer.content

    return fetch


@pytest.fixture
def meeting(personas):
    series = MeetingSeriesFactory(division=personas.community, created_by=personas.worker)
    SeriesMemberFactory(series=series, user=personas.worker, party="social_worker", name="王社工")
    return JointMeetingFactory(series=series, title=TITLE, place_text="二楼, 议事厅; 东侧")


def read_strictly(content):
    """The calendar; every line ends with CRLF, is at most 75 octets long and whole in UTF-8, and no property was dropped
    or left unread."""
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    for line in lines[:-1]:
        assert len(line) <= OCTETS, line
        assert b"\n" not in line
        assert b"\r" not in line
        line.decode()
    calendar = Calendar.from_ical(content)
    calendar.validate()
    for component in calendar.walk():
        assert component.errors == []
        for required in component.required:
            assert component.get(required) is not None, required
        for single in component.singletons:
            assert not isinstance(component.get(single), list), single
    return calendar


def event_of(content):
    events = read_strictly(content).walk("VEVENT")
    assert len(events) == 1
    return events[0]


def test_a_meeting_keeps_its_uid_and_its_sequence_rises_until_it_is_cancelled(feed, meeting, personas):
    begin = timezone.now().replace(microsecond=0) + datetime.timedelta(days=12)
    told = [event_of(feed())]
    open_agenda(meeting_id=meeting.pk, actor=personas.worker)
    told.append(event_of(feed()))
    move_meeting(
        meeting_id=meeting.pk, starts_at=begin, minutes=60, place_text="一楼", reason="让路", actor=personas.worker
    )
    told.append(event_of(feed()))
    cancel_meeting(meeting_id=meeting.pk, reason="暴雨", actor=personas.worker)
    told.append(event_of(feed()))
    assert {str(event["uid"]) for event in told} == {f"joint-meeting-{meeting.uuid}"}
    assert [int(event["sequence"]) for event in told] == [0, 1, 2, 3]
    assert [str(event["status"]) for event in told] == ["CONFIRMED"] * 3 + ["CANCELLED"]
    assert [str(event["location"]) for event in told] == ["二楼, 议事厅; 东侧"] * 2 + ["一楼"] * 2
    assert (told[-1].decoded("dtstart"), told[-1].decoded("dtend")) == (begin, begin + datetime.timedelta(hours=1))
    stamps = [event.decoded("dtstamp") for event in told]
    assert stamps == sorted(stamps)
    assert all(stamp.tzinfo is not None for stamp in stamps)


def test_chinese_words_are_escaped_and_folded_and_come_back_whole(feed, meeting):
    content = feed()
    event = event_of(content)
    assert str(event["summary"]) == TITLE
    unfolded = content.replace(b"\r\n ", b"").decode()
    assert r"SUMMARY:三社联动联席会议\; 楼道\, 路灯\\电梯（2026年12月例会，请带上月" in unfolded
    assert r"LOCATION:二楼\, 议事厅\; 东侧" in unfolded
    assert b"\r\n " in content


def test_the_same_feed_is_the_same_bytes_and_words_of_other_places_are_not_in_it(feed, meeting, personas):
    JointMeetingFactory(series=MeetingSeriesFactory(division=personas.other_community), title="别处的会")
    content = feed()
    assert feed() == content
    assert "别处的会" not in content.decode()


def test_an_empty_calendar_is_one_too(feed):
    assert read_strictly(feed()).walk("VEVENT") == []
