"""What the community and the street do with a filing, one address per transition."""

from django.utils.translation import gettext_lazy as _

from incubator.base.views import ObjectFormPage, TransitionView
from organizations.forms.filing import FilingCancelForm, FilingCheckForm, FilingReturnForm, FilingSuspendForm
from organizations.models import Filing
from organizations.policies import filing as policies
from organizations.services import filing_decision as services
from organizations.services.filing import rule_of


class FilingFormPage(ObjectFormPage):
    model = Filing

    def get_queryset(self):
        return super().get_queryset().with_names()


class FilingCheckView(FilingFormPage):
    policy = staticmethod(policies.check_check_filing)
    form_class = FilingCheckForm
    template_name = "organizations/filing_check.html"
    success_message = _("Checked. The street office decides next.")

    def perform(self, form):
        services.check_filing(filing_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class FilingReturnView(FilingFormPage):
    policy = staticmethod(policies.check_return_filing)
    form_class = FilingReturnForm
    template_name = "organizations/filing_return.html"
    success_message = _("Returned. Those who prepared it are told what to add.")

    def get_initial(self):
        """Ticked already: what the street asks for and is not there."""
        there = set(self.object.papers.in_use().values_list("kind", flat=True))
        wanted = rule_of(self.object.organization.community.parent).papers_for(self.object.kind)
        return {"missing_papers": [kind for kind in wanted if kind not in there]}

    def perform(self, form):
        services.return_filing(filing_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class FilingFileView(TransitionView):
    policy = staticmethod(policies.check_file_filing)
    model = Filing
    success_message = _("Filed.")

    def run(self):
        services.file_filing(filing_id=self.object.pk, actor=self.request.user)


class FilingSuspendView(FilingFormPage):
    policy = staticmethod(policies.check_suspend_filing)
    form_class = FilingSuspendForm
    template_name = "organizations/filing_suspend.html"
    success_message = _("Suspended.")

    def perform(self, form):
        services.suspend_filing(filing_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class FilingResumeView(TransitionView):
    policy = staticmethod(policies.check_resume_filing)
    model = Filing
    success_message = _("The filing holds again.")

    def run(self):
        services.resume_filing(filing_id=self.object.pk, actor=self.request.user)


class FilingCancelView(FilingFormPage):
    policy = staticmethod(policies.check_cancel_filing)
    form_class = FilingCancelForm
    template_name = "organizations/filing_cancel.html"
    success_message = _("Cancelled.")

    def perform(self, form):
        services.cancel_filing(filing_id=self.object.pk, actor=self.request.user, **form.cleaned_data)
