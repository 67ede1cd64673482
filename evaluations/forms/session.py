"""Forms of review sessions: plan, change, take up reviews, decide in a row, the signed sheet."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from evaluations.forms.review import ReviewDecideForm
from evaluations.services.session import HOLD, PASS
from incubator.base.forms import OWN_WORDS, CreateOnceForm, EditionForm, PageForm
from incubator.divisions.models import Division
from organizations.forms.files import UploadField
from projects.forms.project import DayInput

GATE_OUTCOMES = ((PASS, gettext_lazy("Let it pass")), (HOLD, pgettext_lazy("decision", "Not yet")))


class SessionCreateForm(CreateOnceForm):
    division = forms.ModelChoiceField(
        label=gettext_lazy("Street or district"), queryset=Division.objects.none(), to_field_name="code",
        empty_label=None,
    )  # fmt: skip
    title = forms.CharField(label=pgettext_lazy("thing", "Title"), max_length=120)
    held_on = forms.DateField(label=gettext_lazy("Day"), widget=DayInput, initial=timezone.localdate)
    place_text = forms.CharField(label=gettext_lazy("Where"), max_length=120, required=False)

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["division"].queryset = places


class SessionUpdateForm(EditionForm):
    title = forms.CharField(label=pgettext_lazy("thing", "Title"), max_length=120)
    held_on = forms.DateField(label=gettext_lazy("Day"), widget=DayInput)
    place_text = forms.CharField(label=gettext_lazy("Where"), max_length=120, required=False)
    attended = forms.CharField(
        label=gettext_lazy("Who took part"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}), help_text=gettext_lazy("One person a line; it stands on the sheet."),
    )  # fmt: skip


class SessionAddForm(PageForm):
    """``reviews`` as (uuid, review) of the list that was shown; ticked ones come back by their identifier."""

    reviews = forms.MultipleChoiceField(
        label=gettext_lazy("Reviews that wait for their decision"), widget=forms.CheckboxSelectMultiple(attrs=OWN_WORDS),
        error_messages={"required": gettext_lazy("Please tick at least one."),
                        "invalid_choice": gettext_lazy("A review that you ticked does not wait any longer.")},
    )  # fmt: skip

    def __init__(self, *args, waiting, **kwargs):
        super().__init__(*args, **kwargs)
        self.keys = {str(review.uuid): review.pk for review in waiting}
        self.fields["reviews"].choices = [(f"{review.uuid}", str(review)) for review in waiting]

    @property
    def chosen(self):
        return [self.keys[identifier] for identifier in self.cleaned_data["reviews"]]


class SessionSheetAddForm(PageForm):
    file = UploadField(label=gettext_lazy("Signed sheet"))


class SessionDecideForm(ReviewDecideForm):
    """The form of the page of its own, small enough for a row: fewer conditions at once, and folded away with the vetoes."""

    condition_rows = 2

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        outcome = self.fields["outcome"]
        outcome.widget, outcome.choices = forms.Select(), [("", _("Please choose")), *outcome.choices]
        self.fields["reason"].widget.attrs["rows"] = 2
        _style(self)

    @property
    def first_fields(self):
        return [self[name] for name in ("outcome", "to_form", "reason")]

    @property
    def more_fields(self):
        return [field for field in self if field.name not in {"outcome", "to_form", "reason"}]

    @property
    def shows_more(self):
        """What is wrong there, or was typed, is not folded away."""
        return any(field.errors or (self.is_bound and field.value()) for field in self.more_fields)


class GateDecideForm(PageForm):
    """The same for the gate of a project."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Decision"), choices=[("", gettext_lazy("Please choose")), *GATE_OUTCOMES]
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=3000, widget=forms.Textarea(attrs={"rows": 2})
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _style(self)

    @property
    def first_fields(self):
        return list(self)

    @property
    def decision(self):
        """As the service takes it."""
        return {"outcome": self.cleaned_data["outcome"], "reason": self.cleaned_data["reason"]}


def _style(form):
    """Rows are written by their template, which does not go through crispy."""
    for field in form.fields.values():
        if isinstance(field.widget, forms.Select):
            field.widget.attrs["class"] = "form-select"
        elif not isinstance(field.widget, forms.CheckboxSelectMultiple):
            field.widget.attrs["class"] = "form-control"
