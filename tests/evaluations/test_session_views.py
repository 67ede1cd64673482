"""Pages of review sessions: a walk, rows and refusals, fifty rows, the sheet, double clicks, who sees what."""

import datetime
import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from docx import Document

from evaluations.models import GrowthReview, ReviewSession, StageDecision
from evaluations.services.evidence import freeze
from projects.models import StageRequest
from tests.evaluations.test_session import gate_of
from tests.factories.growth import ReviewFactory, give
from tests.factories.organizations import PDF, MembershipFactory, OrganizationFactory
from tests.factories.projects import ActivityFactory
from tests.factories.session import SessionFactory
from tests.pages import text_of


def url(name, *arguments):
    return reverse(f"evaluations:session-{name}", args=arguments)


SOON = timezone.localdate() + datetime.timedelta(days=60)


@pytest.fixture
def session(place):
    return SessionFactory(division=place.street, created_by=place.staff)


@pytest.fixture
def review(place, standard, session):
    MembershipFactory.create_batch(2, organization=place.organization)
    return ReviewFactory(organization=place.organization, opened_by=place.worker, deciding=True, session=session)


PROMOTE = {"outcome": "promote:sapling", "to_form": "weak_organization", "reason": "活动稳定"}


def test_a_session_is_walked_from_planning_to_the_signed_sheet(place, standard, sign_in):
    MembershipFactory.create_batch(2, organization=place.organization)
    review = ReviewFactory(organization=place.organization, opened_by=place.worker, deciding=True)
    give(review, "community", place.community_staff, comment="够了")
    other = ReviewFactory(organization=OrganizationFactory(name="舞蹈队", community=place.community), deciding=True)
    project = OrganizationFactory(name="读书会", community=place.community)
    gate = gate_of(project, place.worker)
    client = sign_in(place.staff)
    assert url("list") in text_of(client.get(reverse("evaluations:review-list")))
    assert "No review session yet" in text_of(client.get(url("list")))
    values = {
        "division": place.street.code, "title": "秋季评审会", "held_on": timezone.localdate(), "uuid": uuid.uuid4(),
    }  # fmt: skip
    answers = [client.post(url("create"), values) for _click in range(2)]
    session = ReviewSession.objects.get()
    assert [answer["Location"] for answer in answers] == [session.get_absolute_url()] * 2
    assert "No review in this session yet" in text_of(client.get(session.get_absolute_url()))

    page = text_of(client.get(url("add", session.uuid)))
    assert all(name in page for name in ("治安服务队", "舞蹈队", "读书会"))
    assert client.post(url("add", session.uuid), {}).status_code == 422
    ticked = {"reviews": [review.uuid, other.uuid, gate.uuid]}
    assert client.post(url("add", session.uuid), ticked).status_code == 302

    page = text_of(client.get(session.get_absolute_url()))
    assert page.count('<li class="session-row') == 3
    assert "0 of 3 decided" in page
    assert "community:</span> to the next stage" in page
    assert "Here this is decided by: agency supervisor." in page
    address = url("decide", session.uuid, review.uuid)
    assert client.post(address, PROMOTE)["Location"] == f"{session.get_absolute_url()}#row-{review.uuid}"
    client = sign_in(place.supervisor)
    assert client.post(url("decide", session.uuid, gate.uuid), {"outcome": "hold", "reason": "先测"}).status_code == 302
    assert StageRequest.objects.get().status == "held"
    page = text_of(client.get(session.get_absolute_url()))
    assert ("2 of 3 decided" in page, "活动稳定" in page, "先测" in page) == (True, True, True)
    only = text_of(client.get(session.get_absolute_url() + "?show=open"))
    assert ("舞蹈队" in only, "治安服务队" in only) == (True, False)

    client = sign_in(place.staff)
    edited = {
        "title": "秋季评审会",
        "held_on": timezone.localdate(),
        "attended": "赵主任\n钱老师",
        "place_text": "三楼",
    }
    assert client.post(url("update", session.uuid), edited).status_code == 302
    paper = client.get(url("paper", session.uuid))
    document = Document(io.BytesIO(paper.content))
    cells = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    for words in ("治安服务队", "活动稳定", "读书会", "先测", "舞蹈队", "赵主任", "弱组织", "小树"):
        assert words in cells, words
    assert "{" not in cells
    assert client.post(url("close", session.uuid)).status_code == 302
    assert set(session.reviews.all()) == {review, gate}
    assert client.post(url("close", session.uuid)).status_code == 403
    upload = {"file": SimpleUploadedFile("会签.pdf", PDF)}
    assert client.post(url("sheet-add", session.uuid), upload).status_code == 302
    session = ReviewSession.objects.get()
    page = text_of(client.get(session.get_absolute_url()))
    assert session.signed_sheet_sha256 in page
    file = client.get(url("sheet-file", session.uuid, "pdf"))
    assert b"".join(file.streaming_content) == PDF
    assert client.get(url("sheet-file", session.uuid, "docx")).status_code == 404


