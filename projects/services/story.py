"""What a project's page tells, read once: its panels and its checklist ask for much the same."""

from contextlib import contextmanager
from typing import NamedTuple

from django.db.models import Q
from django.utils.functional import cached_property

from projects.models import Activity, ActivityLink, Announcement, ExitStep, ProjectDocument

LATEST = 60  # activities, as people read them; every number comes from ``links``
ANNOUNCED = 100


class ServedLink(NamedTuple):
    """A counted activity's link to the project: one per organization and objective that it served."""

    objective: int | None
    activity: int
    kind: str
    participants: int | None
    organization: int
    minutes: int
    starts_at: object
    led_by: str
    plan: int | None


def served_links(links):
    """[ServedLink] of those of ``links`` whose activity is counted, in one query."""
    rows = links.filter(activity__in=Activity.objects.counted().values("pk")).order_by("pk").values_list(
        "objective", "activity", "activity__kind", "activity__participants", "organization", "minutes",
        "activity__starts_at", "activity__led_by", "activity__plan",
    )  # fmt: skip
    return [ServedLink(*row) for row in rows]


class ProjectStory:
    """Each reading is one query, made when it is first asked for. A story is as old as its first reading: whoever changes
    something reads a new one."""

    def __init__(self, project):
        self.project, self._latest = project, {}

    @cached_property
    def links(self):
        """[ServedLink] of the counted activities that served the project."""
        return served_links(ActivityLink.objects.filter(project=self.project))

    @cached_property
    def activities(self):
        """The same, each activity once."""
        return list({link.activity: link for link in self.links}.values())

    def latest(self, user):
        """The newest activities that the person reads, the returned ones and those that did not take place among them."""
        if user.pk not in self._latest:
            served = Activity.objects.visible_to(user, drafts=False).serving_project(self.project)
            served = served.select_related("recorded_by", "organization").order_by("-starts_at", "-pk")
            self._latest[user.pk] = list(served[:LATEST])
        return self._latest[user.pk]

    @cached_property
    def objectives(self):
        found = self.project.objectives.select_related("need").prefetch_related("indicators")
        return list(found.order_by("order", "pk"))

    @cached_property
    def plans(self):
        """Planned activities by day, with ``is_held``; the cancelled ones too."""
        found = self.project.plans.with_held().select_related("objective", "responsible")
        plans = list(found.order_by("planned_on", "starts_time", "pk"))
        for plan in plans:
            plan.project = self.project
        return plans

    @cached_property
    def documents(self):
        """Papers in use, the newest first."""
        found = ProjectDocument.objects.in_use().filter(project=self.project).select_related("uploaded_by")
        documents = list(found.order_by("-pk"))
        for document in documents:
            document.project = self.project
        return documents

    @cached_property
    def agreement(self):
        return getattr(self.project, "agreement", None)

    @cached_property
    def exit_steps(self):
        return list(ExitStep.objects.filter(project=self.project).order_by("due_on", "pk"))

    @cached_property
    def announcements(self):
        """The newest of the organization and of what the project planned, whoever may read them."""
        wanted = Q(organization=self.project.organization_id) | Q(plan__project=self.project)
        found = Announcement.objects.filter(wanted).select_related("organization", "community")
        return list(found.order_by("-starts_at", "-pk")[:ANNOUNCED])


def keep_story(project):
    """For a page: from now on :func:`story_of` gives one story for the life of this object."""
    project.story = ProjectStory(project)


def story_of(project):
    """The story that the page keeps; elsewhere a new one, which reads what is true now."""
    return vars(project).get("story") or ProjectStory(project)


@contextmanager
def one_story(project):
    """Within it there is one story of ``project``: the page's, else a new one."""
    if "story" in vars(project):
        yield
        return
    keep_story(project)
    try:
        yield
    finally:
        del project.story
