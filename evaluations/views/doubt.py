"""Doubtful links: two sheets side by side, without their answers, and the question whether they are of one person."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evaluations.choices import DoubtVerdict
from evaluations.models import LinkDoubt
from evaluations.policies import wave as policies
from evaluations.services.linking import settle_doubt, why_label
from incubator.base.views import ListPage, TransitionView


class DoubtListView(ListPage):
    model = LinkDoubt
    policy = staticmethod(policies.check_list_doubts)
    template_name = "evaluations/doubt_list.html"
    sorts = {"oldest": (_("oldest first"), ("pk",))}
    per_page = 20

    def get_queryset(self):
        names = [f"{side}__{name}" for side in ("response", "other") for name in ("wave", "entered_by")]
        return super().get_queryset().open().select_related(*names, "response__wave__community")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = [
            {
                "doubt": doubt,
                "why": why_label(doubt.why),
                "is_one_wave": doubt.response.wave_id == doubt.other.wave_id,
                "sheets": sorted((doubt.other, doubt.response), key=lambda sheet: (sheet.submitted_at, sheet.pk)),
            }
            for doubt in context["page"]
        ]
        return context | {"rows": rows}


class _SettleView(TransitionView):
    model = LinkDoubt
    policy = staticmethod(policies.check_settle_doubt)
    verdict = None

    def get_queryset(self):
        return super().get_queryset().select_related("response__wave__community", "response__wave__organization")

    def run(self):
        settle_doubt(doubt_id=self.object.pk, verdict=self.verdict, actor=self.request.user)

    def get_success_url(self):
        return reverse("evaluations:doubt-list")


class DoubtSameView(_SettleView):
    verdict = DoubtVerdict.SAME
    success_message = _("Settled: the same person.")


class DoubtDifferentView(_SettleView):
    verdict = DoubtVerdict.DIFFERENT
    success_message = _("Settled: different people.")
