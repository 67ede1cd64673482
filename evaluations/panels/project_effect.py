"""On the project's page: what changed between its surveys, by the newest comparison."""

from django.utils.translation import gettext_lazy as _

from evaluations.policies.effect import check_create_effect, check_read_effect, serves_run
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
        run = latest_run(thing, user) if waves_of(thing) else None
        may_read = run and verdict(check_read_effect, user, run)
        return {
            "project": thing,
            "run": run,
            "may_read": may_read,
            "finding": title_of(run.results, shows_small=serves_run(user, run)) if may_read else "",
            "people": run and counts_sentence(run.results["counts"]),
            "may_create": verdict(check_create_effect, user),
        }
