"""The demonstration tells the stories of the founding studies, on any day, and breaks no rule of the database."""

import datetime
import hashlib

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Count

from evaluations import models as measured
from evaluations.models import AnalysisRun, GrowthReview, Instrument, LinkDoubt, Response, StageDecision, Wave
from evaluations.policies.review import check_decide_growth, possible_outcomes
from evaluations.services.decision import replay
from evaluations.services.effect import is_out_of_date
from evaluations.services.evidence import changes_since, is_intact
from evaluations.services.fading import fading_of, reasons_of, rules_for
from evaluations.services.instrument_problems import problems_of
from evaluations.services.review import standard_of
from evaluations.services.standard import problems_of as problems_of_standard
from incubator.accounts.models import User
from incubator.base.files import inspect_upload
from incubator.base.hashes import content_sha256
from incubator.divisions.models import Division
from incubator.site.demo import activity_stories, project_stories
from incubator.site.demo.papers import plain_word
from incubator.site.demo.people import GUANGWUMEN
from incubator.site.demo.seed import seed, ship
from organizations.models import SocialOrganization
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
NAMED = 5  # identifiers that are made of a name, the same at every seeding
SHIPPED = {"Instrument", "InstrumentVersion", "Scale", "GrowthStandard", "StandardVersion"}  # by migrations, for one


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


def test_the_demonstration_tells_how_organizations_grew_and_what_people_answered():
    seed(today=TODAY)
    staff = User.objects.get(username="staff1")

    # Stage and form of every organization are what its last decision says, and every decision leads on from the one before.
    stood = {}
    decisions = StageDecision.objects.select_related("organization", "review__standard", "review__manifest")
    for decision in decisions.order_by("decided_at", "pk"):
        key = decision.organization.name
        assert (decision.from_stage, decision.from_form) == stood.get(key, ("", "")), key
        assert (decision.outcome, decision.to_stage) in possible_outcomes(decision.from_stage), key
        assert replay(decision).is_equal, key
        # What the platform proposed is what people decided: the papers of the time are among the facts.
        assert (key, decision.result["stage"], decision.result["form"]) == (key, decision.to_stage, decision.to_form)
        stood[key] = (decision.to_stage, decision.to_form)
    organizations = SocialOrganization.objects.values_list("name", "growth_stage", "form")
    assert {name: (stage, form) for name, stage, form in organizations} == stood
    assert stood["力行新村治安服务队"] == ("sapling", "weak_organization")

    # One review waits for two opinions, one for the street, one for each of a session; two gates have theirs.
    reviews = GrowthReview.objects.running().order_by("pk")
    assert [str(one) for one in reviews.of_growth().filter(status="opinions")] == ["力行新村治安服务队"]
    asked = reviews.of_growth().get(status="opinions").opinions.filter(status="asked")
    assert set(asked.values_list("party", flat=True)) == {"organization", "social_worker"}
    waiting = reviews.waiting_for_decision()
    assert [str(one) for one in waiting.filter(session=None)] == ["禄家巷银龄互助队"]
    for review in waiting:
        check_decide_growth(staff, review)
    assert reviews.filter(session__status="planned").count() == 5
    assert reviews.filter(gate__isnull=False).count() == 2
    yearly = GrowthReview.objects.filter(opener="yearly").order_by().values_list("status").annotate(Count("pk"))
    assert dict(yearly) == {"decided": 2, "deciding": 4}
    for review in GrowthReview.objects.select_related("manifest"):
        assert (is_intact(review.manifest), changes_since(review.manifest)) == (True, [])

    # A street has made the sample its own; what was decided before was measured by the sample.
    street = Division.objects.get(code=GUANGWUMEN)
    mine = standard_of(street)
    assert (mine.standard.division, problems_of_standard(mine.content)) == (street, [])
    assert mine.sha256 == content_sha256(mine.content) == content_sha256(mine.standard.draft)
    assert set(GrowthReview.objects.of_growth().values_list("standard__standard__is_sample", flat=True)) == {True}

    # One organization loses members, others went quiet; the boards tell of moves in each of several months.
    found = reasons_of(fading_of(staff, today=TODAY, rules=rules_for(staff)), today=TODAY)
    fading = {one.organization.name: (one.is_quiet, one.has_lost) for one in found}
    assert (fading["兰山村亲子读书会"], fading["力行新村便民修补摊"]) == ((True, True), (True, False))
    assert len({decided.strftime("%Y-%m") for decided in decisions.values_list("decided_at", flat=True)}) >= 6

    # Surveys with as many answers as the stories tell; the comparison is of those who answered twice.
    answered = dict(Wave.objects.with_answered().values_list("title", "answered"))
    assert answered["治安服务队成员需求问卷（前测）"] == 24
    told = ("力行新村居民需求调查", "黄河沿社区居民需求调查", "秦腔自乐班成员问卷（前测）")
    assert [answered[title] for title in told] == [46, 46, 9]
    runs = AnalysisRun.objects.order_by("as_of")
    assert [(run.answered_before, run.answered_after, run.matched) for run in runs] == [(7, 6, 5), (24, 21, 19)]
    assert [is_out_of_date(run) for run in runs] == [False, False]
    assert (LinkDoubt.objects.open().count(), Response.objects.filter(link_state="doubtful").count()) == (1, 1)
    own = Instrument.objects.get(division__code="620102")
    original = Instrument.objects.get(code="needs-three-levels")
    assert problems_of(own.draft) == []
    prints = [set(one.current.scales.values_list("fingerprint", flat=True)) for one in (own, original)]
    assert prints[0] == prints[1]

    broken = []
    for name in measured.__all__:
        for row in getattr(measured, name).objects.all():
            if name not in SHIPPED and row.uuid.version != NAMED:
                broken.append(f"{name} {row}: another identifier each time")
            try:
                row.validate_constraints()
            except ValidationError as error:
                broken.append(f"{name} {row}: {error}")
    assert broken == []


def test_what_ships_is_there_once_however_often_it_is_put_back():
    numbers = Instrument.objects.count(), measured.StandardVersion.objects.count()
    ship()
    assert (Instrument.objects.count(), measured.StandardVersion.objects.count()) == numbers


@pytest.mark.no_db
def test_the_smallest_word_file_is_one():
    upload = plain_word("协议 <1>", ["甲 & 乙"])
    assert inspect_upload(upload).extension == "docx"


@pytest.mark.no_db
def test_a_plan_names_an_activity_that_is_told():
    told = {story["key"] for story in activity_stories.ALL}
    named = {row[7] for rows in project_stories.PLANS.values() for row in rows if row[7]}
    assert named - told == set()
