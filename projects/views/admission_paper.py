"""Papers of admission and leaving as Word, in the edition of their place."""

from django.http import Http404

from incubator.reporting.registries import find_paper
from incubator.reporting.views.paper import RegisteredPaperView
from projects.models import Admission
from projects.policies import admission as policies


class AdmissionPaperView(RegisteredPaperView):
    """``code`` names it; what has not happened yet has no paper."""

    policy = staticmethod(policies.check_view_admission)
    model = Admission
    code = ""

    def get_queryset(self):
        return super().get_queryset().with_names().select_related("organization__type", "screened_by", "decided_by")

    def get_paper(self):
        paper = find_paper(f"admission-{self.code}")
        if not paper.is_there(self.object):
            raise Http404
        return paper
