from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ItemKind(models.TextChoices):
    """How an item of a questionnaire is answered."""

    LIKERT = "likert", _("scale from … to …")
    SINGLE = "single", _("one of several")
    MULTIPLE = "multiple", _("several of several")
    NUMBER = "number", pgettext_lazy("kind of item", "number")
    TEXT = "text", _("free text")


class Subject(models.TextChoices):
    """Whom a questionnaire is about."""

    MEMBER = "member", _("members of an organization")
    RESIDENT = "resident", _("residents of a community")
    ORGANIZATION = "organization", _("an organization as a whole")
    ACTIVITY = "activity", _("people who came to an activity")


class WaveKind(models.TextChoices):
    BASELINE = "baseline", _("before")
    MIDTERM = "midterm", _("mid-term")
    ENDLINE = "endline", _("after")
    FOLLOW_UP = "follow_up", pgettext_lazy("wave", "follow-up")
    ONCE = "once", _("once")


class WaveStatus(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("wave", "planned")
    OPEN = "open", pgettext_lazy("wave", "open for answers")
    CLOSED = "closed", pgettext_lazy("wave", "closed")


class LinkedBy(models.TextChoices):
    """How an answer finds the same person's other answers."""

    NOTHING = "nothing", _("anonymous, not linked")
    SELF_CODE = "self_code", _("a code that people make themselves")
    TICKET = "ticket", _("a personal link for each person")
    ACCOUNT = "account", _("the account")


class ResponseSource(models.TextChoices):
    QR = "qr", _("by QR code")
    PAPER = "paper", _("entered from paper")
    ACCOUNT = "account", _("with an account")
    IMPORT = "import", _("from a file")


class LinkState(models.TextChoices):
    ALONE = "alone", _("not linked")
    LINKED = "linked", _("linked")
    DOUBTFUL = "doubtful", _("waits for a person to look")


class DoubtVerdict(models.TextChoices):
    OPEN = "", _("not looked at yet")
    SAME = "same", _("the same person")
    DIFFERENT = "different", _("different people")


class ReviewOpener(models.TextChoices):
    """How a growth review came to be opened."""

    WORKER = "worker", _("by the social worker")
    LEADER = "leader", _("asked for by the organization")
    YEARLY = "yearly", _("yearly review")
    GATE = "gate", _("stage gate of a project")


class ReviewStatus(models.TextChoices):
    OPEN = "open", pgettext_lazy("review", "self-score")
    OPINIONS = "opinions", pgettext_lazy("review", "opinions")
    DECIDING = "deciding", pgettext_lazy("review", "waits for a decision")
    DECIDED = "decided", pgettext_lazy("review", "decided")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Party(models.TextChoices):
    """Whose opinion it is. ``hub_center`` gives the recommendation where the place wants one."""

    COMMUNITY = "community", _("community")
    ORGANIZATION = "organization", _("organization")
    SOCIAL_WORKER = "social_worker", _("social worker")
    HUB_CENTER = "hub_center", _("service centre")


class OpinionStatus(models.TextChoices):
    ASKED = "asked", pgettext_lazy("opinion", "asked for")
    SUBMITTED = "submitted", pgettext_lazy("opinion", "given")
    RECUSED = "recused", pgettext_lazy("opinion", "stands aside")


class Outcome(models.TextChoices):
    """What an opinion is for, and what a growth review ends with."""

    PROMOTE = "promote", _("to the next stage")
    HOLD = "hold", _("stays at this stage")
    LOWER = "lower", _("back to an earlier stage")


class ScoreColumn(models.TextChoices):
    """The three columns of a score sheet (domain: 自评 / 评估小组 / 评估委员会)."""

    SELF = "self", _("own score")
    PANEL = "panel", _("panel")
    COMMITTEE = "committee", _("committee")


class SessionStatus(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("meeting", "planned")
    HELD = "held", pgettext_lazy("meeting", "held")


# Reviews that go on.
RUNNING_REVIEWS = (ReviewStatus.OPEN, ReviewStatus.OPINIONS, ReviewStatus.DECIDING)
MAX_IN_SESSION = 50
