"""Who may do what with a filing: all personas against all verbs, and the list against the policy."""

import pytest

from incubator.base.policies import verdict
from organizations.models import Filing, FilingPaper
from organizations.policies import filing as policies
from tests.factories.accounts import UserFactory
from tests.factories.organizations import FilingFactory, FilingPaperFactory, OrganizationFactory
from tests.personas import give_grant, give_leader

READERS = {"worker", "staff", "community_staff", "leader", "hub", "district_admin"}
PREPARERS = {"worker", "community_staff", "leader", "hub"}
VERBS = {
    "view": ("submitted", READERS),
    "save": ("draft", PREPARERS),
    "add_filing_paper": ("draft", PREPARERS),
    "submit": ("draft", PREPARERS),
    "check": ("submitted", {"community_staff"}),
    "return_new": ("submitted", {"community_staff", "staff"}),
    "return_checked": ("checked", {"staff"}),
    "file": ("checked", {"staff"}),
    "suspend": ("filed", {"staff"}),
    "resume": ("suspended", {"staff"}),
    "cancel_draft": ("draft", PREPARERS),
    "cancel_filed": ("filed", {"staff"}),
}


@pytest.fixture
def organization(personas):
    organization = OrganizationFactory(community=personas.community)
    give_leader(personas.leader, organization.uuid)
    give_leader(personas.other_leader, OrganizationFactory(community=personas.other_community).uuid)
    return organization


def allowed_to(personas, check, thing):
    return {person.username for person in personas.everybody if verdict(check, person, thing)}


@pytest.mark.parametrize("verb", VERBS)
def test_exactly_these_people_may(verb, organization, personas):
    state, people = VERBS[verb]
    filing = FilingFactory(organization=organization, **({} if state == "draft" else {state: True}))
    name = verb.split("_")[0] if verb != "add_filing_paper" else "add"
    check = policies.check_add_filing_paper if name == "add" else getattr(policies, f"check_{name}_filing")
    assert allowed_to(personas, check, filing) == people
    assert not verdict(check, personas.anonymous, filing)


def test_exactly_these_people_open_a_filing_and_registered_organizations_have_none(organization, personas):
    assert allowed_to(personas, policies.check_open_filing, organization) == PREPARERS
    registered = OrganizationFactory(community=personas.community, registered=True)
    answer = verdict(policies.check_open_filing, personas.worker, registered)
    assert answer.reason == "Registered organizations are not filed: they stand in the register of civil affairs."


def test_the_list_shows_what_the_policy_lets_people_view(organization, personas):
    filings = [
        FilingFactory(organization=organization),
        FilingFactory(organization=OrganizationFactory(community=personas.next_community)),
        FilingFactory(organization=OrganizationFactory(community=personas.other_community)),
        FilingFactory(organization=OrganizationFactory(community=personas.far_community)),
    ]
    for filing in filings:
        FilingPaperFactory(filing=filing)
    for person in personas.everybody:
        seen = {filing.pk for filing in filings if verdict(policies.check_view_filing, person, filing)}
        assert set(Filing.objects.visible_to(person).values_list("pk", flat=True)) == seen, person.username
        papers = FilingPaper.objects.visible_to(person).values_list("filing_id", flat=True)
        assert set(papers) == seen, person.username


def test_whoever_checked_does_not_decide(organization, personas):
    both = UserFactory()
    give_grant(both, "community_staff", division=personas.community)
    give_grant(both, "street_staff", division=personas.street)
    mine = FilingFactory(organization=organization, checked=True, checked_by=both)
    other = FilingFactory(organization=organization, kind="reissue", checked=True)
    reason = "The first check of this filing was yours, so a colleague of the street decides."
    assert verdict(policies.check_file_filing, both, mine).reason == reason
    assert verdict(policies.check_return_filing, both, mine).reason == reason
    assert verdict(policies.check_file_filing, both, other)


def test_exactly_these_people_set_how_a_street_files_and_print_its_register(personas):
    for check in (policies.check_update_filing_rule, policies.check_print_register):
        assert allowed_to(personas, check, personas.street) == {"staff", "district_admin"}


def test_the_certificate_is_the_streets_and_of_what_is_filed(personas):
    organization = OrganizationFactory(community=personas.community, filed=True)
    give_leader(personas.leader, organization.uuid)
    filing = FilingFactory(organization=organization, filed=True)
    assert allowed_to(personas, policies.check_print_certificate, filing) == {"staff", "district_admin"}
    draft = FilingFactory(organization=organization, kind="change")
    assert allowed_to(personas, policies.check_print_certificate, draft) == set()


def test_waiting_for_me_is_what_i_am_the_next_to_do(organization, personas):
    drafted = FilingFactory(organization=organization, created_by=personas.worker)
    handed_in = FilingFactory(organization=organization, kind="change", submitted=True)
    checked = FilingFactory(organization=organization, kind="reissue", checked=True)
    FilingFactory(organization=organization, kind="annual", year=2025, filed=True)
    waiting = {
        name: list(Filing.objects.visible_to(person).waiting_for(person))
        for name in ("worker", "community_staff", "staff", "leader")
        for person in [getattr(personas, name)]
    }
    assert waiting == {"worker": [drafted], "community_staff": [handed_in], "staff": [checked], "leader": []}
