"""Papers of a project: add, fetch, take back."""

from django.utils.translation import gettext_lazy as _

from incubator.base.views import CreateOncePage, ObjectFormPage
from organizations.views.filing_paper import KeptFileView
from projects.forms.agreement import DocumentAddForm, DocumentWithdrawForm
from projects.models import ProjectDocument
from projects.policies import agreement as policies
from projects.services import document as services
from projects.views.of_project import OfProjectMixin


class DocumentAddView(OfProjectMixin, CreateOncePage):
    policy = staticmethod(policies.check_add_document)
    model = ProjectDocument
    form_class = DocumentAddForm
    template_name = "projects/document_add.html"
    success_message = _("Added.")

    def get_initial(self):
        return {"kind": self.request.GET.get("kind", "")}

    def perform(self, form):
        values = form.cleaned_data
        self.object = services.add_document(
            project_id=self.project.pk, actor=self.request.user, upload=values.pop("file"), **values
        )


class DocumentWithdrawView(ObjectFormPage):
    policy = staticmethod(policies.check_withdraw_document)
    model = ProjectDocument
    form_class = DocumentWithdrawForm
    template_name = "projects/document_withdraw.html"
    context_object_name = "document"
    success_message = _("Taken back. The file is kept in the archive.")

    def get_queryset(self):
        return super().get_queryset().select_related("project__organization", "project__community")

    def perform(self, form):
        services.withdraw_document(document_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class DocumentFileView(KeptFileView):
    """What was taken back is not handed out any more."""

    policy = staticmethod(policies.check_view_document)
    model = ProjectDocument

    def get_queryset(self):
        return super().get_queryset().in_use().select_related("project__organization", "project__community")
