"""Surveys on the pages of projects, organizations, communities and activities, and what they say to the checklist."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluations.choices import WaveKind, WaveStatus
from evaluations.forms.wave import target_code
from evaluations.models import Wave
from evaluations.policies.wave import check_create_wave, check_view_wave
from evaluations.services.result import results_of
from evaluations.services.wave import waves_of
from incubator.base.panels import Panel, panels
from incubator.base.policies import verdict
from organizations.policies.community import check_view_community
from projects.choices import DocumentKind
from projects.policies.activity import check_view_activities_of, check_view_activity
from projects.policies.project import check_view_project
from projects.registries import ChecklistResult, measurement_sources

SHORT = 3
# What a project's surveys are, in their order.
STEPS = (WaveKind.BASELINE, WaveKind.MIDTERM, WaveKind.ENDLINE, WaveKind.FOLLOW_UP)


def _plan_url(target, kind=""):
    query = {"about": target_code(target)} | ({"kind": kind} if kind else {})
    return f"{reverse('evaluations:wave-create')}?{urlencode(query)}"


@panels.register
class ProjectMeasurement(Panel):
    """Before, in between, after: where each stands, and the next."""

    code = "project-measurement"
    target = "projects.incubationproject"
    label = gettext_lazy("Measurement")
    template = "evaluations/panels/project_measurement.html"
    policy = staticmethod(check_view_project)
    order = 25

    @classmethod
    def context(cls, user, thing):
        waves = [wave for wave in waves_of(thing) if verdict(check_view_wave, user, wave)]
        by_kind = {wave.kind: wave for wave in waves}
        following = next((step for step in (WaveKind.BASELINE, WaveKind.ENDLINE) if step not in by_kind), None)
        return {
            "project": thing,
            "waves": waves,
            "steps": [{"label": step.label, "wave": by_kind.get(step)} for step in STEPS],
            "following": following,
            "following_label": WaveKind(following).label if following else "",
            "plan_url": _plan_url(thing, following or WaveKind.FOLLOW_UP),
            "may_create": verdict(check_create_wave, user, thing),
        }


class _ShortPanel(Panel):
    template = "evaluations/panels/short_measurement.html"
    order = 40

    @classmethod
    def rows(cls, user, thing, waves, query):
        listed = f"{reverse('evaluations:wave-list')}?{urlencode(query)}"
        found = list(waves.with_answered().with_names().order_by("-opens_on", "-pk")[: SHORT + 1])
        return {
            "waves": found[:SHORT],
            "has_more": len(found) > SHORT,
            "all_url": listed,
            "plan_url": _plan_url(thing),
            "may_create": verdict(check_create_wave, user, thing),
        }


@panels.register
class OrganizationMeasurement(_ShortPanel):
    code = "organization-measurement"
    target = "organizations.socialorganization"
    label = gettext_lazy("Surveys")
    policy = staticmethod(check_view_activities_of)

    @classmethod
    def context(cls, user, thing):
        waves = Wave.objects.visible_to(user).filter(organization=thing)
        return cls.rows(user, thing, waves, {"organization": thing.uuid})


@panels.register
class CommunityMeasurement(_ShortPanel):
    code = "community-measurement"
    target = "divisions.division"
    label = gettext_lazy("Surveys of residents")
    policy = staticmethod(check_view_community)

    @classmethod
    def context(cls, user, thing):
        waves = Wave.objects.visible_to(user).filter(community=thing, organization__isnull=True)
        return cls.rows(user, thing, waves, {"community": thing.code})


@panels.register
class ActivitySatisfaction(Panel):
    """What people who came say: the number while it runs, means of at least five once it is closed for good; the same for
    whoever looks."""

    code = "activity-satisfaction"
    target = "projects.activity"
    label = gettext_lazy("Satisfaction")
    template = "evaluations/panels/activity_satisfaction.html"
    policy = staticmethod(check_view_activity)
    order = 55

    @classmethod
    def context(cls, user, thing):
        found = Wave.objects.visible_to(user).filter(activity=thing).with_answered()
        wave = found.select_related("version__instrument").order_by("-opens_on", "-pk").first()
        is_final = wave is not None and wave.is_final(timezone.now())
        means = [row for row in results_of(wave, shows_small=False).scales if row.scores.n] if is_final else []
        return {
            "activity": thing,
            "wave": wave,
            "means": means,
            "too_few": is_final and not means,
            "plan_url": _plan_url(thing) if thing.organization_id else "",
            "may_create": verdict(check_create_wave, user, thing) if thing.organization_id else None,
        }


@measurement_sources.register
class MeasuredByWave:
    """A survey of the project that is closed, or that somebody has answered."""

    code = "wave"
    kinds = {DocumentKind.BASELINE: WaveKind.BASELINE, DocumentKind.ENDLINE: WaveKind.ENDLINE}

    @classmethod
    def find(cls, project, document):
        if document not in cls.kinds:
            return None
        waves = [wave for wave in waves_of(project) if wave.kind == cls.kinds[document]]
        wave = max(waves, key=lambda wave: (wave.answered, wave.opens_on, wave.pk), default=None)
        if wave is None:
            return None
        if wave.answered or wave.status == WaveStatus.CLOSED:
            detail = _("“%(title)s”: %(number)s answered.") % {"title": wave.title, "number": wave.answered}
            return ChecklistResult(True, detail, wave.get_absolute_url())
        detail = _("“%(title)s” has no answers yet.") % {"title": wave.title}
        return ChecklistResult(False, detail, wave.get_absolute_url())
