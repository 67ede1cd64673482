"""The page behind the code of a community: no account, one need for two taps, small, throttled, honest to machines."""

import uuid

import pytest
from django.urls import reverse

from organizations.models import NeedAddress, ResidentNeed
from organizations.policies import need as policies
from organizations.services import need as services
from organizations.services.need_address import make_need_address, revoke_need_address
from tests.factories.needs import NeedAddressFactory, NeedCategoryFactory, ResidentNeedFactory, fresh

KILOBYTE = 1024


@pytest.fixture
def page(personas):
    NeedCategoryFactory(code="elderly")
    personas.address = NeedAddressFactory(community=personas.community)
    personas.url = reverse("need:need-tell", args=[personas.address.token])
    return personas


def sheet(**more):
    return {"uuid": str(uuid.uuid4()), "title": "想要人帮着挂号", "category": "elderly", "age_group": "over_60"} | more


def test_it_says_first_what_it_is_not_for(page, client):
    text = client.get(page.url).content.decode()
    words = "This page collects needs for community services. For complaints and emergencies please call 12345 / 110."
    assert words in text
    assert text.index(words) < text.index("<h1>")
    assert len(text) < 60 * KILOBYTE
    assert "http://" not in text.replace("http://www.w3.org", "")


def test_somebody_without_an_account_raises_a_need_and_sees_its_state(page, client):
    answer = client.post(page.url, sheet())
    need = ResidentNeed.objects.get()
    assert (need.status, need.source, need.raised_by, need.contact_phone) == ("raised", "resident", None, "")
    assert answer["Location"] == reverse("need:need-mine", args=[need.key])
    assert str(need.uuid) not in answer["Location"]
    assert "想要人帮着挂号" in client.get(answer["Location"]).content.decode()


def test_two_taps_make_one_need_and_lead_to_the_same_page(page, client):
    form = sheet()
    answers = [client.post(page.url, form)["Location"] for _ in range(2)]
    assert ResidentNeed.objects.count() == 1
    assert answers[0] == answers[1]


def test_who_knows_a_needs_identifier_does_not_get_its_private_page(page, client):
    client.post(page.url, sheet())
    need = ResidentNeed.objects.get()
    answer = client.post(page.url, sheet(uuid=str(need.uuid)))
    assert need.key not in answer["Location"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": "  "}, {"title": "x" * 121}, {"category": "nothing"}, {"age_group": "young"}, {"category": ""},
        {"contact_phone": "13800001234"}, {"contact_phone": "12", "agreed": "on"}, {"homepage": "http://spam.example"},
        {"text": "x" * 2001}, {"place": str(uuid.uuid4())},
    ],
)  # fmt: skip
def test_what_cannot_be_comes_back_with_what_was_typed(page, client, wrong):
    answer = client.post(page.url, sheet(text="说明在此") | wrong)
    assert answer.status_code == 422
    assert ResidentNeed.objects.count() == 0
    if "text" not in wrong:
        assert "说明在此" in answer.content.decode()


def test_a_phone_with_agreement_is_kept_with_what_was_agreed_to(page, client):
    client.post(page.url, sheet(contact_phone="138 0000 1234", agreed="on"))
    need = ResidentNeed.objects.get()
    assert need.contact_phone == "13800001234"
    assert need.consented_at is not None
    assert "called back" in need.consent_text or "call me back" in need.consent_text


def test_a_revoked_or_unknown_code_leads_nowhere(page, client):
    revoke_need_address(community=page.community, actor=page.worker)
    assert client.get(page.url).status_code == 404
    assert client.post(page.url, sheet()).status_code == 404
    assert client.get(reverse("need:need-tell", args=["x" * 20])).status_code == 404
    assert ResidentNeed.objects.count() == 0


def test_a_new_code_puts_the_old_one_out_of_force(page):
    made = make_need_address(community=page.community, actor=page.worker)
    assert list(NeedAddress.objects.in_force()) == [made]


def test_many_from_one_address_wait(page, client):
    for _ in range(40):
        client.post(page.url, {})
    assert client.post(page.url, sheet()).status_code == 429
    assert ResidentNeed.objects.count() == 0


def test_the_one_who_raised_it_rates_once_it_is_met(page, client):
    need = ResidentNeedFactory(community=page.community, public=True, accepted=True)
    url = reverse("need:need-mine", args=[need.key])
    assert client.post(url, {"stars": "5"}).status_code == 409
    services.meet_need(need_id=need.pk, actor=page.worker, text="送到了")
    assert client.post(url, {"stars": "6"}).status_code == 422
    assert client.post(url, {"stars": "4", "text": "谢谢"}).status_code == 302
    assert client.post(url, {"stars": "1"}).status_code == 302
    need = fresh(need)
    assert (need.status, need.stars, need.rating_text) == ("rated", 4, "谢谢")
    assert "送到了" in client.get(url).content.decode()


def test_a_joined_need_shows_where_the_other_stands(page, client):
    first = ResidentNeedFactory(community=page.community, met=True)
    second = ResidentNeedFactory(community=page.community, status="merged", merged_into=first)
    assert "送到了" in client.get(reverse("need:need-mine", args=[second.key])).content.decode()


def test_the_page_asks_the_database_little(page, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        client.get(page.url)


def test_the_code_is_shared_by_those_of_the_community_and_opened_by_those_who_serve(page, sign_in):
    def who(check):
        return {name for name in ("worker", "community_staff", "grid_worker", "staff", "other_worker", "leader", "admin")
                if not refused(check, getattr(page, name))}  # fmt: skip

    def refused(check, person):
        try:
            check(person, page.community)
        except Exception:
            return True
        return False

    assert who(policies.check_share_need_address) == {"worker", "community_staff", "grid_worker"}
    assert who(policies.check_make_need_address) == {"worker", "community_staff"}
    client = sign_in(page.worker)
    url = reverse("organizations:need-address", args=[page.community.code])
    assert page.url in client.get(url).content.decode()
    picture = client.get(reverse("organizations:need-address-qr", args=[page.community.code]))
    assert picture["Content-Type"] == "image/png"
    assert sign_in(page.other_worker).get(url).status_code == 404
