"""Papers of projects and records: what they print, batches as a zip, short reports, notices for chat groups."""

import datetime
import io
import zipfile

import pytest
from django.urls import reverse
from docx import Document

from incubator.reporting.registries import papers
from projects.choices import Consent
from projects.models import IncubationProject, Objective, ObjectiveIndicator, ProjectNeed
from projects.services import paper as services
from projects.services.activity_link import write_links
from projects.services.kind import kinds_in_use
from tests.factories.evidence import EvidenceFactory
from tests.factories.organizations import OrganizationFactory
from tests.factories.plan import PlanFactory
from tests.factories.projects import ActivityFactory, ProjectFactory
from tests.factories.review import AnnouncementFactory


@pytest.fixture
def project(place):
    return ProjectFactory(
        organization=place.organization, lead=place.worker, goal="自己排班", ends_on=datetime.date(2026, 12, 31)
    )


@pytest.fixture
def activity(place, project):
    made = ActivityFactory(
        organization=place.organization, recorded_by=place.worker, project=project, training=True, place_text="活动室"
    )
    write_links(made)
    return made


def words(content):
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def names_in(response):
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as archive:
        return archive.namelist()


@pytest.mark.parametrize(
    "code", [paper.code for paper in papers if paper.target == "projects.activity" and paper.code != "brief-report"]
)
def test_each_paper_of_a_record_prints(place, sign_in, activity, code):
    answer = sign_in(place.worker).get(reverse("projects:activity-paper", args=[activity.uuid, code]))
    assert answer.status_code == 200
    text = words(answer.content)
    assert "怎样开好骨干会" in text
    assert "{{" not in text


def test_the_lecturer_stands_in_the_first_line_of_the_receipt(place, sign_in, activity):
    answer = sign_in(place.worker).get(reverse("projects:activity-paper", args=[activity.uuid, "lecturer-receipt"]))
    assert "王社工" in words(answer.content)


@pytest.mark.parametrize("code", ["nothing", "project-plan"])
def test_a_paper_of_something_else_is_not_found(place, sign_in, activity, code):
    assert sign_in(place.worker).get(reverse("projects:activity-paper", args=[activity.uuid, code])).status_code == 404


def test_the_plan_prints_needs_objectives_indicators_and_activities(place, sign_in, project):
    need = ProjectNeed.objects.create(project=project, level="individual", text="不敢当众说话")
    objective = Objective.objects.create(project=project, need=need, level="individual", text="骨干会主持会议")
    ObjectiveIndicator.objects.create(objective=objective, name="主持次数", target=4)
    PlanFactory(project=project, objective=objective, title="主持人训练")
    answer = sign_in(place.staff).get(reverse("projects:project-paper", args=[project.uuid, "project-plan"]))
    text = words(answer.content)
    for word in ("不敢当众说话", "骨干会主持会议", "主持次数", "主持人训练", "2026-11-10", "自己排班"):
        assert word in text


def test_the_table_of_activities_keeps_to_its_period(place, sign_in, project, activity):
    url = reverse("projects:project-paper", args=[project.uuid, "activity-table"])
    client = sign_in(place.staff)
    assert "怎样开好骨干会" in words(client.get(url).content)
    assert "怎样开好骨干会" in words(client.get(f"{url}?from_on=2026-11-03&until_on=2026-11-03").content)
    assert "怎样开好骨干会" not in words(client.get(f"{url}?from_on=2026-11-04").content)


def test_the_index_of_the_file_names_every_record(place, sign_in, project, activity):
    text = words(
        sign_in(place.staff).get(reverse("projects:project-paper", args=[project.uuid, "project-index"])).content
    )
    assert "怎样开好骨干会" in text
    assert "共 1 件" in text


def test_papers_of_another_street_are_not_found(place, sign_in, project, activity):
    client = sign_in(place.other_worker)
    for url in (
        reverse("projects:project-paper", args=[project.uuid, "project-plan"]),
        reverse("projects:activity-paper", args=[activity.uuid, "activity-summary"]),
        reverse("projects:activity-record", args=[activity.uuid]),
        reverse("projects:paper-brief", args=[activity.uuid]),
        reverse("projects:activity-qr", args=[activity.uuid]),
    ):
        assert client.get(url).status_code == 404


# --- short report ------------------------------------------------------------------------------------------------------


def brief(client, activity, photos, consent):
    data = {
        "title": "骨干会开起来了",
        "text": "第一段\n第二段",
        "photos": [str(p.uuid) for p in photos],
        "consent": consent,
    }
    return client.post(reverse("projects:paper-brief", args=[activity.uuid]), data)


def pictures_in(answer):
    return len(Document(io.BytesIO(answer.content)).inline_shapes)


def test_pictures_without_consent_are_left_out_of_a_report_unless_confirmed(place, sign_in, activity):
    public = EvidenceFactory(activity=activity, consent=Consent.PUBLIC)
    unknown = EvidenceFactory(activity=activity, caption="未问过")
    client = sign_in(place.worker)
    page = client.get(reverse("projects:paper-brief", args=[activity.uuid])).content.decode()
    assert "未问过 (not marked “may be published”)" in page
    assert pictures_in(brief(client, activity, [public, unknown], "marked")) == 1
    answer = brief(client, activity, [public, unknown], "confirmed")
    assert pictures_in(answer) == 2
    assert "骨干会开起来了" in words(answer.content)


