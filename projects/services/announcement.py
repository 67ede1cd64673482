"""报备: telling the community of a coming activity, and its answer."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role
from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.base.files import inspect_upload, kept_with
from incubator.base.workdays import add_working_days
from incubator.jobs.services import enqueue
from projects.choices import AnnouncementStatus, Concern
from projects.models import Activity, Announcement
from projects.notifications.telling import holders_here, tell
from projects.services.rule import rule_of

FURTHEST = datetime.timedelta(days=366)
REMINDED_AT = datetime.time(9)
PLAIN = (
    "title", "kind", "starts_at", "minutes", "place_text", "expected_participants", "purpose", "course", "budget",
    "publicity", "problems", "safety_plan",
)  # fmt: skip


def needs_answer(rule, *, kind, concerns):
    """Whether silence is no answer: by the street's rule for what is special about the activity, and for its kind."""
    return kind in rule.kinds_to_answer or bool(set(concerns) & set(rule.concerns_to_answer))


def answer_by(now, working_days):
    """The end (the midnight after) of the last of so many working days after the day of ``now``."""
    last = add_working_days(timezone.localdate(now), working_days)
    return _at(last + datetime.timedelta(days=1), datetime.time.min)


@transaction.atomic
def file_announcement(*, uuid, organization, actor, concerns=(), plan=None, safety_file=None, **values):
    """Tell the community of a coming activity.

    Freezes, by the street's rule of today, whether an answer is needed and by when. RuleViolation for what has begun,
    for more than a year ahead, and without a safety plan where an answer is needed. Writes the announcement, keeps the
    file; audit; notice to the staff of the community; a reminder and a look at the end of the time are asked for.
    """
    now, rule = timezone.now(), rule_of(organization.community)
    if not now < values["starts_at"] < now + FURTHEST:
        raise RuleViolation(_("An announcement is about an activity to come, within a year."))
    concerns = [code for code in Concern.values if code in concerns]
    is_needed = needs_answer(rule, kind=values["kind"], concerns=concerns)
    if is_needed and not values.get("safety_plan", "").strip() and not safety_file:
        raise RuleViolation(_("This activity needs a safety plan: write it down or add the file."))
    facts = inspect_upload(safety_file) if safety_file else None
    announcement = Announcement(
        uuid=uuid, organization=organization, community=organization.community, plan=plan, concerns=concerns,
        needs_answer=is_needed, filed_by=actor, filed_at=now, due_at=answer_by(now, rule.announcement_days),
        **{name: values[name] for name in PLAIN if name in values},
    )  # fmt: skip
    if facts:
        announcement.safety_file.save(f"{uuid}.{facts.extension}", safety_file, save=False)
        with kept_with(announcement.safety_file):
            _write(announcement, actor)
    else:
        _write(announcement, actor)
    return announcement


def _write(announcement, actor):
    announcement.save(force_insert=True)
    event = audit.record(
        "announcement.filed", target=announcement, actor=actor, area=announcement.community,
        data={"needs_answer": announcement.needs_answer, "due_at": announcement.due_at},
    )  # fmt: skip
    _tell("announcement.filed", _community(announcement), announcement, event.pk, actor=actor)
    remind_on = add_working_days(announcement.due_on, -1)
    if remind_on > timezone.localdate(announcement.filed_at):
        enqueue(
            "projects.remind_announcement", key=str(announcement.uuid), run_at=_at(remind_on, REMINDED_AT),
            announcement_id=announcement.pk,
        )  # fmt: skip
    enqueue(
        "projects.announcement_due", key=str(announcement.uuid), run_at=announcement.due_at,
        announcement_id=announcement.pk,
    )  # fmt: skip


@transaction.atomic
def agree_announcement(*, announcement_id, actor, answer=""):
    """The community agrees. RuleViolation once the activity has begun. Audit; notice to who announced it."""
    return _answer(announcement_id, actor, "agree", "announcement.agreed", answer)


@transaction.atomic
def object_announcement(*, announcement_id, actor, answer):
    """The community objects, with its reason. RuleViolation once the activity has begun, and without a reason. Audit;
    notice to who announced it."""
    if not answer.strip():
        raise RuleViolation(_("An objection needs a reason."))
    return _answer(announcement_id, actor, "object_to", "announcement.objected", answer)


def _answer(announcement_id, actor, method, verb, answer):
    announcement, now = _locked(announcement_id), timezone.now()
    before = announcement.status
    getattr(announcement, method)(by=actor, at=now, answer=answer.strip())
    _demand_coming(announcement, now)
    announcement.save(update_fields=["status", "answered_by", "answered_at", "answer", "updated_at"])
    event = audit.record(
        verb, target=announcement, actor=actor, area=announcement.community,
        data={"from": before, "to": announcement.status},
    )  # fmt: skip
    _tell(verb, {announcement.filed_by_id}, announcement, event.pk, actor=actor)
    return announcement


