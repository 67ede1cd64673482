"""The questions that all kinds have in common."""

from django import forms
from django.utils.translation import gettext_lazy

from incubator.base.forms import CreateOnceForm
from projects.choices import LedBy, Outcome, WorkerRole
from projects.forms.activity_fields import (
    ObjectivesField,
    OrganizationField,
    OthersField,
    PeopleField,
    PlaceField,
    PlanField,
    RecordsField,
    SeriesField,
)
from projects.validators import MAX_MINUTES

DATETIME_LOCAL = "%Y-%m-%dT%H:%M"


class ActivityQuestions(CreateOnceForm):
    """Asked of every kind; which of them stand first is up to the kind."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    tab = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    organization = OrganizationField(
        label=gettext_lazy("Organization"),
        queryset=None,
        to_field_name="uuid",
        error_messages={
            "required": gettext_lazy("Please choose the organization."),
            "invalid_choice": gettext_lazy(
                "You cannot record activities of this organization. Please choose one of your own."
            ),
        },
    )
    organization_search = forms.CharField(
        label=gettext_lazy("Find an organization"),
        help_text=gettext_lazy("Part of its name, or its initials in pinyin."),
        max_length=60,
        required=False,
    )
    starts_at = forms.DateTimeField(
        label=gettext_lazy("When it began"),
        input_formats=[DATETIME_LOCAL, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=DATETIME_LOCAL),
        error_messages={
            "required": gettext_lazy("Please say when it began."),
            "invalid": gettext_lazy("Please give day and time, such as 2026-11-08 14:30."),
        },
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"),
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 1, "max": MAX_MINUTES}),
    )
    until = forms.TimeField(
        label=gettext_lazy("Or until"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": gettext_lazy("Please give a time such as 16:30.")},
    )
    day_confirmed = forms.BooleanField(label=gettext_lazy("Yes, so long a day"), required=False)
    outcome = forms.ChoiceField(
        label=gettext_lazy("Did it take place?"), choices=Outcome.choices, required=False, initial=Outcome.HELD,
        widget=forms.RadioSelect,
    )  # fmt: skip
    outcome_reason = forms.CharField(label=gettext_lazy("Why not"), max_length=200, required=False)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=120, required=False)
    plan = PlanField(label=gettext_lazy("As planned"))
    series = SeriesField()
    place = PlaceField(label=gettext_lazy("Grid, estate or building"))
    place_text = forms.CharField(label=gettext_lazy("Where"), max_length=120, required=False)
    participants = forms.IntegerField(
        label=gettext_lazy("Participants"),
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 0}),
        error_messages={"required": gettext_lazy("Please say how many people came.")},
    )
    participants_confirmed = forms.BooleanField(label=gettext_lazy("Yes, that many"), required=False)
    summary = forms.CharField(
        label=gettext_lazy("What happened"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Please tell in a sentence or two what happened.")},
    )
    next_step = forms.CharField(label=gettext_lazy("Agreed next step"), max_length=300, required=False)
    led_by = forms.ChoiceField(
        label=gettext_lazy("Led by"), choices=LedBy.choices, required=False, initial="", widget=forms.RadioSelect
    )
    worker_role = forms.ChoiceField(
        label=gettext_lazy("Role of the social worker"), choices=WorkerRole.choices, required=False
    )
    others = OthersField(
        label=gettext_lazy("Organizations served besides"),
        help_text=gettext_lazy("The minutes are shared evenly, unless you say how many were whose."),
    )
    others_search = forms.CharField(
        label=gettext_lazy("Further organizations, by name"),
        help_text=gettext_lazy("Several are parted by commas."),
        max_length=300,
        required=False,
    )
    objectives = ObjectivesField(label=gettext_lazy("Objectives it served"))
    workers = PeopleField(label=gettext_lazy("Who worked along"))
    supervised = PeopleField(label=gettext_lazy("Who was supervised"))
    discussed = RecordsField(label=gettext_lazy("Records that were discussed"))
