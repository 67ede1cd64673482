"""How growth is told: what is missing to the next stage with what would close it, and why the platform gave its points."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse

from evaluations.models import GrowthStandard
from evaluations.panels.organization_growth import OrganizationGrowthPanel
from evaluations.registries import Fact
from evaluations.services.assessment import RuleRow, sheet_of
from evaluations.services.evidence import as_data
from evaluations.services.growth import what_is_missing
from organizations.models import DossierHeading, SocialOrganization
from tests.factories.growth import ReviewFactory, as_decided, make_standard, small_standard
from tests.factories.organizations import DossierItemFactory, MembershipFactory


def url(name, *arguments):
    return reverse(f"evaluations:{name}", args=arguments)


def test_what_is_missing_is_live_and_says_where_to_go(place, standard, sign_in):
    outlook = what_is_missing(place.organization)
    assert [(row.code, row.met, row.have) for row in outlook.ladder.rows] == [("three", False, 0)]
    assert outlook.ladder.rows[0].url == f"/organizations/{place.organization.uuid}/members/"
    MembershipFactory(organization=place.organization)
    assert what_is_missing(place.organization).missing == []
    place.organization.growth_stage = "seed"
    heading = DossierHeading.objects.filter(code="charter").first() or DossierHeading.objects.create(
        code="charter", name="章程"
    )
    rows = {row.code: row for row in what_is_missing(place.organization).ladder.rows}
    assert {code: row.met for code, row in rows.items()} == {"members": False, "charter": False}
    assert rows["charter"].url == reverse("organizations:dossier-detail", args=[place.organization.uuid])
    DossierItemFactory(organization=place.organization, heading=heading, uploaded_by=place.worker)
    assert [row.code for row in what_is_missing(place.organization).missing] == ["members"]
    place.organization.growth_stage = "tree"
    assert (what_is_missing(place.organization).stage, what_is_missing(place.organization).missing) == ("", [])


def real_standard(*rules):
    """The small standard with indicators that the platform has, and these rules for its first stage."""
    content = small_standard()
    people, work, *_judged = content["dimensions"][0]["indicators"]
    people["source"], work["source"] = "auto:members", "auto:activities_12m"
    content["forms"][0]["rules"][0]["fact"] = "members"
    content["stages"][0]["rules"] = [
        {"code": code, "label": {"zh-hans": code, "en": code}, "fact": fact, "op": op, "value": value}
        for code, fact, op, value in rules
    ]
    return content


def test_what_is_missing_to_a_score_leads_to_what_would_bring_most_of_it(place):
    content = real_standard(
        ("people", "indicator:people", ">=", 5), ("planned", "indicator:planning", ">=", 5),
        ("all", "template_score", ">=", 10), ("part", "dimension:all", ">=", 10), ("band", "band", "==", "good"),
        ("same", "rule:people", "==", True), ("form", "form:strong_ties", "==", True),
        ("happy", "satisfaction_mean", ">=", 4), ("meets", "joint_meetings_attended_12m", ">=", 1),
    )  # fmt: skip
    make_standard(content, division=place.street, code="own")
    members, in_review = (
        f"/organizations/{place.organization.uuid}/members/",
        url("review-open", place.organization.uuid),
    )
    ask = f"{url('wave-create')}?about=organization%3A{place.organization.uuid}"

    assert {row.code: row.url for row in what_is_missing(place.organization).ladder.rows} == {
        "people": members, "planned": in_review, "all": in_review, "part": in_review, "band": in_review, "same": members,
        "form": members, "happy": ask, "meets": in_review,
    }  # fmt: skip
    content["dimensions"][0]["indicators"] = content["dimensions"][0]["indicators"][:2]
    make_standard(content, division=place.community, code="near")
    MembershipFactory.create_batch(5, organization=place.organization)
    rows = {row.code: row for row in what_is_missing(place.organization).ladder.rows}
    assert rows["all"].url == f"{reverse('projects:activity-list')}?organization={place.organization.uuid}"


def test_nobody_is_led_to_a_page_that_they_may_not_open(place):
    content = real_standard(("planned", "indicator:planning", ">=", 5), ("happy", "satisfaction_mean", ">=", 4))
    make_standard(content, division=place.street, code="own")
    in_review, ask = url("review-open", place.organization.uuid), url("wave-create")
    assert {name: shown_to(getattr(place, name), place.organization) for name in ("worker", "staff", "evaluator")} == {
        "worker": [in_review, ask], "staff": [in_review, ""], "evaluator": ["", ""],
    }  # fmt: skip
    running = ReviewFactory(organization=place.organization)
    assert shown_to(place.evaluator, place.organization) == [running.get_absolute_url(), ""]


def shown_to(user, organization):
    organization.__dict__.pop("_outlook", None)
    rows = OrganizationGrowthPanel.context(user, organization)["outlook"].ladder.rows
    return [row.url.partition("?")[0] for row in rows]


def test_a_share_is_told_as_a_percentage_wherever_it_stands():
    row = RuleRow("led", "", "tree", "0.6667", ">=", "0.5", True, facts=("leadership_share",))
    assert (row.have_words, row.need_words) == ("66.67 %", "≥ 50 %")
    row = RuleRow("left", "", "tree", [], "==", None, False, facts=("core_documents_missing",))
    assert (row.have_words, row.need_words) == ("none", "not known")


# --- why the platform gave its points ---


def test_the_score_sheet_says_why_the_platform_gave_its_points():
    content = small_standard()
    shares = {"kind": "tiers", "tiers": [{"at": "0.5", "points": 5}], "else": 0}
    content["dimensions"][0]["indicators"].append(
        {"code": "led", "label": {"zh-hans": "自主"}, "points": 5, "source": "auto:leadership_share", "mode": shares}
    )
    facts = as_data({"test_members": Fact(3), "leadership_share": Fact("0.6667")})
    rows = sheet_of(content, facts, {})["blocks"][0]["rows"]
    assert {row["code"]: (str(row["platform"]), row["why"]) for row in rows} == {
        "people": ("3.00", "3: 1 points to begin with and 2 steps of 1 points, 5 at most."),
        "work": ("None", "Not known yet, so no points for now."),
        "planning": ("None", ""),
        "money": ("None", ""),
        "led": ("5.00", "66.67 % reaches the tier from 50 % on."),
    }


def test_the_page_of_a_review_shows_why(standard, place, sign_in):
    MembershipFactory.create_batch(2, organization=place.organization)
    review = ReviewFactory(organization=place.organization, opened_by=place.worker)
    page = sign_in(place.worker).get(review.get_absolute_url()).content.decode()
    assert "2: 1 points to begin with and 1 steps of 1 points, 5 at most." in page
    assert "0; points begin at 1." in page


# --- the panel ---


def test_what_is_missing_without_a_standard_says_so(place):
    GrowthStandard.objects.update(is_active=False)
    assert what_is_missing(place.organization).ladder is None
    assert "No growth standard is published" in panel(place.organization, place.worker)


def panel(organization, user):
    request = RequestFactory().get("/")
    request.user = user
    context = OrganizationGrowthPanel.context(user, organization) | {
        "panel": OrganizationGrowthPanel,
        "request": request,
    }
    return render_to_string(OrganizationGrowthPanel.template, context, request)


@pytest.mark.parametrize("number", [1, 3])
def test_the_panel_is_bounded(number, standard, place, django_assert_num_queries):
    MembershipFactory.create_batch(2, organization=place.organization)
    review = ReviewFactory(organization=place.organization, opened_by=place.worker, status="deciding")
    MembershipFactory.create_batch(number, organization=place.organization)
    as_decided(review)
    organization = SocialOrganization.objects.select_related("community__parent").get(pk=place.organization.pk)
    place.worker.access.grants  # noqa: B018 - read once for each request
    with django_assert_num_queries(PANEL_QUERIES):
        seen = panel(organization, place.worker)
    assert "What is missing to the stage “seedling”" in seen
    assert "Decisions so far" in seen


PANEL_QUERIES = 14
