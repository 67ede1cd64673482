"""Pages of announcements (报备): list, counts, announce, answer, paper, file, the record afterwards."""

import datetime
import io
import uuid

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from docx import Document

from incubator.jobs.models import Job
from incubator.jobs.runner import run_one
from incubator.notifications.models import Notification
from projects.models import ActivityPlan, Announcement
from projects.services import announcement as services
from tests.factories.organizations import OrganizationFactory
from tests.factories.projects import ActivityFactory, ProjectFactory
from tests.factories.review import FILED_AT, AnnouncementFactory

LIST, NEW, COUNTS = "/projects/announcements/", "/projects/announcements/new/", "/projects/announcements/counts/"
DAY = datetime.timedelta(days=1)
STARTS_AT = datetime.datetime(2026, 11, 20, 1, 0, tzinfo=datetime.UTC)
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(FILED_AT, tick=False) as traveller:
        yield traveller


def values(place, **more):
    return {
        "uuid": uuid.uuid4(), "organization": place.organization, "title": "邻里百家宴", "kind": "visit",
        "starts_at": STARTS_AT, "minutes": 120, "place_text": "小广场", "expected_participants": 80,
        "purpose": "让邻居互相认识", "actor": place.worker,
    } | more  # fmt: skip


def typed(place, **more):
    return {
        "uuid": uuid.uuid4(), "organization": place.organization.uuid, "title": "邻里百家宴", "kind": "visit",
        "starts_at": "2026-11-20T09:00", "minutes": 120, "place_text": "小广场", "expected_participants": 80,
        "purpose": "让邻居互相认识",
    } | more  # fmt: skip


def told(kind):
    return [notice.recipient for notice in Notification.objects.filter(kind=kind).order_by("pk")]


def run(name):
    job = Job.objects.get(name=name)
    Job.objects.filter(pk=job.pk).update(run_at=timezone.now())
    run_one(job.pk)
    run_one(job.pk)
    return job


# --- pages -------------------------------------------------------------------------------------------------------
def test_announcing_on_the_page_once_for_two_clicks(place, sign_in):
    client, data = sign_in(place.worker), typed(place)
    assert client.get(NEW).status_code == 200
    first, second = client.post(NEW, data), client.post(NEW, data)
    assert first["Location"] == second["Location"] == Announcement.objects.get().get_absolute_url()
    assert client.get(first["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"starts_at": "2026-11-01T09:00"}, "This is over"),
        ({"starts_at": "2028-11-01T09:00"}, "check the year"),
        ({"concerns": ["frail"]}, "needs a safety plan"),
        ({"purpose": ""}, "required"),
        ({"expected_participants": "0"}, "greater than or equal to 1"),
    ],
)
def test_what_is_wrong_comes_back_with_everything_typed(place, sign_in, wrong, sentence):
    response = sign_in(place.worker).post(NEW, typed(place, **wrong))
    assert response.status_code == 422
    assert sentence in response.text
    assert "邻里百家宴" in response.text


def test_an_organization_of_another_street_cannot_be_announced_for(place, sign_in):
    response = sign_in(place.other_worker).post(NEW, typed(place))
    assert (response.status_code, Announcement.objects.count()) == (422, 0)


def test_a_planned_activity_fills_the_form(place, sign_in):
    project = ProjectFactory(organization=place.organization, lead=place.worker)
    plan = ActivityPlan.objects.create(
        project=project, kind="training", title="骨干培训", planned_on=datetime.date(2026, 11, 12), place_text="活动室"
    )
    client = sign_in(place.worker)
    page = client.get(f"{NEW}?plan={plan.uuid}").text
    assert "骨干培训" in page
    assert "2026-11-12T09:00" in page
    client.post(f"{NEW}?plan={plan.uuid}", typed(place, plan=plan.uuid, kind="training"))
    announcement = Announcement.objects.get()
    assert announcement.plan == plan
    assert services.badges_of([announcement], FILED_AT) == {plan.pk: announcement.shown(FILED_AT)}
    assert client.get(f"{NEW}?again={announcement.uuid}").context["form"].initial["title"] == "邻里百家宴"


def test_the_community_answers_on_the_page(place, sign_in):
    announcement = AnnouncementFactory(organization=place.organization, filed_by=place.worker)
    client, url = sign_in(place.community_staff), announcement.get_absolute_url()
    assert client.get(url).status_code == 200
    assert client.get(f"{url}object/").status_code == 200
    assert client.post(f"{url}object/", {"answer": ""}).status_code == 422
    assert client.post(f"{url}object/", {"answer": "当天有集市"})["Location"] == url
    assert "当天有集市" in sign_in(place.worker).get(url).text
    assert sign_in(place.community_staff).post(f"{url}agree/", {"answer": ""}).status_code == 422


