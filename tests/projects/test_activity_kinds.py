"""What holds for every registered kind, and that a new one needs no file of anybody else and no migration."""

import io
import re
import uuid

import pytest
from django import forms
from django.core.management import call_command
from django.template.loader import get_template
from django.urls import reverse
from django.utils.functional import Promise
from docx import Document

from incubator.reporting.papers import find_paper
from projects.activity_kinds import org_supervision, supervision
from projects.choices import AgeGroup, Outcome, StaffRole, WorkerRole
from projects.models import Activity, ActivityWorker, Attendance, Headcount, KindVersion
from projects.registries import ActivityKind, activity_kinds
from tests.factories.projects import ActivityFactory

kinds = pytest.mark.parametrize("kind", list(activity_kinds), ids=lambda kind: kind.code)
recorded_kinds = pytest.mark.parametrize(
    "kind", [kind for kind in activity_kinds if not kind.why_closed], ids=lambda kind: kind.code
)


def answer_to(field):
    """Something that the question takes."""
    if isinstance(field, forms.MultipleChoiceField):
        return [str(code) for code, _label in field.choices][:2]
    if isinstance(field, forms.ChoiceField):
        return next(str(code) for code, _label in field.choices if code)
    if isinstance(field, forms.BooleanField):
        return "on"
    if isinstance(field, forms.DateField):
        return "2026-12-03"
    return "3" if isinstance(field, forms.IntegerField) else "答一"


def filled_in(kind, place, *, only_required=False):
    fields = kind.details_form.base_fields.items()
    answers = {f"details-{name}": answer_to(field) for name, field in fields if field.required or not only_required}
    return answers | {
        "uuid": str(uuid.uuid4()), "organization": str(place.organization.uuid), "starts_at": "2025-11-03T09:30",
        "participants": "12", "summary": "说了一会儿",
    }  # fmt: skip


def words_of(paper):
    return [
        cell.text for table in Document(io.BytesIO(paper.content)).tables for row in table.rows for cell in row.cells
    ]


@kinds
def test_a_kind_is_complete(kind):
    assert isinstance(kind.label, Promise)
    assert get_template(kind.template)
    assert find_paper(kind.paper).is_file()
    assert all(isinstance(field.label, Promise) for field in kind.details_form.base_fields.values())
    assert 1 <= kind.default_minutes <= 1440
    assert {kind.template, kind.paper} & {ActivityKind.template, ActivityKind.paper} == set()
    asked = set(kind.details_form.base_fields)
    assert set(kind.first_details) <= asked
    assert {name for _code, _label, names in kind.sections for name in names} <= asked


@kinds
def test_the_picture_of_a_kind_is_there(kind, settings):
    sprite = (settings.BASE_DIR / "static" / "icons.svg").read_text("utf-8")
    assert f'id="{kind.icon}"' in sprite


@recorded_kinds
def test_a_kind_asks_at_most_six_things_first(kind, place, sign_in):
    page = sign_in(place.worker).get(reverse("projects:activity-create", args=[kind.code]))
    required = [field.name for field in page.context["form"] if field.field.required]
    assert len(required) <= 6
    assert {"organization", "starts_at", "summary"} <= set(required)


@recorded_kinds
def test_every_question_stands_in_the_form_once(kind, place, sign_in):
    form = sign_in(place.worker).get(reverse("projects:activity-create", args=[kind.code])).context["form"]
    shown = [*form.first_fields, *form.more_fields, *(field for part in form.sections for field in part["fields"])]
    own = [field.name.removeprefix("details-") for field in shown if field.name.startswith("details-")]
    assert sorted(own) == sorted(kind.details_form.base_fields)


@recorded_kinds
@pytest.mark.parametrize("only_required", [True, False], ids=["required", "all"])
def test_a_kind_is_recorded_shown_corrected_and_printed(kind, only_required, place, sign_in):
    client = sign_in(place.worker)
    data = filled_in(kind, place, only_required=only_required)
    assert client.post(reverse("projects:activity-create", args=[kind.code]), data).status_code == 302
    activity = Activity.objects.get()
    assert activity.kind_version == KindVersion.objects.get()
    assert client.get(activity.get_absolute_url()).status_code == 200
    update = client.get(reverse("projects:activity-update", args=[activity.uuid]))
    assert update.status_code == 200
    paper = client.get(reverse("projects:activity-record", args=[activity.uuid]))
    assert "说了一会儿" in words_of(paper)


@kinds
def test_the_paper_of_a_kind_opens_even_when_nothing_optional_was_told(kind, place, sign_in):
    activity = ActivityFactory(organization=place.organization, recorded_by=place.worker, kind=kind.code, details={})
    client = sign_in(place.worker)
    assert client.get(activity.get_absolute_url()).status_code == 200
    paper = client.get(reverse("projects:activity-record", args=[activity.uuid]))
    assert Document(io.BytesIO(paper.content)).tables


@kinds
def test_the_paper_says_who_came_and_in_which_role_the_worker_was(kind, place, sign_in):
    activity = ActivityFactory(
        organization=place.organization, recorded_by=place.worker, kind=kind.code, details={}, led_by="assisted",
        worker_role=WorkerRole.ENABLER,
    )  # fmt: skip
    Attendance.objects.create(activity=activity, guest_name="过路人")
    Headcount.objects.create(activity=activity, age_group=AgeGroup.OVER_60, number=7)
    ActivityWorker.objects.create(activity=activity, user=place.other_worker, role=StaffRole.SUPERVISED)
    words = words_of(sign_in(place.worker).get(reverse("projects:activity-record", args=[activity.uuid])))
    line = words[words.index("到场情况") + 1]
    assert re.findall(r"\d+", line)[:3] == ["0", "1", "7"]
    assert "过路人" not in "".join(words)
    assert words[words.index("社工角色") + 1] != ""
    assert "未举办情况" not in words
    if kind.code == "supervision":
        assert words[words.index("被督导者") + 1] == "李社工"


