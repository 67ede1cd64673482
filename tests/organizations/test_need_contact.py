"""Name and phone of a need go again, as its raiser was promised: by those who serve the place, and from the private page."""

import datetime
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from incubator.accounts.models import RoleGrant
from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from incubator.base.policies import verdict
from incubator.notifications.models import Notification
from organizations.models import NeedCategory, ResidentNeed
from organizations.policies import need as policies
from organizations.services import need as services
from organizations.services.need_address import add_need_category
from tests.factories.needs import NeedAddressFactory, NeedCategoryFactory, ResidentNeedFactory, fresh
from tests.factories.organizations import OrganizationFactory
from tests.personas import give_leader

NAME, PHONE = "刘奶奶", "13800005678"


@pytest.fixture
def need(personas):
    return ResidentNeedFactory(
        community=personas.community, accepted=True, raised_by=personas.grid_worker, contact_name=NAME,
        contact_phone=PHONE, consented_at=timezone.now(), consent_text="同意回电",
    )  # fmt: skip


def url(need):
    return reverse("organizations:need-contact-erase", args=[need.uuid])


def private(need, name="need-forget"):
    return reverse(f"need:{name}", args=[need.key])


def test_those_who_serve_the_place_take_it_out_and_the_history_keeps_why_alone(personas, need, sign_in):
    client = sign_in(personas.worker)
    assert url(need) in client.get(need.get_absolute_url()).content.decode()
    assert client.post(url(need), {"reason": "张三说的"}).status_code == 422
    assert fresh(need).contact_phone == PHONE
    answer = client.post(url(need), {"reason": "asked"}, follow=True)
    text = answer.content.decode()
    assert NAME not in text
    assert PHONE not in text
    assert url(need) not in text
    kept = fresh(need)
    assert (kept.contact_name, kept.contact_phone, kept.consent_text, kept.title) == ("", "", "同意回电", need.title)
    event = AuditEvent.objects.get(verb="need.contact_erased")
    assert (event.actor, event.data) == (personas.worker, {"reason": "asked"})
    assert NAME not in str(event.__dict__)


def test_once_is_enough(personas, need, sign_in):
    services.erase_need_contact(need_id=need.pk, actor=personas.worker, reason="mistake")
    with pytest.raises(RuleViolation, match="No name or phone"):
        services.erase_need_contact(need_id=need.pk, actor=personas.worker, reason="mistake")
    assert sign_in(personas.worker).post(url(need), {"reason": "asked"}).status_code == 403
    assert AuditEvent.objects.filter(verb="need.contact_erased").count() == 1


def test_nobody_else_takes_it_out(personas, need, sign_in):
    may = {person.username for person in personas.everybody if verdict(policies.check_erase_need_contact, person, need)}
    reads = {
        person.username for person in personas.everybody if verdict(policies.check_view_need_contact, person, need)
    }
    assert may == reads
    assert {"worker", "community_staff"} < may
    assert sign_in(personas.staff).post(url(need), {"reason": "asked"}).status_code == 403
    assert sign_in(personas.other_worker).post(url(need), {"reason": "asked"}).status_code == 404
    assert fresh(need).contact_phone == PHONE


def test_who_wrote_it_down_reads_the_phone_only_while_they_work_there(personas, need):
    assert verdict(policies.check_view_need_contact, personas.grid_worker, need)
    RoleGrant.objects.filter(user=personas.grid_worker).delete()
    gone = type(personas.grid_worker).objects.get(pk=personas.grid_worker.pk)
    assert verdict(policies.check_view_need, gone, need)
    assert not verdict(policies.check_view_need_contact, gone, need)
    assert not verdict(policies.check_erase_need_contact, gone, need)


