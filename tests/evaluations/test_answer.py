"""The page behind the code: without an account, once, on time."""

import datetime
import re
import uuid

import pytest
import time_machine
from django.core.cache import cache

from evaluations.models import Response
from evaluations.services import response as services
from evaluations.views.answer import AnswerAddView
from tests.factories.waves import OPENED_AT, TYPED, ResponseFactory, TicketFactory, WaveFactory

HOUR = datetime.timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(OPENED_AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def wave(place):
    return WaveFactory(organization=place.organization, opened=True)


def typed(**more):
    return {"uuid": str(uuid.uuid4()), "agreed": "on", "age_group": "over_60", **TYPED, **more}


def test_a_resident_answers_without_an_account(wave, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        page = client.get(wave.get_answer_url())
    assert page.status_code == 200
    assert wave.consent_text in page.text
    assert "htmx" not in page.text
    response = client.post(wave.get_answer_url(), typed())
    assert (response.status_code, response["Location"]) == (302, "/q/done/")
    sheet = Response.objects.get()
    assert (sheet.source, sheet.age_group, sheet.answers["q5"]) == ("qr", "over_60", ["training"])
    assert client.get("/q/done/").status_code == 200


def test_two_taps_make_one_sheet(wave, client):
    data = typed()
    locations = [client.post(wave.get_answer_url(), data)["Location"] for _tap in range(2)]
    assert locations == ["/q/done/"] * 2
    assert Response.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"agreed": ""}, "what you agree to"),
        ({"a-q1": "9"}, "scale"),
        ({"a-q1": ""}, "Please choose one"),
        ({"is_under_14": "on"}, "parent or guardian has to agree"),
        ({"age_group": "x"}, "valid choice"),
    ],
)
def test_what_is_wrong_comes_back_with_everything_typed(wave, client, more, sentence):
    response = client.post(wave.get_answer_url(), typed(**more))
    assert response.status_code == 422
    assert sentence in response.text
    assert "谢谢" in response.text
    assert Response.objects.count() == 0


def test_a_closed_survey_says_so_and_keeps_who_began_before(wave, client, clock):
    begun = client.get(wave.get_answer_url()).context["form"].initial["begun"]
    clock.move_to(OPENED_AT + 15 * 24 * HOUR)  # the day after the last one
    assert client.get(wave.get_answer_url()).status_code == 410
    assert client.post(wave.get_answer_url(), typed()).status_code == 410
    assert client.post(wave.get_answer_url(), typed(agreed="", begun=begun)).status_code == 422
    assert client.post(wave.get_answer_url(), typed(begun=begun)).status_code == 302
    clock.move_to(OPENED_AT + 17 * 24 * HOUR)
    assert client.post(wave.get_answer_url(), typed(begun=begun)).status_code == 410


def test_a_planned_survey_and_an_unknown_address_are_friendly(place, client):
    planned = WaveFactory(organization=place.organization)
    page = client.get(planned.get_answer_url())
    assert (page.status_code, "not begun" in page.text) == (409, True)
    page = client.get("/q/nothing/")
    assert (page.status_code, "There is no survey here" in page.text) == (404, True)


def test_a_personal_link_is_used_once(place, client):
    ticket = TicketFactory(wave=WaveFactory(organization=place.organization, linked_by="ticket", opened=True))
    url = f"/q/{ticket.token}/"
    assert client.get(ticket.wave.get_answer_url()).status_code == 409
    assert client.post(url, typed()).status_code == 302
    assert (client.get(url).status_code, client.post(url, typed()).status_code) == (409, 409)
    assert "You have answered already" in client.get(url).text
    assert Response.objects.get().ticket == ticket


def test_an_account_is_asked_for_where_answers_are_linked_by_it(place, client, sign_in):
    wave = WaveFactory(organization=place.organization, linked_by="account", opened=True)
    page = client.get(wave.get_answer_url())
    assert (page.status_code, f"/accounts/login/?next={wave.get_answer_url()}" in page.text) == (409, True)
    client = sign_in(place.leader)
    assert client.post(wave.get_answer_url(), typed()).status_code == 302
    assert client.get(wave.get_answer_url()).status_code == 409
    assert Response.objects.get().user == place.leader


def test_the_hint_tells_how_to_make_the_code(place, client):
    wave = WaveFactory(organization=place.organization, linked_by="self_code", opened=True)
    assert "last two digits of your phone" in client.get(wave.get_answer_url()).text
    assert client.post(wave.get_answer_url(), typed(code="1")).status_code == 422
    assert client.post(wave.get_answer_url(), typed(code="3805W")).status_code == 302


def test_too_many_from_one_address_wait(wave, client):
    cache.set("evaluations.answers:127.0.0.1", AnswerAddView.tries)
    assert client.get(wave.get_answer_url()).status_code == 429
    assert client.post(wave.get_answer_url(), typed()).status_code == 429


def test_the_page_speaks_the_language_that_is_asked_for(wave, client):
    page = client.get(wave.get_answer_url()).text
    assert 'lang="en"' in page
    assert re.search(r'name="language" value="zh-hans"', page)


def test_a_sheet_of_another_survey_does_not_answer_for_this_one(wave, client):
    other = ResponseFactory()
    response = client.post(wave.get_answer_url(), typed(uuid=str(other.uuid)))
    assert (response.status_code, wave.responses.count()) == (422, 0)


def test_begun_is_signed_in_the_page(wave, client):
    signed = client.get(wave.get_answer_url()).context["form"].initial["begun"]
    assert services.read_begun(wave, signed, OPENED_AT + HOUR) == OPENED_AT
