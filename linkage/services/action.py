"""Verbs of actions: done by those in charge, verified by another party and another person."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from linkage.models import ActionItem
from linkage.notifications import action as notices
from projects.models import Activity

STATE = (
    "status", "blocked_reason", "done_note", "done_by", "done_at", "activity", "verified_party", "verified_by",
    "verified_at", "dropped_reason", "updated_at",
)  # fmt: skip


def _lock(action_id):
    found = ActionItem.objects.in_force().select_for_update(of=("self",))
    return found.select_related("series__division", "owner", "organization").get(pk=action_id)


def _save(verb, action, actor, before, **data):
    """The rules, the row, the event."""
    action.check_rules()
    action.save(update_fields=STATE)
    return audit.record(
        verb, target=action, actor=actor, area=action.series.division,
        data={"from": before, "to": action.status, **data},
    )  # fmt: skip


@transaction.atomic
def start_action(*, action_id, actor):
    """Somebody begins, or goes on after it was held up. Locks; guard; audit."""
    action = _lock(action_id)
    before = action.status
    action.start()
    _save("action.started", action, actor, before)
    return action


@transaction.atomic
def block_action(*, action_id, reason, actor):
    """Something is in the way. Locks; guard; audit (without the reason: free text may name people)."""
    action = _lock(action_id)
    before = action.status
    action.block(reason=reason.strip())
    _save("action.blocked", action, actor, before)
    return action


@transaction.atomic
def mark_action_done(*, action_id, note, activity=None, actor):
    """Those in charge say that it is done, and by which record. RuleViolation for a record that this person does not
    read. Locks; guard; audit; tells who chairs and records the series."""
    action = _lock(action_id)
    before = action.status
    if activity is not None and not Activity.objects.visible_to(actor).handed_in().filter(pk=activity.pk).exists():
        raise RuleViolation(_("Please choose a record that was handed in and that you can read."))
    action.mark_done(by=actor, at=timezone.now(), note=note.strip(), activity=activity)
    event = _save("action.done", action, actor, before, **({"activity": str(activity.uuid)} if activity else {}))
    notices.tell_of_done(action, event, actor)
    return action


@transaction.atomic
def reopen_action(*, action_id, note, actor):
    """Not done after all. Locks; guard; audit; tells those in charge, with the note."""
    action = _lock(action_id)
    before, done_by = action.status, action.done_by_id
    action.reopen()
    event = _save("action.reopened", action, actor, before)
    notices.tell_of_reopening(action, event, actor, done_by, note.strip())
    return action


@transaction.atomic
def verify_action(*, action_id, party, actor):
    """Another party says that it is so. Locks; guard (another party, another person); audit; tells those in charge."""
    action = _lock(action_id)
    before = action.status
    action.verify(by=actor, party=party, at=timezone.now())
    event = _save("action.verified", action, actor, before, party=party)
    notices.tell_of_verification(action, event, actor)
    return action


@transaction.atomic
def drop_action(*, action_id, reason, actor):
    """Let it go, with a reason. Locks; guard; audit."""
    action = _lock(action_id)
    before = action.status
    action.drop(reason=reason.strip())
    _save("action.dropped", action, actor, before)
    return action
