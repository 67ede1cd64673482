"""What the platform knows about organizations: each fact with the records it rests on, in a number of queries that does
not grow with the organizations."""

import datetime
import uuid

import pytest
from django.utils import timezone

from evaluations.models import Instrument, InstrumentVersion, Response, Scale, Wave
from evaluations.registries import Fact, indicators
from evaluations.scoring import check_standard, stage_reached
from evaluations.services.facts import codes_of, gather, known_documents, known_facts
from evaluations.services.readings import last_twelve_months
from organizations.choices import FilingStatus, LegalStatus, Position
from organizations.models import DossierHeading, SocialOrganization
from projects.choices import LedBy
from tests.evaluations.standards import DEFAULT
from tests.factories.accounts import UserFactory
from tests.factories.organizations import DossierItemFactory, FilingFactory, MembershipFactory, OrganizationFactory
from tests.factories.projects import ActivityFactory
from tests.projects.conftest import _in_english, place  # noqa: F401 - fixtures

TODAY = datetime.date(2026, 11, 20)
QUERIES = 15
PEOPLE = {"kind": "service", "participants": 30, "led_by": LedBy.ORGANIZATION}


def at(year, month, day, hour=9):
    return datetime.datetime(year, month, day, hour, tzinfo=timezone.get_current_timezone())


def facts_of(organization, today=TODAY):
    return gather(SocialOrganization.objects.filter(pk=organization.pk), today)[organization.pk]


def heading(code):
    return DossierHeading.objects.get(code=code)


@pytest.fixture
def organization(place):  # noqa: F811
    return place.organization


# --- the whole ---


def test_every_fact_that_the_shipped_standard_speaks_of_has_an_indicator_or_is_made_by_scoring():
    made = {"template_score", "band", "judged", *(one for one in codes_of(DEFAULT) if ":" in one)}
    assert codes_of(DEFAULT) - made - {indicator.code for indicator in indicators} == set()
    assert check_standard(DEFAULT, set(known_facts()), set(known_documents())) == []


def test_an_organization_of_which_nothing_is_known_has_unknown_facts_and_none_that_are_guessed(organization):
    facts = facts_of(organization)
    unknown = {code for code, fact in facts.items() if fact.value is None}
    assert unknown == {
        "participants", "members", "core_team", "successor_named", "records_complete_share", "leadership_share",
        "party_building", "satisfaction_mean", "funded_project_accepted", "funding_sources",
        "joint_meetings_attended_12m", "agenda_items_handled_12m", "chooses_to_stay_filed",
    }  # fmt: skip
    assert facts["activities_12m"] == Fact(0)
    assert facts["people_reached_12m"] == Fact(0)
    assert facts["core_documents_missing"] == Fact(4)


def test_every_indicator_says_where_one_can_do_something_about_it(organization):
    for indicator in indicators:
        url, label = indicator.where(organization)
        assert url.startswith("/")
        assert str(label)


@pytest.mark.parametrize("number", [1, 3])
def test_gathering_asks_as_often_for_three_organizations_as_for_one(place, number, django_assert_num_queries):  # noqa: F811
    organizations = [OrganizationFactory(community=place.community) for _each in range(number)]
    for organization in organizations:
        _fill(organization)
    queryset = SocialOrganization.objects.filter(pk__in=[one.pk for one in organizations])
    with django_assert_num_queries(QUERIES):
        found = gather(queryset, TODAY)
    assert {facts["activities_12m"].value for facts in found.values()} == {2}
    assert len(found) == number


def _fill(organization):
    for _each in range(2):
        ActivityFactory(organization=organization, starts_at=at(2026, 10, 3), **PEOPLE)
        MembershipFactory(organization=organization, is_backbone=True)
    DossierItemFactory(organization=organization, heading=heading("charter"))
    _answers(_wave(organization), [5] * 5)


def test_only_the_wanted_facts_are_gathered(organization):
    found = gather(SocialOrganization.objects.filter(pk=organization.pk), TODAY, codes={"members", "document:charter"})
    assert set(found[organization.pk]) == {"members", "document:charter"}


def test_a_second_look_sees_what_was_added_since(organization):
    queryset = SocialOrganization.objects.filter(pk=organization.pk)
    assert gather(queryset, TODAY)[organization.pk]["members"].value is None
    MembershipFactory(organization=organization)
    assert gather(queryset, TODAY)[organization.pk]["members"].value == 1


# --- people ---


