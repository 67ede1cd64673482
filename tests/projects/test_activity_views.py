"""Pages of activities: entry, correction, two versions, reading, looking through."""

import io
import uuid

import pytest
from django.urls import reverse
from docx import Document

from incubator.audit.models import AuditEvent
from projects.models import Activity
from tests.factories.projects import STARTS_AT, ActivityFactory, ProjectFactory

CREATE = "/projects/activities/new/visit/"


def entry(place, **more):
    return {
        "uuid": str(uuid.uuid4()), "version": "0", "organization": str(place.organization.uuid),
        "starts_at": "2026-11-03T09:30", "minutes": "60", "summary": "看了巡逻路线", "details-way": "on_site", **more,
    }  # fmt: skip


@pytest.fixture(autouse=True)
def _november(time_machine_november):
    """All of it happens on 20 November 2026."""


@pytest.fixture
def time_machine_november():
    import time_machine

    with time_machine.travel("2026-11-20T10:03:00+08:00", tick=False):
        yield


def words(response):
    return response.content.decode()


def test_the_first_screen_offers_kinds_the_last_pairs_and_the_drafts(place, sign_in):
    ActivityFactory(organization=place.organization, recorded_by=place.worker)
    last = ActivityFactory(organization=place.organization, recorded_by=place.worker)
    ActivityFactory(draft=True, recorded_by=place.worker)
    ActivityFactory(draft=True, recorded_by=place.other_worker)
    response = sign_in(place.worker).get("/projects/activities/new/")
    assert words(response).count('repeat-chip"') == 1
    assert f"/projects/activities/new/visit/?repeat={last.uuid}" in words(response)
    assert words(response).count('class="draft"') == 1
    assert "/projects/activities/new/training/" in words(response)


def test_kind_and_organization_in_the_address_lead_to_the_form(place, sign_in):
    client = sign_in(place.worker)
    response = client.get(f"/projects/activities/new/?kind=visit&organization={place.organization.uuid}")
    assert response.url == f"{CREATE}?organization={place.organization.uuid}"
    page = client.get(response.url)
    assert f'<option value="{place.organization.uuid}" selected>' in words(page)
    assert 'value="2026-11-20T10:00"' in words(page)
    assert client.get("/projects/activities/new/nonsense/").status_code == 404


def test_a_plain_post_makes_one_record_however_often_it_is_sent(place, sign_in):
    client, data = sign_in(place.worker), entry(place)
    answers = [client.post(CREATE, data) for _number in range(3)]
    activity = Activity.objects.get()
    assert [answer.url for answer in answers] == [activity.get_absolute_url()] * 3
    assert (activity.status, activity.minutes, activity.summary) == ("submitted", 60, "看了巡逻路线")
    assert activity.details["way"] == "on_site"
    assert AuditEvent.objects.about(activity).count() == 1


def test_an_invalid_entry_comes_back_with_everything_typed(place, sign_in):
    response = sign_in(place.worker).post(CREATE, entry(place, organization="", summary="写了很多"))
    assert response.status_code == 422
    assert "Please choose the organization." in words(response)
    assert "写了很多" in words(response)
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("minutes", "1500", "That is longer than 24 hours"),
        ("minutes", "0", "at least one minute"),
        ("starts_at", "2026-11-23T09:00", "This is in the future"),
        ("starts_at", "1926-11-23T09:00", "Please check the year"),
        ("starts_at", "yesterday", "Please give day and time"),
        ("participants", "1200", "More than 1000 people?"),
        ("participants", "-3", "Please check the number of participants"),
        ("organization", "11111111-1111-4111-8111-111111111111", "You cannot record activities of this organization"),
        ("organization", "nonsense", "is not a valid UUID"),
        ("details-way", "telepathy", "Select a valid choice"),
        ("summary", "", "Please tell in a sentence or two"),
    ],
)
def test_bad_input_gets_a_sentence_and_writes_nothing(place, sign_in, field, value, sentence):
    response = sign_in(place.worker).post(CREATE, entry(place, **{field: value}))
    assert response.status_code == 422
    assert sentence in words(response)
    assert not Activity.objects.exists()


def test_many_participants_are_asked_back_not_refused(place, sign_in):
    client, data = sign_in(place.worker), entry(place, participants="1200")
    assert 'name="participants_confirmed"' in words(client.post(CREATE, data))
    assert client.post(CREATE, data | {"participants_confirmed": "on"}).status_code == 302
    assert Activity.objects.get().participants == 1200


def test_an_organization_of_another_street_is_refused(place, sign_in):
    response = sign_in(place.worker).post(CREATE, entry(place, organization=str(place.other_organization.uuid)))
    assert "You cannot record activities of this organization" in words(response)


def test_repeat_keeps_what_stays_and_clears_the_texts(place, sign_in):
    last = ActivityFactory(
        organization=place.organization, recorded_by=place.worker, place_text="社区活动室", participants=7, minutes=90,
        led_by="assisted", next_step="再来",
    )  # fmt: skip
    page = words(sign_in(place.worker).get(f"{CREATE}?repeat={last.uuid}"))
    assert 'value="社区活动室"' in page
    assert 'value="90"' in page
    assert 'value="2026-11-20T10:00"' in page
    assert last.summary not in page
    assert "再来" not in page


def test_with_very_many_organizations_one_searches(place, sign_in, monkeypatch):
    from projects.forms import activity as forms

    monkeypatch.setattr(forms, "IN_ONE_LIST", 0)
    client = sign_in(place.worker)
    assert 'name="organization_search"' in words(client.get(CREATE))
    found = client.get("/projects/activities/organizations.json", {"q": "zafwd"}).json()["results"]
    assert [item["uuid"] for item in found] == [str(place.organization.uuid)]
    nothing = client.post(CREATE, entry(place, organization="", organization_search="没有的"))
    assert "No organization of yours matches" in words(nothing)
    assert client.post(CREATE, entry(place, organization="", organization_search="治安")).status_code == 302
    assert Activity.objects.get().organization == place.organization


