"""What a survey found, and the button that makes an objective of a need."""

from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluations.policies import result as policies
from evaluations.policies.effect import check_create_effect
from evaluations.policies.wave import serves_people
from evaluations.services import need as needs
from evaluations.services.result import results_of
from evaluations.small_cells import digits_of
from evaluations.views.result_picture import answer_rows, below_words, option_rows, scale_rows
from evaluations.views.wave import WaveMixin
from incubator.base.policies import verdict
from incubator.base.views import DetailPage, TransitionView
from projects.choices import NeedLevel
from projects.models import IncubationProject

OTHER = ""


class WaveResultView(WaveMixin, DetailPage):
    policy = staticmethod(policies.check_view_result)
    template_name = "evaluations/result_detail.html"

    def get_context_data(self, **kwargs):
        wave, user = self.object, self.request.user
        shows_small = serves_people(user, wave.community)
        result = results_of(wave, shows_small=shows_small)
        options = [option for choice in result.choices for option in choice.options]
        projects = self.get_projects()
        turned = needs.objectives_from(wave, [*result.items, *options], projects) if projects else {}
        into = self.get_chosen(projects)
        return super().get_context_data(
            result=result,
            share=round(result.answered * 100 / result.expected) if result.expected else None,
            scales=scale_rows(result.scales, digits=digits_of(shows_small=shows_small)),
            levels=[
                {"code": code or "other", "label": label, "rows": answer_rows(rows, result.ages, turned, into)}
                for code, label in (*NeedLevel.choices, (OTHER, _("other questions")))
                if (rows := result.items_of_level(code))
            ],
            choices=[
                {"choice": choice, "rows": option_rows(choice, turned, into)}
                for choice in result.choices
                if choice.number
            ],
            gaps=self.get_gaps(result, turned),
            projects=projects,
            into=into,
            may_turn=verdict(policies.check_turn_wave_need, user, wave, into) if into or wave.project_id else None,
            turn_url=reverse("evaluations:wave-need-turn", args=[wave.uuid]),
            may_compare=verdict(check_create_effect, user, wave),
            compare_url=f"{reverse('evaluations:effect-create')}?{urlencode(self.get_comparison())}",
            **kwargs,
        )

    def get_projects(self):
        """Those whose plan the person changes."""
        wave, user = self.object, self.request.user
        return [
            project
            for project in needs.projects_for(wave, user)
            if verdict(policies.check_turn_wave_need, user, wave, project)
        ]

    def get_chosen(self, projects):
        """The project that needs go into: the one there is, or the one chosen on the page."""
        if len(projects) == 1:
            return projects[0]
        wanted = self.request.GET.get("into", "")
        return next((project for project in projects if str(project.uuid) == wanted), None)

    def get_comparison(self):
        return {"project": self.object.project.uuid} if self.object.project_id else {"wave": self.object.uuid}

    def get_gaps(self, result, turned):
        listed, wave = reverse("projects:activity-list"), self.object
        where = {"organization": wave.organization.uuid} if wave.organization_id else {"area": wave.community.code}
        return [
            {
                "gap": gap,
                "finding": "" if gap.need.option else below_words(gap.need),
                "percent": None if gap.count is None else round(gap.share * 100),
                "held": [
                    {"label": label, "number": number, "url": f"{listed}?{urlencode(where | {'kind': code})}"}
                    for code, label, number in gap.held
                ],
                "projects": turned.get((gap.need.item, gap.need.option), []),
            }
            for gap in needs.gaps_of(wave, result, self.request.user, now=timezone.now())
        ]


class WaveNeedTurnView(WaveMixin, TransitionView):
    """The need stands in the form (``item``, ``option``), and the project that it goes into."""

    policy = staticmethod(policies.check_turn_wave_need)
    success_message = _("It is an objective now. Say on the plan what will show that it is reached.")

    def get_project(self):
        if not hasattr(self, "project"):
            found = IncubationProject.objects.visible_to(self.request.user)
            wanted = self.request.POST.get("project", "")
            try:
                self.project = get_object_or_404(found, uuid=wanted) if wanted else self.object.project
            except ValueError as error:
                raise Http404 from error
            if self.project is None:
                raise Http404
            policies.check_turn_wave_need(self.request.user, self.object, self.project)
        return self.project

    def run(self):
        needs.turn_wave_need(
            wave_id=self.object.pk, project_id=self.get_project().pk, item=self.request.POST.get("item", "")[:40],
            option=self.request.POST.get("option", "")[:40], actor=self.request.user,
        )  # fmt: skip

    def get_success_url(self):
        into = "" if self.object.project_id else f"?into={self.get_project().uuid}"
        return f"{reverse('evaluations:wave-result', args=[self.object.uuid])}{into}#needs"
