from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from incubator.accounts.choices import Role, Scope
from incubator.accounts.models import RoleGrant, User
from incubator.base.forms import CreateOnceForm, EditionForm, PageForm
from incubator.base.policies import verdict
from organizations.models import SocialOrganization
from projects.policies.project import check_open_project
from projects.querysets import OPENERS, organizations_in_roles


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class _ProjectFields(PageForm):
    name = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=120)
    goal = forms.CharField(
        label=gettext_lazy("Goal"),
        help_text=gettext_lazy("What the organization wants to be able to do by the end."),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    starts_on = forms.DateField(label=gettext_lazy("From"), widget=DayInput, initial=timezone.localdate)
    ends_on = forms.DateField(label=gettext_lazy("Until"), widget=DayInput, required=False)

    def clean(self):
        cleaned = super().clean()
        begin, end = cleaned.get("starts_on"), cleaned.get("ends_on")
        if begin and end and end < begin:
            self.add_error("ends_on", _("The end cannot be before the start."))
        return cleaned


class ProjectUpdateForm(_ProjectFields, EditionForm):
    pass


class ProjectCreateForm(_ProjectFields, CreateOnceForm):
    """Choices are what the person may open a project for, and the social workers who serve such places."""

    organization = forms.ModelChoiceField(label=gettext_lazy("Organization"), queryset=None, to_field_name="uuid")
    lead = forms.ModelChoiceField(label=gettext_lazy("Lead worker"), queryset=None, to_field_name="uuid")

    field_order = ["organization", "name", "lead", "goal", "starts_on", "ends_on"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        organizations = organizations_in_roles(user, OPENERS)
        self.fields["organization"].queryset = organizations.order_by("pinyin", "pk")
        places = [*user.access.divisions(*OPENERS)]
        codes = {code for place in places for code in place.ancestor_codes}
        workers = RoleGrant.objects.active().filter(role=Role.SOCIAL_WORKER, scope=Scope.DIVISION)
        holders = (
            workers.filter(division__code__in=codes)
            | workers.filter(
                division__in=SocialOrganization.objects.filter(pk__in=organizations.values("pk")).values(
                    "community__parent"
                )
            )
            | workers.filter(division__in=organizations.values("community"))
        )
        self.fields["lead"].queryset = User.objects.filter(pk__in=holders.values("user_id"), is_active=True).order_by(
            "name", "pk"
        )
        if user.access.has(Role.SOCIAL_WORKER):
            self.fields["lead"].initial = user.uuid

    def clean_organization(self):
        organization = self.cleaned_data["organization"]
        if not (may := verdict(check_open_project, self.user, organization)):
            raise forms.ValidationError(may.reason)
        return organization

    def clean(self):
        cleaned = super().clean()
        lead, organization = cleaned.get("lead"), cleaned.get("organization")
        if lead and organization and not lead.access.covers(organization.community, Role.SOCIAL_WORKER):
            self.add_error("lead", _("This social worker does not serve the organization's community."))
        return cleaned
