"""Forms of the verbs of an action."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.base.forms import PageForm
from projects.models import Activity

MOST_OFFERED = 30


def done_activities(user, action):
    """Records that may have done it: the last ones of its organization, else of its place, that the person reads."""
    found = Activity.objects.visible_to(user, drafts=False).counted()
    if action.organization_id:
        found = found.serving(action.organization)
    else:
        found = found.filter(community__code__startswith=action.series.division.code)
    since = action.resolution.meeting.starts_at
    recent = found.filter(starts_at__gte=since).order_by("-starts_at", "-pk")[:MOST_OFFERED]
    return Activity.objects.filter(pk__in=list(recent.values_list("pk", flat=True))).order_by("-starts_at", "-pk")


class ActionBlockForm(PageForm):
    reason = forms.CharField(
        label=_("What is in the way?"), max_length=200,
        error_messages={"required": _("Please say what is in the way.")},
    )  # fmt: skip


class ActionDoneForm(PageForm):
    note = forms.CharField(
        label=_("What was done?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Please say in a sentence what was done.")},
    )  # fmt: skip
    activity = forms.ModelChoiceField(
        label=_("By which record?"), queryset=Activity.objects.none(), required=False, to_field_name="uuid",
        empty_label=_("no record"), help_text=_("Where there is one, whoever verifies it can open it."),
    )  # fmt: skip

    def __init__(self, *args, activities, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["activity"]
        field.queryset = activities
        field.label_from_instance = lambda one: f"{timezone.localdate(one.starts_at):%Y-%m-%d} {one}"


class ActionReopenForm(PageForm):
    note = forms.CharField(
        label=_("What is missing?"), max_length=300, error_messages={"required": _("Please say what is missing.")}
    )


class ActionVerifyForm(PageForm):
    """``parties``: (code, word) of those that the person speaks for, without the one in charge."""

    party = forms.ChoiceField(label=_("I verify it for the party"))

    def __init__(self, *args, parties, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["party"].choices = parties


class ActionDropForm(PageForm):
    reason = forms.CharField(
        label=_("Why is it let go?"), max_length=200, error_messages={"required": _("Please say why.")}
    )