def test_the_worker_withdraws_on_the_page(place, sign_in):
    announcement = AnnouncementFactory(organization=place.organization, filed_by=place.worker)
    url = f"{announcement.get_absolute_url()}withdraw/"
    assert sign_in(place.community_staff).post(url).status_code == 403
    assert sign_in(place.worker).post(url).status_code == 302
    assert Announcement.objects.get().status == "withdrawn"


@pytest.fixture
def november(place, clock):
    """Seen on the 10th: one of each kind in the worker's street, and one elsewhere."""
    make = AnnouncementFactory
    next_door = OrganizationFactory(community=place.next_community)
    make(organization=place.organization, due_at=STARTS_AT)  # within its time
    make(organization=place.organization)  # known
    make(organization=place.organization, needing=True)  # still without answer
    make(organization=place.organization, agreed=True)
    make(organization=next_door, objected=True)
    make(organization=next_door, withdrawn=True)
    make(organization=place.other_organization)
    clock.move_to(datetime.datetime(2026, 11, 10, 1, tzinfo=datetime.UTC))
    return place


def test_every_tab_counts_what_it_shows(november, sign_in):
    client = sign_in(november.staff)
    tabs = client.get(LIST).context["tabs"]
    assert [tab["count"] for tab in tabs] == [2, 4, 1, 1, 1, 1, 6]
    for tab in tabs:
        assert len(client.get(LIST + tab["url"]).context["rows"]) == tab["count"], tab["url"]


@pytest.mark.parametrize("who", ["staff", "district_admin", "community_staff", "leader", "supervisor"])
def test_every_number_of_the_counts_equals_the_rows_it_opens(november, sign_in, who):
    client = sign_in(getattr(november, who))
    context = client.get(f"{COUNTS}?month=2026-11").context
    for cells in [*(row["cells"] for row in context["rows"]), context["total"]]:
        assert cells[0]["number"] == sum(cell["number"] for cell in cells[1:])
        for cell in cells:
            assert len(client.get(cell["url"]).context["rows"]) == cell["number"], cell["url"]


def test_both_sides_are_counted_per_community(november, sign_in):
    rows = sign_in(november.staff).get(f"{COUNTS}?month=2026-11").context["rows"]
    by_place = {row["place"]: [cell["number"] for cell in row["cells"]] for row in rows}
    assert by_place[november.community] == [4, 1, 0, 1, 1, 1]
    assert by_place[november.next_community] == [1, 0, 1, 0, 0, 0]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_with_one_and_three_rows(place, sign_in, django_assert_num_queries, number):
    for _number in range(number):
        AnnouncementFactory(organization=OrganizationFactory(community=place.community), filed_by=place.worker)
    client = sign_in(place.staff)
    with django_assert_num_queries(8):
        assert len(client.get(LIST).context["rows"]) == number


@pytest.mark.parametrize("number", [1, 3])
def test_the_counts_cost_the_same_with_one_and_more_communities(place, sign_in, django_assert_num_queries, number):
    client = sign_in(place.community_staff if number == 1 else place.district_admin)
    AnnouncementFactory(organization=place.organization)
    with django_assert_num_queries(7):
        client.get(COUNTS)


def test_the_paper_says_what_was_planned_and_answered(place, sign_in):
    announcement = AnnouncementFactory(
        organization=place.organization, filed_by=place.worker, objected=True, needing=True, answered_by=place.staff
    )
    response = sign_in(place.worker).get(f"{announcement.get_absolute_url()}announcement.docx")
    document = Document(io.BytesIO(response.content))
    text = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "小广场" in text
    assert "当天广场有集市" in text
    assert "两名队员在路口" in text


def test_the_safety_file_is_served_to_those_who_read_the_announcement(place, sign_in):
    upload = SimpleUploadedFile("plan.pdf", PDF)
    announcement = services.file_announcement(**values(place, concerns=["large"], safety_file=upload))
    url = f"{announcement.get_absolute_url()}safety-plan.pdf"
    answer = sign_in(place.community_staff).get(url)
    assert b"".join(answer.streaming_content) == PDF
    assert sign_in(place.community_staff).get(url.replace("pdf", "docx")).status_code == 404
    assert sign_in(place.other_staff).get(url).status_code == 404


def test_after_it_took_place_it_leads_to_its_record(place, sign_in, clock):
    announcement = AnnouncementFactory(organization=place.organization, filed_by=place.worker)
    clock.move_to(STARTS_AT + DAY)
    client, url = sign_in(place.worker), announcement.get_absolute_url()
    query = f"?organization={place.organization.uuid}&amp;announcement={announcement.uuid}"
    assert query in client.get(url).text
    assert client.get(f"{url}record/").status_code == 200
    record = ActivityFactory(organization=place.organization, recorded_by=place.worker, starts_at=STARTS_AT)
    assert client.post(f"{url}record/", {"activity": record.uuid})["Location"] == url
    assert Announcement.objects.get().activity == record