@transaction.atomic
def withdraw_announcement(*, announcement_id, actor):
    """Take it back: the activity will not be. RuleViolation once it has begun. Audit; notice to the community."""
    announcement, now = _locked(announcement_id), timezone.now()
    before = announcement.status
    announcement.withdraw()
    _demand_coming(announcement, now)
    announcement.save(update_fields=["status", "updated_at"])
    event = audit.record(
        "announcement.withdrawn", target=announcement, actor=actor, area=announcement.community,
        data={"from": before, "to": announcement.status},
    )  # fmt: skip
    _tell("announcement.withdrawn", _community(announcement), announcement, event.pk, actor=actor)
    return announcement


def tie_announcement(activity, announcement=None):
    """Let the announcement of this record know its record; returns it, or None.

    ``announcement`` None: the only untied one of the same organization, kind and local day, or of the same plan. Called
    inside the transaction that hands the record in; a tie leaves no event of its own, and no notice.
    """
    known = Announcement.objects.filter(organization=activity.organization, activity__isnull=True)
    known = known.exclude(status=AnnouncementStatus.WITHDRAWN)
    if announcement is not None:
        found = list(known.filter(pk=announcement.pk))
    else:
        first = _at(timezone.localdate(activity.starts_at), datetime.time.min)
        day = known.filter(starts_at__gte=first, starts_at__lt=first + datetime.timedelta(days=1), kind=activity.kind)
        found = list((known.filter(plan=activity.plan_id) if activity.plan_id else day).order_by("pk")[:2])
    if len(found) != 1:
        return None
    changed = known.filter(pk=found[0].pk).update(activity=activity, updated_at=timezone.now())
    return found[0] if changed else None


@transaction.atomic
def record_announcement(*, announcement_id, activity, actor):
    """Say by hand which record tells of the announced activity. RuleViolation for another organization's record, and
    when it has one already. Audit."""
    announcement = _locked(announcement_id)
    if tie_announcement(activity, announcement) is None:
        raise RuleViolation(_("The announcement has its record already, or the record is of another organization."))
    audit.record(
        "announcement.recorded", target=announcement, actor=actor, area=announcement.community,
        data={"activity": str(activity.uuid)},
    )  # fmt: skip
    return announcement


def possible_records(announcement, user):
    """Records that may tell of the announced activity: of the same organization, from its day on, not tied yet."""
    first = _at(timezone.localdate(announcement.starts_at), datetime.time.min)
    records = Activity.objects.visible_to(user, drafts=False).filter(organization=announcement.organization)
    near = records.filter(starts_at__gte=first, starts_at__lt=first + datetime.timedelta(days=8))
    return near.exclude(pk__in=Announcement.objects.filter(activity__isnull=False).values("activity_id"))


# --- what the clock brings ---
def remind_of_announcement(*, announcement_id):
    """One working day before the end of the time: notice to the community, if nobody has answered."""
    announcement = Announcement.objects.with_names().get(pk=announcement_id)
    if announcement.status == AnnouncementStatus.FILED:
        _tell("announcement.reminder", _community(announcement), announcement, "due")


def tell_of_silence(*, announcement_id):
    """The time is over without an answer: who announced it is told that it counts as known; where an answer is needed,
    that it still waits, and the street too. Nothing is written to the announcement: the clock says it all."""
    announcement = Announcement.objects.with_names().get(pk=announcement_id)
    if announcement.status != AnnouncementStatus.FILED:
        return
    if announcement.needs_answer:
        street = holders_here(announcement.community.parent, Role.STREET_STAFF)
        _tell("announcement.unanswered", street | {announcement.filed_by_id}, announcement, "due")
    else:
        _tell("announcement.known", {announcement.filed_by_id}, announcement, "due")


def badges_of(announcements, now):
    """{key of the plan: (text, tone)} of the newest of these announcements of each planned activity."""
    rows = sorted(announcements, key=lambda row: row.pk)
    return {row.plan_id: row.shown(now) for row in rows if row.plan_id and row.status != AnnouncementStatus.WITHDRAWN}


def _locked(announcement_id):
    return Announcement.objects.select_for_update(of=("self",)).get(pk=announcement_id)


def _demand_coming(announcement, now):
    if announcement.starts_at <= now:
        raise RuleViolation(_("The activity has begun; the announcement stays as it was."))


def _community(announcement):
    """Who answers: the staff of the community, else of its street."""
    place = announcement.community
    return holders_here(place, Role.COMMUNITY_STAFF) or holders_here(place.parent, Role.STREET_STAFF)


def _tell(kind, people, announcement, cause, actor=None):
    tell(
        kind, people, dedup_key=f"{kind}:{announcement.pk}:{cause}", link=announcement.get_absolute_url(), actor=actor,
        data={
            "title": announcement.title, "organization": str(announcement.organization),
            "day": f"{timezone.localtime(announcement.starts_at):%Y-%m-%d %H:%M}", "due": f"{announcement.due_on}",
            "needs_answer": announcement.needs_answer, "answer": announcement.answer,
            "who": str(announcement.answered_by or announcement.filed_by),
        },
    )  # fmt: skip


def _at(day, time):
    return datetime.datetime.combine(day, time, timezone.get_current_timezone())
