"""Pages of joint meetings: they open, ask few queries, keep what was typed, and make one record of two clicks."""

import datetime
import io
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document
from icalendar import Calendar

from incubator.calendars.services import create_place_feed
from linkage.models import AgendaItem, JointMeeting, MeetingSeries, OfficialDay, SeriesMember
from tests.factories.meetings import (
    ActionItemFactory,
    AgendaItemFactory,
    JointMeetingFactory,
    MeetingSeriesFactory,
    ResolutionFactory,
    SeriesMemberFactory,
    confirm,
)
from tests.factories.organizations import OrganizationFactory
from tests.factories.review import AnnouncementFactory
from tests.personas import give_leader


@pytest.fixture
def series(personas):
    return MeetingSeriesFactory(division=personas.community, title="力行联席会", created_by=personas.worker)


@pytest.fixture
def meeting(series):
    return JointMeetingFactory(series=series, opened=True)


def settings(personas, **values):
    return {
        "uuid": str(uuid.uuid4()), "division": personas.community.code, "title": "三社联席会", "starts_on": "2026-11",
        "rule_kind": "nth_weekday", "rule_number": "2", "rule_weekday": "3", "every_months": "1", "shift": "later",
        "starts_at": "14:30", "minutes": "90", "place_text": "二楼", "host": "", "chair": "", "recorder": "",
        "agenda_days": "14", "invite_days": "10", "remind_days": ["7", "1", "0"], "minutes_days": "3", "carries": "3",
        "quorum_parties": ["community", "organization", "social_worker"],
    } | values  # fmt: skip


def test_a_series_is_set_up_once_with_its_first_meetings(personas, sign_in):
    client, form = sign_in(personas.worker), settings(personas)
    answers = [client.post(reverse("linkage:series-create"), form) for _time in range(2)]
    series = MeetingSeries.objects.get()
    assert [answer["Location"] for answer in answers] == [series.get_absolute_url()] * 2
    assert (series.starts_on, series.remind_days) == (datetime.date(2026, 11, 1), [7, 1, 0])
    today = timezone.localdate()
    assert all(timezone.localdate(one.starts_at) >= today for one in JointMeeting.objects.all())
    assert JointMeeting.objects.count() in {1, 2}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"rule_number": "7"}, "rule_number"),
        ({"rule_weekday": ""}, "rule_weekday"),
        ({"rule_kind": "day", "rule_number": "-1"}, "rule_number"),
        ({"rule_kind": "workday", "rule_number": "0"}, "rule_number"),
        ({"minutes": "5"}, "minutes"),
        ({"invite_days": "40"}, "invite_days"),
    ],
)
def test_a_rule_that_names_no_day_is_refused_and_what_was_typed_stays(personas, sign_in, values, field):
    answer = sign_in(personas.worker).post(reverse("linkage:series-create"), settings(personas, **values))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "三社联席会" in answer.content.decode()


def test_a_title_that_the_place_has_already_is_told(personas, series, sign_in):
    answer = sign_in(personas.worker).post(reverse("linkage:series-create"), settings(personas, title=series.title))
    assert (answer.status_code, MeetingSeries.objects.count()) == (422, 1)


def test_somebody_elses_place_is_not_offered(personas, sign_in):
    form = settings(personas, division=personas.other_community.code)
    assert sign_in(personas.worker).post(reverse("linkage:series-create"), form).status_code == 422


def test_a_series_is_changed_and_an_older_edition_is_shown_beside(personas, series, sign_in):
    client, url = sign_in(personas.worker), reverse("linkage:series-update", args=[series.uuid])
    edition = client.get(url).context["form"].initial["edition"]
    form = settings(personas, title="力行三社联席会", edition=edition)
    assert client.post(url, form).status_code == 302
    assert client.post(url, form | {"title": "又一个名字"}).status_code == 409
    assert MeetingSeries.objects.get().title == "力行三社联席会"


@pytest.mark.parametrize("number", [1, 3])
def test_the_lists_need_the_same_queries_for_any_number(number, personas, sign_in, django_assert_max_num_queries):
    for _number in range(number):
        series = MeetingSeriesFactory(division=personas.community)
        SeriesMemberFactory(series=series)
        JointMeetingFactory(series=series)
    client = sign_in(personas.worker)
    for name in ("series-list", "meeting-list", "meeting-missing"):
        with django_assert_max_num_queries(14):
            answer = client.get(reverse(f"linkage:{name}"))
        assert answer.status_code == 200


