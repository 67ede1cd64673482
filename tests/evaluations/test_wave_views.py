"""Pages of surveys: list, plan, open, one, paper, links, doubts; what the street does not see."""

import datetime
import uuid

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluations.models import LinkDoubt, Response, Wave
from tests.factories.organizations import MembershipFactory
from tests.factories.projects import ActivityFactory, ProjectFactory
from tests.factories.waves import (
    CONTENT,
    OPENED_AT,
    TYPED,
    DoubtFactory,
    ResponseFactory,
    TicketFactory,
    WaveFactory,
    likert,
    make_version,
)

LIST, NEW = "/evaluations/waves/", "/evaluations/waves/new/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(OPENED_AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def project(place):
    return ProjectFactory(organization=place.organization, lead=place.worker)


@pytest.fixture
def wave(place):
    return WaveFactory(organization=place.organization, created_by=place.worker, opened=True)


def typed(version, **more):
    return {
        "uuid": str(uuid.uuid4()), "kind": "baseline", "version": str(version.uuid), "title": "前测",
        "linked_by": "self_code", "asks_age_group": "on", "expected": "24", "opens_on": "2026-11-03",
        "closes_on": "2026-11-17", **more,
    }  # fmt: skip


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same(place, sign_in, number, django_assert_num_queries):
    version = make_version()
    for _each in range(number):
        ResponseFactory(wave=WaveFactory(organization=place.organization, version=version, opened=True))
    client = sign_in(place.worker)
    client.get(LIST)
    with django_assert_num_queries(8):
        page = client.get(LIST)
    assert [item.answered for item in page.context["page"]] == [1] * number


def test_the_list_is_filtered(place, sign_in, wave):
    WaveFactory(organization=None, community=place.community, kind="once")
    client = sign_in(place.worker)
    for query, count in (("", 2), ("?kind=once", 1), ("?status=open", 1), (f"?organization={place.organization.uuid}", 1),
                         (f"?community={place.community.code}", 2), (f"?area={place.next_community.code}", 0)):  # fmt: skip
        assert client.get(LIST + query).context["count"] == count, query


def test_planning_begins_with_whom_and_makes_one_for_two_clicks(place, project, sign_in):
    version = make_version()
    client, about = sign_in(place.worker), f"?about=project:{project.uuid}"
    assert "治安服务队" in client.get(NEW).text
    assert client.get(NEW + about).status_code == 200
    data = typed(version)
    locations = {client.post(NEW + about, data)["Location"] for _click in range(2)}
    wave = Wave.objects.get()
    assert locations == {wave.get_absolute_url()}
    assert (wave.project, wave.expected, wave.linked_by) == (project, 24, "self_code")


def test_nobody_plans_for_another_street(place, project, sign_in):
    client = sign_in(place.other_worker)
    page = client.post(f"{NEW}?about=project:{project.uuid}", typed(make_version()))
    assert (page.status_code, Wave.objects.count()) == (200, 0)
    assert sign_in(place.leader).get(NEW).status_code == 403


def test_an_endline_begins_like_its_baseline_and_another_edition_asks_back(place, project, sign_in):
    baseline = WaveFactory(project=project, organization=place.organization, linked_by="self_code", closed=True)
    sections = [{**CONTENT["sections"][0], "items": [likert("q1", "新的话"), likert("q2", "很少", reverse=True)]}]
    newer = make_version(instrument=baseline.version.instrument, content={**CONTENT, "sections": sections})
    client, about = sign_in(place.worker), f"?about=project:{project.uuid}&kind=endline"
    initial = client.get(NEW + about).context["form"].initial
    assert (initial["earlier"], initial["version"], initial["linked_by"]) == (
        baseline.uuid, baseline.version.uuid, "self_code",
    )  # fmt: skip
    data = typed(newer, kind="endline", earlier=str(baseline.uuid))
    refused = client.post(NEW + about, data)
    assert (refused.status_code, "Not comparable: 表达" in refused.text) == (422, True)
    assert client.post(NEW + about, data | {"confirm_edition": "on"}).status_code == 302
    assert Wave.objects.get(kind="endline").version == newer