def test_a_row_carries_conditions_and_vetoes_as_the_page_of_its_own_does(review, session, place, sign_in):
    client, address = sign_in(place.staff), url("decide", session.uuid, review.uuid)
    page = text_of(client.get(session.get_absolute_url()))
    assert ("False records" in page, 'name="condition_1"' in page, 'name="due_2"' in page) == (True, True, True)
    for wrong in ({"condition_1": "补制度"}, {"due_1": SOON}, {"condition_2": "补制度", "due_2": "2020-01-01"}):
        row = text_of(client.post(address, PROMOTE | wrong, HTTP_HX_REQUEST="true"))
        assert '<details class="session-more" open>' in row
    assert StageDecision.objects.count() == 0
    sent = PROMOTE | {"condition_2": "补财务制度", "due_2": SOON, "vetoes": ["fraud"]}
    row = text_of(client.post(address, sent, HTTP_HX_REQUEST="true"))
    assert "补财务制度" in row
    decision = StageDecision.objects.get()
    assert decision.result["vetoes"] == ["fraud"]
    assert [(one.text, one.due_on, one.follow_up.title) for one in decision.conditions.all()] == [
        ("补财务制度", SOON, "补财务制度")
    ]


def test_asked_for_by_the_script_the_row_comes_back_alone_with_the_progress(review, session, place, sign_in):
    client = sign_in(place.staff)
    address = url("decide", session.uuid, review.uuid)
    wrong = text_of(client.post(address, PROMOTE | {"reason": ""}, HTTP_HX_REQUEST="true"))
    assert (wrong.count('<li class="session-row'), "This field is required." in wrong, "<html" in wrong) == (
        1,
        True,
        False,
    )
    assert StageDecision.objects.count() == 0
    right = text_of(client.post(address, PROMOTE, HTTP_HX_REQUEST="true"))
    assert ("活动稳定" in right, 'hx-swap-oob="true"' in right, "1 of 1 decided" in right) == (True, True, True)
    again = text_of(client.post(address, PROMOTE, HTTP_HX_REQUEST="true"))
    assert "活动稳定" in again
    assert StageDecision.objects.count() == 1


def test_without_the_script_a_gap_comes_back_with_what_was_typed(review, session, place, sign_in):
    client = sign_in(place.staff)
    response = client.post(url("decide", session.uuid, review.uuid), {"outcome": "", "reason": "活动稳定"})
    page = response.content.decode()
    assert (response.status_code, "活动稳定" in page, '<details class="session-decide" open>' in page) == (
        422,
        True,
        True,
    )
    response = client.post(url("decide", session.uuid, review.uuid), PROMOTE | {"outcome": "promote:seedling"})
    assert (response.status_code, StageDecision.objects.count()) == (422, 0)


def test_a_double_click_decides_once(review, session, place, sign_in):
    client, address = sign_in(place.staff), url("decide", session.uuid, review.uuid)
    assert [client.post(address, PROMOTE).status_code for _click in range(2)] == [302, 403]
    assert StageDecision.objects.count() == 1


def test_a_refusal_stands_in_the_row_with_the_button_disabled(review, session, place, sign_in):
    ActivityFactory(organization=place.organization, recorded_by=place.staff)
    client = sign_in(place.staff)
    page = text_of(client.get(session.get_absolute_url()))
    assert "You have worked with this organization, so a colleague who has not decides." in page
    assert url("decide", session.uuid, review.uuid) not in page
    address = url("decide", session.uuid, review.uuid)
    assert client.post(address, PROMOTE).status_code == 403
    assert "You have worked with this organization" in text_of(client.post(address, PROMOTE, HTTP_HX_REQUEST="true"))
    assert StageDecision.objects.count() == 0


def test_a_row_says_what_changed_since(review, session, place, sign_in):
    place.organization.memberships.first().delete()
    assert "1 record changed since" in text_of(sign_in(place.staff).get(session.get_absolute_url()))


