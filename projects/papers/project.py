"""Papers of a project: its plan, its activities of a period, the index of its file."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.reporting.papers import chinese_day
from incubator.reporting.registries import Paper, papers
from projects.choices import LedBy, TeamRole
from projects.models import Activity
from projects.policies.project import check_view_project
from projects.services.kind import label_of

MOST_ROWS = 500
PLATFORM = "平台记录"  # the paper is an official Chinese form, whatever language the pages speak
FACTS = (
    ("name", _("name of the project")),
    ("organization", _("organization")),
    ("partners", _("other organizations in it")),
    ("community", _("community")),
    ("street", _("street")),
    ("agency", _("agency")),
    ("lead", _("lead worker")),
    ("team", _("team")),
    ("stage", _("stage")),
    ("period", _("period")),
    ("goal", _("goal")),
    ("printed_on", _("printed on")),
)


def day(value):
    return f"{value:%Y-%m-%d}" if value else ""


class ProjectPaper(Paper):
    target = "projects.incubationproject"
    policy = staticmethod(check_view_project)

    @classmethod
    def file_name(cls, thing):
        return f"{thing.name} {cls.label}"


def facts_of(project):
    team = project.team.filter(until_on__isnull=True).select_related("user")
    return {
        "name": project.name,
        "organization": project.organization.name,
        "partners": "、".join(str(row.organization) for row in project.partner_rows.select_related("organization")),
        "community": project.community.name,
        "street": str(project.community.parent or ""),
        "agency": str(project.agency or ""),
        "lead": str(project.lead),
        "team": "、".join(str(row.user) for row in team if row.role != TeamRole.LEAD),
        "stage": str(project.get_stage_display()),
        "period": f"{chinese_day(project.starts_on)}至{chinese_day(project.ends_on)}",
        "goal": project.goal,
        "printed_on": chinese_day(timezone.localdate()),
    }


@papers.register
class ProjectPlanPaper(ProjectPaper):
    """培育计划: needs, objectives, indicators, planned activities."""

    code = "project-plan"
    label = _("plan of the project")
    template = "projects/papers/project_plan.docx"
    order = 10
    fields = (
        *FACTS,
        ("needs[].number", _("number of a need")),
        ("needs[].level", _("level")),
        ("needs[].text", _("need")),
        ("needs[].seen_at", _("how it was found")),
        ("objectives[].number", _("number of an objective")),
        ("objectives[].level", _("level")),
        ("objectives[].text", _("objective")),
        ("objectives[].need", _("number of the need behind it")),
        ("indicators[].objective", _("number of the objective")),
        ("indicators[].name", _("indicator")),
        ("indicators[].target", _("target with its unit")),
        ("indicators[].due", _("by")),
        ("plans[].number", _("number of a planned activity")),
        ("plans[].day", _("planned for")),
        ("plans[].kind", _("kind")),
        ("plans[].title", _("title")),
        ("plans[].objective", _("number of the objective")),
        ("plans[].place", _("where")),
        ("plans[].people", _("expected participants")),
        ("plans[].responsible", _("who sees to it")),
    )

    @classmethod
    def context(cls, thing, user, **options):
        needs = list(thing.needs.order_by("pk"))
        objectives = list(
            thing.objectives.filter(dropped_at__isnull=True).prefetch_related("indicators").order_by("order", "pk")
        )
        plans = thing.plans.in_force().select_related("responsible").order_by("planned_on", "pk")
        need_numbers = {need.pk: number for number, need in enumerate(needs, start=1)}
        numbers = {objective.pk: number for number, objective in enumerate(objectives, start=1)}
        return facts_of(thing) | {
            "needs": [
                {
                    "number": need_numbers[need.pk], "level": str(need.get_level_display()), "text": need.text,
                    "seen_at": need.seen_at,
                }
                for need in needs
            ],
            "objectives": [
                {
                    "number": numbers[item.pk], "level": str(item.get_level_display()), "text": item.text,
                    "need": need_numbers.get(item.need_id, ""),
                }
                for item in objectives
            ],
            "indicators": [
                {
                    "objective": numbers[item.pk], "name": indicator.name,
                    "target": f"{indicator.target} {indicator.get_unit_display()}", "due": day(indicator.due_on),
                }
                for item in objectives
                for indicator in sorted(item.indicators.all(), key=lambda row: row.pk)
            ],
            "plans": [
                {
                    "number": number, "day": day(plan.planned_on), "kind": label_of(plan.kind), "title": plan.title,
                    "objective": numbers.get(plan.objective_id, ""), "place": plan.place_text,
                    "people": plan.expected_participants, "responsible": str(plan.responsible or ""),
                }
                for number, plan in enumerate(plans, start=1)
            ],
        }  # fmt: skip


@papers.register
class ActivityTable(ProjectPaper):
    """活动一览表 of a period."""

    code = "activity-table"
    label = _("table of activities")
    template = "projects/papers/activity_table.docx"
    order = 20
    fields = (
        *FACTS,
        ("from_day", _("from")),
        ("until_day", _("until")),
        ("rows[].number", _("number of the line")),
        ("rows[].day", _("day")),
        ("rows[].begin", _("begin")),
        ("rows[].kind", _("kind")),
        ("rows[].title", _("title")),
        ("rows[].place", _("where")),
        ("rows[].participants", _("participants")),
        ("rows[].minutes", _("minutes")),
        ("rows[].led_by", _("led by")),
        ("rows[].recorded_by", _("recorded by")),
        ("total", _("number of activities")),
        ("person_times", _("person-times")),
        ("hours", _("hours")),
    )

    @classmethod
    def context(cls, thing, user, *, from_on=None, until_on=None, **options):
        zone = timezone.get_current_timezone()
        found = Activity.objects.visible_to(user, drafts=False).serving_project(thing).counted()
        if from_on:
            found = found.filter(starts_at__gte=datetime.datetime.combine(from_on, datetime.time.min, zone))
        if until_on:
            after = until_on + datetime.timedelta(days=1)
            found = found.filter(starts_at__lt=datetime.datetime.combine(after, datetime.time.min, zone))
        found = list(found.select_related("recorded_by").order_by("starts_at", "pk")[:MOST_ROWS])
        rows = []
        for number, item in enumerate(found, start=1):
            begin = timezone.localtime(item.starts_at)
            rows.append({
                "number": number, "day": day(begin), "begin": f"{begin:%H:%M}", "kind": item.get_kind_display(),
                "title": item.title or item.summary[:40], "place": item.place_text, "participants": item.participants,
                "minutes": item.minutes, "led_by": str(LedBy(item.led_by).label) if item.led_by else "",
                "recorded_by": str(item.recorded_by),
            })  # fmt: skip
        return facts_of(thing) | {
            "from_day": chinese_day(from_on or thing.starts_on),
            "until_day": chinese_day(until_on or thing.ends_on or timezone.localdate()),
            "rows": rows,
            "total": len(rows),
            "person_times": sum(item.participants or 0 for item in found),
            "hours": f"{sum(item.minutes for item in found) / 60:.1f}",
        }


@papers.register
class ProjectDossierIndex(ProjectPaper):
    """卷内目录: what the file of the project holds, in order."""

    code = "project-index"
    label = _("index of the project's file")
    template = "projects/papers/project_index.docx"
    order = 30
    fields = (
        *FACTS,
        ("rows[].number", _("number of the line")),
        ("rows[].group", _("part of the file")),
        ("rows[].title", _("title")),
        ("rows[].day", _("day")),
        ("rows[].form", _("kept as")),
        ("total", _("number of papers")),
    )

    @classmethod
    def context(cls, thing, user, **options):
        rows = [*_papers_of(thing), *_records_of(thing, user)]
        rows = [{"number": number, **row} for number, row in enumerate(rows, start=1)]
        return facts_of(thing) | {"rows": rows, "total": len(rows)}


def _papers_of(project):
    for document in project.documents.filter(withdrawn_at__isnull=True).order_by("kind", "dated_on", "pk"):
        yield {
            "group": str(document.get_kind_display()), "title": document.title, "day": day(document.dated_on),
            "form": document.extension.upper(),
        }  # fmt: skip
    if project.plans.in_force().exists():
        yield {"group": "培育计划", "title": "培育计划", "day": "", "form": PLATFORM}
    for request in project.stage_requests.filter(status="passed").order_by("decided_at", "pk"):
        yield {
            "group": "阶段决定", "title": str(request), "day": day(timezone.localtime(request.decided_at)),
            "form": PLATFORM,
        }  # fmt: skip


def _records_of(project, user):
    found = Activity.objects.visible_to(user, drafts=False).serving_project(project).counted()
    for item in found.order_by("starts_at", "pk")[:MOST_ROWS]:
        kind = item.get_kind_display()
        yield {
            "group": "活动记录", "title": f"{kind}：{item.title}" if item.title else kind,
            "day": day(timezone.localtime(item.starts_at)), "form": PLATFORM,
        }  # fmt: skip
