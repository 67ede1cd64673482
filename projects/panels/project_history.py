"""The story in one line of time: what was decided and changed, and what was done."""

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy

from incubator.audit.timeline import timeline
from incubator.base.panels import Panel, panels
from projects.models import Activity
from projects.policies.project import check_view_project

MOST = 40
FIRST = 10  # shown at once; the rest waits behind a line
TEXT = 60


@panels.register
class ProjectHistory(Panel):
    code = "project-history"
    target = "projects.incubationproject"
    label = gettext_lazy("History")
    template = "projects/panels/project_history.html"
    policy = staticmethod(check_view_project)
    order = 90
    column = "side"

    @classmethod
    def context(cls, user, thing):
        events = [
            event | {"is_activity": False, "kind": "", "url": "", "text": ""} for event in timeline(thing, user, MOST)
        ]
        served = Activity.objects.visible_to(user, drafts=False).counted().serving_project(thing)
        for activity in served.select_related("recorded_by").order_by("-starts_at", "-pk")[:MOST]:
            events.append({
                "at": activity.starts_at, "sentence": str(activity), "actor": str(activity.recorded_by),
                "kind": activity.get_kind_display(), "url": activity.get_absolute_url(), "is_activity": True,
                "text": Truncator(activity.summary).chars(TEXT),
            })  # fmt: skip
        events.sort(key=lambda event: event["at"], reverse=True)
        return {"project": thing, "events": events[:FIRST], "older": events[FIRST:MOST]}
