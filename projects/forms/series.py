"""A course or a weekly salon."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from incubator.base.forms import CreateOnceForm
from projects.choices import Rhythm
from projects.forms.activity_fields import OrganizationField
from projects.querysets import organizations_to_log
from projects.services.kind import choices_to_log
from projects.services.series import MAX_TIMES
from projects.validators import MAX_MINUTES, validate_minutes


class SeriesCreateForm(CreateOnceForm):
    organization = OrganizationField(
        label=gettext_lazy("Organization"),
        queryset=None,
        to_field_name="uuid",
        empty_label=gettext_lazy("Please choose"),
        error_messages={"required": gettext_lazy("Please choose the organization.")},
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=120,
        error_messages={"required": gettext_lazy("Please give the course or salon a name.")},
    )
    rhythm = forms.ChoiceField(label=gettext_lazy("How often"), choices=Rhythm.choices, initial=Rhythm.WEEKLY)
    starts_on = forms.DateField(
        label=gettext_lazy("First time"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    starts_time = forms.TimeField(
        label=gettext_lazy("Begins at"), initial="14:00",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )  # fmt: skip
    times = forms.IntegerField(
        label=gettext_lazy("How many times"), initial=8, min_value=1, max_value=MAX_TIMES,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes each time"), initial=90,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 1, "max": MAX_MINUTES}),
    )  # fmt: skip
    place_text = forms.CharField(label=gettext_lazy("Where"), max_length=120, required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["organization"]
        field.queryset = organizations_to_log(user).select_related("community").order_by("pinyin", "pk")
        self.fields["kind"].choices = choices_to_log()
        self.fields["starts_on"].initial = timezone.localdate

    def clean_minutes(self):
        validate_minutes(self.cleaned_data["minutes"])
        return self.cleaned_data["minutes"]