def test_a_report_takes_at_most_four_pictures_and_none_that_was_taken_back(place, sign_in, activity):
    from django.utils import timezone

    photos = [EvidenceFactory(activity=activity, consent=Consent.PUBLIC) for _number in range(5)]
    gone = EvidenceFactory(
        activity=activity, consent=Consent.PUBLIC, withdrawn_at=timezone.now(), withdrawn_reason="重复"
    )
    client = sign_in(place.worker)
    assert brief(client, activity, photos, "marked").status_code == 422
    assert brief(client, activity, [gone], "marked").status_code == 422
    assert pictures_in(brief(client, activity, photos[:4], "marked")) == 4


def test_a_record_without_pictures_gives_a_report_without(place, sign_in, activity):
    answer = brief(sign_in(place.worker), activity, [], "")
    assert answer.status_code == 200
    assert pictures_in(answer) == 0


# --- batches -----------------------------------------------------------------------------------------------------------


def test_a_batch_holds_every_record_form_once_under_safe_names(place, sign_in, project):
    odd = OrganizationFactory(name='队/名:*?"<>|', community=place.community)
    for organization in (place.organization, place.organization, odd):
        ActivityFactory(organization=organization, recorded_by=place.worker)
    ActivityFactory(organization=place.other_organization, recorded_by=place.other_worker)
    names = names_in(sign_in(place.worker).get(reverse("projects:paper-batch-file") + "?month=2026-11&kind=visit"))
    assert len(names) == len(set(names)) == 3
    assert not any(char in name for name in names for char in '/\\:*?"<>|')
    assert any("(2)" in name for name in names)


def test_a_batch_of_a_project_holds_what_served_it(place, sign_in, project, activity):
    ActivityFactory(organization=OrganizationFactory(community=place.community), recorded_by=place.worker)
    client = sign_in(place.worker)
    assert len(names_in(client.get(f"{reverse('projects:paper-batch-file')}?project={project.uuid}"))) == 1


def test_too_many_records_are_refused_with_what_to_do(place, sign_in, monkeypatch):
    monkeypatch.setattr(services, "MOST_IN_A_BATCH", 1)
    for _number in range(2):
        ActivityFactory(organization=place.organization, recorded_by=place.worker)
    client = sign_in(place.worker)
    answer = client.get(reverse("projects:paper-batch-file") + "?month=2026-11", follow=True)
    assert "Please narrow it down" in answer.content.decode()


def test_an_empty_batch_says_so(place, sign_in):
    answer = sign_in(place.worker).get(reverse("projects:paper-batch-file") + "?month=2020-01", follow=True)
    assert "No record fits this choice" in answer.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_a_batch_costs_the_same_for_one_record_and_for_three(place, sign_in, django_assert_num_queries, number):
    for _number in range(number):
        ActivityFactory(organization=place.organization, recorded_by=place.worker)
    client = sign_in(place.worker)
    kinds_in_use()  # those made in the browser are remembered for a minute
    with django_assert_num_queries(11):
        assert len(names_in(client.get(reverse("projects:paper-batch-file") + "?month=2026-11"))) == number


def test_the_page_of_batches_counts_what_it_packs(place, sign_in):
    ActivityFactory(organization=place.organization, recorded_by=place.worker)
    page = sign_in(place.worker).get(reverse("projects:paper-batch") + "?month=2026-11")
    assert page.context["number"] == 1
    assert sign_in(place.finance).get(reverse("projects:paper-batch")).status_code == 403


# --- for chat groups ---------------------------------------------------------------------------------------------------


def test_activities_and_plans_have_a_notice_and_a_picture(place, sign_in, project, activity):
    plan = PlanFactory(project=project, starts_time=datetime.time(9, 30), place_text="凉亭")
    assert services.notice_facts(plan) == {"what": plan.title, "when": "2026-11-10 09:30", "where": "凉亭"}
    assert services.notice_facts(activity)["when"] == "2026-11-03 09:30"
    client = sign_in(place.worker)
    for name, thing in (("activity-qr", activity), ("plan-qr", plan)):
        answer = client.get(reverse(f"projects:{name}", args=[thing.uuid]))
        assert answer.content.startswith(b"\x89PNG")
    page = client.get(reverse("projects:plan-share", args=[plan.uuid])).content.decode()
    assert f"http://testserver{project.get_absolute_url()}" in page
    assert "凉亭" in page


def test_an_announcement_has_a_notice_and_a_picture(place, sign_in):
    announcement = AnnouncementFactory(
        organization=place.organization, community=place.community, filed_by=place.worker
    )
    assert services.notice_facts(announcement)["where"] == "小广场"
    answer = sign_in(place.worker).get(reverse("projects:announcement-qr", args=[announcement.uuid]))
    assert answer.content.startswith(b"\x89PNG")
    assert sign_in(place.other_worker).get(answer.request["PATH_INFO"]).status_code == 404


def test_the_page_of_an_activity_offers_papers_notice_and_talent(place, rf, activity):
    from incubator.base.panels import panels_for
    from projects.panels.activity_papers import ActivityPapers

    assert ActivityPapers in panels_for(place.worker, activity)
    context = ActivityPapers.context(place.worker, activity)
    assert len(context["papers"]) == 6
    assert f"community={place.community.code}" in context["talent_url"]


def test_a_talent_found_at_an_activity_is_filled_in(place, sign_in):
    page = sign_in(place.worker).get(
        f"{reverse('organizations:talent-add')}?found_at=2026-11-03 培训&community={place.community.code}"
    )
    assert page.context["form"].initial == {"found_at": "2026-11-03 培训", "community": place.community.code}


def test_the_page_of_a_project_offers_its_papers(place, project):
    from projects.panels.project_papers import ProjectPapers

    context = ProjectPapers.context(place.staff, IncubationProject.objects.get())
    assert [row["url"].rpartition("/")[2] for row in context["papers"]] == ["project-plan.docx", "project-index.docx"]
