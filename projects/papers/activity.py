"""Papers from one record: the record form of its kind, 简讯, 活动总结, and lists to sign."""

import datetime

from django.forms import MultipleChoiceField
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from incubator.reporting.papers import Picture, chinese_day
from incubator.reporting.registries import Paper, papers, register_family
from projects.choices import LedBy
from projects.policies.activity import check_view_activity
from projects.services.kind import kinds_in_use
from projects.services.kind_record import record_extras

FACTS = (
    ("title", _("title")),
    ("kind", _("kind")),
    ("organization", _("organization")),
    ("community", _("community")),
    ("street", _("street")),
    ("project", _("project")),
    ("date", _("day, as 2026-11-03")),
    ("day", _("day, in words")),
    ("begin", _("begin")),
    ("end", _("end")),
    ("minutes", _("minutes")),
    ("place", _("where")),
    ("participants", _("participants")),
    ("led_by", _("led by")),
    ("summary", _("what happened")),
    ("next_step", _("agreed next step")),
    ("recorded_by", _("recorded by")),
    ("recorded_on", _("recorded on")),
    ("reviewed_by", _("looked at by")),
    ("answers_lines[].0", _("a question of this kind")),
    ("answers_lines[].1", _("its answer")),
)
# What a record form prints besides; ``boxes`` are the choices of a question, each with a box, ticked or not.
EXTRAS = (
    ("worker_role", _("role of the social worker")),
    ("outcome", _("outcome, when it did not take place")),
    ("outcome_reason", _("why it did not take place")),
    ("attendance", _("who came, in numbers")),
    ("supervised", _("who was supervised")),
)
GOODS_LINES, LECTURER_LINES, EXPENSE_LINES = 11, 5, 10


class ActivityPaper(Paper):
    target = "projects.activity"
    fields = FACTS
    policy = staticmethod(check_view_activity)

    @classmethod
    def context(cls, thing, user, **options):
        return facts_of(thing)

    @classmethod
    def file_name(cls, thing):
        day = timezone.localtime(thing.starts_at).strftime("%Y%m%d")
        return f"{day} {cls.label} {thing.organization} {thing.title}".strip()


def facts_of(activity):
    """What every paper of a record may print, in the words of the active language."""
    begin = timezone.localtime(activity.starts_at)
    end = begin + datetime.timedelta(minutes=activity.minutes)
    answers = activity.answers
    return {
        "kind": str(activity.get_kind_display()),
        "title": str(activity),
        "organization": activity.organization.name,
        "community": activity.community.name,
        "street": str(activity.community.parent or ""),
        "project": str(activity.project or ""),
        "date": begin.strftime("%Y-%m-%d"),
        "day": chinese_day(begin),
        "begin": begin.strftime("%H:%M"),
        "end": end.strftime("%H:%M" if end.date() == begin.date() else "%Y-%m-%d %H:%M"),
        "minutes": activity.minutes,
        "place": activity.place_text,
        "participants": activity.participants,
        "led_by": str(LedBy(activity.led_by).label) if activity.led_by else "",
        "summary": activity.summary,
        "next_step": activity.next_step,
        "recorded_by": str(activity.recorded_by),
        "recorded_on": timezone.localtime(activity.submitted_at).strftime("%Y-%m-%d"),
        "reviewed_by": str(activity.reviewed_by or ""),
        "answers_lines": [[str(item["label"]), item["text"]] for item in answers.values() if item["text"]],
    }


class ActivityRecord(ActivityPaper):
    """记录表; :func:`record_paper` makes one of each kind."""

    order = 10

    @classmethod
    def context(cls, thing, user, **options):
        facts = facts_of(thing)
        facts["lines"] = facts.pop("answers_lines")
        facts |= record_extras(thing)
        # An office's own form may ask for what only another edition of the kind has: it stays blank.
        kinds = [*(kind for kind in kinds_in_use() if kind.code == thing.kind), cls.kind]
        known = {name: "" for kind in kinds for name in kind.details_form.base_fields}
        unticked = {name: [] for kind in kinds for name in kind.boxes({})}
        return facts | {
            "answers": known | {name: answer["text"] for name, answer in thing.answers.items()},
            "boxes": unticked | facts["boxes"],
        }

    @classmethod
    def file_name(cls, thing):
        day = timezone.localtime(thing.starts_at).strftime("%Y%m%d")
        return f"{day} {thing.get_kind_display()} {thing.organization}"