def test_the_paper_of_what_did_not_happen_says_why(place, sign_in):
    activity = ActivityFactory(
        organization=place.organization, recorded_by=place.worker, outcome=Outcome.CANCELLED, outcome_reason="下雨"
    )
    words = words_of(sign_in(place.worker).get(reverse("projects:activity-record", args=[activity.uuid])))
    assert words[words.index("未举办情况") + 1].endswith("：下雨")


def test_the_supervision_of_workers_has_the_nine_contents_and_seven_methods_of_practice():
    assert (len(supervision.CONTENTS), len(supervision.METHODS), len(org_supervision.CONTENTS)) == (9, 7, 9)


def test_the_paper_of_a_supervision_ticks_what_was_chosen(place, sign_in):
    activity = ActivityFactory(
        organization=place.organization, recorded_by=place.worker, kind="supervision",
        details={"contents": ["skills", "support"], "methods": ["group"]},
    )  # fmt: skip
    words = words_of(sign_in(place.worker).get(reverse("projects:activity-record", args=[activity.uuid])))
    contents, methods = (words[words.index(name) + 1] for name in ("督导内容", "督导手法"))
    assert (contents.count("☑"), contents.count("☐"), methods.count("☑"), methods.count("☐")) == (2, 7, 1, 6)


def test_a_kind_that_is_not_there_yet_is_shown_with_the_reason_and_cannot_be_recorded(place, sign_in):
    client, kind = sign_in(place.worker), activity_kinds["joint_meeting"]
    page = client.get("/projects/activities/new/").content.decode()
    address = reverse("projects:activity-create", args=["joint_meeting"])
    assert str(kind.why_closed) in page
    assert f'href="{address}' not in page
    answer = client.get(address)
    assert answer.status_code == 403
    assert str(kind.why_closed) in answer.content.decode()
    assert client.post(address, filled_in(kind, place)).status_code == 403
    sent = {
        "kind": "joint_meeting", "organization": str(place.organization.uuid), "summary": "会", "details": {},
        "starts_at": "2025-11-03T09:30:00+08:00",
    }  # fmt: skip
    assert client.post("/api/v1/activities/", sent, content_type="application/json").status_code == 400
    assert not Activity.objects.exists()


def test_plan_and_review_of_a_service_activity_are_two_tabs_of_one_record(place, sign_in):
    client = sign_in(place.worker)
    form = client.get(reverse("projects:activity-create", args=["service"])).context["form"]
    assert [(part["code"], part["is_open"]) for part in form.sections] == [("plan", True), ("review", False)]
    data = filled_in(activity_kinds["service"], place) | {"details-spending": "-3"}
    wrong = client.post(reverse("projects:activity-create", args=["service"]), data)
    assert wrong.status_code == 422
    assert [part["is_open"] for part in wrong.context["form"].sections] == [False, True]


class TeaForm(forms.Form):
    theme = forms.CharField(label="主题")
    hosts = forms.MultipleChoiceField(label="主持", choices=[("a", "社区"), ("b", "组织")], required=False)
    fee = forms.DecimalField(label="费用", required=False)

    def clean(self):
        if self.cleaned_data.get("theme") == "坏":
            raise forms.ValidationError("不行")
        return self.cleaned_data


@pytest.fixture
def tea():
    @activity_kinds.register
    class Tea(ActivityKind):
        code = "tea"
        label = "茶话会"
        icon = "people"
        details_form = TeaForm

        @classmethod
        def title_from(cls, details):
            return details["theme"]

    yield Tea
    activity_kinds.unregister("tea")


def test_a_new_kind_has_form_detail_list_and_print_without_touching_any_file(tea, place, sign_in):
    client = sign_in(place.worker)
    assert "茶话会" in client.get("/projects/activities/new/").content.decode()
    data = {
        "uuid": str(uuid.uuid4()), "organization": str(place.organization.uuid), "starts_at": "2025-11-03T09:30",
        "summary": "喝茶", "details-theme": "坏", "details-hosts": ["a", "b"], "details-fee": "3.50",
    }  # fmt: skip
    url = reverse("projects:activity-create", args=["tea"])
    assert "不行" in client.post(url, data).content.decode()
    assert client.post(url, data | {"details-theme": "邻里茶话"}).status_code == 302
    activity = Activity.objects.get()
    assert (activity.title, activity.details["fee"]) == ("邻里茶话", "3.50")
    assert "社区, 组织" in client.get(activity.get_absolute_url()).content.decode()
    assert "邻里茶话" in client.get("/projects/activities/").content.decode()
    assert "茶话会" in client.get("/projects/activities/counts/?month=2025-11").content.decode()
    paper = client.get(reverse("projects:activity-record", args=[activity.uuid]))
    assert any(re.fullmatch("社区.{1,2}组织", word) for word in words_of(paper))


def test_a_new_kind_needs_no_migration(tea, capsys, settings):
    settings.MIGRATION_MODULES = {}  # also when the tests themselves run without
    call_command("makemigrations", "projects", "--check", "--dry-run")
    assert "No changes detected" in capsys.readouterr().out
