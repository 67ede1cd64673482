"""Filings: the street's register as a list, the tab of an organization, one filing, opening, filling in, handing in."""

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from incubator.audit.timeline import timeline
from incubator.base.policies import verdict
from incubator.base.views import CreateOncePage, DetailPage, ListPage, ObjectFormPage, PolicyMixin, TransitionView
from incubator.divisions.choices import Level
from incubator.reporting.views import table_answer
from organizations.choices import PaperKind
from organizations.filters import FilingFilterSet
from organizations.forms.filing import SAVE_FORMS, FilingOpenForm, FilingSaveForm
from organizations.models import Filing
from organizations.papers import yuan
from organizations.policies import filing as policies
from organizations.services import filing as services
from organizations.views.filing_stages import TONES, actions_for, stages_of
from organizations.views.tabs import OrganizationTabMixin

SORTS = {
    "recent": (gettext_lazy("Last changed first"), ("-updated_at", "-pk")),
    "oldest": (gettext_lazy("Waiting longest first"), ("updated_at", "pk")),
}
REGISTER_COLUMNS = (
    gettext_lazy("Filing number"), gettext_lazy("Organization"), gettext_lazy("Street"), gettext_lazy("Community"),
    gettext_lazy("Type"), gettext_lazy("Kind"), gettext_lazy("State"), gettext_lazy("Year of the report"),
    gettext_lazy("Responsible person"), gettext_lazy("Handed in on"), gettext_lazy("Checked on"),
    gettext_lazy("Decided on"),
)  # fmt: skip
STREETS_OFFERED = 30


class FilingListView(ListPage):
    """备案台账 of the places that one works with."""

    policy = staticmethod(policies.check_list_filings)
    model = Filing
    filterset_class = FilingFilterSet
    template_name = "organizations/filing_list.html"
    sorts = SORTS

    def get_queryset(self):
        return super().get_queryset().with_names()

    def get_context_data(self, **kwargs):
        today, user = timezone.localdate(), self.request.user
        waiting = Filing.objects.visible_to(user).waiting_for(user).order_by().count()
        streets = user.access.divisions(*policies.RULE_KEEPERS)
        return super().get_context_data(
            waiting=waiting,
            tones=TONES,
            today=today,
            streets=[street for street in streets if street.level == Level.STREET][:STREETS_OFFERED],
            keeps_rules=verdict(policies.check_list_filing_rules, user),
            **kwargs,
        )


class FilingRegisterFileView(PolicyMixin, View):
    """The list as it is filtered, as a file."""

    policy = staticmethod(policies.check_list_filings)
    http_method_names = ["get", "head", "options"]

    def get(self, request, extension):
        filterset = FilingFilterSet(request.GET, queryset=Filing.objects.visible_to(request.user), request=request)
        rows = filterset.qs.with_names().order_by("organization__community__code", "decided_at", "pk")
        table = (self.row(filing) for filing in rows.iterator(chunk_size=1000))
        title = _("Register of filings")
        return table_answer(title, REGISTER_COLUMNS, table, f"{title} {timezone.localdate():%Y-%m-%d}.{extension}")

    @staticmethod
    def row(filing):
        organization = filing.organization
        community = organization.community
        days = (filing.submitted_at, filing.checked_at, filing.decided_at)
        return [
            filing.number or organization.filing_number, organization.name, community.parent.name, community.name,
            str(organization.type), filing.get_kind_display(), filing.get_status_display(), filing.year,
            organization.responsible_person, *(timezone.localdate(at) if at else None for at in days),
        ]  # fmt: skip


class FilingTabView(OrganizationTabMixin, PolicyMixin, TemplateView):
    """The filings of one organization."""

    policy = staticmethod(policies.check_view_filings)
    template_name = "organizations/filing_tab.html"
    tab = "filings"

    def get_context_data(self, **kwargs):
        filings = Filing.objects.visible_to(self.request.user).filter(organization=self.organization)
        return super().get_context_data(
            filings=filings.select_related("created_by").order_by("-created_at", "-pk"),
            may_open=verdict(policies.check_open_filing, self.request.user, self.organization),
            tones=TONES,
            **kwargs,
        )