def test_opening_shows_the_consent_and_the_code(place, sign_in):
    wave = WaveFactory(organization=place.organization, created_by=place.worker)
    client, url = sign_in(place.worker), wave.get_absolute_url()
    assert "fewer than five" in client.get(f"{url}open/").text
    assert client.post(f"{url}open/", {"consent_text": ""}).status_code == 422
    assert client.post(f"{url}open/", {"consent_text": "自愿参加"})["Location"] == url
    page = client.get(url).text
    assert wave.get_answer_url() in page
    assert "自愿参加" in page
    assert client.get(f"{url}code.png").content.startswith(b"\x89PNG")
    for part in ("poster", "sheet", "change", "paper", "answers"):
        assert client.get(f"{url}{part}/").status_code == 200, part
    assert client.post(f"{url}close/").status_code == 302
    assert client.post(f"{url}reopen/", {"until": "2026-12-01"}).status_code == 302
    assert Wave.objects.get().status == "open"


def test_changing_over_somebody_elses_change_shows_both(place, sign_in, wave):
    client, url = sign_in(place.worker), f"{wave.get_absolute_url()}change/"
    old = client.get(url).context["form"].initial["edition"]
    values = {"title": "新题目", "expected": "12", "closes_on": "2026-11-20"}
    assert client.post(url, values | {"edition": "2020-01-01T00:00:00+00:00"}).status_code == 409
    assert client.post(url, values | {"edition": old}).status_code == 302


def test_a_street_sees_numbers_and_no_sheet(place, sign_in, wave):
    ResponseFactory.create_batch(6, wave=wave, age_group="over_60")
    sheet = ResponseFactory(wave=wave, age_group="up_to_25")
    client = sign_in(place.staff)
    page = client.get(wave.get_absolute_url())
    cells = {cell.code: cell.number for cell in page.context["progress"].ages}
    assert (page.context["progress"].answered, cells["up_to_25"], cells["over_60"]) == (7, None, None)
    assert "hidden, since too few people" in page.text
    for part in ("answers", "paper", "links", "import"):
        assert client.get(f"{wave.get_absolute_url()}{part}/").status_code == 403, part
    assert client.get(f"/evaluations/answers/{sheet.uuid}/").status_code == 404
    worker = sign_in(place.worker).get(wave.get_absolute_url())
    assert {cell.code: cell.number for cell in worker.context["progress"].ages}["up_to_25"] == 1


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_a_survey_costs_the_same(place, sign_in, wave, number, django_assert_num_queries):
    ResponseFactory.create_batch(number, wave=wave)
    client = sign_in(place.worker)
    client.get(wave.get_absolute_url())
    with django_assert_num_queries(7):
        client.get(wave.get_absolute_url())


def test_sheets_of_paper_are_entered_one_after_another(place, sign_in, wave):
    client, url = sign_in(place.worker), f"{wave.get_absolute_url()}paper/"
    data = {"uuid": str(uuid.uuid4()), "age_group": "", **TYPED}
    for _click in range(2):
        assert client.post(url, data)["Location"] == url
    assert Response.objects.get().source == "paper"
    wrong = client.post(url, data | {"uuid": str(uuid.uuid4()), "a-q1": "7"})
    assert (wrong.status_code, "谢谢" in wrong.text) == (422, True)
    sheet = Response.objects.get()
    detail = f"/evaluations/answers/{sheet.uuid}/"
    assert "同意" in client.get(detail).text
    assert client.get(f"{detail}withdraw/").status_code == 200
    assert client.post(f"{detail}withdraw/", {"reason": ""}).status_code == 422
    assert client.post(f"{detail}withdraw/", {"reason": "录错了"}).status_code == 302
    assert Response.objects.counted().count() == 0


def test_an_anonymous_sheet_tells_the_day_and_no_order(place, sign_in, wave, clock):
    for _each in range(8):
        clock.shift(60)
        ResponseFactory(wave=wave)
    client = sign_in(place.worker)
    page = client.get(f"{wave.get_absolute_url()}answers/")
    assert [sheet.uuid for sheet in page.context["page"]] == sorted(wave.responses.values_list("uuid", flat=True))
    detail = client.get(f"/evaluations/answers/{wave.responses.first().uuid}/")
    for answer in (page, detail):
        assert ("2026-11-03" in answer.text, "09:3" in answer.text) == (True, False)
    linked = ResponseFactory(
        wave=WaveFactory(organization=place.organization, linked_by="self_code", opened=True), subject_key="c:1"
    )
    assert "2026-11-03 09:38" in client.get(f"{linked.wave.get_absolute_url()}answers/").text


