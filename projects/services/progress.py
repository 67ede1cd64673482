"""What a project has reached, counted from its activities and never typed; a fixed number of queries for any number of
objectives, indicators and projects."""

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.choices import IndicatorUnit, LedBy
from projects.models import Activity, ActivityLink, Attendance
from projects.services.kind import label_of
from projects.services.story import served_links, story_of

LEADERS = (LedBy.WORKER, LedBy.ASSISTED, LedBy.ORGANIZATION)
HELD, OVERDUE, TO_COME, CANCELLED = "held", "overdue", "to_come", "cancelled"
STATES = {
    HELD: (_("held"), "success"),
    OVERDUE: (_("its day has passed"), "warning"),
    TO_COME: (_("to come"), "info"),
    CANCELLED: (pgettext_lazy("activity", "cancelled"), "neutral"),
}


def indicator_values(indicators, links=None):
    """{key of the indicator: number} in at most two queries, one when the ``links`` are known: from counted activities that
    serve the objective, of the indicator's kinds (none: of all). Hours are the objective's share of the minutes, with one
    digit; an own measure is the last value that somebody wrote, or 0."""
    indicators = list(indicators)
    derived = [item for item in indicators if item.unit != IndicatorUnit.OWN]
    values = {item.pk: item.own_value or 0 for item in indicators if item.unit == IndicatorUnit.OWN}
    if not derived:
        return values
    if links is None:
        links = served_links(ActivityLink.objects.filter(objective__in={item.objective_id for item in derived}))
    rows, objectives = defaultdict(list), {item.objective_id for item in derived}
    for link in links:
        if link.objective in objectives:
            rows[link.objective].append(link)
    people = _people_of([row for found in rows.values() for row in found], derived)
    for item in derived:
        values[item.pk] = _value(item, rows[item.objective_id], people)
    return values


def _value(indicator, rows, people):
    rows = [row for row in rows if not indicator.kinds or row.kind in indicator.kinds]
    activities = {row.activity: row.participants or 0 for row in rows}
    match indicator.unit:
        case IndicatorUnit.SESSIONS:
            return len(activities)
        case IndicatorUnit.PERSON_TIMES:
            return sum(activities.values())
        case IndicatorUnit.PERSONS:
            return len(set().union(*(people[activity] for activity in activities)))
        case IndicatorUnit.ORGANIZATIONS:
            return len({row.organization for row in rows})
        case IndicatorUnit.HOURS:
            hours = round(sum(row.minutes for row in rows) / 60, 1)
            return int(hours) if hours == int(hours) else hours


def _people_of(rows, indicators):
    """{activity: {membership}} of the named members who were there; asked only when somebody counts people."""
    people = defaultdict(set)
    if any(item.unit == IndicatorUnit.PERSONS for item in indicators):
        found = Attendance.objects.filter(
            activity__in={row.activity for row in rows}, status="present", membership__isnull=False
        )
        for activity, membership in found.order_by("pk").values_list("activity", "membership"):
            people[activity].add(membership)
    return people


def objectives_with_progress(project):
    """The project's objectives with ``shown_indicators``, each with ``value``, ``is_reached`` and ``all_kinds``; a fixed
    number of queries."""
    story = story_of(project)
    objectives = story.objectives
    indicators = [indicator for objective in objectives for indicator in objective.indicators.all()]
    is_counted = any(indicator.unit != IndicatorUnit.OWN for indicator in indicators)
    values = indicator_values(indicators, story.links if is_counted else ())
    for indicator in indicators:
        indicator.value = values[indicator.pk]
        indicator.is_reached = indicator.value >= indicator.target
        indicator.shown_value = min(indicator.value, indicator.target)
        indicator.kind_labels = [label_of(code) for code in indicator.kinds]
    return objectives


# --- plan against actual ---


def plan_state(plan, today):
    """ "held", "overdue", "to_come" or "cancelled" of a plan that was read ``with_held()``."""
    if plan.is_held:
        return HELD
    if plan.cancelled_at:
        return CANCELLED
    return OVERDUE if plan.planned_on < today else TO_COME


