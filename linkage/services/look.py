"""A meeting looks at an action that stands on its agenda: what was said, and how it stands from now on. What the meeting
wants happens when the minutes are confirmed."""

from django.db import transaction
from django.utils.translation import gettext as _

from incubator.base.errors import RuleViolation
from linkage.choices import THERE, ActionStatus
from linkage.models import ActionItem, ActionReview
from linkage.services.session import demand_seen, lock_session

FACTS = ("after", "note", "verified_party")
# How an action may stand after a look, by how it stood before.
LOOKS = {
    ActionStatus.OPEN: ("open", "in_progress", "blocked", "done", "dropped"),
    ActionStatus.IN_PROGRESS: ("in_progress", "blocked", "done", "dropped"),
    ActionStatus.BLOCKED: ("blocked", "in_progress", "done", "dropped"),
    ActionStatus.DONE: ("done", "in_progress", "verified", "dropped"),
}
NEEDS_NOTE = (ActionStatus.BLOCKED, ActionStatus.DROPPED)


def on_agenda(meeting):
    """The actions that come first in this meeting: in force and not settled, and those that it looked at already."""
    looked = ActionReview.objects.filter(meeting=meeting).order_by().values("action_id")
    found = ActionItem.objects.filter(series=meeting.series_id)
    if meeting.status == "in_session":
        return found.in_force().unsettled() | found.filter(pk__in=looked)
    return found.filter(pk__in=looked) if not meeting.is_coming else found.in_force().unsettled()


@transaction.atomic
def look_at_action(*, meeting_id, action_id, after, note="", verified_party="", edition="", actor):
    """Keep what the meeting says about an action. Locks the meeting; StaleEdition as for all pieces; RuleViolation for a
    state that cannot follow, a missing reason, or a verification by the party that did it or by one that is not there."""
    meeting = lock_session(meeting_id)
    action = ActionItem.objects.select_for_update(of=("self",)).get(pk=action_id, series_id=meeting.series_id)
    look = ActionReview.objects.filter(action=action, meeting=meeting).first()
    values = {
        "after": after, "note": note.strip(),
        "verified_party": verified_party if after == ActionStatus.VERIFIED else "",
    }  # fmt: skip
    if look is not None and all(getattr(look, name) == values[name] for name in FACTS):
        return look
    _demand_possible(meeting, action, values)
    demand_seen(look, edition)
    look = look or ActionReview(action=action, meeting=meeting)
    look.before = action.status
    for name, value in values.items():
        setattr(look, name, value)
    look.save()
    return look


def _demand_possible(meeting, action, values):
    after = values["after"]
    if after not in LOOKS.get(action.status, ()):
        raise RuleViolation(
            _("It stands at “%(state)s” now; that cannot follow.") % {"state": action.get_status_display()}
        )
    if after in NEEDS_NOTE and after != action.status and not values["note"]:
        raise RuleViolation(_("Please say why."))
    if after == ActionStatus.VERIFIED:
        party = values["verified_party"]
        if not party:
            raise RuleViolation(_("Please say which party verified it."))
        if party == action.owner_party:
            raise RuleViolation(_("What one party did is verified by another."))
        if not meeting.attendances.filter(party=party, presence__in=THERE).exists():
            raise RuleViolation(_("Nobody of this party is at the meeting."))


def complete_looks(meeting):
    """A row for each action on the agenda that nobody said anything about; called when the meeting is closed."""
    looked = ActionReview.objects.filter(meeting=meeting).order_by().values("action_id")
    rest = ActionItem.objects.on_agenda_of(meeting.series).exclude(pk__in=looked).order_by("due_on", "pk")
    ActionReview.objects.bulk_create(
        ActionReview(action=action, meeting=meeting, before=action.status, after=action.status) for action in rest
    )


def settle_looks(meeting, *, by, at):
    """What the meeting wanted happens now, as far as it still can; each row tells how its action really stands after it.

    ``by``: who confirms; what they said to be done themselves is verified by the recorder. Returns [(action, before,
    after)] of those that changed.
    """
    moved = []
    looks = ActionReview.objects.filter(meeting=meeting).select_related("action").order_by("pk")
    actions = ActionItem.objects.select_for_update(of=("self",)).in_bulk([look.action_id for look in looks])
    for look in looks:
        action = actions[look.action_id]
        before = action.status
        if _is_still_wanted(look, before):
            _move(action, look, meeting, by=by, at=at)
        if action.status != before:
            action.save()
            moved.append((action, before, action.status))
        look.before, look.after = before, action.status
        look.verified_party = action.verified_party if action.status == ActionStatus.VERIFIED else ""
        look.save(update_fields=["before", "after", "verified_party", "updated_at"])
    return moved


def _is_still_wanted(look, status):
    """Whether the meeting asked for a change, and the action, which may have gone on since, can still make it. What was
    said to be done after the meeting had looked is not taken back by a meeting that did not know."""
    if look.after in (look.before, status) or look.after not in LOOKS.get(status, ()):
        return False
    takes_back = status == ActionStatus.DONE and look.after == ActionStatus.IN_PROGRESS
    return not takes_back or look.before == ActionStatus.DONE


def _move(action, look, meeting, *, by, at):
    after = look.after
    if after == ActionStatus.IN_PROGRESS:
        action.reopen() if action.status == ActionStatus.DONE else action.start()
    elif after == ActionStatus.BLOCKED:
        action.block(reason=look.note[:200])
    elif after == ActionStatus.DONE:
        action.mark_done(by=meeting.recorder or by, at=at, note=look.note)
    elif after == ActionStatus.DROPPED:
        action.drop(reason=look.note[:200])
    elif after == ActionStatus.VERIFIED:
        people = [person for person in (by, meeting.recorder) if person and person.pk != action.done_by_id]
        if not people:
            raise RuleViolation(
                _("“%(title)s” was done by the one who confirms. Somebody else has to verify it on its page.")
                % {"title": action.title}
            )
        action.verify(by=people[0], party=look.verified_party, at=at)
