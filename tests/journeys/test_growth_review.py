"""The third journey: an organization sees what it lacks to the next stage, is reviewed by three parties who do not see each
other's opinions, and the street decides."""

import datetime

import docx
import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from evaluations.choices import OpinionStatus, ReviewStatus
from evaluations.models import GrowthReview, StageDecision
from incubator.accounts.choices import Role
from organizations.models import SocialOrganization
from projects.models import FollowUp
from tests.factories.accounts import UserFactory
from tests.factories.organizations import MembershipFactory
from tests.factories.plan import ProjectWorkerFactory
from tests.factories.projects import STARTS_ON, ActivityFactory, ProjectFactory
from tests.journeys.office import paper_text
from tests.journeys.window import DESKTOP, PHONE
from tests.personas import give_grant, give_leader

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TRAININGS = 2
MISSING, TOP = "到“小树”阶段还差什么", "到“大树”阶段还差什么"
CORE_TEAM, FILED = "骨干不少于 3 人", "已备案（或已登记）"
NOTE, LOST_POINTS = "备案一年了，想看看还差什么。", "方案还靠社工帮着写"
REASON, CONDITION = "备案满一年，两次培训都自己主持。", "补齐财务制度"
REFUSED = "你服务过这个组织，请由没有服务过的同事决定。"
# Who gives an opinion, in this order, and what they say.
OPINIONS = {
    "leader": "我们自己能排班了",
    "worker": "骨干会主持会议了",
    "community_staff": "楼里的人都认得他们",
}  # fmt: skip


@pytest.fixture
def seedling(personas, patrol):
    """A filed organization at the second stage: three members, two trainings, a leader with an account."""
    SocialOrganization.objects.filter(pk=patrol.pk).update(growth_stage="seedling", responsible_person="周队长")
    give_leader(personas.leader, patrol.uuid)
    MembershipFactory.create_batch(3, organization=patrol)
    for number in range(TRAININGS):
        ActivityFactory(
            organization=patrol, recorded_by=personas.worker, training=True, title=f"第{number + 1}次骨干培训",
            starts_at=timezone.now() - datetime.timedelta(days=20 + number),
        )  # fmt: skip
    return SocialOrganization.objects.get(pk=patrol.pk)


@pytest.fixture
def colleague(personas, seedling):
    """Of the same street office, and once in the team of a project of the organization."""
    person = UserFactory(name="吴街道")
    give_grant(person, Role.STREET_STAFF, division=personas.street)
    ProjectWorkerFactory(
        project=ProjectFactory(organization=seedling, lead=personas.worker), user=person,
        until_on=STARTS_ON + datetime.timedelta(days=30),
    )  # fmt: skip
    return person


def status_of(review):
    return GrowthReview.objects.values_list("status", flat=True).get(pk=review.pk)


def growth_of(organization):
    return reverse("organizations:organization-growth", args=[organization.uuid])


def open_review(window, organization):
    """From the organization's page, where it says what is missing. Returns the review."""
    page = window.page
    window.open(organization.get_absolute_url())
    expect(page.locator(".badges .stage-seedling")).to_be_visible()
    page.locator(f"dd a[href='{growth_of(organization)}']").click()
    growth = page.locator("#growth")
    expect(growth.locator("h2")).to_have_text(MISSING)
    expect(growth.locator("li.is-met", has_text=FILED)).to_be_visible()
    members = reverse("organizations:membership-list", args=[organization.uuid])
    expect(growth.locator("li.is-missing", has_text=CORE_TEAM).locator(f"a[href='{members}']")).to_be_visible()
    window.look()
    growth.locator(f"a[href='{reverse('evaluations:review-open', args=[organization.uuid])}']").click()
    page.wait_for_url("**/reviews/open/**")
    page.locator("[name=note]").fill(NOTE)
    window.look()
    window.send()
    page.wait_for_url(lambda url: "/open/" not in url)
    return GrowthReview.objects.get()


def give_opinion(window, review, words, *, hidden):
    """Nobody reads ``hidden`` before their own opinion is in, nor after it while another one is out."""
    page = window.page
    window.open(review.get_absolute_url())
    main = page.locator("main")
    expect(page.locator("#opinions .sealed")).to_be_visible()
    for others in hidden:
        expect(main).not_to_contain_text(others)
    page.locator("#opinions a[href$='/give/']").click()
    page.wait_for_url("**/give/")
    for others in hidden:
        expect(main).not_to_contain_text(others)
    window.look()
    page.locator("[name=recommendation][value=promote]").check()
    page.locator("[name=comment]").fill(words)
    window.send()
    page.wait_for_url(f"**{review.get_absolute_url()}")
    expect(page.locator("#opinions")).to_contain_text(words)
    if status_of(review) == ReviewStatus.OPINIONS:
        for others in hidden:
            expect(main).not_to_contain_text(others)
    window.look()