def test_the_one_who_raised_it_takes_it_out_on_the_private_page(need, client):
    page = client.get(private(need, "need-mine")).content.decode()
    assert private(need) in page
    assert NAME not in page
    for _tap in range(2):
        assert client.post(private(need))["Location"] == private(need, "need-mine")
    assert (fresh(need).contact_name, fresh(need).contact_phone) == ("", "")
    event = AuditEvent.objects.get(verb="need.contact_erased")
    assert (event.actor, event.data) == (None, {"reason": "asked"})
    page = client.get(private(need, "need-mine")).content.decode()
    assert "No name or phone of yours is kept" in page
    assert private(need) not in page


def test_the_private_page_takes_nothing_out_without_its_key_nor_by_being_opened(need, client):
    assert client.get(private(need)).status_code == 405
    assert client.post(reverse("need:need-forget", args=["x" * 20])).status_code == 404
    with pytest.raises(RuleViolation, match="another need"):
        services.erase_own_contact(need_id=need.pk, key="x" * 20)
    for _each in range(40):
        client.post(reverse("need:need-forget", args=["x" * 20]))
    assert client.post(private(need)).status_code == 429
    assert fresh(need).contact_phone == PHONE


def test_a_need_without_a_contact_asks_nobody_to_take_one_out(personas, client):
    plain = ResidentNeedFactory(community=personas.community, public=True)
    page = client.get(private(plain, "need-mine")).content.decode()
    assert private(plain) not in page
    assert "No name or phone of yours" not in page


# --- the public page in rough weather ---


@pytest.mark.parametrize("address", ["/n/%00/", "/n/mine/%00/", "/n/mine/%00/forget/", "/n/mine/a%27b/"])
def test_what_no_address_can_hold_is_not_asked_of_the_database(address, client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get(address).status_code == 404


def test_what_only_machines_can_have_sent_in_a_day_is_refused(personas, monkeypatch):
    monkeypatch.setattr(services, "MOST_A_DAY", 2)
    address, category = NeedAddressFactory(community=personas.community), NeedCategoryFactory(code="elderly")
    old = ResidentNeedFactory(community=personas.community, public=True)
    ResidentNeed.objects.filter(pk=old.pk).update(created_at=timezone.now() - datetime.timedelta(hours=25))
    ResidentNeedFactory(community=personas.other_community, public=True)
    ResidentNeedFactory(community=personas.community)

    def tell(number):
        identifier = services.identifier_of(number)
        return services.raise_need_in_public(address_id=address.pk, uuid=identifier, title="挂号", category=category)

    tell(1), tell(2)
    with pytest.raises(RuleViolation, match="call the community"):
        tell(3)
    ResidentNeed.objects.filter(source="resident").update(created_at=timezone.now() - datetime.timedelta(hours=25))
    assert tell(3).pk


def test_a_joined_need_follows_the_others_to_the_end(personas, client):
    last = ResidentNeedFactory(community=personas.community, met=True)
    middle = ResidentNeedFactory(community=personas.community, status="merged", merged_into=last)
    first = ResidentNeedFactory(community=personas.community, status="merged", merged_into=middle)
    assert "送到了" in client.get(private(first, "need-mine")).content.decode()


def test_stars_are_told_once_to_whoever_wrote_the_need_down_and_has_it_in_hands(personas):
    need = ResidentNeedFactory(community=personas.community, accepted=True, raised_by=personas.leader)
    organization = OrganizationFactory(community=personas.community)
    give_leader(personas.leader, organization.uuid)
    services.assign_need(need_id=need.pk, actor=personas.worker, organization=organization)
    services.meet_need(need_id=need.pk, actor=personas.worker, text="送到了")
    services.rate_need(need_id=need.pk, key=need.key, stars=5)
    assert Notification.objects.filter(kind="need.rated", recipient=personas.leader).count() == 1


def test_a_kind_for_all_places_has_a_name_of_its_own(personas):
    shipped = NeedCategory.objects.filter(division=None).first() or NeedCategoryFactory()
    with pytest.raises(RuleViolation, match="for all places already"):
        add_need_category(uuid=uuid.uuid4(), actor=personas.admin, name=shipped.name)
