"""What a project has reached, counted from its activities and never typed; a fixed number of queries for any number of
objectives, indicators and projects."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Prefetch
from django.db.models.functions import TruncMonth, TruncQuarter
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.choices import IndicatorUnit, LedBy
from projects.models import Activity, ActivityLink, Attendance
from projects.services.kind import label_of

LEADERS = (LedBy.WORKER, LedBy.ASSISTED, LedBy.ORGANIZATION)
HELD, OVERDUE, TO_COME, CANCELLED = "held", "overdue", "to_come", "cancelled"
STATES = {
    HELD: (_("held"), "success"),
    OVERDUE: (_("its day has passed"), "warning"),
    TO_COME: (_("to come"), "info"),
    CANCELLED: (pgettext_lazy("activity", "cancelled"), "neutral"),
}


def indicator_values(indicators):
    """{key of the indicator: number} in at most two queries: from counted activities that serve the objective, of the
    indicator's kinds (none: of all). Hours are the objective's share of the minutes, with one digit; an own measure is
    the last value that somebody wrote, or 0."""
    indicators = list(indicators)
    derived = [item for item in indicators if item.unit != IndicatorUnit.OWN]
    values = {item.pk: item.own_value or 0 for item in indicators if item.unit == IndicatorUnit.OWN}
    if not derived:
        return values
    objectives = {item.objective_id for item in derived}
    rows = defaultdict(list)  # objective → links of its activities
    links = ActivityLink.objects.filter(
        objective__in=objectives, activity__in=Activity.objects.counted().values("pk")
    ).values_list("objective", "activity", "activity__kind", "activity__participants", "organization", "minutes")
    for objective, *facts in links.order_by("pk"):
        rows[objective].append(facts)
    people = _people_of([row for found in rows.values() for row in found], derived)
    for item in derived:
        values[item.pk] = _value(item, rows[item.objective_id], people)
    return values


def _value(indicator, rows, people):
    rows = [row for row in rows if not indicator.kinds or row[1] in indicator.kinds]
    activities = {activity: participants or 0 for activity, _kind, participants, _organization, _minutes in rows}
    match indicator.unit:
        case IndicatorUnit.SESSIONS:
            return len(activities)
        case IndicatorUnit.PERSON_TIMES:
            return sum(activities.values())
        case IndicatorUnit.PERSONS:
            return len(set().union(*(people[activity] for activity in activities)))
        case IndicatorUnit.ORGANIZATIONS:
            return len({organization for *_start, organization, _minutes in rows})
        case IndicatorUnit.HOURS:
            hours = round(sum(minutes for *_start, minutes in rows) / 60, 1)
            return int(hours) if hours == int(hours) else hours


def _people_of(rows, indicators):
    """{activity: {membership}} of the named members who were there; asked only when somebody counts people."""
    people = defaultdict(set)
    if any(item.unit == IndicatorUnit.PERSONS for item in indicators):
        found = Attendance.objects.filter(
            activity__in={row[0] for row in rows}, status="present", membership__isnull=False
        )
        for activity, membership in found.order_by("pk").values_list("activity", "membership"):
            people[activity].add(membership)
    return people


def objectives_with_progress(project):
    """The project's objectives with ``shown_indicators``, each with ``value``, ``is_reached`` and ``all_kinds``; a fixed
    number of queries."""
    objectives = list(project.objectives.select_related("need").prefetch_related("indicators").order_by("order", "pk"))
    indicators = [indicator for objective in objectives for indicator in objective.indicators.all()]
    values = indicator_values(indicators)
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


def plans_with_state(project, user, today):
    """The planned activities with ``state``, words and tone for it, ``kind_label`` and the record that was made of it as
    ``record`` (when the person may read it); two queries."""
    records = Activity.objects.visible_to(user, drafts=False).counted().order_by("-starts_at", "-pk")
    plans = list(
        project.plans.with_held()
        .select_related("objective", "responsible")
        .prefetch_related(Prefetch("activities", queryset=records, to_attr="records"))
        .order_by("planned_on", "starts_time", "pk")
    )
    for plan in plans:
        plan.project = project
        plan.state = plan_state(plan, today)
        plan.state_label, plan.tone = STATES[plan.state]
        plan.kind_label = label_of(plan.kind)
        plan.record = plan.records[0] if plan.records else None
    return plans


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
    served = Activity.objects.counted().serving_project(project)
    result.unplanned = served.exclude(plan__in=[plan.pk for plan in plans]).count()
    return result


def months_of(project, plans, today, most=18):
    """[{month, held, to_come, overdue, is_now}] from the first to the last month of the project, at most ``most``: those
    around today. One query."""
    held = {}
    served = Activity.objects.counted().serving_project(project).order_by()
    for moment, number in served.values_list(TruncMonth("starts_at")).annotate(Count("pk")):
        held[timezone.localdate(moment).replace(day=1)] = number
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
    served = Activity.objects.counted().serving_project(project).order_by()
    quarters = {}
    for moment, led_by, number in served.values_list(TruncQuarter("starts_at"), "led_by").annotate(Count("pk")):
        numbers = quarters.setdefault(timezone.localdate(moment), dict.fromkeys(("", *LEADERS), 0))
        numbers[led_by if led_by in numbers else ""] += number
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
