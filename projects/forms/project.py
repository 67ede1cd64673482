import uuid as uuids

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from incubator.accounts.choices import Role, Scope
from incubator.accounts.models import RoleGrant, User
from incubator.base.forms import CreateOnceForm, EditionForm, PageForm
from incubator.base.policies import verdict
from organizations.models import Agency, SocialOrganization
from projects.models import ServiceContract
from projects.policies.project import check_open_project
from projects.querysets import OPENERS, organizations_in_roles

IN_ONE_LIST = 100  # with more organizations in reach one searches instead of scrolling
SUGGESTED = 20


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class _OrganizationLabel:
    def label_from_instance(self, obj):
        return f"{obj.name} · {obj.community}"


class OrganizationField(_OrganizationLabel, forms.ModelChoiceField):
    pass


class PartnersField(_OrganizationLabel, forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple


class ContractField(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return f"{obj.name} · {obj.agency}"


class _ProjectFields(PageForm):
    """``user`` who fills it in. The organizations are those that the person may open projects for, in one list while
    that can be scrolled; else those chosen, and a search."""

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
    contract = ContractField(
        label=gettext_lazy("Service contract"),
        help_text=gettext_lazy("What is done in the project counts towards it."),
        queryset=None,
        required=False,
        to_field_name="uuid",
        empty_label=gettext_lazy("without a contract"),
    )
    needs_admission = forms.BooleanField(
        label=gettext_lazy("With admission and leaving"),
        help_text=gettext_lazy("The organization applies, is admitted and leaves by an evaluation."),
        required=False,
    )  # fmt: skip
    partners = PartnersField(
        label=gettext_lazy("Other organizations in it"), queryset=None, to_field_name="uuid", required=False
    )
    partners_search = forms.CharField(
        label=gettext_lazy("Find another organization"),
        help_text=gettext_lazy("Part of its name, or its initials in pinyin."),
        max_length=60,
        required=False,
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.organizations = organizations_in_roles(user, OPENERS).select_related("community").order_by("pinyin", "pk")
        offered = list(self.organizations[: IN_ONE_LIST + 1])
        self.searches = len(offered) > IN_ONE_LIST
        self.offer("partners", None if self.searches else offered)
        self.fields["contract"].queryset = self.contracts()
        if not self.fields["contract"].queryset.exists():
            del self.fields["contract"]

    def contracts(self):
        found = ServiceContract.objects.visible_to(self.user).running(timezone.localdate())
        return found.select_related("agency").order_by("agency__name", "-ends_on", "pk")

    def offer(self, name, everything):
        """The field's choices: ``everything``, or (None) what was chosen, with the search beside it."""
        field = self.fields[name]
        field.queryset = self.organizations
        if everything is None:
            everything = self.chosen(name)
        else:
            del self.fields[f"{name}_search"]
        self.suggest(name, everything)

    def suggest(self, name, organizations):
        field = self.fields[name]
        pairs = [(str(item.uuid), field.label_from_instance(item)) for item in organizations]
        empty = [] if isinstance(field, forms.ModelMultipleChoiceField) else [("", _("Please choose"))]
        field.widget.choices = [*empty, *pairs]

    def chosen(self, name):
        many = isinstance(self.fields[name], forms.ModelMultipleChoiceField)
        if self.is_bound:
            values = self.data.getlist(name) if hasattr(self.data, "getlist") else [self.data.get(name)]
        else:
            values = self.initial.get(name) or []
            values = values if many else [values]
        found = []
        for value in values:
            try:
                found.append(uuids.UUID(str(getattr(value, "uuid", value))))
            except ValueError:
                continue
        return list(self.organizations.filter(uuid__in=found))

    def answer_search(self, name, text):
        """Without scripts the search is answered by the form itself."""
        found = list(self.organizations.search(text)[: SUGGESTED + 1])
        known = self.chosen(name)
        self.suggest(name, [*known, *(item for item in found[:SUGGESTED] if item not in known)])
        self.data = self.data.copy()
        self.data[f"{name}_search"] = ""  # answered; else the next sending would ask again
        return found

    def clean(self):
        cleaned = super().clean()
        begin, end = cleaned.get("starts_on"), cleaned.get("ends_on")
        if begin and end and end < begin:
            self.add_error("ends_on", _("The end cannot be before the start."))
        wanted = cleaned.pop("partners_search", "")
        if wanted:
            self.answer_search("partners", wanted)
            self.add_error("partners", _("Please tick what you were looking for, then send again."))
        return cleaned


class ProjectUpdateForm(_ProjectFields, EditionForm):
    """Partners out of the person's reach stay as they are."""

    field_order = ["name", "goal", "starts_on", "ends_on", "contract", "needs_admission", "partners"]

    def __init__(self, *args, project, **kwargs):
        self.project = project
        super().__init__(*args, **kwargs)

    def contracts(self):
        running = super().contracts().filter(agency=self.project.agency_id)
        found = ServiceContract.objects.filter(
            Q(pk=self.project.contract_id) | Q(pk__in=running.order_by().values("pk"))
        )
        return found.select_related("agency").order_by("-ends_on", "pk")

    def clean_partners(self):
        mine = list(self.cleaned_data["partners"])
        if any(item.pk == self.project.organization_id for item in mine):
            raise forms.ValidationError(_("The organization that the project is for need not be named again."))
        reach = self.organizations.values("pk")
        out_of_reach = [
            row.organization
            for row in self.project.partner_rows.exclude(organization__in=reach).select_related("organization")
        ]
        return [*mine, *out_of_reach]


class ProjectCreateForm(_ProjectFields, CreateOnceForm):
    """Choices are what the person may open a project for, and the social workers who serve such places."""

    organization = OrganizationField(
        label=gettext_lazy("Organization"),
        queryset=None,
        to_field_name="uuid",
        error_messages={"required": gettext_lazy("Please choose the organization.")},
    )
    organization_search = forms.CharField(
        label=gettext_lazy("Find an organization"),
        help_text=gettext_lazy("Part of its name, or its initials in pinyin."),
        max_length=60,
        required=False,
    )
    lead = forms.ModelChoiceField(label=gettext_lazy("Lead worker"), queryset=None, to_field_name="uuid")

    field_order = [
        "organization_search", "organization", "name", "lead", "goal", "starts_on", "ends_on", "contract",
        "needs_admission", "partners_search", "partners",
    ]  # fmt: skip

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.offer("organization", None if self.searches else list(self.organizations[:IN_ONE_LIST]))
        self.fields["lead"].queryset = self._workers()
        if user.access.has(Role.SOCIAL_WORKER):
            self.fields["lead"].initial = user.uuid

    def _workers(self):
        """Holders of a social-worker grant on, above or below the places that the person opens projects in."""
        workers = RoleGrant.objects.active().filter(role=Role.SOCIAL_WORKER, scope=Scope.DIVISION)
        codes = {code for place in self.user.access.divisions(*OPENERS) for code in place.ancestor_codes}
        reached = SocialOrganization.objects.filter(pk__in=self.organizations.order_by().values("pk"))
        holders = (
            workers.filter(division__code__in=codes)
            | workers.filter(division__in=reached.values("community__parent"))
            | workers.filter(division__in=reached.values("community"))
        )
        found = User.objects.filter(pk__in=holders.order_by().values("user_id"), is_active=True)
        return found.order_by("name", "pk")

    def clean_organization(self):
        organization = self.cleaned_data["organization"]
        if not (may := verdict(check_open_project, self.user, organization)):
            raise forms.ValidationError(may.reason)
        return organization

    def clean(self):
        cleaned = super().clean()
        wanted = cleaned.pop("organization_search", "")
        if wanted and not cleaned.get("organization") and not self.data.get("organization"):
            self._search(wanted, cleaned)
        lead, organization = cleaned.get("lead"), cleaned.get("organization")
        if lead and organization and not lead.access.covers(organization.community, Role.SOCIAL_WORKER):
            self.add_error("lead", _("This social worker does not serve the organization's community."))
        if organization and organization in cleaned.get("partners", ()):
            self.add_error("partners", _("The organization that the project is for need not be named again."))
        contract = cleaned.get("contract")
        if (
            contract
            and lead
            and ((agency := Agency.objects.employing(lead).first()) is None or agency.pk != contract.agency_id)
        ):
            self.add_error("contract", _("This contract belongs to another agency than the lead worker's."))
        return cleaned

    def _search(self, wanted, cleaned):
        found = self.answer_search("organization", wanted)
        self._errors.pop("organization", None)
        if len(found) == 1:
            cleaned["organization"] = found[0]
        elif found:
            self.add_error("organization", _("Several organizations match. Please choose one from the list."))
        else:
            self.add_error("organization", _("No organization of yours matches. Please search by another word."))


class ProjectTerminateForm(PageForm):
    reason = forms.CharField(
        label=gettext_lazy("Why does it end early?"),
        help_text=gettext_lazy("Everybody who reads the project reads this."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Please say why the project ends early.")},
    )
