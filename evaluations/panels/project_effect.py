"""On the project's page: what changed between its surveys, by the newest comparison."""

from django.utils.translation import gettext_lazy as _

from evaluations.policies.effect import check_create_effect
from evaluations.policies.wave import serves_people
from evaluations.services.effect import latest_run
from evaluations.services.effect_words import counts_sentence, title_of
from evaluations.services.wave import waves_of
from incubator.base.panels import Panel, panels
from incubator.base.policies import verdict
from projects.policies.project import check_view_project


@panels.register
class ProjectEffectPanel(Panel):
    code = "project-effect"
    target = "projects.incubationproject"
    label = _("What changed")
    template = "evaluations/panels/project_effect.html"
    policy = staticmethod(check_view_project)
    order = 46

    @classmethod
    def context(cls, user, thing):
        run = latest_run(thing) if waves_of(thing) else None
        return {
            "project": thing,
            "run": run,
            "finding": run and title_of(run.results, shows_small=serves_people(user, thing.community)),
            "people": run and counts_sentence(run.results["counts"]),
            "may_create": verdict(check_create_effect, user),
        }
