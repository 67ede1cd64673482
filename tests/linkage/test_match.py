"""对接: suggestions with reasons, asking and answering, what was used, the chain of a need followed both ways."""

import datetime
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from incubator.base.errors import RuleViolation
from incubator.base.policies import verdict
from incubator.base.transitions import TransitionNotAllowed
from incubator.notifications.models import Notification
from linkage.models import AgendaItem, Match, NeedActivity, ResourceUse
from linkage.policies import match as policies
from linkage.services import match as services
from linkage.services.chain import chain_of, needs_of_activity
from linkage.services.need_activity import meet_need_by_activity
from linkage.services.resource_use import use_resource, withdraw_use
from organizations.models import OrganizationType, ResidentNeed
from organizations.services.need import rate_need
from tests.factories.meetings import MeetingSeriesFactory
from tests.factories.needs import MatchFactory, NeedCategoryFactory, ResidentNeedFactory, ResourceFactory, fresh
from tests.factories.organizations import OrganizationFactory
from tests.factories.projects import ActivityFactory
from tests.personas import PEOPLE

SERVING = {"worker", "community_staff", "hub", "supervisor"}


@pytest.fixture
def scene(place):
    place.type = OrganizationType.objects.get_or_create(code="mutual_aid", defaults={"name": "居民互助类"})[0]
    place.category = NeedCategoryFactory(code="elderly")
    place.category.types.set([place.type])
    place.helper = OrganizationFactory(name="互助队", community=place.community, type=place.type)
    place.need = ResidentNeedFactory(community=place.community, accepted=True, category=place.category)
    return place


def propose(scene, **more):
    values = {"uuid": uuid.uuid4(), "need_id": scene.need.pk, "actor": scene.worker} | more
    return services.propose_match(**values)


def suggested(scene, user=None):
    return services.suggestions_for(scene.need, user or scene.worker, today=timezone.localdate())


def who(scene, check, thing):
    return {name for name in [*PEOPLE, "anonymous"] if verdict(check, getattr(scene, name), thing)}


# --- suggestions ---


def test_suggestions_name_organizations_and_resources_with_their_reasons(scene):
    ResidentNeedFactory(community=scene.community, met=True, category=scene.category, organization=scene.helper)
    chair = ResourceFactory(division=scene.street, title="轮椅")
    chair.categories.set([scene.category])
    found = suggested(scene)
    assert [(one.thing, one.kind) for one in found] == [(chair, "resource"), (scene.helper, "organization")] or [
        (one.thing, one.kind) for one in found
    ] == [(scene.helper, "organization"), (chair, "resource")]
    helper = next(one for one in found if one.thing == scene.helper)
    assert helper.reasons == ["organizations of this type serve such needs", "same community", "1 similar need met"]


def test_who_was_asked_and_what_is_used_up_or_over_is_not_suggested(scene):
    over = ResourceFactory(division=scene.community, valid_until=timezone.localdate() - datetime.timedelta(days=1))
    used = ResourceFactory(division=scene.community, used_quantity=10)
    off = ResourceFactory(division=scene.community, is_active=False)
    for resource in (over, used, off):
        resource.categories.set([scene.category])
    OrganizationFactory(community=scene.community, type=scene.type, dissolved=True)
    propose(scene, organization=scene.helper)
    assert suggested(scene) == []


@pytest.mark.parametrize("number", [1, 3])
def test_suggestions_ask_as_much_for_one_as_for_three(scene, django_assert_max_num_queries, number):
    for _ in range(number):
        OrganizationFactory(community=scene.community, type=scene.type)
        ResourceFactory(division=scene.community).categories.set([scene.category])
    suggested(scene)
    with django_assert_max_num_queries(6):
        assert len(suggested(scene)) == min(6, 1 + 2 * number)


# --- asking and answering ---


def test_who_asks_who_answers(scene):
    match = MatchFactory(need=scene.need, organization=scene.organization, proposed_by=scene.worker)
    assert who(scene, policies.check_propose_match, scene.need) == SERVING
    assert who(scene, policies.check_accept_match, match) == SERVING | {"leader"}
    assert who(scene, policies.check_withdraw_match, match) == SERVING
    for name in [*PEOPLE, "anonymous"]:
        person = getattr(scene, name)
        seen = person.is_authenticated and Match.objects.visible_to(person).filter(pk=match.pk).exists()
        assert bool(seen) == bool(verdict(policies.check_view_match, person, match)), name


def test_an_organization_that_agrees_has_the_need_in_hands(scene):
    match = propose(scene, organization=scene.organization)
    services.accept_match(match_id=match.pk, actor=scene.leader)
    scene.need = fresh(scene.need)
    match = fresh(match)
    assert (match.status, scene.need.status, scene.need.organization) == ("accepted", "assigned", scene.organization)
    kinds = set(Notification.objects.values_list("kind", "recipient__username"))
    assert {("match.proposed", "leader"), ("match.answered", "worker")} <= kinds


