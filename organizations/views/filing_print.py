"""Papers of filings as Word, in the edition of their place."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.generic import View

from incubator.base.views import PolicyMixin
from incubator.reporting.services import print_paper
from incubator.reporting.views import file_answer
from incubator.reporting.views.paper import RegisteredPaperView
from organizations.models import Filing
from organizations.papers import FilingRegister
from organizations.policies import filing as policies
from organizations.views.filing_rule import kept_streets

YEARS = range(2000, 2100)  # that a register can be of


class _FilingPaperView(RegisteredPaperView):
    model = Filing

    def get_queryset(self):
        people = ("submitted_by", "checked_by", "decided_by")
        return super().get_queryset().with_names().select_related(*people)


class FilingApplicationView(_FilingPaperView):
    """备案申请表."""

    policy = staticmethod(policies.check_view_filing)
    paper_code = "filing-application"


class FilingCertificateView(_FilingPaperView):
    """备案证."""

    policy = staticmethod(policies.check_print_certificate)
    paper_code = "filing-certificate"


class FilingRegisterPaperView(PolicyMixin, View):
    """备案台账 of a street and a year."""

    policy = staticmethod(policies.check_print_register)
    policy_needs_object = True
    http_method_names = ["get", "head", "options"]

    def dispatch(self, request, *args, **kwargs):
        if kwargs["year"] not in YEARS:
            raise Http404
        self.street = get_object_or_404(kept_streets(request.user), code=kwargs["code"])
        self.policy(request.user, self.street)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, code, year):
        content = print_paper(FilingRegister, self.street, request.user, year=year)
        return file_answer(content, f"{self.street.name} {year}年 社区社会组织备案台账.docx")