class FilingOpenView(OrganizationTabMixin, CreateOncePage):
    policy = staticmethod(policies.check_open_filing)
    model = Filing
    form_class = FilingOpenForm
    template_name = "organizations/filing_open.html"
    success_message = gettext_lazy("The draft is ready. Please add the papers and hand it in.")
    tab = "filings"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"this_year": timezone.localdate().year}

    def perform(self, form):
        self.object = services.open_filing(
            organization_id=self.organization.pk, actor=self.request.user, **form.cleaned_data
        )


class FilingDetailView(DetailPage):
    policy = staticmethod(policies.check_view_filing)
    model = Filing
    template_name = "organizations/filing_detail.html"

    def get_queryset(self):
        people = ("submitted_by", "checked_by", "decided_by")
        return super().get_queryset().with_names().select_related(*people)

    @cached_property
    def papers(self):
        return list(self.object.papers.in_use().select_related("uploaded_by").order_by("kind", "pk"))

    def get_context_data(self, **kwargs):
        filing, user = self.object, self.request.user
        shown = filing.content if "organization" in filing.content else services.frozen_content(filing)
        report = filing.content.get("report") or {}
        rule = services.rule_of(filing.organization.community.parent)
        missing = services.missing_for_submission(filing, rule) if filing.is_open else []
        return super().get_context_data(
            papers=self.papers,
            required=self.required_papers(rule),
            missing=missing,
            returned_papers=[PaperKind(kind).label for kind in filing.missing_papers],
            stages=stages_of(filing),
            tone=TONES[filing.status],
            actions=actions_for(user, filing, missing),
            changes=self.changes(),
            report=report,
            report_income=yuan(report.get("income_fen")) or "—",
            report_spending=yuan(report.get("spending_fen")) or "—",
            facts=shown["organization"],
            members=shown["members"],
            seal=filing.content.get("sha256"),
            may_edit=verdict(policies.check_save_filing, user, filing) if filing.is_open else None,
            may_print_certificate=verdict(policies.check_print_certificate, user, filing),
            events=timeline(filing, user),
            **kwargs,
        )

    def required_papers(self, rule):
        """(label, whether it is there) of the papers that the street asks for."""
        there = {paper.kind for paper in self.papers}
        return [(PaperKind(kind).label, kind in there) for kind in rule.papers_for(self.object.kind)]

    def changes(self):
        """(label, value before, value asked for); "before" is what was frozen when it was handed in."""
        filing = self.object
        frozen = filing.content.get("organization")
        meta = filing.organization._meta
        rows = []
        for name, value in filing.content.get("changes", {}).items():
            old = frozen.get(name) if frozen else getattr(filing.organization, name)
            old, new = (yuan(each) if name == "funds_fen" else each for each in (old, value))
            rows.append((meta.get_field(name).verbose_name, old, new))
        return rows


class FilingSaveView(ObjectFormPage):
    policy = staticmethod(policies.check_save_filing)
    model = Filing
    template_name = "organizations/filing_save.html"
    success_message = gettext_lazy("Saved.")

    def get_queryset(self):
        return super().get_queryset().with_names()

    def get_form_class(self):
        return SAVE_FORMS.get(self.object.kind, FilingSaveForm)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"filing": self.object}

    def perform(self, form):
        services.save_filing(filing_id=self.object.pk, actor=self.request.user, **form.values())


class FilingSubmitView(TransitionView):
    policy = staticmethod(policies.check_submit_filing)
    model = Filing
    success_message = gettext_lazy("Handed in. The community makes the first check.")

    def run(self):
        services.submit_filing(filing_id=self.object.pk, actor=self.request.user)
