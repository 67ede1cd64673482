"""Needs of residents: the state machine, who reads and does what, what the history keeps, double submits."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from incubator.base.policies import verdict
from incubator.base.transitions import TransitionNotAllowed
from incubator.notifications.models import Notification
from organizations.models import ResidentNeed
from organizations.policies import need as policies
from organizations.services import need as services
from tests.factories.needs import NeedCategoryFactory, ResidentNeedFactory, fresh
from tests.factories.organizations import (
    AgencyFactory,
    AgencyServiceAreaFactory,
    OrganizationFactory,
    PlaceFactory,
    SocialWorkerFactory,
)
from tests.personas import PEOPLE, give_leader

LIST = reverse("organizations:need-list")
SERVING = {"worker", "community_staff", "hub", "supervisor"}
LOOKING = {"staff", "district_admin", "grid_worker"}
STATES = {
    "raised": {}, "accepted": {"accepted": True}, "met": {"met": True}, "rated": {"rated": True},
}  # fmt: skip


@pytest.fixture
def scene(personas, client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    AgencyServiceAreaFactory(agency=AgencyFactory(uuid=personas.agency_uuid), division=personas.street)
    personas.organization = OrganizationFactory(name="互助队", community=personas.community)
    give_leader(personas.leader, personas.organization.uuid)
    personas.category = NeedCategoryFactory(code="elderly")
    return personas


def raised(scene, **more):
    values = {"uuid": uuid.uuid4(), "community": scene.community, "title": "代买药", "category": scene.category,
              "source": "desk", "actor": scene.community_staff} | more  # fmt: skip
    return services.raise_need(**values)


def states_of(need):
    return fresh(need).status


def who(scene, check, thing):
    return {name for name in [*PEOPLE, "anonymous"] if verdict(check, getattr(scene, name), thing)}


# --- the state machine ---


def test_a_need_goes_from_raised_to_rated(scene):
    need = raised(scene)
    services.accept_need(need_id=need.pk, actor=scene.worker)
    services.assign_need(need_id=need.pk, actor=scene.worker, organization=scene.organization)
    services.meet_need(need_id=need.pk, actor=scene.leader, text="每周两次上门")
    services.rate_need(need_id=need.pk, key=need.key, stars=4, text="很好")
    need = fresh(need)
    assert (need.status, need.stars, need.accepted_by, need.organization) == (
        "rated", 4, scene.worker, scene.organization,
    )  # fmt: skip
    verbs = AuditEvent.objects.about(need).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["need.raised", "need.accepted", "need.assigned", "need.met", "need.rated"]


@pytest.mark.parametrize(
    ("state", "forbidden"),
    [
        ("raised", ("assign_need", "meet_need", "release_need", "rate_need")),
        ("accepted", ("accept_need", "release_need", "rate_need")),
        ("met", ("accept_need", "assign_need", "meet_need", "decline_need", "refer_need", "merge_need")),
        ("rated", ("rate_need", "accept_need", "assign_need", "meet_need", "decline_need", "refer_need")),
    ],
)
def test_what_a_state_does_not_allow_is_refused(scene, state, forbidden):
    need = ResidentNeedFactory(community=scene.community, **STATES[state])
    other = ResidentNeedFactory(community=scene.community)
    values = {
        "assign_need": {"organization": scene.organization}, "meet_need": {"text": "x"}, "decline_need": {"reason": "x"},
        "refer_need": {"to": "grid"}, "merge_need": {"into": other}, "rate_need": {"key": need.key, "stars": 3},
    }  # fmt: skip
    for name in forbidden:
        more = values.get(name, {}) | ({} if name == "rate_need" else {"actor": scene.worker})
        with pytest.raises(TransitionNotAllowed):
            getattr(services, name)(need_id=need.pk, **more)
        assert states_of(need) == state


def test_a_need_is_given_back_and_waits_for_somebody_else(scene):
    need = ResidentNeedFactory(community=scene.community, assigned=True, organization=scene.organization)
    services.release_need(need_id=need.pk, actor=scene.leader)
    need = fresh(need)
    assert (need.status, need.organization, need.assigned_at) == ("accepted", None, None)


def test_a_referral_keeps_where_and_the_answer_comes_later(scene):
    need = raised(scene, source="resident", actor=None)
    services.refer_need(need_id=need.pk, actor=scene.worker, to="12345")
    services.note_reply(need_id=need.pk, actor=scene.worker, reply="已上门检修")
    need = fresh(need)
    assert (need.status, need.referred_to, need.reply_text, need.accepted_by) == (
        "referred", "12345", "已上门检修", scene.worker,
    )  # fmt: skip


def test_declining_needs_a_reason_and_the_database_says_so_too(scene):
    need = raised(scene)
    with pytest.raises(RuleViolation, match="say why"):
        services.decline_need(need_id=need.pk, actor=scene.worker, reason="")
    with pytest.raises(IntegrityError), transaction.atomic():
        ResidentNeed.objects.filter(pk=need.pk).update(status="declined")


def test_the_same_need_is_joined_with_the_earlier_one_of_the_same_community_only(scene):
    first, second = raised(scene), raised(scene, title="买药")
    foreign = ResidentNeedFactory(community=scene.other_community)
    with pytest.raises(RuleViolation, match="same community"):
        services.merge_need(need_id=second.pk, actor=scene.worker, into=foreign)
    with pytest.raises(RuleViolation, match="another open need"):
        services.merge_need(need_id=second.pk, actor=scene.worker, into=second)
    services.merge_need(need_id=second.pk, actor=scene.worker, into=first)
    second = fresh(second)
    assert (second.status, second.merged_into) == ("merged", first)


@pytest.mark.parametrize("wrong", [{"status": "assigned"}, {"status": "met"}, {"status": "accepted"}, {"stars": 3}])
def test_the_database_ties_states_to_their_facts(scene, wrong):
    need = raised(scene)
    with pytest.raises(IntegrityError), transaction.atomic():
        ResidentNeed.objects.filter(pk=need.pk).update(**wrong)


# --- rules ---


def test_a_phone_without_agreement_is_refused(scene):
    with pytest.raises(RuleViolation, match="agreement"):
        raised(scene, contact_phone="13800001234")
    assert ResidentNeed.objects.count() == 0


def test_the_history_keeps_no_words_and_no_names(scene):
    need = raised(scene, title="张三家漏水", contact_name="张三", contact_phone="13800001234", agreed=True)
    event = AuditEvent.objects.about(need).get()
    assert "张三" not in f"{event.data}{event.target_label}"
    assert need.consent_text != ""


def test_a_place_and_a_kind_of_elsewhere_are_refused(scene):
    place = PlaceFactory(community=scene.other_community)
    with pytest.raises(RuleViolation, match="another community"):
        raised(scene, place=place)
    own = NeedCategoryFactory(division=scene.other_street)
    with pytest.raises(RuleViolation, match="another place"):
        raised(scene, category=own)


def test_assigning_names_one_side_and_a_worker_of_the_agency(scene):
    need = ResidentNeedFactory(community=scene.community, accepted=True)
    worker = SocialWorkerFactory()
    for values in ({}, {"organization": scene.organization, "agency": worker.agency},
                   {"agency": AgencyFactory(), "worker": worker}):  # fmt: skip
        with pytest.raises(RuleViolation):
            services.assign_need(need_id=need.pk, actor=scene.worker, **values)
    services.assign_need(need_id=need.pk, actor=scene.worker, worker=worker)
    need = fresh(need)
    assert (need.agency, need.worker) == (worker.agency, worker)


def test_a_dissolved_organization_is_given_nothing(scene):
    need = ResidentNeedFactory(community=scene.community, accepted=True)
    gone = OrganizationFactory(community=scene.community, dissolved=True)
    with pytest.raises(RuleViolation, match="does not exist any more"):
        services.assign_need(need_id=need.pk, actor=scene.worker, organization=gone)


def test_another_key_does_not_rate(scene):
    need = ResidentNeedFactory(community=scene.community, met=True)
    with pytest.raises(RuleViolation):
        services.rate_need(need_id=need.pk, key="x" * 20, stars=1)
    assert states_of(need) == "met"


# --- notices ---


def test_the_community_is_told_of_what_was_raised_and_the_leaders_of_what_they_got(scene):
    need = raised(scene, source="resident", actor=None)
    services.accept_need(need_id=need.pk, actor=scene.worker)
    services.assign_need(need_id=need.pk, actor=scene.worker, organization=scene.organization)
    told = {(note.kind, note.recipient.username) for note in Notification.objects.all()}
    assert told == {("need.raised", "community_staff"), ("need.assigned", "leader")}
    assert all("代买药" not in str(note.data) for note in Notification.objects.all())


# --- who ---


def test_who_reads_what_came_from_the_public_page(scene):
    need = ResidentNeedFactory(community=scene.community, public=True)
    assert who(scene, policies.check_view_need, need) == SERVING
    services.accept_need(need_id=need.pk, actor=scene.worker)
    need = fresh(need)
    assert who(scene, policies.check_view_need, need) == SERVING | LOOKING | {"leader"}
    assert who(scene, policies.check_view_need_contact, need) == SERVING


@pytest.mark.parametrize(
    ("check", "state", "expected"),
    [
        (policies.check_accept_need, {}, SERVING),
        (policies.check_refer_need, {}, SERVING),
        (policies.check_decline_need, {}, SERVING),
        (policies.check_merge_need, {}, SERVING),
        (policies.check_assign_need, {"accepted": True}, SERVING),
        (policies.check_meet_need, {"accepted": True}, SERVING),
        (policies.check_accept_need, {"accepted": True}, set()),
        (policies.check_reply_need, {}, set()),
    ],
)
def test_who_may_with_one_need(scene, check, state, expected):
    assert who(scene, check, ResidentNeedFactory(community=scene.community, **state)) == expected


def test_the_organization_that_has_it_in_hands_meets_it_or_gives_it_back(scene):
    need = ResidentNeedFactory(community=scene.community, assigned=True, organization=scene.organization)
    for check in (policies.check_meet_need, policies.check_release_need):
        assert who(scene, check, need) == SERVING | {"leader"}


def test_the_list_agrees_with_the_policy(scene):
    needs = [
        ResidentNeedFactory(community=place, **state)
        for place in (scene.community, scene.next_community, scene.other_community, scene.far_community)
        for state in ({"public": True}, {}, {"accepted": True, "public": True}, {"rated": True})
    ]
    needs.append(ResidentNeedFactory(community=scene.far_community, raised_by=scene.grid_worker))
    needs.append(
        ResidentNeedFactory(community=scene.next_community, assigned=True, organization=scene.organization, public=True)
    )
    for name in [*PEOPLE, "anonymous"]:
        person = getattr(scene, name)
        seen = set(ResidentNeed.objects.visible_to(person))
        assert seen == {need for need in needs if verdict(policies.check_view_need, person, need)}, name


# --- pages ---


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_much_for_one_as_for_three(scene, sign_in, django_assert_num_queries, number):
    for _ in range(number):
        ResidentNeedFactory(community=scene.community, assigned=True, organization=scene.organization)
    client = sign_in(scene.worker)
    client.get(LIST)
    with django_assert_num_queries(9):
        assert client.get(LIST).status_code == 200


def test_a_double_submit_makes_one_need_taken_up_by_who_serves(scene, sign_in):
    client = sign_in(scene.community_staff)
    form = {"uuid": str(uuid.uuid4()), "community": scene.community.code, "title": "代买药", "category": "elderly"}
    answers = [client.post(reverse("organizations:need-raise"), form) for _ in range(2)]
    need = ResidentNeed.objects.get()
    assert [answer.status_code for answer in answers] == [302, 302]
    assert (need.status, need.source, need.raised_by) == ("accepted", "desk", scene.community_staff)


def test_grid_staff_raise_and_the_community_takes_up(scene, sign_in):
    client = sign_in(scene.grid_worker)
    form = {"uuid": str(uuid.uuid4()), "community": scene.community.code, "title": "路灯", "category": "elderly"}
    assert client.post(reverse("organizations:need-raise"), form).status_code == 302
    need = ResidentNeed.objects.get()
    assert (need.status, need.source) == ("raised", "grid")
    assert client.post(reverse("organizations:need-accept", args=[need.uuid])).status_code == 403


def test_a_street_reads_the_words_and_neither_name_nor_phone(scene, sign_in):
    need = raised(scene, contact_name="刘奶奶", contact_phone="13800005678", agreed=True, taken_up=True)
    page = sign_in(scene.staff).get(need.get_absolute_url()).content.decode()
    assert "代买药" in page
    assert "刘奶奶" not in page
    assert "13800005678" not in page
    assert "刘奶奶" in sign_in(scene.worker).get(need.get_absolute_url()).content.decode()


def test_the_export_is_the_filtered_list_without_names(scene, sign_in):
    raised(scene, title="第一", contact_name="刘奶奶", agreed=True, taken_up=True)
    ResidentNeedFactory(community=scene.community, title="第二", met=True)
    url = reverse("organizations:need-export", args=["csv"])
    text = b"".join(sign_in(scene.staff).get(url, {"status": "open"}).streaming_content).decode("utf-8-sig")
    assert "第一" in text
    assert "第二" not in text
    assert "刘奶奶" not in text


@pytest.mark.parametrize(
    ("name", "state", "form"),
    [
        ("assign", {"accepted": True}, {}),
        ("meet", {"accepted": True}, {"text": ""}),
        ("decline", {}, {"reason": " "}),
        ("refer", {}, {"to": "nobody"}),
        ("merge", {}, {"into": ""}),
    ],
)
def test_a_form_that_says_nothing_comes_back(scene, sign_in, name, state, form):
    need = ResidentNeedFactory(community=scene.community, **state)
    url = reverse(f"organizations:need-{name}", args=[need.uuid])
    assert sign_in(scene.worker).post(url, form).status_code == 422


def test_machines_read_needs_without_names(scene, sign_in):
    need = raised(scene, contact_name="刘奶奶", agreed=True, taken_up=True)
    answer = sign_in(scene.worker).get("/api/v1/needs/").json()
    assert [row["uuid"] for row in answer["results"]] == [str(need.uuid)]
    assert "刘奶奶" not in str(answer)
