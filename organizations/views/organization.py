"""Pages of organizations: list, one organization, and what can be done with it."""

from functools import lru_cache
from typing import NamedTuple

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from incubator.audit.models import AuditEvent
from incubator.audit.registries import get_verb
from incubator.base.policies import verdict
from incubator.base.views import CreateOncePage, EditionMixin, ListPage, ObjectFormPage, PageView, TransitionView
from organizations.choices import GrowthStage, LegalStatus, OrganizationForm, OrganizationState
from organizations.filters import OrganizationFilterSet
from organizations.forms.organization import (
    OrganizationDissolveForm,
    OrganizationRegisterForm,
    OrganizationRestForm,
    OrganizationUpdateForm,
    community_label,
    find_communities,
)
from organizations.models import SocialOrganization
from organizations.policies import organization as policies
from organizations.policies.filing import check_open_filing
from organizations.services import organization as services
from organizations.views.tabs import OrganizationTabMixin

HISTORY = 10
FEN = 100
STATE_TONES = {
    OrganizationState.ACTIVE: "success", OrganizationState.DORMANT: "warning", OrganizationState.DISSOLVED: "neutral",
}  # fmt: skip
LEGAL_TONES = {LegalStatus.UNFILED: "neutral", LegalStatus.FILED: "info", LegalStatus.REGISTERED: "success"}


@lru_cache(maxsize=64)
def _badge(kind, code, language):
    """The badge of a stage, state or legal status; the same for everybody of one language."""
    if kind == "stage":
        return render_to_string("components/stage_badge.html", {"stage": code})
    choices, tones = {"state": (OrganizationState, STATE_TONES), "legal": (LegalStatus, LEGAL_TONES)}[kind]
    return render_to_string(
        "components/status_badge.html", {"text": choices(code).label, "tone": tones[code], "request": None}
    )


def badge(kind, code):
    return _badge(kind, code, get_language())


class OrganizationRow(NamedTuple):
    """One line of the list with everything said already, so that the template only sets it in."""

    url: str
    name: str
    state: str
    place: str
    type: str
    stage: str
    legal: str
    person: str
    changed: str


class OrganizationListView(ListPage):
    model = SocialOrganization
    policy = staticmethod(policies.check_list_organizations)
    template_name = "organizations/organization_list.html"
    filterset_class = OrganizationFilterSet
    sorts = {
        "recent": (gettext_lazy("recently changed"), ("-updated_at", "-pk")),
        "name": (gettext_lazy("by name (pinyin)"), ("pinyin", "pk")),
        "newest": (gettext_lazy("newest registered"), ("-pk",)),
    }
    # Plain values, not records: a page of a list needs a dozen of forty columns.
    columns = (
        "pk", "uuid", "name", "pinyin", "updated_at", "type_id", "growth_stage", "legal_status", "state",
        "responsible_person", "community__name", "community__parent__name",
    )  # fmt: skip

    def get_queryset(self):
        return super().get_queryset().values(*self.columns)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        user, query = self.request.user, self.request.GET.copy()
        query.pop("page", None)
        context["rows"] = self.rows(context["page"], context["filterset"])
        context["export_query"] = f"?{query.urlencode()}" if query else ""
        context["may_register"] = verdict(policies.check_register_organization, user)
        context["may_export"] = verdict(policies.check_export_organizations, user)
        return context

    def rows(self, page, filterset):
        base, types = reverse("organizations:organization-list"), {pk: label for pk, _code, label in filterset.types}
        return [
            OrganizationRow(
                url=f"{base}{row['uuid']}/",
                name=row["name"],
                state="" if row["state"] == OrganizationState.ACTIVE else badge("state", row["state"]),
                place=f"{row['community__parent__name']} › {row['community__name']}",
                type=types.get(row["type_id"], ""),
                stage=badge("stage", row["growth_stage"]),
                legal=badge("legal", row["legal_status"]),
                person=row["responsible_person"] or "–",
                changed=timezone.localtime(row["updated_at"]).date().isoformat(),
            )
            for row in page
        ]


def sentence(event):
    """What happened, in a line: the verb, the names of changed fields, the reason."""
    said = str(get_verb(event.verb).label)
    if changed := event.data.get("changes"):
        names = [
            str(SocialOrganization._meta.get_field(name).verbose_name)
            for name in changed
            if name in {field.name for field in SocialOrganization._meta.fields}
        ]
        said = _("%(event)s: %(fields)s") % {"event": said, "fields": ", ".join(names)}
    if reason := event.data.get("reason"):
        said = _("%(event)s (%(reason)s)") % {"event": said, "reason": reason}
    return said


