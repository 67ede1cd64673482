"""Forms of the recorder's screen. Each piece is a small form that carries the edition which its writer saw."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from incubator.base.forms import OWN_WORDS, CreateOnceForm, PageForm
from linkage.choices import Party, Presence, Result
from projects.forms.project import DayInput

SHORT = 40  # characters of a resolution in a list to choose from
MINE = "mine"  # the answer of a writer who has seen what the other wrote and keeps their own


class PieceForm(PageForm):
    """``edition`` is what the page was opened with; ``seen`` is what it was told of afterwards, and counts once the
    writer says that theirs is to be kept."""

    edition = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    keep = forms.CharField(widget=forms.HiddenInput, required=False, max_length=4)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, forms.Select):
                field.widget.attrs["class"] = "form-select"
            else:
                field.widget.attrs["class"] = "form-control"

    @property
    def values(self):
        """As the service takes them, the edition among them."""
        kept = {name: value for name, value in self.cleaned_data.items() if name not in {"seen", "keep", "edition"}}
        told = "seen" if self.cleaned_data["keep"] == MINE else "edition"
        return kept | {"edition": self.cleaned_data[told]}


class AttendanceForm(PieceForm):
    presence = forms.ChoiceField(
        label=_("Attendance"),
        choices=Presence.choices,
        error_messages={"required": _("Please tap how this person attends.")},
    )
    proxy_name = forms.CharField(label=_("Who came instead?"), max_length=60, required=False)
    excuse = forms.CharField(label=_("Excuse"), max_length=200, required=False)

    def clean(self):
        values = super().clean()
        if values.get("presence") == Presence.PROXY and not values.get("proxy_name", "").strip():
            self.add_error("proxy_name", _("Please say who came instead."))
        return values


class AttendanceFillForm(PageForm):
    party = forms.ChoiceField(choices=Party.choices)


class GuestAddForm(CreateOnceForm):
    name = forms.CharField(label=_("Name"), max_length=60)
    body = forms.CharField(label=_("Of which body"), max_length=120, required=False)
    party = forms.ChoiceField(label=_("Speaks for"), choices=Party.choices, initial=Party.RESIDENTS)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        style(self)


class OpinionForm(PieceForm):
    text = forms.CharField(label="", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class SummaryForm(PieceForm):
    summary = forms.CharField(
        label=_("In a few sentences"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ItemRaiseForm(CreateOnceForm):
    title = forms.CharField(label=_("What comes up"), max_length=120)
    party = forms.ChoiceField(label=_("Raised by the party"), choices=Party.choices, initial=Party.RESIDENTS)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        style(self)


class AddedPieceForm(PieceForm):
    """Makes a record or changes one; the identifier of a new one is minted when the form is shown."""

    uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["uuid"].initial = uuid.uuid4

    def clean_uuid(self):
        return self.cleaned_data["uuid"] or uuid.uuid4()


class ResolutionForm(AddedPieceForm):
    """``supersedable``: confirmed resolutions that no later one supersedes, read once for all forms of the page."""

    text = forms.CharField(
        label=_("What was resolved"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Please write what was resolved.")},
    )  # fmt: skip
    result = forms.ChoiceField(
        label=pgettext_lazy("resolution", "Result"), choices=Result.choices, initial=Result.ADOPTED
    )
    supersedes = forms.ChoiceField(label=_("Takes the place of"), required=False)

    def __init__(self, *args, supersedable, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = {str(one.uuid): one for one in supersedable}
        told = [(key, f"{one.number} {one.text[:SHORT]}") for key, one in self.known.items()]
        self.fields["supersedes"].choices = [("", _("none, it is new")), *told]
        self.fields["supersedes"].widget.attrs.update(OWN_WORDS)

    def clean_supersedes(self):
        return self.known.get(self.cleaned_data["supersedes"])


class ActionForm(AddedPieceForm):
    """``owners``: the roster today, read once for all forms of the page. ``opened_on``: the day of the meeting."""

    title = forms.CharField(
        label=_("What is to do"), max_length=200, error_messages={"required": _("Please say what is to do.")}
    )
    owner_party = forms.ChoiceField(
        label=_("Party in charge"), choices=[("", _("Please choose")), *Party.choices],
        error_messages={"required": _("Please say which party is in charge.")},
    )  # fmt: skip
    owner = forms.ChoiceField(label=_("Person in charge"), required=False)
    helpers = forms.CharField(label=_("Who helps"), max_length=120, required=False)
    due_on = forms.DateField(
        label=_("To be done by"), widget=DayInput, error_messages={"required": _("Please say by when.")}
    )

    def __init__(self, *args, owners, opened_on=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.opened_on = opened_on
        self.known = {str(one.uuid): one for one in owners}
        told = [(key, f"{one.name}（{one.body or one.get_party_display()}）") for key, one in self.known.items()]
        self.fields["owner"].choices = [("", _("nobody named")), *told]
        self.fields["owner"].widget.attrs.update(OWN_WORDS)

    def clean_owner(self):
        return self.known.get(self.cleaned_data["owner"])

    def clean(self):
        """Who names a person has named the party."""
        values = super().clean()
        owner = values.get("owner")
        if owner is not None and not values.get("owner_party"):
            values["owner_party"] = owner.party
            self.errors.pop("owner_party", None)
        return values

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if self.opened_on and day < self.opened_on:
            raise forms.ValidationError(_("That day is before the meeting."))
        return day


class LookForm(PieceForm):
    """``states``: (code, word) of how the action may stand from now on."""

    after = forms.ChoiceField(label=_("Stands from now on"))
    verified_party = forms.ChoiceField(
        label=_("Verified by the party"), choices=[("", _("Please choose")), *Party.choices], required=False
    )
    note = forms.CharField(
        label=_("Said about it"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, states, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["after"].choices = states


class MeetingCallOffForm(PageForm):
    reason = forms.CharField(
        label=_("Why did it not come about?"), max_length=200, error_messages={"required": _("Please say why.")}
    )


class MinutesReturnForm(PageForm):
    reason = forms.CharField(
        label=_("What is missing?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Please say what is missing.")},
    )  # fmt: skip


class MinutesConfirmForm(PageForm):
    edition = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)


def style(form):
    """Rows are written by their template, which does not go through crispy."""
    for field in form.fields.values():
        field.widget.attrs["class"] = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