def test_a_resource_of_an_organization_brings_the_organization(scene):
    resource = ResourceFactory(division=scene.community, organization=scene.organization)
    match = propose(scene, resource=resource)
    services.accept_match(match_id=match.pk, actor=scene.leader)
    scene.need = fresh(scene.need)
    assert (scene.need.status, scene.need.organization) == ("assigned", scene.organization)


def test_declining_says_why_and_the_same_may_be_asked_again(scene):
    match = propose(scene, organization=scene.helper)
    with pytest.raises(RuleViolation):
        services.decline_match(match_id=match.pk, actor=scene.worker, reason="")
    services.decline_match(match_id=match.pk, actor=scene.worker, reason="人手不够")
    propose(scene, organization=scene.helper)
    assert Match.objects.count() == 2


def test_nobody_is_asked_twice_at_once(scene):
    propose(scene, organization=scene.helper)
    with pytest.raises(RuleViolation, match="asked already"):
        propose(scene, organization=scene.helper)


@pytest.mark.parametrize("verb", ["accept_match", "withdraw_match"])
def test_an_answered_question_is_not_answered_again(scene, verb):
    match = propose(scene, organization=scene.helper)
    services.decline_match(match_id=match.pk, actor=scene.worker, reason="人手不够")
    with pytest.raises(TransitionNotAllowed):
        getattr(services, verb)(match_id=match.pk, actor=scene.worker)


def test_a_settled_need_asks_nobody(scene):
    scene.need = ResidentNeedFactory(community=scene.community, rated=True)
    with pytest.raises(RuleViolation, match="settled"):
        propose(scene, organization=scene.helper)


@pytest.mark.parametrize("wrong", [{"status": "accepted"}, {"status": "declined"}, {"organization": None}])
def test_the_database_ties_answers_to_who_gave_them(scene, wrong):
    match = propose(scene, organization=scene.helper)
    with pytest.raises(IntegrityError), transaction.atomic():
        Match.objects.filter(pk=match.pk).update(**wrong)


def test_asking_by_the_page_twice_asks_once(scene, sign_in):
    client, url = sign_in(scene.worker), reverse("linkage:match-propose", args=[scene.need.uuid])
    form = {"uuid": str(uuid.uuid4()), "organization": str(scene.helper.uuid)}
    assert [client.post(url, form).status_code for _ in range(2)] == [302, 302]
    match = Match.objects.get()
    assert match.score > 0
    assert ["community", ""] in match.reasons
    assert client.post(url, {"uuid": str(uuid.uuid4())}).status_code == 422
    page = client.get(scene.need.get_absolute_url()).content.decode()
    assert "same community" in page


# --- uses ---


def use(scene, resource, **more):
    values = {"uuid": uuid.uuid4(), "resource_id": resource.pk, "actor": scene.worker, "need": scene.need,
              "used_on": timezone.localdate()} | more  # fmt: skip
    return use_resource(**values)


def test_never_more_is_used_than_is_offered_and_what_is_taken_back_is_there_again(scene):
    chairs = ResourceFactory(division=scene.community)
    first = use(scene, chairs, quantity=7)
    with pytest.raises(RuleViolation, match="more than is offered"):
        use(scene, chairs, quantity=4)
    withdraw_use(use_id=first.pk, actor=scene.worker)
    withdraw_use(use_id=first.pk, actor=scene.worker)
    use(scene, chairs, quantity=10)
    chairs = fresh(chairs)
    assert (chairs.used_quantity, ResourceUse.objects.count()) == (10, 2)


@pytest.mark.parametrize(
    "wrong",
    [{"quantity": 1}, {"amount_fen": 100_001}, {"amount_fen": 0}, {"amount_fen": 5, "need": None},
     {"amount_fen": 5, "used_on": timezone.localdate() + datetime.timedelta(days=1)}],
)  # fmt: skip
def test_money_is_used_by_its_amount_within_the_offer_for_something_and_not_in_advance(scene, wrong):
    money = ResourceFactory(division=scene.community, money=True)
    with pytest.raises(RuleViolation):
        use(scene, money, **wrong)
    money = fresh(money)
    assert money.used_fen == 0


def test_entering_a_use_twice_counts_once(scene, sign_in):
    money = ResourceFactory(division=scene.community, money=True)
    form = {"uuid": str(uuid.uuid4()), "used_on": timezone.localdate().isoformat(), "yuan": "12.50",
            "need": str(scene.need.uuid)}  # fmt: skip
    client, url = sign_in(scene.worker), reverse("linkage:resource-use", args=[money.uuid])
    assert [client.post(url, form).status_code for _ in range(2)] == [302, 302]
    money = fresh(money)
    assert money.used_fen == 1250
    assert "12.50" in client.get(money.get_absolute_url()).content.decode()


# --- the chain ---


