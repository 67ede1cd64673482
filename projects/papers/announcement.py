"""社区社会组织活动报备表."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incubator.reporting.registries import Paper, papers
from projects.policies.announcement import check_view_announcement
from projects.services.kind import label_of

TOLD = ("title", "purpose", "course", "budget", "publicity", "problems", "safety_plan", "minutes", "answer")


@papers.register
class AnnouncementPaper(Paper):
    code = "announcement"
    label = gettext_lazy("Announcement")
    target = "projects.announcement"
    template = "projects/papers/announcement.docx"
    policy = staticmethod(check_view_announcement)
    fields = (
        ("title", gettext_lazy("title")),
        ("organization", gettext_lazy("organization")),
        ("community", gettext_lazy("community")),
        ("street", gettext_lazy("street")),
        ("kind", gettext_lazy("kind")),
        ("begin", gettext_lazy("begin")),
        ("minutes", gettext_lazy("minutes")),
        ("place", gettext_lazy("where")),
        ("participants", gettext_lazy("participants")),
        ("concerns", gettext_lazy("what to take care of")),
        ("purpose", gettext_lazy("purpose")),
        ("course", gettext_lazy("course of the activity")),
        ("budget", gettext_lazy("budget")),
        ("publicity", gettext_lazy("publicity")),
        ("problems", gettext_lazy("problems foreseen")),
        ("safety_plan", gettext_lazy("safety plan")),
        ("has_safety_file", gettext_lazy("whether the safety plan came as a file")),
        ("filed_by", gettext_lazy("announced by")),
        ("filed_on", gettext_lazy("announced on")),
        ("due_on", gettext_lazy("answered by, the last day")),
        ("state", gettext_lazy("state")),
        ("answer", gettext_lazy("answer")),
        ("answered_by", gettext_lazy("answered by")),
        ("answered_on", gettext_lazy("answered on")),
    )

    @classmethod
    def file_name(cls, thing):
        return f"{_('Announcement')}-{thing.organization}-{timezone.localtime(thing.starts_at):%Y%m%d}"

    @classmethod
    def context(cls, thing, user, **options):
        begin = timezone.localtime(thing.starts_at)
        return {name: getattr(thing, name) for name in TOLD} | {
            "organization": thing.organization.name,
            "community": thing.community.name,
            "street": str(thing.community.parent or ""),
            "kind": label_of(thing.kind),
            "begin": begin.strftime("%Y-%m-%d %H:%M"),
            "place": thing.place_text,
            "participants": thing.expected_participants,
            "concerns": "、".join(str(label) for label in thing.concern_labels),
            "has_safety_file": bool(thing.safety_file),
            "filed_by": str(thing.filed_by),
            "filed_on": f"{timezone.localdate(thing.filed_at)}",
            "due_on": f"{thing.due_on}",
            "state": str(thing.shown(timezone.now())[0]),
            "answered_by": str(thing.answered_by or ""),
            "answered_on": f"{timezone.localdate(thing.answered_at)}" if thing.answered_at else "",
        }
