"""Papers of a filing: add, take back, open. A file leaves only after the policy was asked."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from incubator.base.views import CreateOncePage, TransitionView, VisibleMixin
from incubator.reporting.views import kept_file_answer
from organizations.forms.filing import FilingPaperAddForm
from organizations.models import Filing, FilingPaper
from organizations.policies import filing as policies
from organizations.services import filing_paper as services


class FilingPaperAddView(CreateOncePage):
    policy = staticmethod(policies.check_add_filing_paper)
    policy_needs_object = True
    model = FilingPaper
    form_class = FilingPaperAddForm
    template_name = "organizations/filing_paper_add.html"
    success_message = _("Added.")

    @cached_property
    def filing(self):
        queryset = Filing.objects.visible_to(self.request.user).with_names()
        return get_object_or_404(queryset, uuid=self.kwargs["uuid"])

    def dispatch(self, request, *args, **kwargs):
        self.policy(request.user, self.filing)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(filing=self.filing, **kwargs)

    def get_initial(self):
        return {"kind": self.request.GET.get("kind", "")}

    def get_success_url(self):
        return self.filing.get_absolute_url()

    def perform(self, form):
        values = form.cleaned_data
        self.object = services.add_filing_paper(
            filing_id=self.filing.pk, actor=self.request.user, kind=values["kind"], upload=values["file"],
            uuid=values["uuid"],
        )  # fmt: skip


class FilingPaperWithdrawView(TransitionView):
    policy = staticmethod(policies.check_withdraw_filing_paper)
    model = FilingPaper
    success_message = _("The paper was taken back.")

    def get_queryset(self):
        return super().get_queryset().select_related("filing__organization__community")

    def get_success_url(self):
        return self.object.filing.get_absolute_url()

    def run(self):
        services.withdraw_filing_paper(paper_id=self.object.pk, actor=self.request.user)


class KeptFileView(VisibleMixin, View):
    """A kept file at an address that ends in its extension; with another ending there is nothing."""

    http_method_names = ["get", "head", "options"]

    def get(self, request, *args, **kwargs):
        if kwargs["extension"] != self.object.extension:
            raise Http404
        return kept_file_answer(self.object)


class FilingPaperFileView(KeptFileView):
    policy = staticmethod(policies.check_view_filing_paper)
    model = FilingPaper

    def get_queryset(self):
        return super().get_queryset().select_related("filing__organization__community")