def plans_with_state(project, today):
    """The planned activities with ``state``, words and tone for it, and ``kind_label``; one query."""
    plans = story_of(project).plans
    for plan in plans:
        plan.state = plan_state(plan, today)
        plan.state_label, plan.tone = STATES[plan.state]
        plan.kind_label = label_of(plan.kind)
    return plans


def add_records(plans, user):
    """Give each plan the record that was made of it as ``record``, when the person may read it; one query."""
    records = Activity.objects.visible_to(user, drafts=False).counted().order_by("-starts_at", "-pk")
    prefetch_related_objects(plans, Prefetch("activities", queryset=records, to_attr="records"))
    for plan in plans:
        plan.record = plan.records[0] if plan.records else None


@dataclass
class PlanAgainstActual:
    """``planned`` are all in force; ``unplanned`` activities were held without standing in the plan."""

    planned: int = 0
    held: int = 0
    overdue: int = 0
    to_come: int = 0
    cancelled: int = 0
    unplanned: int = 0


def plan_against_actual(project, plans, today):
    """The numbers of ``plans`` (read ``with_held()``), and the unplanned activities (one query)."""
    result = PlanAgainstActual()
    for plan in plans:
        state = plan_state(plan, today)
        setattr(result, state, getattr(result, state) + 1)
        result.planned += state != CANCELLED
    known = {plan.pk for plan in plans}
    result.unplanned = sum(activity.plan not in known for activity in story_of(project).activities)
    return result


def months_of(project, plans, today, most=18):
    """[{month, held, to_come, overdue, is_now}] from the first to the last month of the project, at most ``most``: those
    around today. One query."""
    held = Counter(timezone.localdate(activity.starts_at).replace(day=1) for activity in story_of(project).activities)
    waiting = defaultdict(lambda: {TO_COME: 0, OVERDUE: 0})
    for plan in plans:
        if (state := plan_state(plan, today)) in (TO_COME, OVERDUE):
            waiting[plan.planned_on.replace(day=1)][state] += 1
    this = today.replace(day=1)
    end = project.closed_on or project.ends_on or today
    days = [project.starts_on, end, *held, *waiting, *([today] if project.is_running else [])]
    month, last, found = min(days).replace(day=1), max(days).replace(day=1), []
    while month <= last:
        found.append({"month": month, "held": held.get(month, 0), "is_now": month == this, **waiting[month]})
        month = (month + datetime.timedelta(days=32)).replace(day=1)
    if len(found) <= most:
        return found
    now = next((index for index, item in enumerate(found) if item["is_now"]), len(found) - 1)
    begin = min(max(0, now - most * 2 // 3), len(found) - most)
    return found[begin : begin + most]


def led_by_quarters(project, most=8):
    """谁主导: [{"year", "quarter", "numbers": {code: n}, "shares": {code: percent}, "told": n, "untold": n}] of the last
    ``most`` quarters with activities, the oldest first. One query."""
    quarters = {}
    for activity in story_of(project).activities:
        day = timezone.localdate(activity.starts_at)
        first = day.replace(month=day.month - (day.month - 1) % 3, day=1)
        numbers = quarters.setdefault(first, dict.fromkeys(("", *LEADERS), 0))
        numbers[activity.led_by if activity.led_by in numbers else ""] += 1
    found = []
    for day in sorted(quarters)[-most:]:
        numbers = quarters[day]
        untold, told = numbers.pop(""), sum(numbers.values())
        found.append({
            "year": day.year, "quarter": (day.month + 2) // 3, "numbers": numbers, "untold": untold, "told": told,
            "shares": whole_percent(numbers, told),
        })  # fmt: skip
    return found


def whole_percent(numbers, total):
    """Shares in whole percent that add up to 100 (largest remainders); all 0 of nothing."""
    if not total:
        return dict.fromkeys(numbers, 0)
    shares = {code: 100 * number // total for code, number in numbers.items()}
    by_rest = sorted(numbers, key=lambda code: (-(100 * numbers[code] % total), list(numbers).index(code)))
    for code in by_rest[: 100 - sum(shares.values())]:
        shares[code] += 1
    return shares
