"""Bringing together, saying no, meeting a need by an activity, entering a use."""

import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.base.forms import CreateOnceForm, PageForm
from organizations.choices import ResourceKind
from organizations.forms.phone import DayField
from organizations.models import ResidentNeed, Resource, SocialOrganization
from projects.models import Activity

LOOK_BACK = datetime.timedelta(days=120)
MOST = 60
FEN = 100


class MatchProposeForm(CreateOnceForm):
    """``kind`` and ``thing`` come from the suggestion that was pressed; or somebody chooses an organization or resource
    that was not suggested."""

    organization = forms.ModelChoiceField(
        label=_("Organization"), queryset=SocialOrganization.objects.none(), to_field_name="uuid", required=False,
        empty_label=_("none"),
    )  # fmt: skip
    resource = forms.ModelChoiceField(
        label=_("Or a resource"), queryset=Resource.objects.none(), to_field_name="uuid", required=False,
        empty_label=_("none"),
    )  # fmt: skip
    note = forms.CharField(label=_("Words to the other side"), max_length=200, required=False)

    def __init__(self, *args, user, need, **kwargs):
        super().__init__(*args, **kwargs)
        here = SocialOrganization.objects.visible_to(user).existing()
        here = here.filter(community__code__startswith=need.community.code[:6])
        self.fields["organization"].queryset = here.order_by("name", "pk")
        free = Resource.objects.visible_to(user).free_on(timezone.localdate()).order_by("title", "pk")
        self.fields["resource"].queryset = free

    def clean(self):
        values = super().clean()
        if bool(values.get("organization")) == bool(values.get("resource")):
            self.add_error(None, _("Please choose either an organization or a resource."))
        return values


class MatchDeclineForm(PageForm):
    reason = forms.CharField(label=_("Why not"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class NeedMeetByForm(PageForm):
    activity = forms.ModelChoiceField(
        label=_("Met by the activity"), queryset=Activity.objects.none(), to_field_name="uuid",
        empty_label=_("Please choose"), help_text=_("Activities of the community in the last four months."),
    )  # fmt: skip
    text = forms.CharField(
        label=_("How it was met"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The one who raised it reads this."),
    )  # fmt: skip

    def __init__(self, *args, user, need, **kwargs):
        super().__init__(*args, **kwargs)
        since = timezone.now() - LOOK_BACK
        held = Activity.objects.visible_to(user, drafts=False).counted().filter(starts_at__gte=since)
        keys = held.filter(community=need.community).order_by("-starts_at", "-pk").values_list("pk", flat=True)[:MOST]
        rows = Activity.objects.filter(pk__in=list(keys)).select_related("organization").order_by("-starts_at", "-pk")
        self.fields["activity"].queryset = rows
        self.fields["activity"].label_from_instance = activity_words


def activity_words(activity):
    day = timezone.localdate(activity.starts_at).isoformat()
    what = activity.title or activity.organization or ""
    return f"{day} {activity.get_kind_display()} · {what}"


class ResourceUseForm(CreateOnceForm):
    used_on = DayField(label=_("On"))
    quantity = forms.IntegerField(label=_("How much"), min_value=1, max_value=10**8)
    yuan = forms.DecimalField(label=_("Amount (yuan)"), min_value=0, max_digits=12, decimal_places=2)
    organization = forms.ModelChoiceField(
        label=_("By the organization"), queryset=SocialOrganization.objects.none(), to_field_name="uuid",
        required=False, empty_label=_("none"),
    )  # fmt: skip
    activity = forms.ModelChoiceField(
        label=_("For the activity"), queryset=Activity.objects.none(), to_field_name="uuid", required=False,
        empty_label=_("none"),
    )  # fmt: skip
    need = forms.ModelChoiceField(
        label=_("For the need"), queryset=ResidentNeed.objects.none(), to_field_name="uuid", required=False,
        empty_label=_("none"),
    )  # fmt: skip
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args, user, resource, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["quantity" if resource.kind == ResourceKind.MONEY else "yuan"]
        self.fields["used_on"].initial = timezone.localdate()
        area = resource.division.code[:9]
        here = SocialOrganization.objects.visible_to(user).existing().filter(community__code__startswith=area)
        self.fields["organization"].queryset = here.order_by("name", "pk")
        held = Activity.objects.visible_to(user, drafts=False).counted().filter(community__code__startswith=area)
        keys = list(held.order_by("-starts_at", "-pk").values_list("pk", flat=True)[:MOST])
        rows = Activity.objects.filter(pk__in=keys).select_related("organization").order_by("-starts_at", "-pk")
        self.fields["activity"].queryset = rows
        self.fields["activity"].label_from_instance = activity_words
        needs = ResidentNeed.objects.visible_to(user).filter(community__code__startswith=area)
        keys = list(needs.order_by("-created_at", "-pk").values_list("pk", flat=True)[:MOST])
        self.fields["need"].queryset = ResidentNeed.objects.filter(pk__in=keys).order_by("-created_at", "-pk")

    def clean(self):
        values = super().clean()
        if "yuan" in self.fields:
            yuan = values.pop("yuan", None)
            values["amount_fen"] = int(yuan * FEN) if yuan else None
            if yuan == 0:
                self.add_error("yuan", _("Please give the amount."))
        if not (values.get("organization") or values.get("activity") or values.get("need")):
            self.add_error(None, _("Please say by whom or for what it was used."))
        return values
