"""Forms of a meeting before it begins, and of what is put on the agenda."""

import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy

from incubator.base.forms import CreateOnceForm, PageForm
from linkage.choices import ItemKind, ItemSource, Party
from organizations.models import SocialOrganization

MOMENT = "%Y-%m-%dT%H:%M"
BY_HAND = (ItemSource.VISIT, ItemSource.RESIDENT, ItemSource.ORGANIZATION, ItemSource.SUPERIOR)


def _moment():
    return forms.DateTimeField(
        label=gettext_lazy("When"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
        input_formats=[MOMENT, "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"],
    )


class MeetingTimes(forms.Form):
    starts_at = _moment()
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=15, max_value=480, initial=90)
    place_text = forms.CharField(label=gettext_lazy("Where"), max_length=120, required=False)


class MeetingMoveForm(MeetingTimes, PageForm):
    reason = forms.CharField(
        label=gettext_lazy("Why it is moved"), max_length=200,
        help_text=gettext_lazy("Everybody on the roster reads it."),
    )  # fmt: skip

    @staticmethod
    def initial_of(meeting):
        minutes = (meeting.ends_at - meeting.starts_at) // datetime.timedelta(minutes=1)
        return {
            "starts_at": timezone.localtime(meeting.starts_at), "minutes": minutes, "place_text": meeting.place_text,
        }  # fmt: skip


class MeetingCancelForm(PageForm):
    reason = forms.CharField(
        label=gettext_lazy("Why it is not held"), max_length=200,
        help_text=gettext_lazy("Everybody on the roster reads it. What is open stands on the next agenda by itself."),
    )  # fmt: skip


class SpecialCreateForm(MeetingTimes, CreateOnceForm):
    title = forms.CharField(label=pgettext_lazy("thing", "Title"), max_length=120)
    field_order = ("title", "starts_at", "minutes", "place_text")


class ItemProposeForm(CreateOnceForm):
    """Whoever keeps the series writes down what other parties propose; the others speak for their own."""

    title = forms.CharField(
        label=gettext_lazy("What is it about?"), max_length=120,
        help_text=gettext_lazy("In one sentence; no names of residents."),
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("More about it"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=ItemKind.choices, initial=ItemKind.ISSUE)
    source = forms.ChoiceField(
        label=gettext_lazy("Where it comes from"), required=False,
        choices=[("", gettext_lazy("not said")), *((one.value, one.label) for one in BY_HAND)],
    )  # fmt: skip
    party = forms.ChoiceField(label=gettext_lazy("Raised by the party"), choices=Party.choices)
    organization = forms.ModelChoiceField(
        label=gettext_lazy("Organization"), queryset=SocialOrganization.objects.none(), to_field_name="uuid",
        required=False, help_text=gettext_lazy("If it is about one, or comes from one."),
    )  # fmt: skip

    def __init__(self, *args, organizations, party, may_choose, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations
        self.fields["party"].initial = party
        if not may_choose:
            self.fields["party"].choices = [(party.value, party.label)]


class ItemDeclineForm(PageForm):
    reason = forms.CharField(
        label=gettext_lazy("Why it is not taken up"), max_length=200,
        help_text=gettext_lazy("Whoever proposed it reads it: who else could help, or what would have to be different?"),
    )  # fmt: skip
