from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organizations.choices import AgeGroup  # noqa: F401 - the same groups everywhere


class ProjectStage(models.TextChoices):
    """项目阶段: an axis of its own, not the organization's growth stage. Moved only by a recorded decision."""

    PREPARATION = "preparation", _("preparation")
    CULTIVATION = "cultivation", _("cultivation")
    SUMMARY = "summary", _("summary")
    CLOSED = "closed", pgettext_lazy("project", "closed")
    TERMINATED = "terminated", _("terminated")


# The stages of a project that goes on, in their order, and what follows each.
RUNNING = (ProjectStage.PREPARATION, ProjectStage.CULTIVATION, ProjectStage.SUMMARY)
NEXT_STAGE = {
    ProjectStage.PREPARATION: ProjectStage.CULTIVATION,
    ProjectStage.CULTIVATION: ProjectStage.SUMMARY,
    ProjectStage.SUMMARY: ProjectStage.CLOSED,
}


class NeedLevel(models.TextChoices):
    """The three levels of study 001."""

    INDIVIDUAL = "individual", _("individual")
    INTERPERSONAL = "interpersonal", _("interpersonal")
    SOCIAL = "social", _("social participation")


class TeamRole(models.TextChoices):
    LEAD = "lead", _("lead worker")
    MEMBER = "member", pgettext_lazy("team", "team member")
    SUPERVISOR = "supervisor", _("supervisor")


class IndicatorUnit(models.TextChoices):
    """What an indicator counts. All but ``own`` are derived from activities, never typed."""

    SESSIONS = "sessions", pgettext_lazy("unit", "sessions")  # 场 / 次: activities held
    PERSON_TIMES = "person_times", pgettext_lazy("unit", "person-times")  # 人次: attendances, each time counted
    PERSONS = "persons", pgettext_lazy("unit", "people")  # 人: named people, each counted once
    ORGANIZATIONS = "organizations", pgettext_lazy("unit", "organizations")  # 家: organizations served
    HOURS = "hours", pgettext_lazy("unit", "hours")  # 小时
    OWN = "own", pgettext_lazy("unit", "own measure")


class DocumentKind(models.TextChoices):
    """Papers of a project; those that a stage asks for are found by their kind."""

    AGREEMENT = "agreement", _("signed agreement")
    PLAN = "plan", _("approved plan")
    BASELINE = "baseline", _("measurement before")
    MIDTERM = "midterm", _("mid-term look")
    ENDLINE = "endline", _("measurement after")
    FINAL_REPORT = "final_report", _("final report")
    OTHER = "other", _("other paper")


class StageRequestStatus(models.TextChoices):
    OPEN = "open", pgettext_lazy("stage request", "waiting for a decision")
    PASSED = "passed", pgettext_lazy("stage request", "passed")
    HELD = "held", pgettext_lazy("stage request", "not yet")
    WITHDRAWN = "withdrawn", _("withdrawn")


class AdmissionStatus(models.TextChoices):
    """入壳/出壳: 申请→初审→入壳评审→协议 … 出壳 / 延期 / 劝退 / 自愿退出."""

    APPLIED = "applied", _("applied")
    SCREENED = "screened", _("first check passed")
    ADMITTED = "admitted", _("admitted")
    REFUSED = "refused", _("refused")
    LEFT = "left", pgettext_lazy("admission", "left")


class LeaveOutcome(models.TextChoices):
    NONE = "", _("still inside")
    GRADUATED = "graduated", _("graduated")
    ADVISED = "advised", _("advised to leave")
    WITHDREW = "withdrew", _("left by own wish")


