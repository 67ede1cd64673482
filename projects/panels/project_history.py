"""The story in one line of time: what was decided and changed, and what was done."""

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy

from incubator.audit.timeline import timeline
from incubator.base.panels import Panel, panels
from projects.choices import COUNTED
from projects.policies.project import check_view_project
from projects.services.story import LATEST, story_of

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
        latest = story_of(thing).latest(user)
        if len(latest) == LATEST:  # what is older than these has its place among activities that were not read
            events = [event for event in events if event["at"] >= latest[-1].starts_at]
        for activity in [item for item in latest if item.status in COUNTED and item.took_place][:MOST]:
            events.append({
                "at": activity.starts_at, "sentence": str(activity), "actor": str(activity.recorded_by),
                "kind": activity.get_kind_display(), "url": activity.get_absolute_url(), "is_activity": True,
                "text": Truncator(activity.summary).chars(TEXT),
            })  # fmt: skip
        events.sort(key=lambda event: event["at"], reverse=True)
        return {"project": thing, "events": events[:FIRST], "older": events[FIRST:MOST]}