def test_the_page_of_a_series_shows_rule_days_roster_and_meetings(personas, series, meeting, sign_in):
    SeriesMemberFactory(series=series, user=None, name="民警老李", body="派出所", party="police")
    page = sign_in(personas.worker).get(series.get_absolute_url())
    text = page.content.decode()
    assert len(page.context["ahead"]) == 6
    for words in ("on the second Thursday", "民警老李", "派出所", meeting.get_absolute_url(), "Put on the roster"):
        assert words in text


def test_the_page_of_a_meeting_shows_actions_first_then_matters(personas, series, meeting, sign_in):
    past = JointMeetingFactory(
        series=series, held=True, starts_at=timezone.now() - datetime.timedelta(days=40)
    )  # fmt: skip
    action = ActionItemFactory(resolution=ResolutionFactory(meeting=past), title="装路灯")
    confirm(past)
    item = AgendaItemFactory(series=series, title="楼道堆物", proposed_by=personas.worker)
    text = sign_in(personas.worker).get(meeting.get_absolute_url()).content.decode()
    assert text.index(action.title) < text.index(item.title)
    assert "Copy the notice" in text
    assert sign_in(personas.leader).get(meeting.get_absolute_url()).status_code == 404


def test_somebody_is_put_on_the_roster_once_and_taken_off(personas, series, sign_in):
    client, url = sign_in(personas.worker), reverse("linkage:member-add", args=[series.uuid])
    form = {"uuid": str(uuid.uuid4()), "party": "community", "user": str(personas.community_staff.uuid), "name": "",
            "body": "", "organization": ""}  # fmt: skip
    assert [client.post(url, form).status_code for _time in range(2)] == [302, 302]
    member = SeriesMember.objects.get()
    assert (member.user, member.name) == (personas.community_staff, "孙社区")
    assert client.post(url, form | {"uuid": str(uuid.uuid4())}).status_code == 422, "there already"
    assert client.post(url, {"uuid": "", "party": "police", "name": " "}).status_code == 422
    client.post(reverse("linkage:member-leave", args=[member.uuid]))
    member.refresh_from_db()
    assert member.left_on == timezone.localdate()


def test_a_matter_is_proposed_once_taken_back_and_turned_down(personas, series, meeting, sign_in):
    client, url = sign_in(personas.worker), reverse("linkage:item-propose", args=[series.uuid])
    form = {"uuid": str(uuid.uuid4()), "title": "楼道堆物", "text": "", "kind": "issue", "source": "visit",
            "party": "social_worker", "organization": ""}  # fmt: skip
    answers = [client.post(url, form) for _time in range(2)]
    assert [answer["Location"] for answer in answers] == [f"{meeting.get_absolute_url()}#agenda"] * 2
    item = AgendaItem.objects.get()
    assert client.post(reverse("linkage:item-up", args=[item.uuid])).status_code == 302
    assert client.post(reverse("linkage:item-decline", args=[item.uuid]), {"reason": ""}).status_code == 422
    assert client.post(reverse("linkage:item-withdraw", args=[item.uuid])).status_code == 302
    item = AgendaItem.objects.get(pk=item.pk)
    assert item.status == "withdrawn"


def test_others_speak_for_their_own_party(personas, series, sign_in):
    organization = OrganizationFactory(community=personas.community)
    give_leader(personas.leader, organization.uuid)
    page = sign_in(personas.leader).get(reverse("linkage:item-propose", args=[series.uuid]))
    assert [code for code, _label in page.context["form"].fields["party"].choices] == ["organization"]


def test_an_announced_activity_is_put_on_the_agenda_in_one_click(personas, series, meeting, sign_in):
    announcement = AnnouncementFactory(organization=OrganizationFactory(community=personas.community))
    client = sign_in(personas.community_staff)
    url = reverse("linkage:announcement-propose", args=[series.uuid, announcement.uuid])
    assert url in client.get(announcement.get_absolute_url()).content.decode()
    for _time in range(2):
        assert client.post(url)["Location"] == announcement.get_absolute_url()
    item = AgendaItem.objects.get()
    assert (item.announcement, item.source, item.party) == (announcement, "announcement", "community")
    assert "on the next agenda" in client.get(announcement.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("name", "words"), [("notice", "通知"), ("sheet", "签到表")])
