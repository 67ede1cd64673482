"""Other ways in: a week at the desk, a text from a chat, the organization's own word."""

import datetime
import uuid

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from projects.models import Activity
from tests.factories.evidence import photo
from tests.factories.organizations import OrganizationFactory
from tests.factories.projects import ActivityFactory

WEEK, PASTE, OURS = (reverse(f"projects:activity-{name}") for name in ("week", "paste", "ours"))


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel("2026-11-20T10:03:00+08:00", tick=False):
        yield


def words(response):
    return response.content.decode()


def row(number, **more):
    told = {
        "uuid": str(uuid.uuid4()), "kind": "visit", "organization": "治安服务队", "day": "2026-11-16", "begin": "09:30",
        "minutes": "", "participants": "", "summary": f"第{number}行", **more,
    }  # fmt: skip
    return {f"row-{number}-{name}": value for name, value in told.items()}


# --- a week at the desk
def test_good_rows_are_kept_and_bad_ones_stay_with_their_sentences(place, sign_in):
    client = sign_in(place.worker)
    data = row(0) | row(1, organization="没有的") | row(2, day="2026-11-23") | row(3, minutes="30") | row(4, kind="")
    answer = client.post(WEEK, data)
    assert answer.status_code == 422
    assert sorted(Activity.objects.values_list("summary", "minutes")) == [("第0行", 60), ("第3行", 30)]
    page = words(answer)
    for text in (
        "2 records are kept.", "3 rows need another look", "is not the name of exactly one", "Record it once",
        "Please choose the kind.", "第1行", "第2行", "第4行",
    ):  # fmt: skip
        assert text in page
    assert "第0行" not in page
    assert page.count('<textarea name="row-') == 10
    names = [form.prefix for form in answer.context["rows"]]
    assert len(set(names)) == 10


def test_the_same_rows_sent_twice_are_the_same_records(place, sign_in):
    client, data = sign_in(place.worker), row(0) | row(1)
    for _number in range(2):
        assert client.post(WEEK, data).url == f"{WEEK}?done=1"
    assert Activity.objects.count() == 2


def test_a_row_whose_kind_asks_more_becomes_a_draft_that_is_finished_later(place, sign_in):
    """Nothing incomplete is handed in, and nothing typed is lost."""
    client = sign_in(place.worker)
    asking = row(1, kind="salon", participants="1200", confirmed="on", summary="吃茶说戏", begin="14:00")
    data = row(0) | asking
    for _number in range(2):
        assert client.post(WEEK, data).url == f"{WEEK}?done=1"
    assert list(Activity.objects.counted().values_list("kind", flat=True)) == ["visit"]
    draft = Activity.objects.drafts_of(place.worker).get()
    assert (draft.kind, draft.organization, str(draft.uuid)) == ("salon", place.organization, asking["row-1-uuid"])
    page = words(client.get(WEEK))
    for text in ("1 row is kept as a draft", "One step short", "Theme", f"/projects/activities/{draft.uuid}/edit/"):
        assert text in page
    form = client.get(f"/projects/activities/{draft.uuid}/edit/").context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "", [])}
    assert (sent["summary"], sent["starts_at"], sent["participants"]) == ("吃茶说戏", "2026-11-16T14:00", "1200")
    answer = client.post(f"/projects/activities/{draft.uuid}/edit/", sent | {"details-theme": "秋天的戏"})
    assert answer.status_code == 302
    assert sorted(Activity.objects.counted().values_list("kind", flat=True)) == ["salon", "visit"]
    assert "One step short" not in words(client.get(WEEK))


def test_a_draft_that_was_continued_elsewhere_is_not_overwritten_by_its_row(place, sign_in):
    client, data = sign_in(place.worker), row(0, kind="salon", participants="9")
    client.post(WEEK, data)
    draft = Activity.objects.get()
    draft.payload |= {"tab": "another", "details-theme": "秋天的戏"}
    draft.version += 1
    draft.save()
    answer = client.post(WEEK, data)
    assert answer.status_code == 422
    assert "changed in another window" in words(answer)
    assert Activity.objects.get().payload["details-theme"] == "秋天的戏"


@pytest.mark.parametrize("number", [1, 3])
def test_the_week_page_asks_the_database_the_same_with_one_and_three_drafts(
    place, sign_in, django_assert_num_queries, number
):
    client = sign_in(place.worker)
    for index in range(number):
        client.post(WEEK, row(index, kind="salon", participants="9"))
    with django_assert_num_queries(6):
        client.get(WEEK)


def test_empty_rows_and_an_empty_page_are_nothing(place, sign_in):
    answer = sign_in(place.worker).post(WEEK, {"row-0-kind": "visit", "row-0-uuid": str(uuid.uuid4())})
    assert answer.status_code == 200
    assert "Nothing was typed yet." in words(answer)
    assert not Activity.objects.exists()


def test_a_row_is_asked_back_and_then_taken(place, sign_in):
    client, data = sign_in(place.worker), row(0, minutes="800")
    answer = client.post(WEEK, data)
    assert 'name="row-0-confirmed"' in words(answer)
    assert client.post(WEEK, data | {"row-0-confirmed": "on"}).status_code == 302


def test_the_rows_of_one_week_share_their_days(place, sign_in):
    answer = sign_in(place.worker).post(WEEK, row(0, minutes="700") | row(1, minutes="800", confirmed="on"))
    assert "25 hours on that day" in words(answer)
    assert Activity.objects.count() == 1


