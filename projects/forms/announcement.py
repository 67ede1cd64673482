import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from incubator.base.forms import CreateOnceForm, PageForm
from organizations.forms.files import UploadField
from projects.choices import Concern
from projects.forms.activity_fields import OrganizationField
from projects.forms.activity_questions import DATETIME_LOCAL
from projects.models import ActivityPlan
from projects.querysets import organizations_to_log
from projects.services.announcement import FURTHEST, needs_answer
from projects.services.kind import kind_choices
from projects.services.rule import rule_of
from projects.validators import MAX_MINUTES, MAX_PARTICIPANTS


def _long(label, help_text="", *, required=False):
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=help_text, max_length=3000, required=required, widget=widget)


class AnnouncementCreateForm(CreateOnceForm):
    """What a community wants to know of a coming activity; ``user`` announces it."""

    organization = OrganizationField(
        label=gettext_lazy("Organization"),
        queryset=None,
        to_field_name="uuid",
        empty_label=gettext_lazy("Please choose"),
        error_messages={"invalid_choice": gettext_lazy("Please choose one of your organizations.")},
    )
    plan = forms.ModelChoiceField(
        queryset=None, to_field_name="uuid", required=False, widget=forms.HiddenInput, label=gettext_lazy("As planned")
    )
    title = forms.CharField(label=pgettext_lazy("activity", "Title"), max_length=120)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=kind_choices)
    starts_at = forms.DateTimeField(
        label=gettext_lazy("When it begins"),
        input_formats=[DATETIME_LOCAL, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=DATETIME_LOCAL),
        error_messages={"invalid": gettext_lazy("Please give day and time, such as 2026-11-08 14:30.")},
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"),
        initial=90,
        min_value=1,
        max_value=MAX_MINUTES,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    place_text = forms.CharField(label=gettext_lazy("Where"), max_length=120)
    expected_participants = forms.IntegerField(
        label=gettext_lazy("How many people are expected"),
        min_value=1,
        max_value=MAX_PARTICIPANTS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    concerns = forms.MultipleChoiceField(
        label=gettext_lazy("Is anything special?"),
        choices=Concern.choices,
        required=False,
        help_text=gettext_lazy("Some of these need the community's answer and a safety plan, as the street has set."),
        widget=forms.CheckboxSelectMultiple,
    )
    purpose = _long(pgettext_lazy("activity", "Purpose"), required=True)
    course = _long(gettext_lazy("Course of events"))
    budget = _long(gettext_lazy("Budget and its source"))
    publicity = _long(gettext_lazy("Publicity"))
    problems = _long(gettext_lazy("Problems to expect"))
    safety_plan = _long(
        gettext_lazy("Safety plan"), gettext_lazy("Who stands where, the way out, first aid, whom to call.")
    )
    safety_file = UploadField(label=gettext_lazy("Or the safety plan as a file"), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        organizations = organizations_to_log(user).select_related("community").order_by("pinyin", "pk")
        self.fields["organization"].queryset = organizations
        plans = ActivityPlan.objects.visible_to(user).in_force().select_related("project__organization")
        self.fields["plan"].queryset = plans

    def clean_starts_at(self):
        starts_at, now = self.cleaned_data["starts_at"], timezone.now()
        if starts_at <= now:
            raise forms.ValidationError(_("This is over. What took place is recorded, not announced."))
        if starts_at >= now + FURTHEST:
            raise forms.ValidationError(_("This is more than a year ahead. Please check the year."))
        return starts_at

    def clean(self):
        cleaned = super().clean()
        organization, plan = cleaned.get("organization"), cleaned.get("plan")
        if organization and plan and plan.project.organization_id != organization.pk:
            cleaned["plan"] = None  # another organization was chosen than the plan's
        has_plan = cleaned.get("safety_plan", "").strip() or cleaned.get("safety_file") or "safety_file" in self.errors
        if organization and "concerns" in cleaned and "kind" in cleaned and not has_plan:
            rule = rule_of(organization.community)
            if needs_answer(rule, kind=cleaned["kind"], concerns=cleaned["concerns"]):
                self.add_error("safety_plan", _("This activity needs a safety plan: write it down or add the file."))
        return cleaned

    @staticmethod
    def initial_of(plan):
        """What a planned activity tells already."""
        begin = datetime.datetime.combine(plan.planned_on, plan.starts_time or datetime.time(9))
        return {
            "organization": plan.project.organization.uuid,
            "plan": plan.uuid,
            "title": plan.title,
            "kind": plan.kind,
            "starts_at": timezone.make_aware(begin),
            "place_text": plan.place_text,
            "expected_participants": plan.expected_participants,
            "purpose": plan.objective.text if plan.objective else "",
        }

    @staticmethod
    def repeat_of(announcement):
        """Announce it again, changed: after an objection, or for the next time."""
        names = (
            "title", "kind", "minutes", "place_text", "expected_participants", "purpose", "course", "budget",
            "publicity", "problems", "concerns", "safety_plan",
        )  # fmt: skip
        plan = announcement.plan.uuid if announcement.plan else None
        return {name: getattr(announcement, name) for name in names} | {
            "organization": announcement.organization.uuid, "plan": plan,
        }  # fmt: skip


class AnnouncementAgreeForm(PageForm):
    answer = _long(gettext_lazy("Something to add"), gettext_lazy("Only if you like."))


class AnnouncementObjectForm(PageForm):
    answer = _long(
        gettext_lazy("Why it cannot be like this"),
        gettext_lazy("The organization reads it: what would have to be different?"),
        required=True,
    )


class _RecordField(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return f"{timezone.localtime(obj.starts_at):%Y-%m-%d %H:%M} · {obj.get_kind_display()} · {obj}"


class AnnouncementRecordForm(PageForm):
    activity = _RecordField(
        label=gettext_lazy("The record of it"),
        queryset=None,
        to_field_name="uuid",
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *args, records, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["activity"].queryset = records
