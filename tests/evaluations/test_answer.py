"""The page behind the code: without an account, once, on time."""

import datetime
import json
import posixpath
import re
import uuid
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.core.cache import cache

from evaluations.choices import LinkedBy
from evaluations.forms.answer import PREFIX
from evaluations.forms.response import AnswerAddForm
from evaluations.models import Response
from evaluations.services import response as services
from evaluations.views.answer import AnswerAddView
from tests.factories.organizations import MembershipFactory
from tests.factories.waves import OPENED_AT, TYPED, ResponseFactory, TicketFactory, WaveFactory, make_version

HOUR = datetime.timedelta(hours=1)
SHIPPED = Path(__file__).parents[2] / "evaluations/data/instruments"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(OPENED_AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def wave(place):
    return WaveFactory(organization=place.organization, opened=True)


def typed(**more):
    return {"uuid": str(uuid.uuid4()), "agreed": "on", "age_group": "over_60", **TYPED, **more}


def opened(client, wave):
    """What the page carries when somebody opens it: its identifier, and when that was."""
    initial = client.get(wave.get_answer_url()).context["form"].initial
    return {"uuid": str(initial["uuid"]), "begun": initial["begun"]}


def test_a_resident_answers_without_an_account(wave, client, django_assert_num_queries):
    with django_assert_num_queries(1):
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
    begun, late = opened(client, wave), opened(client, wave)
    clock.move_to(OPENED_AT + 15 * 24 * HOUR)  # the day after the last one
    assert client.get(wave.get_answer_url()).status_code == 410
    assert client.post(wave.get_answer_url(), typed()).status_code == 410
    assert client.post(wave.get_answer_url(), typed(agreed="", **begun)).status_code == 422
    assert client.post(wave.get_answer_url(), typed(**begun)).status_code == 302
    clock.move_to(OPENED_AT + 17 * 24 * HOUR)
    assert client.post(wave.get_answer_url(), typed(**late)).status_code == 410


def test_a_page_opened_before_the_end_makes_one_sheet_however_often_it_is_sent(wave, client, clock):
    begun = opened(client, wave)
    clock.move_to(OPENED_AT + 15 * 24 * HOUR)
    assert [client.post(wave.get_answer_url(), typed(**begun)).status_code for _time in range(2)] == [302, 302]
    assert client.post(wave.get_answer_url(), typed(begun=begun["begun"])).status_code == 410
    assert Response.objects.count() == 1


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


def test_an_account_of_elsewhere_is_told_before_it_answers(place, sign_in):
    wave = WaveFactory(organization=place.organization, linked_by="account", opened=True)
    client = sign_in(place.worker)
    for answer in (client.get(wave.get_answer_url()), client.post(wave.get_answer_url(), typed())):
        assert (answer.status_code, "This survey asks the members" in answer.text) == (409, True)
    MembershipFactory(organization=place.organization, user=place.worker)
    assert client.post(wave.get_answer_url(), typed()).status_code == 302


def test_the_hint_tells_how_to_make_the_code(place, client):
    wave = WaveFactory(organization=place.organization, linked_by="self_code", opened=True)
    assert "last two digits of your phone" in client.get(wave.get_answer_url()).text
    assert client.post(wave.get_answer_url(), typed(code="1")).status_code == 422
    assert client.post(wave.get_answer_url(), typed(code="3805W")).status_code == 302


def test_too_many_from_one_address_wait_and_other_surveys_do_not(wave, client):
    cache.set(f"evaluations.answers:127.0.0.1:{wave.uuid}", AnswerAddView.tries - 1)
    assert client.post(wave.get_answer_url(), typed(agreed="")).status_code == 422  # counts like any other
    assert client.get(wave.get_answer_url()).status_code == 429
    assert client.post(wave.get_answer_url(), typed()).status_code == 429
    other = WaveFactory(organization=wave.organization, opened=True)
    assert client.post(other.get_answer_url(), typed()).status_code == 302


def test_addresses_that_are_guessed_count_together(wave, client):
    for number in range(AnswerAddView.tries):
        assert client.get(f"/q/guess-{number}/").status_code == 404
    assert client.get("/q/guess-more/").status_code == 429
    assert client.get(wave.get_answer_url()).status_code == 200


class SecondTap(AnswerAddView):
    """The other of two simultaneous taps: when it looks first, the first one's sheet is not yet written."""

    has_looked = False

    def find_existing(self, form):
        if not self.has_looked:
            self.has_looked = True
            return None
        return super().find_existing(form)


@pytest.mark.parametrize("linked_by", [LinkedBy.NOTHING, LinkedBy.TICKET, LinkedBy.ACCOUNT])
def test_of_two_simultaneous_taps_both_are_thanked(place, client, rf, linked_by):
    wave = WaveFactory(organization=place.organization, linked_by=linked_by, opened=True)
    token = TicketFactory(wave=wave).token if linked_by == LinkedBy.TICKET else wave.token
    data, user = typed(), place.leader if linked_by == LinkedBy.ACCOUNT else AnonymousUser()
    if linked_by == LinkedBy.ACCOUNT:
        client.force_login(user, backend="incubator.accounts.backends.AccountBackend")
    assert client.post(f"/q/{token}/", data).status_code == 302
    request = rf.post(f"/q/{token}/", data)
    request.user, request._dont_enforce_csrf_checks = user, True
    response = SecondTap.as_view()(request, token=token)
    assert (response.status_code, response["Location"], Response.objects.count()) == (302, "/q/done/", 1)


def test_the_page_speaks_the_language_that_is_asked_for(wave, client):
    page = client.get(wave.get_answer_url()).text
    assert 'lang="en"' in page
    assert re.search(r'name="language" value="zh-hans"', page)


def test_a_sheet_of_another_survey_does_not_answer_for_this_one(wave, client):
    other = ResponseFactory()
    response = client.post(wave.get_answer_url(), typed(uuid=str(other.uuid)))
    assert (response.status_code, wave.responses.count()) == (422, 0)


def test_begun_is_signed_in_the_page(wave, client):
    page = opened(client, wave)
    assert services.read_begun(wave, page["uuid"], page["begun"], OPENED_AT + HOUR) == OPENED_AT


# --- a phone --------------------------------------------------------------------------------------------------------
def read_static(url):
    return Path(finders.find(url.removeprefix(settings.STATIC_URL))).read_bytes()


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.json")), ids=lambda path: path.stem)
def test_a_questionnaire_with_all_that_belongs_to_it_takes_less_than_300_kb(place, client, path):
    """Those that ship: page, styles, scripts, pictures, and what the styles name, none of it compressed."""
    version = make_version(content=json.loads(path.read_text(encoding="utf-8"))["content"])
    wave = WaveFactory(organization=place.organization, version=version, linked_by="self_code", opened=True)
    page = client.get(wave.get_answer_url())
    assert page.status_code == 200
    wanted = set(re.findall(r'<(?:link|script|img|source)\b[^>]*?(?:href|src)="([^"]+)"', page.text))
    assert {Path(url).suffix for url in wanted} >= {".css", ".js", ".svg"}
    total, seen = len(page.content), set()
    while wanted:
        url = wanted.pop()
        assert url.startswith(settings.STATIC_URL), url
        seen.add(url)
        data = read_static(url)
        total += len(data)
        if url.endswith(".css"):
            for inner in re.findall(r"""url\(["']?([^"')]+)""", data.decode()):
                wanted |= {posixpath.normpath(posixpath.join(posixpath.dirname(url), inner))} - seen
    assert total < 300_000


def test_a_phone_keeps_answers_and_nothing_that_says_whose_they_are(wave):
    script = Path(finders.find("js/answer_draft.js")).read_text(encoding="utf-8")
    assert f'const QUESTION = "{PREFIX}-"' in script
    assert "field.name.startsWith(QUESTION)" in script
    assert "KEEP_DAYS = 1;" in script
    for linked_by in LinkedBy.values:
        wave.linked_by = linked_by
        form = AnswerAddForm(wave=wave)
        assert [name for name in form.fields if form.add_prefix(name).startswith(f"{PREFIX}-")] == []
        assert all(field.html_name.startswith(f"{PREFIX}-") for field in form.answer_form)