def test_a_need_found_on_a_visit_is_linked_to_it(scene, sign_in):
    visit = ActivityFactory(organization=scene.organization, recorded_by=scene.worker)
    client, url = sign_in(scene.worker), reverse("linkage:need-visit-raise", args=[visit.uuid])
    assert client.get(url).status_code == 200
    form = {"uuid": str(uuid.uuid4()), "community": scene.community.code, "title": "屋里漏雨", "category": "elderly"}
    assert [client.post(url, form).status_code for _ in range(2)] == [302, 302]
    need = ResidentNeed.objects.get(title="屋里漏雨")
    assert (need.source, NeedActivity.objects.get().activity) == ("visit", visit)
    assert "屋里漏雨" in client.get(visit.get_absolute_url()).content.decode()
    assert sign_in(scene.other_worker).get(url).status_code == 404


def test_a_draft_of_a_visit_has_no_needs_yet(scene, sign_in):
    """It may have no community, and whoever writes it can throw it away."""
    draft = ActivityFactory(recorded_by=scene.worker, draft=True)
    client, url = sign_in(scene.worker), reverse("linkage:need-visit-raise", args=[draft.uuid])
    form = {"uuid": str(uuid.uuid4()), "community": scene.community.code, "title": "屋里漏雨", "category": "elderly"}
    for answer in (client.get(url), client.post(url, form)):
        assert answer.status_code == 403
        assert "Please save the record first" in answer.content.decode()
    assert url not in client.get(draft.get_absolute_url(), follow=True).content.decode()
    assert not NeedActivity.objects.exists()


def test_the_chain_is_followed_both_ways(scene):
    held = ActivityFactory(organization=scene.organization, recorded_by=scene.worker, accepted=True)
    meet_need_by_activity(need_id=scene.need.pk, activity=held, actor=scene.worker, text="上门修好了")
    scene.need = fresh(scene.need)
    rate_need(need_id=scene.need.pk, key=scene.need.key, stars=5)
    scene.need = fresh(scene.need)
    assert [link.kind for link in chain_of(scene.need, scene.worker)] == ["need", "activity", "met", "rated"]
    assert [need for need, _role in needs_of_activity(held, scene.worker)] == [scene.need]
    assert needs_of_activity(held, scene.other_worker) == []


def test_a_draft_meets_no_need(scene):
    draft = ActivityFactory(organization=scene.organization, recorded_by=scene.worker, draft=True)
    with pytest.raises(RuleViolation, match="held and handed in"):
        meet_need_by_activity(need_id=scene.need.pk, activity=draft, actor=scene.worker, text="x")
    scene.need = fresh(scene.need)
    assert scene.need.status == "accepted"


def test_a_need_is_put_on_the_agenda_once(scene, sign_in):
    client, url = sign_in(scene.worker), reverse("linkage:need-agenda", args=[scene.need.uuid])
    client.post(url)
    assert AgendaItem.objects.count() == 0  # the community has no joint meeting yet
    MeetingSeriesFactory(division=scene.community)
    client.post(url)
    client.post(url)
    item = AgendaItem.objects.get()
    assert (item.need, item.title, item.source) == (scene.need, scene.need.title, "need")
    assert item.series.title in client.get(scene.need.get_absolute_url()).content.decode()


# --- the three lists ---


def test_what_nobody_serves_stands_first_and_is_said(scene, sign_in):
    lonely = NeedCategoryFactory(code="lonely", name="就业")
    ResidentNeedFactory(community=scene.community, category=lonely, age_group="from_26", accepted=True)
    page = sign_in(scene.worker).get(reverse("linkage:three-lists"))
    rows = page.context["rows"]
    assert [(row.category.code, row.total, row.organizations, row.is_gap) for row in rows] == [
        ("lonely", 1, 0, True), ("elderly", 1, 1, False),
    ]  # fmt: skip
    assert page.context["finding"] == "Open, and nobody here serves it: 就业"


@pytest.mark.parametrize("number", [1, 3])
def test_the_three_lists_ask_as_much_for_one_as_for_three(scene, sign_in, django_assert_num_queries, number):
    for _ in range(number):
        ResidentNeedFactory(community=scene.community, category=NeedCategoryFactory())
        ResourceFactory(division=scene.community)
        OrganizationFactory(community=scene.community)
    client = sign_in(scene.worker)
    url = reverse("linkage:three-lists")
    client.get(url)
    with django_assert_num_queries(19):
        assert client.get(url, {"area": scene.community.code}).status_code == 200


def test_another_place_is_not_told_of(scene, sign_in):
    client, url = sign_in(scene.other_worker), reverse("linkage:three-lists")
    assert scene.need.title not in client.get(url).content.decode()
    assert client.get(url, {"area": scene.community.code}).status_code == 404
    export = reverse("linkage:gap-export", args=["csv"])
    assert client.get(export).status_code == 200