def test_a_later_save_of_an_older_version_shows_both_and_either_can_be_kept(place, sign_in):
    activity = ActivityFactory(organization=place.organization, recorded_by=place.worker)
    client, url = sign_in(place.worker), reverse("projects:activity-update", args=[activity.uuid])
    first = entry(place, version="1", summary="第一个窗口")
    second = entry(place, version="1", summary="第二个窗口")
    assert client.post(url, first).status_code == 302
    clash = client.post(url, second)
    assert clash.status_code == 409
    assert "第一个窗口" in words(clash)
    assert "第二个窗口" in words(clash)
    activity = Activity.objects.get()
    assert activity.summary == "第一个窗口"
    assert client.post(url, second | {"version": str(activity.version)}).status_code == 302
    activity = Activity.objects.get()
    assert activity.summary == "第二个窗口"


def test_an_older_draft_of_another_tab_is_shown_beside_the_newer(place, sign_in):
    client, data = sign_in(place.worker), entry(place)
    draft = reverse("projects:activity-draft", args=[data["uuid"]])
    client.post(draft, data | {"kind": "visit", "summary": "手机上", "tab": "a"})
    clash = client.post(CREATE, data | {"summary": "电脑上", "tab": "b"})
    assert clash.status_code == 409
    assert "手机上" in words(clash)
    assert client.post(CREATE, data | {"summary": "电脑上", "tab": "a"}).status_code == 302


def test_a_draft_goes_on_where_it_was_left_and_can_be_thrown_away(place, sign_in):
    client, data = sign_in(place.worker), entry(place, summary="写了一半")
    client.post(reverse("projects:activity-draft", args=[data["uuid"]]), data | {"kind": "visit"})
    draft = Activity.objects.get()
    assert client.get(draft.get_absolute_url()).url == reverse("projects:activity-update", args=[draft.uuid])
    assert "写了一半" in words(client.get(reverse("projects:activity-update", args=[draft.uuid])))
    client.post(reverse("projects:activity-discard", args=[draft.uuid]))
    assert not Activity.objects.exists()


def test_the_detail_shows_the_record_and_its_history(place, sign_in):
    project = ProjectFactory(organization=place.organization, lead=place.worker)
    sign_in(place.worker).post(CREATE, entry(place, **{"details-met": "周队长", "next_step": "下周送背心"}))
    activity = Activity.objects.get()
    assert activity.project == project
    page = words(sign_in(place.staff).get(activity.get_absolute_url()))
    for text in ("治安服务队", "周队长", "下周送背心", "activity recorded", "on the spot", project.name):
        assert text in page


def test_return_needs_a_reason_and_the_author_reads_it(place, sign_in):
    activity = ActivityFactory(organization=place.organization, recorded_by=place.worker)
    client, url = sign_in(place.supervisor), reverse("projects:activity-return", args=[activity.uuid])
    assert client.post(url, {"reason": " "}).status_code == 422
    assert client.post(url, {"reason": "请写清时间"}).status_code == 302
    page = words(sign_in(place.worker).get(reverse("projects:activity-update", args=[activity.uuid])))
    assert "请写清时间" in page


def test_accepting_twice_says_that_somebody_was_faster(place, sign_in):
    activity = ActivityFactory(organization=place.organization, recorded_by=place.worker)
    client, url = sign_in(place.staff), reverse("projects:activity-accept", args=[activity.uuid])
    client.post(url)
    answer = client.post(url, follow=True)
    assert "Somebody may have been faster" in words(answer)
    update = sign_in(place.worker).get(reverse("projects:activity-update", args=[activity.uuid]))
    assert update.status_code == 403


def test_a_record_of_another_street_is_not_found(place, sign_in):
    activity = ActivityFactory(organization=place.organization, recorded_by=place.worker)
    client = sign_in(place.other_worker)
    for name in ("detail", "update", "record", "return"):
        assert client.get(reverse(f"projects:activity-{name}", args=[activity.uuid])).status_code == 404
    for name in ("accept", "discard", "return", "update"):
        assert client.post(reverse(f"projects:activity-{name}", args=[activity.uuid])).status_code == 404


@pytest.mark.parametrize("training", [False, True])
def test_the_record_form_opens_in_word_and_says_what_the_record_says(place, sign_in, training):
    activity = ActivityFactory(
        organization=place.organization, recorded_by=place.worker, training=training, place_text="<社区> & 活动室",
    )  # fmt: skip
    response = sign_in(place.staff).get(reverse("projects:activity-record", args=[activity.uuid]))
    document = Document(io.BytesIO(response.content))
    text = "\n".join(cell.text for row in document.tables[0].rows for cell in row.cells)
    for part in (activity.summary, "治安服务队", "<社区> & 活动室", "2026-11-03 09:30–10:30", "60 分钟"):
        assert part in text
    assert ("怎样开好骨干会" if training else "反光背心") in text
    assert "attachment" in response["Content-Disposition"]


def test_a_leader_records_for_their_own_organization(place, sign_in):
    client = sign_in(place.leader)
    assert client.post(CREATE, entry(place)).status_code == 302
    assert Activity.objects.get().source == "organization"


def test_the_detail_page_costs_the_same_with_one_and_three_events(place, sign_in, django_assert_max_num_queries):
    activity = ActivityFactory(organization=place.organization, recorded_by=place.worker, starts_at=STARTS_AT)
    client = sign_in(place.staff)
    with django_assert_max_num_queries(20):  # with the panels of all areas
        client.get(activity.get_absolute_url())