def test_people_are_counted_from_the_list_and_the_list_is_the_evidence(organization):
    leader = MembershipFactory(organization=organization, position=Position.LEADER)
    backbone = MembershipFactory(organization=organization, is_backbone=True, is_successor=True)
    plain = MembershipFactory(organization=organization)
    MembershipFactory(organization=organization, left_on=TODAY)
    keys = [("membership", str(one.uuid)) for one in (leader, backbone, plain)]
    facts = facts_of(organization)
    assert facts["members"] == Fact(3, tuple(keys))
    assert facts["core_team"] == Fact(2, tuple(keys[:2]))
    assert facts["successor_named"] == Fact(True, (keys[1],))
    assert facts["responsible_person"] == Fact(True, (keys[0],))
    assert facts["participants"] == Fact(3, tuple(keys))


def test_a_told_number_of_members_counts_only_where_there_is_no_list(organization):
    SocialOrganization.objects.update(declared_members=40, responsible_person="周队长")
    page = ("organization", str(organization.uuid))
    facts = facts_of(organization)
    assert facts["members"] == Fact(40, (page,))
    assert facts["named_contact"] == Fact(True, (page,))
    member = MembershipFactory(organization=organization)
    facts = facts_of(organization)
    assert facts["members"].value == 1
    assert facts["participants"] == Fact(40, (page, ("membership", str(member.uuid))))
    assert facts["successor_named"] == Fact(False)


@pytest.mark.parametrize(
    ("party", "liaison", "value"),
    [("independent", "", "independent"), ("joint", "王", "joint"), ("none", "王", "liaison"), ("none", "", "none"),
     ("", "王", "liaison"), ("", "", None)],
)  # fmt: skip
def test_party_building_is_what_the_page_says(organization, party, liaison, value):
    SocialOrganization.objects.update(party_organization=party, party_liaison=liaison)
    assert facts_of(organization)["party_building"].value == value


# --- activities ---


def test_twelve_months_begin_after_the_same_day_of_last_year_local_time_and_end_with_the_day(organization):
    begin, end = last_twelve_months(TODAY)
    moments = [begin - datetime.timedelta(minutes=1), begin, end - datetime.timedelta(minutes=1), end]
    held = [ActivityFactory(organization=organization, starts_at=moment, **PEOPLE) for moment in moments]
    assert (begin, end) == (at(2025, 11, 21, 0), at(2026, 11, 21, 0))
    fact = facts_of(organization)["activities_12m"]
    assert fact == Fact(2, tuple(("activity", str(one.uuid)) for one in held[1:3]))


def test_a_leap_day_has_a_year_before_it():
    assert last_twelve_months(datetime.date(2028, 2, 29))[0] == at(2027, 3, 1, 0)


def test_activities_count_for_each_organization_that_they_served_and_once(place):  # noqa: F811
    shared = ActivityFactory(
        organization=place.organization, links=[place.other_organization], starts_at=at(2026, 5, 4), **PEOPLE
    )
    for organization in (place.organization, place.other_organization):
        facts = facts_of(organization)
        assert facts["activities_12m"] == Fact(1, (("activity", str(shared.uuid)),))
        assert facts["people_reached_12m"].value == 30
        assert facts["public_benefit_activities_12m"].value == 1


def test_visits_and_supervision_are_the_workers_work_and_returned_or_cancelled_records_do_not_count(organization):
    common = {"organization": organization, "starts_at": at(2026, 5, 4)}
    ActivityFactory(kind="visit", **common)
    ActivityFactory(kind="org_supervision", **common)
    ActivityFactory(returned=True, kind="service", **common)
    ActivityFactory(kind="service", outcome="cancelled", outcome_reason="下雨", **common)
    kept = ActivityFactory(kind="training", **common)
    assert facts_of(organization)["activities_12m"] == Fact(1, (("activity", str(kept.uuid)),))
    assert facts_of(organization)["public_benefit_activities_12m"] == Fact(0)


def test_shares_are_of_what_was_told(organization):
    common = {"organization": organization, "starts_at": at(2026, 5, 4), "kind": "service"}
    ActivityFactory(led_by=LedBy.ORGANIZATION, participants=10, **common)
    ActivityFactory(led_by=LedBy.WORKER, participants=20, **common)
    ActivityFactory(led_by=LedBy.ASSISTED, participants=None, **common)
    ActivityFactory(led_by="", participants=5, **common)
    facts = facts_of(organization)
    assert str(facts["leadership_share"].value) == "0.3333"
    assert len(facts["leadership_share"].evidence) == 3
    assert str(facts["records_complete_share"].value) == "0.5000"
    assert facts["people_reached_12m"].value == 35
    assert len(facts["people_reached_12m"].evidence) == 3


# --- papers ---


