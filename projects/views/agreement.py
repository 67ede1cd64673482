"""The agreement of a project: write, print, sign."""

from django.utils.translation import gettext_lazy as _

from incubator.base.views import CreateOncePage, EditionMixin, ObjectFormPage
from incubator.reporting.views.paper import RegisteredPaperView
from projects.forms.agreement import AgreementSignForm, AgreementUpdateForm
from projects.models import IncubationAgreement, IncubationProject, ProjectDocument
from projects.policies import agreement as policies
from projects.services import agreement as services
from projects.views.of_project import OfProjectMixin


class AgreementUpdateView(EditionMixin, ObjectFormPage):
    """Written or changed as long as it is not signed; the first time it opens filled from the project."""

    policy = staticmethod(policies.check_update_agreement)
    model = IncubationProject
    form_class = AgreementUpdateForm
    template_name = "projects/agreement_update.html"
    context_object_name = "project"
    success_message = _("Saved. Print it, have it signed, then add the signed copy.")

    def get_queryset(self):
        return super().get_queryset().with_names().select_related("agency")

    def get_edited(self):
        return services.agreement_of(self.object)

    def get_initial(self):
        agreement = self.get_edited()
        return {name: getattr(agreement, name) for name in services.FIELDS}

    def perform(self, form):
        services.update_agreement(project_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class AgreementSignView(OfProjectMixin, CreateOncePage):
    policy = staticmethod(policies.check_sign_agreement)
    model = ProjectDocument
    form_class = AgreementSignForm
    template_name = "projects/agreement_sign.html"
    success_message = _("Signed. The copy lies with the documents.")

    def perform(self, form):
        values = form.cleaned_data
        services.sign_agreement(
            project_id=self.project.pk, actor=self.request.user, signed_on=values["signed_on"], upload=values["file"],
            uuid=values["uuid"],
        )  # fmt: skip


class AgreementPaperView(RegisteredPaperView):
    """孵化协议 as Word, to be signed."""

    policy = staticmethod(policies.check_view_agreement)
    model = IncubationAgreement
    paper_code = "agreement"

    def get_queryset(self):
        return super().get_queryset().select_related("project__organization", "project__community__parent")