def test_a_seedling_is_reviewed_and_becomes_a_sapling(open_window, personas, seedling, colleague, tmp_path):
    worker = open_window(personas.worker)
    review = open_review(worker, seedling)
    address = review.get_absolute_url()
    expect(worker.page.locator(".seal code").first).to_have_text(review.manifest.sha256)
    worker.look()
    worker.page.locator("a[href$='?fact=activities_12m']").first.click()
    worker.page.wait_for_url("**/evidence/**")
    expect(worker.page.locator("main ul.plain-list li")).to_have_count(TRAININGS)
    worker.look()

    leader = open_window(personas.leader)
    leader.open(address)
    leader.page.locator("main a[href$='/score/self/']").click()
    leader.page.locator("[name=points_0]").fill("4")
    leader.page.locator("[name=reason_0]").fill(LOST_POINTS)
    leader.look()
    leader.send()
    leader.page.wait_for_url(f"**{address}")
    assert (status_of(review), review.is_blind) == (ReviewStatus.OPINIONS, True)

    given = []
    for name, words in OPINIONS.items():
        give_opinion(open_window(getattr(personas, name), size=PHONE), review, words, hidden=given)
        given.append(words)
        if status_of(review) == ReviewStatus.OPINIONS:  # whoever was first still reads no other
            leader.open(address)
            expect(leader.page.locator("#opinions")).to_contain_text(given[0])
            for others in given[1:]:
                expect(leader.page.locator("main")).not_to_contain_text(others)
    assert status_of(review) == ReviewStatus.DECIDING
    assert review.opinions.filter(status=OpinionStatus.SUBMITTED).count() == len(OPINIONS)

    decide = reverse("evaluations:review-decide", args=[review.uuid])
    refused = open_window(colleague, size=DESKTOP)
    refused.open(address)
    expect(refused.page.locator("main .reason", has_text=REFUSED)).to_be_visible()
    expect(refused.page.locator(f"a[href='{decide}']")).to_have_count(0)
    refused.look()
    assert refused.open(decide).status == 403
    expect(refused.page.locator(".notice-reason")).to_have_text(REFUSED)
    refused.forgive("403")
    assert StageDecision.objects.count() == 0

    street = open_window(personas.staff, size=DESKTOP)
    page = street.page
    street.open(f"{reverse('evaluations:review-list')}?waiting=true")
    street.look()
    page.locator(f"a.row-link[href='{address}']").click()
    page.locator(f"a[href='{decide}']").click()
    page.wait_for_url(f"**{decide}")
    for words in OPINIONS.values():
        expect(page.locator("#opinions")).to_contain_text(words)
    street.look()
    page.locator("[name=outcome][value='promote:sapling']").check()
    page.locator("[name=to_form]").select_option("weak_organization")
    page.locator("[name=reason]").fill(REASON)
    page.locator("[name=condition_1]").fill(CONDITION)
    page.locator("[name=due_1]").fill((timezone.localdate() + datetime.timedelta(days=60)).isoformat())
    street.send()
    page.wait_for_url(f"**{address}")
    decision = page.locator("#decision")
    expect(decision.locator(".stage-sapling")).to_be_visible()
    expect(decision).to_contain_text(REASON)
    expect(decision.locator(".replayed.is-equal")).to_be_visible()
    street.look()
    stored = StageDecision.objects.get()
    assert (stored.from_stage, stored.to_stage, stored.reason) == ("seedling", "sapling", REASON)
    assert (stored.decided_by, FollowUp.objects.get().title) == (personas.staff, CONDITION)
    with page.expect_download() as found:
        decision.locator("a[href$='/decision.docx']").click()
    found.value.save_as(tmp_path / "decision.docx")
    assert seedling.name in found.value.suggested_filename
    table = docx.Document(tmp_path / "decision.docx").tables[0]
    facts = {row.cells[number].text: row.cells[number + 1].text.strip() for row in table.rows for number in (0, 2)}
    assert [facts[name] for name in ("原成长阶段", "评审后阶段", "决定理由")] == ["幼苗", "小树", REASON]
    told = paper_text(tmp_path / "decision.docx")
    printed = (seedling.name, CONDITION, review.manifest.sha256, *OPINIONS.values())
    assert [words for words in printed if words not in told] == []

    worker.open(seedling.get_absolute_url())
    expect(worker.page.locator(".badges .stage-sapling")).to_be_visible()
    expect(worker.page.locator(".badges .stage-seedling")).to_have_count(0)
    worker.open(growth_of(seedling))
    expect(worker.page.locator("#growth h2")).to_have_text(TOP)
    worker.look()