def history(thing, limit=HISTORY):
    """The newest events of a record for ``components/timeline.html``; it stands on the record's own page."""
    events = AuditEvent.objects.about(thing).select_related("actor")[:limit]
    return [{"at": event.at, "sentence": sentence(event), "actor": event.actor} for event in events]


class OrganizationDetailView(OrganizationTabMixin, PageView):
    policy = staticmethod(policies.check_view_organization)
    template_name = "organizations/organization_detail.html"
    tab = "overview"

    def get_context_data(self, **kwargs):
        organization, user = self.organization, self.request.user
        may_read_contact = verdict(policies.check_view_contact, user, organization)
        phone = organization.contact_phone
        return super().get_context_data(
            form_of_organization=OrganizationForm(organization.form).label if organization.form else "",
            stage_label=GrowthStage(organization.growth_stage).label,
            state_badge=badge("state", organization.state),
            legal_badge=badge("legal", organization.legal_status),
            phone=phone if may_read_contact else policies.masked_phone(phone),
            phone_verdict=may_read_contact,
            funds=None if organization.funds_fen is None else f"{organization.funds_fen / FEN:,.2f}",
            may_view_growth=verdict(policies.check_view_organization_growth, user, organization),
            may_update=verdict(policies.check_update_organization, user, organization),
            may_rest=verdict(policies.check_rest_organization, user, organization),
            may_wake=verdict(policies.check_wake_organization, user, organization),
            may_dissolve=verdict(policies.check_dissolve_organization, user, organization),
            may_open_filing=verdict(check_open_filing, user, organization),
            events=history(organization),
            **kwargs,
        )


class OrganizationGrowthView(OrganizationTabMixin, PageView):
    """How it grows: what higher apps have to show about that."""

    policy = staticmethod(policies.check_view_organization_growth)
    template_name = "organizations/organization_growth.html"
    tab = "growth"


class OrganizationRegisterView(CreateOncePage):
    model = SocialOrganization
    policy = staticmethod(policies.check_register_organization)
    template_name = "organizations/organization_register.html"
    form_class = OrganizationRegisterForm
    success_message = gettext_lazy("The organization is on the list.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def perform(self, form):
        community = form.cleaned_data["community"]
        policies.check_register_organization(self.request.user, community)
        self.object = services.register_organization(
            actor=self.request.user, uuid=form.cleaned_data["uuid"], community=community, **form.details()
        )


class CommunitySearchView(PageView):
    """Suggestions below the community field of those who serve more communities than a list can hold."""

    policy = staticmethod(policies.check_register_organization)
    template_name = "organizations/community_search_partial.html"

    def get_context_data(self, **kwargs):
        found = find_communities(self.request.user, self.request.GET.get("community", "")[:60])
        return super().get_context_data(suggestions=[community_label(place) for place in found], **kwargs)


class OrganizationFormPage(ObjectFormPage):
    model = SocialOrganization
    context_object_name = "organization"

    def get_queryset(self):
        return super().get_queryset().with_names().select_related("place")


class OrganizationUpdateView(EditionMixin, OrganizationFormPage):
    policy = staticmethod(policies.check_update_organization)
    template_name = "organizations/organization_update.html"
    form_class = OrganizationUpdateForm
    success_message = gettext_lazy("Saved.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user, "organization": self.object}

    def perform(self, form):
        services.update_organization(
            organization_id=self.object.pk,
            actor=self.request.user,
            edition=form.cleaned_data["edition"],
            **form.details(),
        )


class OrganizationRestView(OrganizationFormPage):
    policy = staticmethod(policies.check_rest_organization)
    template_name = "organizations/organization_rest.html"
    form_class = OrganizationRestForm
    success_message = gettext_lazy("The organization rests for now. It can be woken at any time.")

    def perform(self, form):
        services.rest_organization(
            organization_id=self.object.pk, actor=self.request.user, reason=form.cleaned_data["reason"]
        )


class OrganizationWakeView(TransitionView):
    model = SocialOrganization
    policy = staticmethod(policies.check_wake_organization)
    success_message = gettext_lazy("The organization is active again.")

    def get_queryset(self):
        return super().get_queryset().select_related("community")

    def run(self):
        services.wake_organization(organization_id=self.object.pk, actor=self.request.user)


class OrganizationDissolveView(OrganizationFormPage):
    policy = staticmethod(policies.check_dissolve_organization)
    template_name = "organizations/organization_dissolve.html"
    form_class = OrganizationDissolveForm
    success_message = gettext_lazy("The end of the organization is recorded. Its file stays readable.")

    def perform(self, form):
        services.dissolve_organization(
            organization_id=self.object.pk,
            actor=self.request.user,
            on=form.cleaned_data["on"],
            reason=form.cleaned_data["reason"],
        )
