"""The radar on an organization's page: dimensions now, live, beside those of the last decision."""

import datetime

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from evaluations.panels.organization_growth import OrganizationGrowthPanel
from evaluations.panels.organization_radar import OrganizationRadarPanel, finding, picture_of
from evaluations.services.radar import Axis, Radar, radar_of
from organizations.models import SocialOrganization
from tests.evaluations.growth_indicators import MembersIndicator
from tests.factories.board import move_to
from tests.factories.organizations import MembershipFactory
from tests.factories.projects import ActivityFactory

DAY = datetime.date(2026, 2, 3)


def fresh(organization):
    return SocialOrganization.objects.select_related("community__parent").get(pk=organization.pk)


def panel(organization, user):
    request = RequestFactory().get("/")
    request.user = user
    context = OrganizationRadarPanel.context(user, organization) | {"panel": OrganizationRadarPanel}
    return render_to_string(OrganizationRadarPanel.template, context, request)


def test_now_is_live_and_then_is_what_was_frozen(place, standard):
    MembershipFactory.create_batch(2, organization=place.organization)
    judged = {"panel": {"planning": {"points": "4.00", "reason": ""}}}
    decision = move_to(place.organization, "seed", DAY)
    frozen = decision.result | {"judged": judged, "score": {"dimensions": [
        {"code": "all", "points": "6.00", "full": "20.00"}
    ]}}  # fmt: skip
    move = move_to(place.organization, "seedling", DAY + datetime.timedelta(days=90), result=frozen)
    before = radar_of(fresh(place.organization))
    MembershipFactory.create_batch(2, organization=place.organization)
    radar = radar_of(fresh(place.organization))

    assert radar.decision == move
    assert [(axis.label, axis.last) for axis in radar.axes] == [("Everything", 30)]
    assert radar.axes[0].now - before.axes[0].now == 10
    assert before.axes[0].now >= 30  # two members are two points, four were given: none is lost without a new review


def test_without_a_decision_there_is_only_now_and_without_a_standard_nothing(place, growth_indicators):
    assert radar_of(fresh(place.organization)) is None
    assert "No growth standard is published" in panel(fresh(place.organization), place.worker)


def test_the_panel_has_a_table_where_a_picture_would_have_no_shape(place, standard):
    seen = panel(fresh(place.organization), place.worker)
    assert "Everything" in seen
    assert "<polygon" not in seen
    assert "Most is to be gained here: Everything" in seen


def test_at_the_top_stage_the_radar_still_tells_where_it_stands(place, standard):
    MembershipFactory.create_batch(3, organization=place.organization)
    SocialOrganization.objects.filter(pk=place.organization.pk).update(growth_stage="tree")
    assert radar_of(fresh(place.organization)).axes[0].now > 0


def test_the_title_says_what_changed_most():
    axes = [Axis("甲", 50, 40), Axis("乙", 20, 60), Axis("丙", 10, None)]
    assert finding(Radar(axes, decision=True)) == "Since the last decision most lost: 乙, from 60% to 20%"
    assert finding(Radar(axes[:1], decision=True)) == "Since the last decision most gained: 甲, from 40% to 50%"
    assert finding(Radar([Axis("甲", 40, 40)], decision=True)) == "As at the last decision"


def test_the_picture_reaches_from_the_middle_to_the_rim():
    picture = picture_of([Axis("甲", 100, 0), Axis("乙", 0, 0), Axis("丙", 0, 0), Axis("丁", 50, 0)])
    assert picture["now"] == "210.0,60.0 210.0,165.0 210.0,165.0 157.5,165.0"
    assert picture["last"] == " ".join(["210.0,165.0"] * 4)
    assert [word["anchor"] for word in picture["words"]] == ["middle", "start", "middle", "end"]
    assert picture_of([Axis("甲", 1, None)] * 3)["last"] == ""


@pytest.mark.parametrize("number", [1, 3])
def test_both_panels_gather_once(number, place, standard, monkeypatch, django_assert_num_queries):
    MembershipFactory.create_batch(number, organization=place.organization)
    for _ in range(number):
        ActivityFactory(organization=place.organization, recorded_by=place.worker)
    move_to(place.organization, "seed", DAY)
    organization, asked = fresh(place.organization), []
    compute = MembersIndicator.compute
    monkeypatch.setattr(MembersIndicator, "compute", lambda *given: asked.append(given) or compute(*given))
    OrganizationGrowthPanel.context(place.worker, organization)
    with django_assert_num_queries(0):
        OrganizationRadarPanel.context(place.worker, organization)
    assert len(asked) == 1