class ActivityStatus(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", pgettext_lazy("activity", "recorded")
    RETURNED = "returned", _("returned")
    ACCEPTED = "accepted", pgettext_lazy("activity", "accepted")
    LOCKED = "locked", pgettext_lazy("activity", "month closed")


# Everything but drafts.
HANDED_IN = (ActivityStatus.SUBMITTED, ActivityStatus.RETURNED, ActivityStatus.ACCEPTED, ActivityStatus.LOCKED)
# Activities that count everywhere, if they took place: what was handed in counts at once, what was returned counts again
# when corrected.
COUNTED = (ActivityStatus.SUBMITTED, ActivityStatus.ACCEPTED, ActivityStatus.LOCKED)


class Outcome(models.TextChoices):
    """Only what was held counts; the others say why not."""

    HELD = "held", _("held")
    NOT_HELD = "not_held", _("did not happen")
    CANCELLED = "cancelled", pgettext_lazy("activity", "cancelled")


class Source(models.TextChoices):
    """Who the record comes from."""

    WORKER = "worker", _("social worker")
    ORGANIZATION = "organization", _("the organization itself")
    COMMUNITY = "community", _("the community")
    IMPORT = "import", _("a list that was imported")


class LedBy(models.TextChoices):
    """谁主导."""

    UNKNOWN = "", _("not told")
    WORKER = "worker", _("led by the social worker")
    ASSISTED = "assisted", _("the social worker assisted")
    ORGANIZATION = "organization", _("the organization by itself")


class WorkerRole(models.TextChoices):
    """本次社工角色."""

    UNKNOWN = "", _("not told")
    ENABLER = "enabler", _("enabler")
    EDUCATOR = "educator", _("educator")
    BROKER = "broker", _("resource linker")
    ADVOCATE = "advocate", _("advocate")


class StaffRole(models.TextChoices):
    """What somebody did in an activity besides the person who recorded it."""

    TOOK_PART = "took_part", _("worked with me")
    SUPERVISED = "supervised", _("was supervised")
    SUPERVISOR = "supervisor", _("supervised")


class AttendanceStatus(models.TextChoices):
    PRESENT = "present", pgettext_lazy("attendance", "there")
    EXCUSED = "excused", pgettext_lazy("attendance", "excused")
    ABSENT = "absent", pgettext_lazy("attendance", "not there")


class AttendanceMethod(models.TextChoices):
    ROLL_CALL = "roll_call", _("roll call")
    CODE = "code", _("signed in by code")
    SHEET = "sheet", _("from the paper sheet")
    IMPORT = "import", _("from a list")


class HoursSource(models.TextChoices):
    """时长来源: two counters, never mixed."""

    CAPTURED = "captured", _("captured on the spot")
    ENTERED_LATER = "entered_later", _("entered later")


class EvidenceKind(models.TextChoices):
    PHOTO = "photo", _("photo")
    SHEET = "sheet", _("signed sheet")
    FILE = "file", _("file")


class Consent(models.TextChoices):
    """May the picture be published? Nothing is asked of those who only keep it in the file."""

    UNKNOWN = "", _("not asked")
    INTERNAL = "internal", _("for the file only")
    PUBLIC = "public", _("may be published")


class AnnouncementStatus(models.TextChoices):
    """报备. That nobody answered in time is what the clock says, so it is no state of its own."""

    FILED = "filed", pgettext_lazy("announcement", "announced")
    AGREED = "agreed", _("agreed")
    OBJECTED = "objected", _("objected")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Concern(models.TextChoices):
    """What makes an activity one that the community has to answer. Which of them do is a rule of the street."""

    LARGE = "large", _("large")
    OUTDOOR = "outdoor", _("outdoors")
    MINORS = "minors", _("with minors")
    FRAIL = "frail", _("with frail elders")
    MONEY = "money", _("money is collected")


class FollowUpKind(models.TextChoices):
    TASK = "task", _("task")
    PROMISE = "promise", _("promise")  # agreed next step of an activity
    VISIT_AFTER = "visit_after", _("follow-up visit")  # 3, 6 and 12 months after the end of a project


class FollowUpStatus(models.TextChoices):
    OPEN = "open", pgettext_lazy("task", "open")
    DONE = "done", pgettext_lazy("task", "done")
    DROPPED = "dropped", pgettext_lazy("task", "dropped")


class Rhythm(models.TextChoices):
    WEEKLY = "weekly", _("every week")
    FORTNIGHTLY = "fortnightly", _("every two weeks")
    MONTHLY = "monthly", _("every month")
    ONCE = "once", _("on single days")
