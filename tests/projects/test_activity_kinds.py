"""What holds for every registered kind, and that a new one needs no file of anybody else."""

import io
import uuid

import pytest
from django import forms
from django.template.loader import get_template
from django.urls import reverse
from django.utils.functional import Promise
from docx import Document

from incubator.reporting.papers import find_paper
from projects.models import Activity
from projects.registries import ActivityKind, activity_kinds
from tests.factories.projects import ActivityFactory

kinds = pytest.mark.parametrize("kind", list(activity_kinds), ids=lambda kind: kind.code)


@kinds
def test_a_kind_is_complete(kind):
    assert isinstance(kind.label, Promise)
    assert get_template(kind.template)
    assert find_paper(kind.paper).is_file()
    assert all(isinstance(field.label, Promise) for field in kind.details_form.base_fields.values())
    assert 1 <= kind.default_minutes <= 1440


@kinds
def test_a_kind_asks_at_most_six_things_first(kind, place, sign_in):
    page = sign_in(place.worker).get(reverse("projects:activity-create", args=[kind.code]))
    required = [field.name for field in page.context["form"] if field.field.required]
    assert len(required) <= 6
    assert {"organization", "starts_at", "summary"} <= set(required)


@kinds
def test_the_paper_of_a_kind_opens_even_when_nothing_optional_was_told(kind, place, sign_in):
    activity = ActivityFactory(organization=place.organization, recorded_by=place.worker, kind=kind.code, details={})
    client = sign_in(place.worker)
    assert client.get(activity.get_absolute_url()).status_code == 200
    paper = client.get(reverse("projects:activity-record", args=[activity.uuid]))
    assert Document(io.BytesIO(paper.content)).tables


class SalonForm(forms.Form):
    theme = forms.CharField(label="主题")
    hosts = forms.MultipleChoiceField(label="主持", choices=[("a", "社区"), ("b", "组织")], required=False)
    fee = forms.DecimalField(label="费用", required=False)

    def clean(self):
        if self.cleaned_data.get("theme") == "坏":
            raise forms.ValidationError("不行")
        return self.cleaned_data


@pytest.fixture
def salon():
    @activity_kinds.register
    class Salon(ActivityKind):
        code = "salon"
        label = "沙龙"
        icon = "people"
        details_form = SalonForm

        @classmethod
        def title_from(cls, details):
            return details["theme"]

    yield Salon
    activity_kinds.unregister("salon")


def test_a_new_kind_has_form_detail_list_and_print_without_touching_any_file(salon, place, sign_in):
    client = sign_in(place.worker)
    assert "沙龙" in client.get("/projects/activities/new/").content.decode()
    data = {
        "uuid": str(uuid.uuid4()), "organization": str(place.organization.uuid), "starts_at": "2026-11-03T09:30",
        "details-theme": "坏", "details-hosts": ["a", "b"], "details-fee": "3.50",
    }  # fmt: skip
    url = reverse("projects:activity-create", args=["salon"])
    assert "不行" in client.post(url, data).content.decode()
    assert client.post(url, data | {"details-theme": "邻里茶话"}).status_code == 302
    activity = Activity.objects.get()
    assert (activity.title, activity.details["fee"]) == ("邻里茶话", "3.50")
    assert "社区, 组织" in client.get(activity.get_absolute_url()).content.decode()
    assert "邻里茶话" in client.get("/projects/activities/").content.decode()
    assert client.get("/projects/activities/counts/").status_code == 200
    paper = client.get(reverse("projects:activity-record", args=[activity.uuid]))
    text = [cell.text for row in Document(io.BytesIO(paper.content)).tables[0].rows for cell in row.cells]
    assert "社区, 组织" in text
