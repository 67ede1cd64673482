"""Registering, changing, resting, waking and ending: facts, history, refusals, and what the database refuses itself."""

import datetime
import uuid

import pytest
from django.db import IntegrityError, transaction

from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from incubator.base.transitions import TransitionNotAllowed
from organizations.choices import OrganizationState
from organizations.models import OrganizationType, SocialOrganization
from organizations.services import organization as services
from tests.factories.accounts import UserFactory
from tests.factories.organizations import OrganizationFactory, OrganizationTypeFactory, PlaceFactory, credit_code

DAY = datetime.date(2026, 3, 1)


@pytest.fixture
def actor():
    return UserFactory()


def register(actor, **more):
    facts = {"uuid": uuid.uuid4(), "name": "治安服务队", "type": OrganizationTypeFactory()} | more
    if "community" not in facts:
        facts["community"] = OrganizationFactory().community
    return services.register_organization(actor=actor, **facts)


def again(organization):
    """The row as it is now (a protected state cannot be refreshed in place)."""
    return SocialOrganization.objects.get(pk=organization.pk)


def test_register_organization_writes_pinyin_and_one_event(actor):
    organization = register(actor, responsible_person="周队长", contact_phone="13800001234")
    assert organization.pinyin == "zhianfuwudui zafwd"
    assert organization.legal_status == "unfiled"
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor, event.target_uuid) == ("organization.registered", actor, str(organization.uuid))
    assert "13800001234" not in str(event.data)


def test_a_credit_code_makes_a_registered_organization(actor):
    organization = register(actor, credit_code=credit_code())
    assert organization.legal_status == "registered"


def test_the_longest_name_has_pinyin_that_fits_its_column(actor):
    assert len(register(actor, name="窗" * 100).pinyin) <= 400


def test_register_organization_of_a_name_that_is_there_is_refused(actor):
    first = register(actor)
    with pytest.raises(RuleViolation) as refusal:
        register(actor, community=first.community)
    assert str(refusal.value) == (
        "The community has an organization called “治安服务队” already. Please look for it in the list first."
    )
    assert SocialOrganization.objects.filter(name="治安服务队").count() == 1
    assert AuditEvent.objects.count() == 1


def test_the_name_of_a_dissolved_organization_is_free_again(actor):
    gone = OrganizationFactory(dissolved=True, name="治安服务队")
    assert register(actor, community=gone.community).pk != gone.pk


def test_a_credit_code_of_another_is_refused(actor):
    other = OrganizationFactory(registered=True)
    with pytest.raises(RuleViolation, match="has this credit code already"):
        register(actor, credit_code=other.credit_code)


def test_a_place_of_another_community_is_refused(actor):
    with pytest.raises(RuleViolation, match="another community"):
        register(actor, place=PlaceFactory())


def test_update_organization_records_what_changed_and_masks_what_is_personal(actor):
    organization = OrganizationFactory(contact_phone="13800001234", venue="一楼")
    services.update_organization(
        organization_id=organization.pk, actor=actor, name="新名字", contact_phone="13900001234", venue="一楼"
    )
    organization = again(organization)
    assert (organization.name, organization.pinyin) == ("新名字", "xinmingzi xmz")
    event = AuditEvent.objects.get()
    assert event.verb == "organization.updated"
    assert event.data == {
        "changes": {"name": [event.data["changes"]["name"][0], "新名字"], "contact_phone": ["•••", "•••"]}
    }


def test_update_organization_with_nothing_new_writes_nothing(actor):
    organization = OrganizationFactory()
    services.update_organization(organization_id=organization.pk, actor=actor, name=organization.name)
    assert again(organization).updated_at == organization.updated_at
    assert AuditEvent.objects.count() == 0


def test_taking_the_credit_code_away_leaves_what_the_filing_says(actor):
    organization = OrganizationFactory(filed=True)
    services.update_organization(organization_id=organization.pk, actor=actor, credit_code=credit_code())
    organization = again(organization)
    assert organization.legal_status == "registered"
    services.update_organization(organization_id=organization.pk, actor=actor, credit_code="")
    organization = again(organization)
    assert organization.legal_status == "filed"