def record_paper(kind):
    """The record form of a kind (a class as in ``projects.activity_kinds``)."""

    def label():
        return gettext("%(kind)s: record form") % {"kind": kind.label}

    answers = [
        (f"answers.{name}", field.label or name)
        for name, field in getattr(kind.details_form, "base_fields", {}).items()
    ]
    boxes = [
        (f"boxes.{name}[]", field.label or name)
        for name, field in kind.details_form.base_fields.items()
        if isinstance(field, MultipleChoiceField)
    ]
    others = [pair for pair in FACTS if not pair[0].startswith("answers_lines")]
    lines = [("lines[].0", _("a question of this kind")), ("lines[].1", _("its answer"))]
    return type(
        "RecordPaper", (ActivityRecord,),
        {
            "code": f"record-{kind.code}", "label": lazy(label, str)(), "template": kind.paper, "kind": kind,
            "fields": (*others, *EXTRAS, *answers, *boxes, *lines),
        },
    )  # fmt: skip


@register_family
def record_papers():
    return [record_paper(kind) for kind in kinds_in_use()]


@papers.register
class ActivitySummary(ActivityPaper):
    """活动总结, due three days after."""

    code = "activity-summary"
    label = _("summary of an activity")
    template = "projects/papers/activity_summary.docx"
    order = 30


@papers.register
class BriefReport(ActivityPaper):
    """简讯: a title, a text and up to four pictures that may be published."""

    code = "brief-report"
    label = _("short report")
    template = "projects/papers/brief_report.docx"
    order = 20
    fields = (
        ("title", _("title")),
        ("paragraphs[]", _("a paragraph of the text")),
        ("photos[].picture", _("a picture")),
        ("photos[].caption", _("what is seen")),
        ("organization", _("organization")),
        ("community", _("community")),
        ("street", _("street")),
        ("day", _("day, in words")),
        ("place", _("where")),
        ("participants", _("participants")),
        ("author", _("written by")),
    )

    @classmethod
    def context(cls, thing, user, *, title="", text="", photos=(), **options):
        facts = facts_of(thing)
        chosen = {name: facts[name] for name in ("organization", "community", "street", "day", "place", "participants")}
        return chosen | {
            "title": title or facts["title"],
            "paragraphs": [line.strip() for line in (text or facts["summary"]).splitlines() if line.strip()],
            "photos": [{"picture": Picture(_bytes(photo), 120), "caption": photo.caption} for photo in photos],
            "author": str(user),
        }


def _bytes(photo):
    with photo.file.open("rb") as file:
        return file.read()


class _ListToSign(ActivityPaper):
    """Empty lines to be filled in by hand; totals stay blank."""

    lines = 0
    fields = (*FACTS, ("rows[].number", _("number of the line")), ("rows[].name", _("name")))

    @classmethod
    def context(cls, thing, user, **options):
        return facts_of(thing) | {"rows": [{"number": line + 1, "name": ""} for line in range(cls.lines)]}


@papers.register
class GoodsReceipt(_ListToSign):
    """物资领用签收表."""

    code = "goods-receipt"
    label = _("receipt of goods")
    template = "projects/papers/goods_receipt.docx"
    order = 40
    lines = GOODS_LINES


@papers.register
class LecturerReceipt(_ListToSign):
    """讲师劳务签收表; who gave the course stands in the first line where the record tells it."""

    code = "lecturer-receipt"
    label = _("receipt of lecturers' fees")
    template = "projects/papers/lecturer_receipt.docx"
    order = 50
    lines = LECTURER_LINES

    @classmethod
    def context(cls, thing, user, **options):
        context = super().context(thing, user, **options)
        context["rows"][0]["name"] = str(thing.details.get("trainer") or "")
        return context


@papers.register
class ExpenseList(_ListToSign):
    """费用清单."""

    code = "expense-list"
    label = _("list of expenses")
    template = "projects/papers/expense_list.docx"
    order = 60
    lines = EXPENSE_LINES
