"""The demonstration tells the stories of the founding studies, on any day, and breaks no rule of the database."""

import datetime
import hashlib

import pytest
from django.core.exceptions import ValidationError

from incubator.accounts.models import User
from incubator.base.files import inspect_upload
from incubator.site.demo import activity_stories, project_stories
from incubator.site.demo.papers import plain_word
from incubator.site.demo.seed import seed
from projects import models
from projects.models import (
    Activity,
    ActivityLink,
    ActivityPlan,
    Admission,
    Announcement,
    CustomKind,
    Evidence,
    FollowUp,
    IncubationProject,
    KindVersion,
    ProjectDocument,
    ProjectWorker,
    StageRequest,
)

TODAY = datetime.date(2026, 11, 22)


def test_the_demonstration_tells_its_stories():
    numbers = seed(today=TODAY)
    assert (numbers["projects"], numbers["activities"] > 200) == (len(project_stories.PROJECTS), True)
    stages = set(IncubationProject.objects.values_list("stage", flat=True))
    assert stages == {"preparation", "cultivation", "summary", "closed", "terminated"}

    # Every record stands under its organization, and the shares of a course for five add up to it.
    handed_in = Activity.objects.handed_in()
    assert ActivityLink.objects.filter(is_main=True).count() == handed_in.count()
    course = Activity.objects.get(title__startswith="策划课第一讲")
    assert (course.links.count(), sum(link.minutes for link in course.links.all())) == (5, course.minutes)
    assert Activity.objects.filter(series__title="活动策划课（四讲）").count() == 4
    assert set(Activity.objects.values_list("outcome", flat=True)) == {"held", "not_held", "cancelled"}
    assert set(Activity.objects.values_list("status", flat=True)) == {"draft", "submitted", "returned", "accepted"}

    # Every project has a lead, and nobody decides who worked on it.
    leads = set(ProjectWorker.objects.filter(role="lead").values_list("project_id", flat=True))
    assert leads == set(IncubationProject.objects.values_list("pk", flat=True))
    waiting = StageRequest.objects.filter(status="open").order_by("from_stage")
    assert list(waiting.values_list("project__name", "from_stage")) == [
        ("秦腔自乐班起步计划", "preparation"), ("助力成长计划", "summary"),
    ]  # fmt: skip
    assert not waiting.filter(project__team__user__username__in=["supervisor1", "staff1"]).exists()

    # Something is due today for the worker of the sign-in page, and the patrol was last seen 23 days ago.
    worker = User.objects.get(username="worker1")
    due = FollowUp.objects.of_worker(worker).due(TODAY)
    assert due.filter(due_on=TODAY, organization__name="力行新村治安服务队").exists()
    assert due.filter(due_on__lt=TODAY).exists()
    patrol = handed_in.filter(organization__name="力行新村治安服务队", source="worker").order_by("-starts_at").first()
    assert (TODAY - patrol.starts_at.astimezone().date()).days == 23
    states = set(Announcement.objects.values_list("status", flat=True))
    assert states == {"agreed", "objected", "filed", "withdrawn"}
    plans = ActivityPlan.objects.in_force().with_held()
    assert plans.filter(is_held=True).exists()
    assert plans.due(TODAY).filter(planned_on__lt=TODAY).exists()
    assert set(Admission.objects.values_list("status", flat=True)) == {"admitted", "applied", "left"}

    # Records name the edition of their kind, one per kind, and answer what it asks; two are of the office's own kind.
    assert list(handed_in.filter(kind_version=None)) == []
    assert KindVersion.objects.count() == handed_in.values("kind", "kind_version").distinct().count()
    own = CustomKind.objects.get(is_active=True)
    visits = handed_in.filter(kind=own.code, kind_version=own.current)
    assert [visit.kind_class.details_form(visit.details).errors for visit in visits] == [{}, {}]

    # Files are what they say they are.
    for document in ProjectDocument.objects.all():
        assert inspect_upload(document.file).sha256 == document.sha256
    for evidence in Evidence.objects.all():
        assert hashlib.sha256(evidence.file.read()).hexdigest() == evidence.source_sha256

    # No row breaks a rule that the database keeps, on whichever database.
    broken = []
    for name in models.__all__:
        for row in getattr(models, name).objects.all():
            try:
                row.validate_constraints()
            except ValidationError as error:
                broken.append(f"{name} {row}: {error}")
    assert broken == []


@pytest.mark.no_db
def test_the_smallest_word_file_is_one():
    upload = plain_word("协议 <1>", ["甲 & 乙"])
    assert inspect_upload(upload).extension == "docx"


@pytest.mark.no_db
def test_a_plan_names_an_activity_that_is_told():
    told = {story["key"] for story in activity_stories.ALL}
    named = {row[7] for rows in project_stories.PLANS.values() for row in rows if row[7]}
    assert named - told == set()
