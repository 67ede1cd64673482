from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Party(models.TextChoices):
    """For whom a person speaks in a joint meeting. The first three are the three societies; with volunteers and charity
    they are five (the setting LINKAGE_LABEL says which word a place uses)."""

    COMMUNITY = "community", _("community")
    ORGANIZATION = "organization", _("social organization")
    SOCIAL_WORKER = "social_worker", _("social worker")
    VOLUNTEERS = "volunteers", _("volunteers")
    CHARITY = "charity", _("charity resources")
    STREET = "street", _("street office")
    RESIDENTS = "residents", _("residents")
    POLICE = "police", _("police")
    HOSPITAL = "hospital", _("hospital or health centre")
    SCHOOL = "school", _("school")
    ENTERPRISE = "enterprise", _("enterprise")
    OTHER = "other", pgettext_lazy("party", "other")


THREE_SOCIETIES = (Party.COMMUNITY, Party.ORGANIZATION, Party.SOCIAL_WORKER)


class RuleKind(models.TextChoices):
    """On which day of the month a series meets."""

    NTH_WEEKDAY = "nth_weekday", _("a weekday, such as the second Thursday")
    DAY = "day", _("a day of the month, such as the 15th")
    WORKDAY = "workday", _("a working day, such as the last one")


class Shift(models.TextChoices):
    """Where a meeting goes that falls on a day nobody works."""

    LATER = "later", _("to the next working day")
    EARLIER = "earlier", _("to the working day before")


class MeetingKind(models.TextChoices):
    REGULAR = "regular", _("regular meeting")
    SPECIAL = "special", _("special meeting")


class MeetingStatus(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("meeting", "planned")
    AGENDA_OPEN = "agenda_open", _("agenda open")
    IN_SESSION = "in_session", _("in session")
    MINUTES_DRAFT = "minutes_draft", _("minutes to be confirmed")
    CONFIRMED = "confirmed", _("minutes confirmed")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "cancelled")


# Still to be held: what stands on the agenda stands on the first of these.
COMING = (MeetingStatus.PLANNED, MeetingStatus.AGENDA_OPEN)
RUNNING = (*COMING, MeetingStatus.IN_SESSION, MeetingStatus.MINUTES_DRAFT)
HELD = (MeetingStatus.MINUTES_DRAFT, MeetingStatus.CONFIRMED)


class ItemKind(models.TextChoices):
    PROGRESS = "progress", _("progress and difficulties")
    ISSUE = "issue", _("matter raised by residents")
    COORDINATION = "coordination", _("something several must do together")
    PLAN = "plan", _("what comes next")
    OTHER = "other", pgettext_lazy("agenda item", "other")


class ItemSource(models.TextChoices):
    VISIT = "visit", _("found on a visit")
    RESIDENT = "resident", _("raised by residents")
    ORGANIZATION = "organization", _("raised by an organization")
    SUPERIOR = "superior", _("asked from above")
    NEED = "need", _("from the list of needs")
    ANNOUNCEMENT = "announcement", _("from an announced activity")


class ItemStatus(models.TextChoices):
    """Open items stand on the series' next agenda, whichever meeting that is; nothing is copied from month to month."""

    OPEN = "open", pgettext_lazy("agenda item", "to be treated")
    TREATED = "treated", pgettext_lazy("agenda item", "treated")
    DECLINED = "declined", pgettext_lazy("agenda item", "not taken up")
    WITHDRAWN = "withdrawn", pgettext_lazy("agenda item", "withdrawn")


class Presence(models.TextChoices):
    PRESENT = "present", _("present")
    PROXY = "proxy", _("represented")
    EXCUSED = "excused", _("excused")
    ABSENT = "absent", _("absent")


THERE = (Presence.PRESENT, Presence.PROXY)


class Result(models.TextChoices):
    ADOPTED = "adopted", pgettext_lazy("resolution", "adopted")
    REJECTED = "rejected", pgettext_lazy("resolution", "rejected")
    DEFERRED = "deferred", pgettext_lazy("resolution", "deferred")


class ActionStatus(models.TextChoices):
    OPEN = "open", pgettext_lazy("action", "open")
    IN_PROGRESS = "in_progress", pgettext_lazy("action", "in progress")
    BLOCKED = "blocked", pgettext_lazy("action", "blocked")
    DONE = "done", pgettext_lazy("action", "done, to be verified")
    VERIFIED = "verified", pgettext_lazy("action", "verified")
    DROPPED = "dropped", pgettext_lazy("action", "dropped")


# Stands on the next agenda until another party says that it is so, or the meeting lets it go.
UNSETTLED = (ActionStatus.OPEN, ActionStatus.IN_PROGRESS, ActionStatus.BLOCKED, ActionStatus.DONE)
# Nobody has said yet that it is done: these can be overdue.
NOT_DONE = (ActionStatus.OPEN, ActionStatus.IN_PROGRESS, ActionStatus.BLOCKED)


class MatchStatus(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("match", "waits for an answer")
    ACCEPTED = "accepted", pgettext_lazy("match", "accepted")
    DECLINED = "declined", pgettext_lazy("match", "declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("match", "taken back")


class NeedActivityRole(models.TextChoices):
    """What an activity is to a need."""

    FOUND = "found", _("found there")
    MET = "met", _("met by it")