@pytest.mark.parametrize("number", [1, 3])
def test_lists_of_sheets_doubts_and_links_cost_the_same(place, sign_in, number):
    facts = {"organization": place.organization, "version": make_version(), "opened": True}
    coded, personal = WaveFactory(linked_by="self_code", **facts), WaveFactory(linked_by="ticket", **facts)
    for each in range(number):
        first = ResponseFactory(wave=coded, subject_key=f"c:{each}", source="paper", entered_by=place.worker)
        second = ResponseFactory(wave=coded, subject_key=f"c:{each}", link_state="doubtful")
        DoubtFactory(response=second, other=first, why="same_code")
        TicketFactory(wave=personal, membership=MembershipFactory(organization=place.organization))
    client = sign_in(place.worker)
    counts = []
    for url in (
        f"{coded.get_absolute_url()}answers/", "/evaluations/doubts/", f"{personal.get_absolute_url()}links/",
    ):  # fmt: skip
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts == [7, 6, 7]


def test_slips_are_printed_for_who_has_not_answered(place, sign_in):
    wave = WaveFactory(organization=place.organization, linked_by="ticket", opened=True)
    MembershipFactory(organization=place.organization, name="张三")
    client, url = sign_in(place.worker), f"{wave.get_absolute_url()}links/"
    assert client.get(url).status_code == 200
    assert client.post(f"{url}make/", {"names": "李奶奶\n\n"}).status_code == 302
    page = client.get(url).text
    assert "张三" in page
    assert "李奶奶" in page
    ResponseFactory(wave=wave, ticket=wave.tickets.get(name="李奶奶"))
    assert "李奶奶" not in client.get(url).text
    assert client.post(f"{url}make/", {"names": ""}).status_code == 422
    assert TicketFactory(wave=wave).token in client.get(url).context["slips"][-1][0].token


def test_a_person_settles_a_doubt_without_seeing_answers(place, sign_in):
    earlier = WaveFactory(organization=place.organization, linked_by="self_code", opened=True)
    later = WaveFactory(organization=place.organization, linked_by="self_code", opened=True, earlier=earlier)
    doubt = DoubtFactory(
        response=ResponseFactory(wave=later, subject_key="c:1", link_state="doubtful"),
        other=ResponseFactory(wave=earlier, subject_key="c:2"),
    )
    client = sign_in(place.worker)
    page = client.get("/evaluations/doubts/")
    assert page.status_code == 200
    assert "谢谢" not in page.text
    assert client.post(f"/evaluations/doubts/{doubt.uuid}/same/").status_code == 302
    assert (LinkDoubt.objects.get().verdict, Response.objects.matched().count()) == ("same", 2)
    assert sign_in(place.staff).get("/evaluations/doubts/").status_code == 403
    assert sign_in(place.other_worker).post(f"/evaluations/doubts/{doubt.uuid}/different/").status_code == 404


def test_panels_show_surveys_where_they_belong(place, project, sign_in):
    WaveFactory(project=project, organization=place.organization, opened=True, title="项目前测")
    WaveFactory(organization=None, community=place.community, opened=True, title="居民需求")
    client = sign_in(place.worker)
    page = client.get(project.get_absolute_url()).text
    assert "项目前测" in page
    assert "Plan the survey: after" in page
    assert "项目前测" in client.get(place.organization.get_absolute_url()).text
    community = client.get(f"/organizations/communities/{place.community.code}/").text
    assert "居民需求" in community
    assert "项目前测" not in community


def test_satisfaction_is_told_from_five_answers_on_once_it_is_closed(place, sign_in, clock):
    activity = ActivityFactory(organization=place.organization, recorded_by=place.worker)
    client, url = sign_in(place.worker), activity.get_absolute_url()
    assert f"about=activity%3A{activity.uuid}" in client.get(url).text
    assert client.get(f"{NEW}?about=activity:{activity.uuid}").status_code == 200
    wave = WaveFactory(organization=place.organization, activity=activity, kind="once", closed=True)
    ResponseFactory.create_batch(4, wave=wave)
    assert "from a day after the survey was closed" in client.get(url).text
    clock.shift(datetime.timedelta(hours=25))
    client = sign_in(place.worker)
    assert "Fewer than five" in client.get(url).text
    ResponseFactory(wave=wave)
    assert "4.3 of 5 (5 people)" in client.get(url).text
