"""The second journey: members answer a questionnaire on their phones, a need becomes an objective, and half a year later
the same people answer once more."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from evaluations.choices import LinkedBy, WaveKind, WaveStatus
from evaluations.models import AnalysisRun, InstrumentVersion, LinkDoubt, Response, Wave
from evaluations.services.effect import JOB
from evaluations.services.wave import close_wave
from incubator.jobs.models import Job
from incubator.jobs.runner import run_one
from projects.models import Objective
from tests.factories.organizations import MembershipFactory
from tests.factories.projects import ProjectFactory
from tests.factories.waves import WaveFactory
from tests.journeys.members import answer_elsewhere, code_of, fill_in, hand_in, said_by
from tests.journeys.window import DESKTOP, LOCALES, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_BYTES = 300_000
HALF_A_YEAR = datetime.timedelta(days=182)
MEMBERS, STAYED = 24, 20
ON_PHONES, ON_PHONES_AGAIN = 3, 2  # in the browser; the others hand in by the same service
STATEMENT = "我能写出一份像样的活动方案"  # what fewest agree with at first (members.HARDEST)
LEVELS = ("individual", "interpersonal", "social")
TURN, IS_TURNED, COMPUTING = "转为目标", "已是目标", "正在计算"


@pytest.fixture
def version(personas):
    """The shipped questionnaire on needs at three levels."""
    return InstrumentVersion.objects.get(instrument__code="needs-three-levels")


@pytest.fixture
def project(personas, patrol):
    MembershipFactory.create_batch(MEMBERS, organization=patrol)
    return ProjectFactory(organization=patrol, lead=personas.worker, name="夜巡项目")


def hold_survey(window, project, kind, title, version=None):
    """The worker plans a survey on the project's page, as it is proposed there, and opens it. Returns it with the address
    behind its code."""
    page = window.page
    window.open(project.get_absolute_url())
    page.locator(f"#measurement a[href*='kind={kind}']").click()
    page.wait_for_url("**/waves/new/**")
    if version:
        page.locator("select[name=version]").select_option(str(version.uuid))
    page.locator("[name=title]").fill(title)
    window.look()
    window.send()
    page.wait_for_url(lambda url: "/new/" not in url)
    wave = Wave.objects.get(title=title)
    page.locator(f"a[href='{reverse('evaluations:wave-open', args=[wave.uuid])}']").click()
    page.wait_for_url("**/open/")
    window.look()
    window.send()
    expect(page.locator("#code .door-picture")).to_be_visible()
    window.look()
    wave = Wave.objects.select_related("version", "project").get(pk=wave.pk)
    assert (wave.status, wave.kind, wave.linked_by) == (WaveStatus.OPEN, kind, LinkedBy.SELF_CODE)
    assert (wave.project, wave.expected) == (project, MEMBERS)
    return wave, page.locator("#code .wave-address a").get_attribute("href")


def weight(response):
    """Bytes of an answer with its head. The server of the tests packs nothing, so a phone never loads more."""
    return len(response.body()) + sum(len(name) + len(value) + 4 for name, value in response.headers.items())


def test_members_answer_twice_and_what_changed_is_read(open_window, personas, project, version):
    worker = open_window(personas.worker, size=DESKTOP)
    page = worker.page
    before, address = hold_survey(worker, project, WaveKind.BASELINE, "夜巡队前测", version)

    first = open_window()
    fill_in(first, address, 0, version, code=code_of(0))
    first.page.locator("main button[type=submit]").tap()
    expect(first.page.locator(".about .wrong")).to_have_text("请先看知情同意内容，再勾选。")
    expect(first.page.locator("#id_code")).to_have_value(code_of(0))
    first.look()
    first.forgive("422")
    hand_in(first)
    first.look()
    for number in range(1, ON_PHONES):
        phone = open_window()
        fill_in(phone, address, number, version, code=code_of(number))
        phone.look()
        hand_in(phone)
    answer_elsewhere(before, range(ON_PHONES, MEMBERS))
    sheets = list(Response.objects.filter(wave=before).order_by("pk").values_list("answers", flat=True))
    assert sheets == [said_by(number, version) for number in range(MEMBERS)]

    worker.open(before.get_absolute_url())
    expect(page.locator("#progress h2")).to_have_text("共 24 人，已有 24 人作答")
    page.locator(f"a[href='{reverse('evaluations:wave-result', args=[before.uuid])}']").first.click()
    page.wait_for_url("**/results/")
    for level in LEVELS:
        expect(page.locator(f"#level-{level} li.need")).to_have_count(6)
    worker.look()
    need = page.locator("#level-individual li.need").first
    expect(need.locator(".need-text")).to_contain_text(STATEMENT)
    need.get_by_role("button", name=TURN).click()
    expect(need.get_by_role("link", name=IS_TURNED)).to_be_visible()
    objective = Objective.objects.get()
    assert (objective.project, objective.level, objective.need.level) == (project, "individual", "individual")
    need.get_by_role("link", name=IS_TURNED).click()
    page.wait_for_url(f"**{reverse('projects:project-plan', args=[project.uuid])}")
    expect(page.locator("main")).to_contain_text(f"让更多人能说：“{STATEMENT}")
    worker.look()

    close_wave(wave_id=before.pk, actor=personas.worker)
    Wave.objects.filter(pk=before.pk).update(
        opens_on=before.opens_on - HALF_A_YEAR, closes_on=before.closes_on - HALF_A_YEAR
    )
    after, address = hold_survey(worker, project, WaveKind.ENDLINE, "夜巡队后测")
    assert (after.earlier, after.version) == (before, version)
    for number in range(ON_PHONES_AGAIN):
        phone = open_window()
        fill_in(phone, address, number, version, code=f" {code_of(number).lower()}", later=True)
        hand_in(phone)
    answer_elsewhere(after, range(ON_PHONES_AGAIN, STAYED), later=True)
    assert (Response.objects.filter(wave=after).count(), LinkDoubt.objects.count()) == (STAYED, 0)

    worker.open(project.get_absolute_url())
    page.locator("#effect a[href*='/effects/new/']").click()
    page.wait_for_url("**/effects/new/**")
    for name, wave in (("before", before), ("after", after)):
        expect(page.locator(f"select[name={name}]")).to_have_value(str(wave.uuid))
    worker.look()
    worker.send()
    expect(page.get_by_role("heading", name=COMPUTING)).to_be_visible()
    run_one(Job.objects.get(name=JOB).pk)
    expect(page.locator("#people-title")).to_have_text(
        "前测 24 人作答，后测 20 人，其中 20 人可配对。", timeout=15_000
    )  # the page fills by itself
    run = AnalysisRun.objects.get()
    assert (run.answered_before, run.answered_after, run.matched) == (MEMBERS, STAYED, STAYED)
    expect(page.locator("#people table").first.locator("tbody tr")).to_have_count(len(LEVELS))
    expect(page.locator("#changes svg.measure")).to_be_visible()
    rows = page.locator("#changes table").first.locator("tbody tr")
    expect(rows).to_have_count(len(LEVELS))
    expect(rows.first.locator("td").first).to_have_text(str(STAYED))
    expect(page.locator("#scale-individual line.m-rose")).to_have_count(STAYED)
    worker.look()
    worker.resize(PHONE)
    worker.look()


@pytest.mark.parametrize("language", LOCALES)
def test_the_page_behind_the_code_weighs_less_than_300_kb(open_window, patrol, version, language):
    today, window, seen = timezone.localdate(), open_window(language=language), []
    wave = WaveFactory(
        organization=patrol, version=version, opened=True, linked_by=LinkedBy.SELF_CODE, opens_on=today,
        closes_on=today + datetime.timedelta(days=9),
    )  # fmt: skip
    window.context.on("response", lambda response: seen.append(response))  # noqa: PLW0108 - a method keeps no marks
    window.open(wave.get_answer_url())
    assert {response.request.resource_type for response in seen} >= {"document", "stylesheet", "script", "image"}
    assert sum(weight(response) for response in seen) < MOST_BYTES
    window.look()
