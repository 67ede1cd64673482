"""From answers to work: which wishes meet no service, and how a need becomes an objective of a project."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from evaluations.choices import Subject
from evaluations.models import Wave
from evaluations.services.result import said
from evaluations.validators import CHOICES, LIKERT, items_of
from incubator.base.errors import RuleViolation
from projects.choices import NeedLevel
from projects.models import Activity, ActivityLink, IncubationProject, ProjectNeed, ProjectWorker
from projects.services import plan
from projects.services.kind import labels_of

LOOK_BACK = datetime.timedelta(days=365)
LONGEST, LONGEST_SOURCE = 300, 200
MOST_PROJECTS = 50


@dataclass(frozen=True)
class Gap:
    """A wish, how many have it, and what was held of the services that would answer it: ((code, label, number), …)."""

    need: object
    count: int | None
    number: int
    share: float
    held: tuple

    @property
    def total(self):
        return sum(number for _code, _label, number in self.held)


def gaps_of(wave, result, user, *, now):
    """What people wish for that names services, beside what was held in the twelve months before: wishes without any
    service first, then by share. Two queries at most, however many wishes there are."""
    wishes = [(item, item.below, item.below_share) for item in result.items if item.services]
    wishes += [(row, row.count, row.share or 0) for part in result.choices for row in part.options if row.services]
    if not wishes:
        return []
    held = _held(wave, user, now)
    labels = labels_of({code for need, _count, _share in wishes for code in need.services})
    gaps = [
        Gap(
            need=need, count=count, number=need.number, share=share,
            held=tuple((code, labels.get(code, code), held.get(code, 0)) for code in need.services),
        )
        for need, count, share in wishes
        if share
    ]  # fmt: skip
    return sorted(gaps, key=lambda gap: (gap.total > 0, -gap.share, gap.need.item, gap.need.option))


def _held(wave, user, now):
    """{kind: how many}; of the organization, or of all organizations in the community."""
    found = Activity.objects.visible_to(user, drafts=False).counted()
    found = found.filter(starts_at__gt=now - LOOK_BACK, starts_at__lte=now)
    if wave.organization_id:
        found = found.serving(wave.organization)
    else:
        found = found.filter(pk__in=ActivityLink.objects.filter(community=wave.community_id).values("activity_id"))
    return dict(found.order_by().values_list("kind").annotate(number=Count("pk")))


# --- a need becomes an objective --------------------------------------------------------------------------------------


def need_key(wave, project, item, option=""):
    """The identifier of the project's need that comes from this question: the same however often it is asked for."""
    return uuid.uuid5(wave.uuid, f"{project.uuid}:{item}:{option}")


def projects_for(wave, user):
    """The running projects whose plan the needs of this survey may go into, in order of their names: the survey's own;
    that of its organization; for a whole community all there."""
    found = IncubationProject.objects.visible_to(user).running().select_related("organization", "community")
    if wave.project_id:
        found = found.filter(pk=wave.project_id)
    elif wave.organization_id:
        found = found.filter(organization=wave.organization_id)
    else:
        found = found.filter(community=wave.community_id)
    projects = list(found.order_by("name", "pk")[:MOST_PROJECTS])
    _read_teams(projects)
    return projects


def _read_teams(projects):
    """Who works on them, for all at once: the policy asks each."""
    rows = ProjectWorker.objects.filter(project__in=projects, until_on__isnull=True).order_by("pk")
    teams = {project.pk: {project.lead_id} for project in projects}
    for project_id, user_id in rows.values_list("project_id", "user_id"):
        teams[project_id].add(user_id)
    for project in projects:
        project.team_ids = teams[project.pk]


def objectives_from(wave, needs, projects):
    """{(item, option): (project, …)}: which of the needs are in the plan of which projects already. One query."""
    asked = {
        need_key(wave, project, need.item, need.option): (need.item, need.option, project)
        for need in needs
        for project in projects
    }
    there = ProjectNeed.objects.filter(uuid__in=asked, objectives__isnull=False).order_by("pk").distinct()
    found = {}
    for key in there.values_list("uuid", flat=True):
        item, option, project = asked[key]
        found.setdefault((item, option), []).append(project)
    return found


@transaction.atomic
def turn_wave_need(*, wave_id, project_id, item, option="", actor):
    """Make a need and its objective of a question (or one of its options) of a survey, in a project of the survey's place:
    RuleViolation for another project and for a question that the survey does not ask. Once per need and project: the
    objective that is there already is given back. Audit by the plan's own services."""
    wave = Wave.objects.select_related("version__instrument").get(pk=wave_id)
    project = IncubationProject.objects.select_for_update(of=("self",)).get(pk=project_id)
    if not _belongs(wave, project):
        raise RuleViolation(_("This survey was held elsewhere; its needs do not go into this project."))
    level, text = _need_of(wave, item, option)
    key = need_key(wave, project, item, option)
    need = ProjectNeed.objects.filter(uuid=key).first()
    if need is None:
        source = _("Survey: %(title)s") % {"title": wave.title}
        need = plan.add_need(
            project_id=project.pk, uuid=key, actor=actor, level=level, text=text[:LONGEST],
            seen_at=source[:LONGEST_SOURCE],
        )  # fmt: skip
    return plan.turn_need(need_id=need.pk, actor=actor)


def _belongs(wave, project):
    if wave.project_id:
        return wave.project_id == project.pk
    if wave.organization_id:
        return wave.organization_id == project.organization_id
    return wave.community_id == project.community_id


def _need_of(wave, name, option):
    """(level, text) of what is asked."""
    item = next((item for item in items_of(wave.version.content) if item["id"] == name), None)
    if item and item["kind"] == LIKERT and not option:
        scale = next((scale for scale in wave.version.scales.order_by("pk") if name in scale.items), None)
        words = _("More people can say: “%(statement)s”")
        is_turned = bool(item.get("reverse")) != bool(scale and not scale.higher_is_better)
        if is_turned:
            words = _("Fewer people have to say: “%(statement)s”")
        return (scale and scale.level) or _usual_level(wave), words % {"statement": said(item["text"])}
    if item and item["kind"] in CHOICES:
        chosen = next((row for row in item["options"] if row["id"] == option), None)
        if chosen:
            return _usual_level(wave), said(chosen["text"])
    raise RuleViolation(_("This survey does not ask that."))


def _usual_level(wave):
    """The level of what the questionnaire puts at none; people change it in the plan."""
    return NeedLevel.SOCIAL if wave.version.instrument.subject == Subject.RESIDENT else NeedLevel.INDIVIDUAL