def test_a_review_is_put_back_and_one_of_another_session_is_not_found(review, session, place, sign_in):
    client = sign_in(place.staff)
    foreign = ReviewFactory(organization=OrganizationFactory(community=place.community), deciding=True)
    for name in ("remove", "decide"):
        assert client.post(url(name, session.uuid, foreign.uuid), PROMOTE).status_code == 404
    assert client.post(url("remove", session.uuid, review.uuid)).status_code == 302
    assert GrowthReview.objects.get(pk=review.pk).session is None


def test_the_51st_is_refused_on_the_page(session, place, standard, sign_in):
    reviews = many(51, place, standard.current)
    client = sign_in(place.staff)
    response = client.post(url("add", session.uuid), {"reviews": [one.uuid for one in reviews]})
    assert (response.status_code, "at most 50 reviews" in response.content.decode()) == (422, True)
    assert session.reviews.count() == 0


def many(number, place, edition, session=None):
    """Reviews that wait for their decision, with evidence and opinions."""
    reviews = []
    for organization in OrganizationFactory.create_batch(number, community=place.community):
        MembershipFactory(organization=organization)
        reviews.append(
            GrowthReview(
                organization=organization, community=place.community, standard=edition, opener="yearly", session=session,
                status="deciding", opened_by=place.worker, opened_at=timezone.now(),
                opinions_due_on=timezone.localdate(),
            )
        )  # fmt: skip
    GrowthReview.objects.bulk_create(reviews)
    for review in reviews:
        freeze(review)
        review.opinions.create(party="community")
    return reviews


@pytest.mark.parametrize("number", [1, 50])
def test_the_page_asks_as_much_for_fifty_rows_as_for_one(
    number, session, place, standard, sign_in, django_assert_num_queries
):
    many(number, place, standard.current, session)
    client = sign_in(place.staff)
    client.get(session.get_absolute_url())
    with django_assert_num_queries(PAGE_QUERIES):
        page = text_of(client.get(session.get_absolute_url()))
    assert page.count('<form method="post" action="' + url("list")) >= number


PAGE_QUERIES = 14


@pytest.mark.parametrize("number", [1, 3])
def test_with_gates_among_the_rows_the_page_asks_as_much_for_three_as_for_one(
    number, session, place, standard, sign_in, django_assert_num_queries
):
    many(number, place, standard.current, session)
    for _number in range(number):
        gate = gate_of(OrganizationFactory(community=place.community), place.worker)
        GrowthReview.objects.filter(pk=gate.pk).update(session=session)
    client = sign_in(place.staff)
    client.get(session.get_absolute_url())
    with django_assert_num_queries(GATES_QUERIES):
        assert text_of(client.get(session.get_absolute_url())).count('<li class="session-row') == 2 * number


GATES_QUERIES = 15


@pytest.mark.parametrize("number", [1, 3])
def test_the_lists_ask_as_much_for_three_as_for_one(number, place, standard, sign_in, django_assert_num_queries):
    session = SessionFactory(division=place.street)
    SessionFactory.create_batch(number - 1, division=place.street)
    many(number, place, standard.current)
    client = sign_in(place.staff)
    client.get(url("list"))
    with django_assert_num_queries(LIST_QUERIES):
        assert text_of(client.get(url("list"))).count("row-link") == number
    with django_assert_num_queries(ADD_QUERIES):
        assert text_of(client.get(url("add", session.uuid))).count('name="reviews"') == number


LIST_QUERIES, ADD_QUERIES = 6, 7


def test_foreign_sessions_are_not_there_and_the_platform_admin_reads_none(review, session, place, sign_in):
    for person in (place.other_worker, place.other_staff, place.admin, place.stranger, place.leader):
        client = sign_in(person)
        assert client.get(session.get_absolute_url()).status_code == 404
        assert client.post(url("decide", session.uuid, review.uuid), PROMOTE).status_code == 404
        assert client.get(url("paper", session.uuid)).status_code == 404


def test_who_only_reads_sees_no_button_of_those_who_hold_the_session(review, session, place, sign_in):
    client = sign_in(place.worker)
    page = text_of(client.get(session.get_absolute_url()))
    assert url("close", session.uuid) not in page
    assert "Here this is decided by" in page
    assert client.post(url("close", session.uuid)).status_code == 403
    assert client.get(url("create")).status_code == 403
