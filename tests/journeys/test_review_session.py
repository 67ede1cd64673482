"""A review session of thirty organizations in a real browser: readable, decided row by row without leaving the page."""

import pytest

from evaluations.models import GrowthReview, StageDecision
from tests.evaluations.conftest import growth_indicators, no_standard, standard  # noqa: F401 - fixtures
from tests.evaluations.test_session import gate_of
from tests.factories.growth import ReviewFactory, give
from tests.factories.organizations import MembershipFactory, OrganizationFactory
from tests.factories.projects import ActivityFactory
from tests.factories.session import SessionFactory
from tests.journeys.window import DESKTOP, PHONE

pytestmark = pytest.mark.browser
NAMES = (
    "治安服务队",
    "舞蹈队",
    "读书会",
    "书画社",
    "合唱团",
    "邻里互助队",
    "亲子阅读角",
    "垃圾分类宣传队",
    "太极拳队",
    "花园管家",
)


@pytest.fixture
def session(personas, standard):  # noqa: F811
    made = SessionFactory(division=personas.street, created_by=personas.staff, title="2026年秋季成长评审会")
    stages = ("", "seed", "seedling", "sapling")
    for number in range(30):
        organization = OrganizationFactory(
            name=f"{NAMES[number % 10]}{number + 1}", community=personas.community, growth_stage=stages[number % 4]
        )
        MembershipFactory.create_batch(number % 4, organization=organization)
        if number == 2:
            ActivityFactory(organization=organization, recorded_by=personas.staff)
        review = ReviewFactory(organization=organization, deciding=True, session=made, opened_by=personas.worker)
        give(review, "community", personas.community_staff, "hold" if number % 3 == 0 else "promote")
        give(review, "social_worker", personas.worker)
    gate = gate_of(OrganizationFactory(name="楼道议事会", community=personas.community), personas.worker)
    GrowthReview.objects.filter(pk=gate.pk).update(session=made)
    return made


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_thirty_organizations_are_decided_row_by_row(size, session, personas, open_window):
    window = open_window(personas.staff, size=size, language="en")
    window.context.set_default_timeout(60_000)  # thirty rows on a busy machine
    page, name = window.page, "desktop" if size == DESKTOP else "phone"
    window.open(session.get_absolute_url())
    assert page.locator(".session-row").count() == 31
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    window.picture(f"{name}-top")
    row = page.locator(".session-row", has=page.locator("details.session-decide")).nth(0)
    address = row.get_attribute("id")
    row = page.locator(f"#{address}")
    row.locator("details.session-decide > summary").click()
    row.scroll_into_view_if_needed()
    window.picture(f"{name}-form")
    row.get_by_role("button", name="Decide").click()
    row.get_by_text("This field is required.").first.wait_for()
    row.locator("select").first.select_option(index=1)
    row.locator("textarea").fill("活动稳定，骨干到位")
    row.get_by_role("button", name="Decide").click()
    row.get_by_text("活动稳定，骨干到位").wait_for()
    assert "1 / 31" in page.locator("#session-progress").inner_text()
    window.picture(f"{name}-decided")
    assert StageDecision.objects.count() == 1
    window.open(session.get_absolute_url() + "?show=open")
    assert page.locator(".session-row").count() == 30
    page.mouse.wheel(0, 2500)
    page.wait_for_timeout(300)
    window.picture(f"{name}-middle")
    if size == DESKTOP:
        assert page.locator(".session-head").bounding_box()["y"] < 80