def test_a_name_with_its_community_tells_two_of_a_name_apart(place, sign_in):
    OrganizationFactory(name="治安服务队", community=place.next_community)
    client = sign_in(place.worker)
    assert client.post(WEEK, row(0)).status_code == 422
    assert client.post(WEEK, row(0, organization=f"治安服务队 · {place.next_community.name}")).status_code == 302
    assert Activity.objects.get().community == place.next_community


def test_an_organization_of_another_street_is_not_found(place, sign_in):
    assert sign_in(place.worker).post(WEEK, row(0, organization="书画社")).status_code == 422


# --- a text from a chat
def test_a_text_leads_to_the_form_and_nothing_is_kept(place, sign_in):
    choir = OrganizationFactory(name="合唱队", pinyin="hechangdui", community=place.community)
    text = "11月8日下午3点走访治安服务队和合唱队，在二楼会议室，共23人。\n队员想要背心。"
    page = sign_in(place.worker).post(PASTE, {"text": text})
    form = page.context["form"]
    told = {name: form[name].value() for name in ("organization", "others", "place_text", "participants", "summary")}
    assert told == {
        "organization": place.organization.uuid, "others": [choir.uuid], "place_text": "二楼会议室", "participants": 23,
        "summary": text,
    }  # fmt: skip
    assert form["starts_at"].value() == datetime.datetime(2026, 11, 8, 15, tzinfo=form["starts_at"].value().tzinfo)
    assert 'action="/projects/activities/new/visit/"' in words(page)
    assert not Activity.objects.exists()


def test_a_text_without_a_kind_asks_for_it(place, sign_in):
    client = sign_in(place.worker)
    answer = client.post(PASTE, {"text": "大家都很高兴"})
    assert answer.status_code == 422
    assert "Please choose." in words(answer)
    assert client.post(PASTE, {"text": "大家都很高兴", "kind": "training"}).context["kind"].code == "training"


def test_a_text_about_another_street_proposes_none_of_it(place, sign_in):
    form = sign_in(place.worker).post(PASTE, {"text": "走访书画社"}).context["form"]
    assert form.initial.get("organization") is None


# --- the organization's own word
def ours(place, **more):
    return {
        "uuid": str(uuid.uuid4()), "organization": str(place.organization.uuid), "what": "我们巡逻了一圈\n捡到钥匙",
        "starts_at": "2026-11-19T19:30", "participants": "9", **more,
    }  # fmt: skip


def test_a_leader_tells_in_one_screen_and_it_counts_at_once(place, sign_in):
    client, data = sign_in(place.leader), ours(place)
    answers = [client.post(OURS, data) for _number in range(2)]
    activity = Activity.objects.counted().get()
    assert [answer.url for answer in answers] == [activity.get_absolute_url()] * 2
    assert (activity.source, activity.title, activity.participants, activity.led_by) == (
        "organization", "我们巡逻了一圈", 9, "organization",
    )  # fmt: skip
    assert activity.links.get().organization == place.organization


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("what", " ", "Please tell in a sentence"), ("starts_at", "2026-11-22T09:00", "Record it once"),
        ("participants", "5000", "More than 1000 people?"), ("organization", "x", "valid UUID"),
    ],
)  # fmt: skip
def test_bad_input_of_a_leader_gets_a_sentence(place, sign_in, field, value, sentence):
    answer = sign_in(place.leader).post(OURS, ours(place, **{field: value}))
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert not Activity.objects.exists()


def test_many_people_are_taken_when_the_leader_says_so(place, sign_in):
    data = ours(place, participants="5000", participants_confirmed="on")
    assert sign_in(place.leader).post(OURS, data).status_code == 302


def test_a_leader_does_not_tell_of_another_organization(place, sign_in):
    other = str(place.other_organization.uuid)
    assert sign_in(place.leader).post(OURS, ours(place, organization=other)).status_code == 422


def test_only_leaders_have_that_page(place, sign_in):
    for who in ("worker", "staff", "hub", "stranger"):
        assert sign_in(getattr(place, who)).get(OURS).status_code == 403
    for who in ("leader", "other_leader"):
        assert sign_in(getattr(place, who)).get(OURS).status_code == 200


@pytest.mark.parametrize("address", [WEEK, PASTE])
def test_who_records_nothing_has_no_other_ways_in(place, sign_in, address):
    ActivityFactory(organization=place.organization, recorded_by=place.worker)
    assert sign_in(place.funder).get(address).status_code == 403
    assert sign_in(place.leader).get(address).status_code == 200


def test_a_photo_of_the_leader_is_kept_with_the_record(place, sign_in):
    answer = sign_in(place.leader).post(OURS, ours(place) | {"photo": photo()})
    assert answer.status_code == 302
    assert Activity.objects.get().evidence.get().uploaded_by == place.leader


def test_a_photo_that_is_none_keeps_nothing_and_says_why(place, sign_in):
    broken = SimpleUploadedFile("现场.jpg", b"MZ\x90\x00 this is a program", content_type="image/jpeg")
    answer = sign_in(place.leader).post(OURS, ours(place) | {"photo": broken})
    assert answer.status_code == 422
    assert "我们巡逻了一圈" in words(answer)
    assert not Activity.objects.exists()
