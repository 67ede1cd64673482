import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incubator.accounts.choices import Scope
from incubator.accounts.models import RoleGrant, User
from incubator.base.forms import CreateOnceForm, PageForm
from incubator.divisions.models import Division
from projects.forms.activity_fields import OrganizationField
from projects.forms.project import DayInput
from projects.querysets import LOGGERS, organizations_to_log

USUAL_DAYS = 7


def in_a_week():
    return timezone.localdate() + datetime.timedelta(days=USUAL_DAYS)


def _day(value):
    if value < timezone.localdate():
        raise forms.ValidationError(_("This day is past. Please choose today or later."))
    return value


def colleagues(user):
    """Oneself, and those who serve the places that one serves."""
    places = user.access.divisions(*LOGGERS)
    codes = {code for place in places for code in place.ancestor_codes}
    grants = RoleGrant.objects.active().filter(role__in=LOGGERS, scope=Scope.DIVISION)
    within = grants.filter(division__in=Division.objects.within(places).values("pk"))
    around = grants.filter(division__code__in=codes)
    found = User.objects.filter(pk__in=(within | around).values("user_id"), is_active=True)
    return (found | User.objects.filter(pk=user.pk)).order_by("name", "pk")


class FollowUpCreateForm(CreateOnceForm):
    title = forms.CharField(label=gettext_lazy("What is to do"), max_length=200)
    due_on = forms.DateField(label=gettext_lazy("By"), widget=DayInput, initial=in_a_week)
    organization = OrganizationField(
        label=gettext_lazy("Organization"),
        queryset=None,
        to_field_name="uuid",
        required=False,
        empty_label=gettext_lazy("none in particular"),
        error_messages={"invalid_choice": gettext_lazy("Please choose one of your organizations.")},
    )
    owner = forms.ModelChoiceField(
        label=gettext_lazy("Who does it"),
        queryset=None,
        to_field_name="uuid",
        required=False,
        empty_label=gettext_lazy("whoever serves the place"),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        organizations = organizations_to_log(user).select_related("community").order_by("pinyin", "pk")
        self.fields["organization"].queryset = organizations
        self.fields["owner"].queryset = colleagues(user)
        self.fields["owner"].initial = user.uuid

    def clean_due_on(self):
        return _day(self.cleaned_data["due_on"])

    def clean(self):
        cleaned = super().clean()
        organization, owner = cleaned.get("organization"), cleaned.get("owner")
        if not organization and not owner and not self.errors:
            self.add_error("owner", _("Say who does it, or for which organization."))
        return cleaned


class FollowUpPostponeForm(PageForm):
    due_on = forms.DateField(label=gettext_lazy("New day"), widget=DayInput, initial=in_a_week)

    def clean_due_on(self):
        return _day(self.cleaned_data["due_on"])


class FollowUpPromiseForm(FollowUpPostponeForm):
    """One tap on the record's page: the day stands there already."""


class FollowUpDropForm(PageForm):
    reason = forms.CharField(
        label=gettext_lazy("Why it will not be done"),
        max_length=200,
        error_messages={"required": gettext_lazy("Please say why.")},
    )