def test_documents_are_known_with_their_headings(organization):
    charter = DossierItemFactory(organization=organization, heading=heading("charter"))
    money = DossierItemFactory(organization=organization, heading=heading("finance_rules"))
    DossierItemFactory(
        organization=organization, heading=heading("safety_rules"), withdrawn_at=timezone.now(), withdrawn_reason="错了"
    )
    facts = facts_of(organization)
    keys = [("dossier_item", str(one.uuid)) for one in (charter, money)]
    assert facts["charter"] == Fact(True, (keys[0],))
    assert facts["document:charter"] == Fact(True, (keys[0],))
    assert facts["written_rules"] == Fact(1, (keys[1],))
    assert facts["core_documents_missing"] == Fact(2, tuple(keys))


def test_honours_count_by_the_day_they_bear(organization):
    days = (datetime.date(2025, 11, 20), datetime.date(2025, 11, 21), TODAY, TODAY + datetime.timedelta(days=1))
    items = [DossierItemFactory(organization=organization, heading=heading("honours"), dated_on=day) for day in days]
    fact = facts_of(organization)["honours_media_12m"]
    assert fact == Fact(2, tuple(("dossier_item", str(one.uuid)) for one in items[1:3]))


def test_filed_rests_on_the_page_and_on_the_filing(place):  # noqa: F811
    filed = OrganizationFactory(filed=True, community=place.community)
    filing = FilingFactory(organization=filed, filed=True)
    facts = facts_of(filed)
    page = ("organization", str(filed.uuid))
    assert filing.status == FilingStatus.FILED
    assert facts["filed"] == Fact(True, (page, ("filing", str(filing.uuid))))
    assert facts["registered"] == Fact(False, (page,))
    registered = OrganizationFactory(registered=True, community=place.community)
    assert registered.legal_status == LegalStatus.REGISTERED
    assert facts_of(registered)["registered"].value is True


# --- satisfaction ---


def _wave(organization, closed_at=None, points=5):
    content = {
        "sections": [{"id": "s1", "items": [{"id": "q1", "kind": "likert", "scale": "satisfaction", "points": points}]}]
    }
    author, closed_at = UserFactory(), closed_at or at(2026, 6, 1)
    instrument = Instrument.objects.create(code=uuid.uuid4().hex, title="满意度", subject="member")
    version = InstrumentVersion.objects.create(
        instrument=instrument, number=1, content=content, sha256="0" * 64, published_at=closed_at
    )
    Scale.objects.create(
        version=version, code="satisfaction", label={}, items=["q1"], reverse=[], points=points, min_answered=1,
        fingerprint="0" * 64,
    )  # fmt: skip
    return Wave.objects.create(
        version=version, title="满意度", community=organization.community, organization=organization, status="closed",
        token=uuid.uuid4().hex, opens_on=closed_at.date(), closes_on=closed_at.date(), opened_at=closed_at,
        closed_at=closed_at, consent_text="同意", consent_version="1", created_by=author,
    )  # fmt: skip


def _answers(wave, sums):
    for number in sums:
        Response.objects.create(
            wave=wave, answers={"q1": number}, scores={"satisfaction": {"sum": number, "answered": 1}}, source="paper",
            entered_by=wave.created_by, begun_at=wave.opened_at, submitted_at=wave.opened_at,
        )  # fmt: skip


def test_satisfaction_is_the_mean_of_the_newest_closed_survey_with_five_answers(organization):
    old, new, small = (_wave(organization, at(2026, month, 1)) for month in (3, 6, 9))
    _answers(old, [1] * 5)
    _answers(new, [5, 5, 4, 4, 4])
    _answers(small, [1] * 4)
    assert facts_of(organization)["satisfaction_mean"] == Fact(4.4, (("wave", str(new.uuid)),))
    assert facts_of(organization, datetime.date(2026, 5, 31))["satisfaction_mean"].value == 1


def test_satisfaction_of_another_length_of_scale_is_told_from_1_to_5(organization):
    _answers(_wave(organization, points=7), [7, 7, 7, 4, 4])
    assert facts_of(organization)["satisfaction_mean"].value == round(1 + (29 / 5 - 1) * 4 / 6, 1)


# --- together with scoring ---


def test_facts_of_a_patrol_team_reach_the_seedling_stage(organization):
    SocialOrganization.objects.update(responsible_person="周队长")
    for _each in range(10):
        MembershipFactory(organization=organization)
    for month in range(1, 5):
        ActivityFactory(organization=organization, starts_at=at(2026, month, 3), **PEOPLE)
    DossierItemFactory(organization=organization, heading=heading("charter"))
    values = {code: fact.value for code, fact in facts_of(organization).items()}
    assert stage_reached(DEFAULT, values) == "seedling"
