"""Other ways in: pasted from a chat, told by the organization itself, put right later."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incubator.base.forms import CreateOnceForm, PageForm
from projects.forms.activity import MORE, ActivityForm, rounded
from projects.forms.activity_fields import OrganizationField
from projects.forms.activity_questions import DATETIME_LOCAL
from projects.querysets import led_by
from projects.services.kind import choices_to_log
from projects.validators import MANY_PARTICIPANTS, validate_participants, validate_start


class ActivityCorrectForm(ActivityForm):
    reason = forms.CharField(
        label=gettext_lazy("Why it is put right"),
        help_text=gettext_lazy("Stands on the record, beside the old and the new value."),
        max_length=300,
        error_messages={"required": gettext_lazy("Please say why it is put right.")},
    )

    @property
    def first_fields(self):
        return [self["reason"], *super().first_fields]

    @property
    def more_is_open(self):
        return super().more_is_open or any(self.initial.get(name) for name in MORE if name in self.fields)


class ChatForm(PageForm):
    text = forms.CharField(
        label=gettext_lazy("The text from the chat"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": gettext_lazy("Please paste the text here.")},
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = choices_to_log()
        self.fields["kind"].choices = [("", gettext_lazy("as the text says")), *kinds]


class OursForm(CreateOnceForm):
    """我们做了一次活动: what, when, how many, a photo perhaps."""

    organization = OrganizationField(
        label=gettext_lazy("Organization"),
        queryset=None,
        to_field_name="uuid",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose the organization.")},
    )
    what = forms.CharField(
        label=gettext_lazy("What did we do?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Please tell in a sentence what we did.")},
    )
    starts_at = forms.DateTimeField(
        label=gettext_lazy("When?"),
        input_formats=[DATETIME_LOCAL, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=DATETIME_LOCAL),
        error_messages={
            "required": gettext_lazy("Please say when it began."),
            "invalid": gettext_lazy("Please give day and time, such as 2026-11-08 14:30."),
        },
    )
    participants = forms.IntegerField(
        label=gettext_lazy("How many people came?"),
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 0}),
    )
    participants_confirmed = forms.BooleanField(label=gettext_lazy("Yes, that many"), required=False)
    photo = forms.FileField(
        label=gettext_lazy("A photo"),
        help_text=gettext_lazy("Not needed. It is kept for the file and not published."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["organization"]
        field.queryset = led_by(user).existing().select_related("community").order_by("pk")
        own = list(field.queryset[:2])
        if len(own) == 1:
            field.initial, field.widget = own[0].uuid, forms.HiddenInput()
        self.fields["starts_at"].initial = rounded(timezone.now())
        if not self.is_bound or not self.data.get("participants_confirmed"):
            self.fields["participants_confirmed"].widget = forms.HiddenInput()

    def clean_starts_at(self):
        starts_at = self.cleaned_data["starts_at"]
        validate_start(starts_at, timezone.now())
        return starts_at

    def clean_participants(self):
        participants = self.cleaned_data["participants"]
        if participants is not None:
            validate_participants(participants)
        return participants

    def clean(self):
        cleaned = super().clean()
        if (cleaned.get("participants") or 0) > MANY_PARTICIPANTS and not cleaned.get("participants_confirmed"):
            self.fields["participants_confirmed"].widget = forms.CheckboxInput()
            sentence = _("More than 1000 people? If that is right, tick “Yes, that many”.")
            self.add_error("participants", ValidationError(sentence))
        return cleaned
