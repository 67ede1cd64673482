"""The sheet of paper: printed empty, and come back signed."""

import datetime
import io

import pytest
from django.urls import reverse
from docx import Document

from incubator.base.errors import RuleViolation
from projects.choices import AttendanceStatus
from projects.models import Activity, ActivityPlan, Evidence, Headcount
from projects.services import attendance as services
from tests.factories.accounts import UserFactory
from tests.factories.evidence import photo
from tests.factories.projects import STARTS_AT, ProjectFactory

PRESENT, EXCUSED, ABSENT = AttendanceStatus
ON_THE_DAY, LATER = STARTS_AT + datetime.timedelta(hours=1), STARTS_AT + datetime.timedelta(days=3)


def take(hall, actor=None, **what):
    return services.take_attendance(activity_id=hall.activity.pk, actor=actor or hall.worker, **what)[1]


def told(hall):
    return Activity.objects.get(pk=hall.activity.pk).participants


def test_the_signed_sheet_comes_back_as_a_photo_and_a_total(hall, sign_in):
    take(hall, marks={hall.members[0].pk: PRESENT})
    client, url = sign_in(hall.worker), reverse("projects:attendance-sheet-add", args=[hall.activity.uuid])
    assert client.get(url).status_code == 200
    assert client.post(url, {"file": photo("签到表.jpg"), "total": "24"}).status_code == 302
    assert (Headcount.objects.get().number, Headcount.objects.get().age_group, told(hall)) == (23, "unknown", 24)
    assert Evidence.objects.get().kind == "sheet"
    refused = client.post(url, {"file": photo("另一张.jpg", seed=5), "total": "0"})
    assert refused.status_code == 422
    assert client.post(url, {"file": photo("多.jpg", seed=6), "total": "5000"}).status_code == 422
    assert Evidence.objects.count() == 1


def test_a_sheet_with_fewer_people_than_are_noted_is_asked_about(hall):
    take(hall, marks={member.pk: PRESENT for member in hall.members})
    with pytest.raises(RuleViolation, match="3 people are on the list already, and the sheet says 2"):
        services.add_attendance_sheet(activity_id=hall.activity.pk, upload=photo(), total=2, actor=hall.worker)
    assert not Evidence.objects.exists()


def words_of(response):
    document = Document(io.BytesIO(response.content))
    return [[cell.text for cell in row.cells] for row in document.tables[0].rows], document


def test_the_sheet_to_print_has_thirty_empty_lines_or_the_members(hall, sign_in):
    client = sign_in(hall.worker)
    rows, document = words_of(client.get(reverse("projects:sign-in-sheet", args=[hall.activity.uuid])))
    assert [row[0] for row in rows] == ["序号", *map(str, range(1, 31))]
    assert any("2026-11-03 09:30" in paragraph.text for paragraph in document.paragraphs)
    rows, _document = words_of(client.get(reverse("projects:sign-in-names", args=[hall.activity.uuid])))
    assert [row[1] for row in rows[1:4]] == ["张三", "李四", "王五"]
    assert len(rows) == 9
    assert sign_in(hall.staff).get(reverse("projects:sign-in-names", args=[hall.activity.uuid])).status_code == 403
    assert sign_in(hall.staff).get(reverse("projects:sign-in-sheet", args=[hall.activity.uuid])).status_code == 200


def test_a_planned_activity_has_its_sheet_too(hall, sign_in):
    project = ProjectFactory(organization=hall.organization, lead=hall.worker)
    plan = ActivityPlan.objects.create(
        project=project, kind="training", title="消防演练", planned_on=datetime.date(2026, 12, 1), place_text="广场"
    )
    url = reverse("projects:plan-sign-in-sheet", args=[plan.uuid])
    _rows, document = words_of(sign_in(hall.worker).get(url))
    assert any("消防演练" in paragraph.text for paragraph in document.paragraphs)
    assert sign_in(hall.other_worker).get(url).status_code == 404
    assert sign_in(UserFactory()).get(url).status_code == 404