def test_the_papers_are_official_ones(personas, series, meeting, sign_in, name, words):
    SeriesMemberFactory(series=series, user=None, name="民警老李", body="派出所", party="police")
    answer = sign_in(personas.worker).get(reverse(f"linkage:meeting-{name}", args=[meeting.uuid]))
    document = Document(io.BytesIO(b"".join(answer.streaming_content) if answer.streaming else answer.content))
    section = document.sections[0]
    measures = [round(value.mm) for value in (section.top_margin, section.left_margin, section.right_margin)]
    assert measures == [37, 28, 26]
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    text += "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert words in text
    assert "民警老李" in text
    assert "{{" not in text


def test_the_code_of_a_meeting_is_a_picture(personas, meeting, sign_in):
    answer = sign_in(personas.worker).get(reverse("linkage:meeting-qr", args=[meeting.uuid]))
    assert (answer["Content-Type"], answer.content[:4]) == ("image/png", b"\x89PNG")


def test_the_calendar_of_a_place_parses_and_tells_of_cancelled_meetings(personas, series, client):
    one = JointMeetingFactory(series=series, sequence=3)
    other = JointMeetingFactory(series=series, cancelled=True, kind="special", sequence=1)
    JointMeetingFactory(series=MeetingSeriesFactory(division=personas.next_community))
    _feed, token = create_place_feed(division=personas.community, actor=personas.worker)
    answer = client.get(reverse("calendars:feed", args=[token]))
    calendar = Calendar.from_ical(answer.content)
    events = {str(event["uid"]): event for event in calendar.walk("VEVENT")}
    assert {uid: (str(event["status"]), int(event["sequence"])) for uid, event in events.items()} == {
        f"joint-meeting-{one.uuid}": ("CONFIRMED", 3),
        f"joint-meeting-{other.uuid}": ("CANCELLED", 1),
    }
    assert all(not event.errors for event in events.values())
    create_place_feed(division=personas.community, actor=personas.worker)
    assert client.get(reverse("calendars:feed", args=[token])).status_code == 404


def test_the_address_of_the_places_calendar_is_shown_once_and_revoked(personas, series, sign_in):
    client = sign_in(personas.worker)
    page = client.post(reverse("linkage:series-feed-create", args=[series.uuid])).content.decode()
    assert "/calendar/" in page
    assert "Revoke it" in client.get(series.get_absolute_url()).content.decode()
    client.post(reverse("linkage:series-feed-revoke", args=[series.uuid]))
    assert "Revoke it" not in client.get(series.get_absolute_url()).content.decode()


def test_who_has_not_met_stands_in_code_order_with_a_filter_by_month(personas, series, sign_in):
    JointMeetingFactory(series=series, confirmed=True, starts_at=timezone.now() - datetime.timedelta(days=1),
                        period=timezone.localdate().replace(day=1))  # fmt: skip
    client = sign_in(personas.staff)
    page = client.get(reverse("linkage:meeting-missing"))
    assert [row.place for row in page.context["rows"]] == [personas.next_community]
    everything = client.get(reverse("linkage:meeting-missing") + "?show=all")
    assert [(row.place, row.state) for row in everything.context["rows"]] == [
        (personas.community, "held"), (personas.next_community, "no_series"),
    ]  # fmt: skip
    earlier = client.get(reverse("linkage:meeting-missing") + "?month=2026-02")
    assert [row.state for row in earlier.context["rows"]] == ["none", "no_series"]


def test_a_holiday_notice_is_entered_by_an_admin_alone(personas, sign_in):
    url, form = reverse("linkage:official-day-add"), {"notice": "2031-10-01 至 2031-10-03 休 国庆节"}
    assert sign_in(personas.worker).post(url, form).status_code == 403
    assert sign_in(personas.district_admin).post(url, form).status_code == 302
    assert OfficialDay.objects.count() == 3
    assert sign_in(personas.admin).post(url, {"notice": "???"}).status_code == 422
    assert "国庆节" in sign_in(personas.worker).get(reverse("linkage:official-day-list")).content.decode()


def test_the_tile_of_quick_entry_leads_to_the_meetings(personas, sign_in):
    OrganizationFactory(community=personas.community)
    page = sign_in(personas.worker).get(reverse("projects:activity-create")).content.decode()
    assert reverse("linkage:meeting-list") in page
