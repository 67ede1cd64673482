"""Plan against actual: the numbers, each opening its records, the months, and what comes next."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.base.panels import Panel, panels
from incubator.base.policies import verdict
from projects.policies.activity import check_log_activity
from projects.policies.plan import check_change_plan
from projects.policies.project import check_view_project
from projects.services.announcement import badges_of
from projects.services.progress import HELD, OVERDUE, TO_COME, months_of, plan_against_actual, plans_with_state
from projects.services.story import story_of

NEXT = 5
MARKS = 10  # dots in the cell of a month; the numbers stand below


@panels.register
class ProjectPlanActual(Panel):
    code = "project-plan-actual"
    target = "projects.incubationproject"
    label = _("Plan against actual")
    template = "projects/panels/project_plan_actual.html"
    policy = staticmethod(check_view_project)
    order = 30

    @classmethod
    def context(cls, user, thing):
        today = timezone.localdate()
        plans = plans_with_state(thing, today)
        plan_url = reverse("projects:project-plan", args=[thing.uuid])
        overdue = [plan for plan in plans if plan.state == OVERDUE]
        to_come = [plan for plan in plans if plan.state == TO_COME]
        months = months_of(thing, plans, today)
        for item in months:
            item["url"] = cls._activities(thing, month=f"{item['month']:%Y-%m}")
            marks = [state for state in (HELD, OVERDUE, TO_COME) for _number in range(item[state])]
            item["marks"] = marks[:MARKS]
        coming = [*overdue[-NEXT:], *to_come[:NEXT]]
        badges = badges_of(story_of(thing).announcements, timezone.now()) if coming else {}
        for plan in coming:
            plan.announced = badges.get(plan.pk)
        return {
            "project": thing,
            "numbers": plan_against_actual(thing, plans, today),
            "months": months,
            "next": coming,
            "left_out": max(0, len(to_come) - NEXT) + max(0, len(overdue) - NEXT),
            "plan_url": plan_url,
            "held_url": cls._activities(thing, planned="yes"),
            "unplanned_url": cls._activities(thing, planned="no"),
            "may_change": verdict(check_change_plan, user, thing),
            "may_log": verdict(check_log_activity, user, thing.organization),
        }

    @staticmethod
    def _activities(project, **query):
        query = {"project": project.uuid, "status": "counted", **query}
        return f"{reverse('projects:activity-list')}?{urlencode(query)}"
