"""一组织一档: the dossier of one organization."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from incubator.base.policies import verdict
from incubator.base.views import CreateOncePage, ObjectFormPage, PolicyMixin
from incubator.reporting.services import print_paper
from incubator.reporting.views import file_answer
from organizations.forms.dossier import DossierItemAddForm, DossierItemWithdrawForm
from organizations.models import DossierItem
from organizations.papers import DossierIndex
from organizations.policies import dossier as policies
from organizations.policies.filing import check_view_filings
from organizations.services import dossier as services
from organizations.views.filing_paper import KeptFileView
from organizations.views.tabs import OrganizationTabMixin


class DossierDetailView(OrganizationTabMixin, PolicyMixin, TemplateView):
    policy = staticmethod(policies.check_view_dossier)
    template_name = "organizations/dossier_detail.html"
    tab = "dossier"

    def get_context_data(self, **kwargs):
        user, sections = self.request.user, services.sections_of(self.organization, self.request.user)
        return super().get_context_data(
            sections=sections,
            completeness=services.completeness_from(sections),
            may_add=verdict(policies.check_add_dossier_item, user, self.organization),
            may_read=verdict(policies.check_read_dossier, user, self.organization),
            reads_names=verdict(check_view_filings, user, self.organization),
            **kwargs,
        )


class DossierItemAddView(OrganizationTabMixin, CreateOncePage):
    policy = staticmethod(policies.check_add_dossier_item)
    model = DossierItem
    form_class = DossierItemAddForm
    template_name = "organizations/dossier_item_add.html"
    success_message = _("Put into the dossier.")
    tab = "dossier"

    def find_existing(self, form):
        """Offices put in what they do not read afterwards; a second click of theirs leads on as well."""
        mine = DossierItem.objects.filter(organization=self.organization, uploaded_by=self.request.user)
        return mine.filter(uuid=form.cleaned_data["uuid"]).first()

    def get_initial(self):
        return {"heading": self.request.GET.get("heading", "")}

    def get_success_url(self):
        return reverse("organizations:dossier-detail", args=[self.organization.uuid])

    def perform(self, form):
        values = form.cleaned_data
        self.object = services.add_dossier_item(
            organization_id=self.organization.pk, heading_id=values["heading"].pk, title=values["title"],
            dated_on=values["dated_on"], upload=values["file"], uuid=values["uuid"], actor=self.request.user,
        )  # fmt: skip


class DossierItemWithdrawView(ObjectFormPage):
    policy = staticmethod(policies.check_withdraw_dossier_item)
    model = DossierItem
    form_class = DossierItemWithdrawForm
    template_name = "organizations/dossier_item_withdraw.html"
    success_message = _("Taken back. The file is kept in the archive.")

    def get_queryset(self):
        return super().get_queryset().select_related("organization__community", "heading")

    def perform(self, form):
        services.withdraw_dossier_item(item_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class DossierItemFileView(KeptFileView):
    policy = staticmethod(policies.check_view_dossier_item)
    model = DossierItem

    def get_queryset(self):
        return super().get_queryset().select_related("organization__community", "heading")


class DossierIndexView(OrganizationTabMixin, PolicyMixin, View):
    """案卷目录 as Word."""

    policy = staticmethod(policies.check_view_dossier)
    http_method_names = ["get", "head", "options"]
    tab = "dossier"

    def get(self, request, *args, **kwargs):
        content = print_paper(DossierIndex, self.organization, request.user)
        return file_answer(content, f"{self.organization.name} 案卷目录.docx")