def test_no_caller_writes_state_stage_or_legal_status(actor):
    for name in ("state", "growth_stage", "legal_status", "filing_number"):
        with pytest.raises(TypeError):
            services.update_organization(organization_id=OrganizationFactory().pk, actor=actor, **{name: "x"})


# --- the state machine ---------------------------------------------------------------------------------------------

ACTIONS = {
    "rest": ({"reason": "r"}, {"active"}),
    "wake": ({}, {"dormant"}),
    "dissolve": ({"on": DAY, "reason": "r"}, {"active", "dormant"}),
}
CALLS = {
    "rest": services.rest_organization, "wake": services.wake_organization, "dissolve": services.dissolve_organization,
}  # fmt: skip
VERBS = {"rest": "organization.rested", "wake": "organization.woken", "dissolve": "organization.dissolved"}
TRAITS = {"active": {}, "dormant": {"dormant": True}, "dissolved": {"dissolved": True}}


@pytest.mark.parametrize("state", OrganizationState.values)
@pytest.mark.parametrize("action", ACTIONS)
def test_actions_and_states_agree_with_the_table(actor, action, state):
    organization = OrganizationFactory(**TRAITS[state])
    facts, sources = ACTIONS[action]
    if state in sources:
        CALLS[action](organization_id=organization.pk, actor=actor, **facts)
        event = AuditEvent.objects.get()
        assert (event.verb, event.data["from"]) == (VERBS[action], state)
    else:
        with pytest.raises(TransitionNotAllowed):
            CALLS[action](organization_id=organization.pk, actor=actor, **facts)
        assert AuditEvent.objects.count() == 0
        organization = again(organization)
        assert organization.state == state


def test_resting_twice_is_refused_and_leaves_no_trace(actor):
    organization = OrganizationFactory()
    services.rest_organization(organization_id=organization.pk, actor=actor, reason="搬走了")
    with pytest.raises(TransitionNotAllowed):
        services.rest_organization(organization_id=organization.pk, actor=actor, reason="又一次")
    organization = again(organization)
    assert organization.state_reason == "搬走了"
    assert AuditEvent.objects.count() == 1


IMPOSSIBLE = {
    "filed without number": {"legal_status": "filed"},
    "credit code of an unfiled one": {"credit_code": credit_code()},
    "dissolved without a day": {"state": "dissolved", "state_reason": "x"},
    "day of the end of an active one": {"dissolved_on": DAY},
    "dormant without a reason": {"state": "dormant"},
}


@pytest.mark.parametrize("facts", IMPOSSIBLE.values(), ids=IMPOSSIBLE.keys())
def test_the_database_refuses_the_impossible_row(facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganizationFactory(**facts)


def test_the_database_refuses_a_name_twice_in_a_community():
    first = OrganizationFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganizationFactory(community=first.community, name=first.name)


# --- many at once --------------------------------------------------------------------------------------------------


def test_import_organizations_records_one_event_for_each(actor, personas):
    kind = OrganizationTypeFactory()
    rows = [
        {"name": f"队{number}", "community": community, "type": kind}
        for number, community in enumerate((personas.community, personas.next_community, personas.far_community))
    ]
    made = services.import_organizations(actor=actor, rows=rows)
    assert len(made) == 3
    assert AuditEvent.objects.filter(verb="organization.registered").count() == 3
    assert {event.chain.key for event in AuditEvent.objects.all()} == {"330102", "620102"}


def test_import_organizations_takes_all_or_none(actor, personas):
    row = {"name": "队", "community": personas.community, "type": OrganizationTypeFactory()}
    with pytest.raises(RuleViolation):
        services.import_organizations(actor=actor, rows=[row, row])
    assert SocialOrganization.objects.count() == 0
    assert AuditEvent.objects.count() == 0


def test_the_default_types_are_there():
    codes = set(OrganizationType.objects.values_list("code", flat=True))
    assert codes >= {
        "life_service",
        "charity",
        "mutual_aid",
        "culture_sports",
        "public_safety",
        "deliberation",
        "other",
    }
