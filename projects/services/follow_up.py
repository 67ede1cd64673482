"""What is left to do: written by hand, born of a record, or read from what the data lack."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role
from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.jobs.services import enqueue
from projects.choices import FollowUpKind, FollowUpStatus
from projects.models import Activity, FollowUp
from projects.notifications.telling import holders_here, tell
from projects.services.derived_task import DerivedTask, derived_tasks

__all__ = ["DerivedTask", "derived_tasks"]  # what the person's home asks for stands beside what was written down

REMINDED_AT = datetime.time(8)
LONGEST = datetime.timedelta(days=3 * 366)


@transaction.atomic
def create_follow_up(
    *, uuid, title, due_on, actor, owner=None, organization=None, project=None, kind=FollowUpKind.TASK
):
    """Write down what is to do by a day; without an ``owner`` it belongs to the organization's place. RuleViolation for a
    day that is past or years ahead, and without both. Audit; notice to the owner when it is somebody else; the reminder
    of the day is asked for."""
    _demand_day(due_on)
    if owner is None and organization is None:
        raise RuleViolation(_("Say who does it, or for which organization."))
    follow_up = FollowUp.objects.create(
        uuid=uuid, kind=kind, title=title.strip(), due_on=due_on, owner=owner, organization=organization,
        community=organization.community if organization else None, project=project, created_by=actor,
    )  # fmt: skip
    return _begin(follow_up, actor)


@transaction.atomic
def promise_follow_up(*, activity_id, due_on, actor):
    """The agreed next step of a record becomes a promise, with its day; once per record (RuleViolation). The person who
    recorded it keeps it. Audit; notice when somebody else wrote it down; reminder."""
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity_id)
    _demand_day(due_on)
    if not activity.next_step.strip():
        raise RuleViolation(_("No next step was agreed in this record."))
    if FollowUp.objects.filter(activity=activity, kind=FollowUpKind.PROMISE).exists():
        raise RuleViolation(_("The next step of this record is on the list already."))
    follow_up = FollowUp.objects.create(
        kind=FollowUpKind.PROMISE, title=activity.next_step.strip()[:200], due_on=due_on, owner=activity.recorded_by,
        organization=activity.organization, community=activity.community, project=activity.project, activity=activity,
        created_by=actor,
    )  # fmt: skip
    return _begin(follow_up, actor)


def _begin(follow_up, actor):
    event = audit.record(
        "follow_up.created", target=follow_up, actor=actor, area=follow_up.community,
        data={"kind": follow_up.kind, "due_on": follow_up.due_on},
    )  # fmt: skip
    if follow_up.owner_id and follow_up.owner_id != actor.pk:
        tell(
            "follow_up.given", {follow_up.owner_id}, dedup_key=f"follow_up.given:{event.pk}", actor=actor,
            link=follow_up.get_absolute_url(), data=_data(follow_up) | {"from": str(actor)},
        )  # fmt: skip
    ask_for_reminder(follow_up)
    return follow_up


@transaction.atomic
def finish_follow_up(*, follow_up_id, actor, activity=None):
    """Done, by a record perhaps (of the same organization, else RuleViolation). Audit."""
    follow_up = _locked(follow_up_id)
    if activity is not None and not _tells_of(activity, follow_up):
        raise RuleViolation(_("This record is about another organization."))
    before = follow_up.status
    follow_up.finish(by=actor, at=timezone.now(), activity=activity)
    return _save(follow_up, before, "follow_up.finished", actor)


@transaction.atomic
def drop_follow_up(*, follow_up_id, actor, reason):
    """It will not be done, with the reason. Audit."""
    follow_up = _locked(follow_up_id)
    if not reason.strip():
        raise RuleViolation(_("Please say why."))
    before = follow_up.status
    follow_up.drop(by=actor, at=timezone.now(), reason=reason.strip())
    return _save(follow_up, before, "follow_up.dropped", actor)


@transaction.atomic
def reopen_follow_up(*, follow_up_id, actor):
    """It is to do again. Audit; the reminder of the day is asked for again if it is still to come."""
    follow_up = _locked(follow_up_id)
    before = follow_up.status
    follow_up.reopen()
    _save(follow_up, before, "follow_up.reopened", actor)
    ask_for_reminder(follow_up)
    return follow_up


def _save(follow_up, before, verb, actor):
    follow_up.save(
        update_fields=["status", "closed_by", "closed_at", "closed_by_activity", "dropped_reason", "updated_at"]
    )
    audit.record(
        verb, target=follow_up, actor=actor, area=follow_up.community,
        data={"from": before, "to": follow_up.status},
    )  # fmt: skip
    return follow_up


@transaction.atomic
def postpone_follow_up(*, follow_up_id, due_on, actor):
    """Another day; only what is open (RuleViolation). Audit with both days; a reminder for the new one. The same day
    again leaves no trace."""
    follow_up = _locked(follow_up_id)
    _demand_day(due_on)
    if follow_up.status != FollowUpStatus.OPEN:
        raise RuleViolation(_("Only what is still open gets another day."))
    if follow_up.due_on == due_on:
        return follow_up
    before = audit.snapshot(follow_up, ("due_on",))
    follow_up.due_on = due_on
    follow_up.save(update_fields=["due_on", "updated_at"])
    audit.record(
        "follow_up.postponed", target=follow_up, actor=actor, area=follow_up.community,
        data=audit.changes(follow_up, before),
    )  # fmt: skip
    ask_for_reminder(follow_up)
    return follow_up


# --- reminders ---
def ask_for_reminder(follow_up):
    """One reminder per follow-up and day; what is due already has been seen."""
    run_at = datetime.datetime.combine(follow_up.due_on, REMINDED_AT, timezone.get_current_timezone())
    if follow_up.due_on <= timezone.localdate():
        return
    enqueue(
        "projects.remind_follow_up", key=f"{follow_up.uuid}:{follow_up.due_on}", run_at=run_at,
        follow_up_id=follow_up.pk, due_on=follow_up.due_on.isoformat(),
    )  # fmt: skip


def ask_for_reminders(*, today):
    """Every day: reminders of what is due on it, whoever wrote it; the key makes one of two."""
    due = FollowUp.objects.open().filter(due_on=today).order_by("pk").values_list("pk", "uuid")
    run_at = datetime.datetime.combine(today, REMINDED_AT, timezone.get_current_timezone())
    for key, identifier in due.iterator(chunk_size=500):
        enqueue(
            "projects.remind_follow_up", key=f"{identifier}:{today}", run_at=run_at, follow_up_id=key,
            due_on=today.isoformat(),
        )  # fmt: skip


def remind_of_follow_up(*, follow_up_id, due_on):
    """On its day: notice to who does it, else to the social workers of the place, else to its community. Nothing when it
    is closed or was moved."""
    follow_up = FollowUp.objects.select_related("organization", "community__parent", "owner").get(pk=follow_up_id)
    if follow_up.status != FollowUpStatus.OPEN or follow_up.due_on.isoformat() != due_on:
        return 0
    people = {follow_up.owner_id}
    if follow_up.owner_id is None or not follow_up.owner.is_active:
        place = follow_up.community
        people = set() if place is None else (
            holders_here(place, Role.SOCIAL_WORKER) or holders_here(place, Role.COMMUNITY_STAFF)
        )  # fmt: skip
    return tell(
        "follow_up.due", people, dedup_key=f"follow_up.due:{follow_up.pk}:{due_on}", link=follow_up.get_absolute_url(),
        data=_data(follow_up),
    )  # fmt: skip


def _tells_of(activity, follow_up):
    if follow_up.organization_id is None:
        return True
    return activity.organization_id == follow_up.organization_id or (
        activity.links.filter(organization=follow_up.organization_id).exists()
    )


def _data(follow_up):
    return {
        "title": follow_up.title, "due": f"{follow_up.due_on}", "organization": str(follow_up.organization or ""),
    }  # fmt: skip


def _demand_day(due_on):
    today = timezone.localdate()
    if due_on < today:
        raise RuleViolation(_("This day is past. Please choose today or later."))
    if due_on > today + LONGEST:
        raise RuleViolation(_("This is years ahead. Please check the year."))


def _locked(follow_up_id):
    return FollowUp.objects.select_for_update(of=("self",)).get(pk=follow_up_id)
