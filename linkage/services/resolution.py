"""What is resolved, and what is to be done about it. Before the minutes are confirmed it can be changed and taken out;
afterwards a later resolution supersedes it."""

from django.db import transaction
from django.utils.translation import gettext as _

from incubator.base.errors import RuleViolation
from linkage.choices import MeetingStatus, Party, Result
from linkage.models import ActionItem, MeetingSeries, Resolution, SeriesMember
from linkage.services.opinion import lock_item
from linkage.services.session import demand_seen, lock_session

FACTS = ("text", "result", "supersedes")
ACTION_FACTS = ("title", "owner_party", "owner", "organization", "helpers", "due_on")


def next_number(series, period):
    """ "2026-03-02": the month, and how many have been resolved for it; the caller holds the lock of the series."""
    prefix = f"{period:%Y-%m}-"
    numbers = Resolution.objects.filter(series=series, number__startswith=prefix).order_by()
    last = max((int(number.rpartition("-")[2]) for number in numbers.values_list("number", flat=True)), default=0)
    return f"{prefix}{last + 1:02d}"


def supersedable(series, *, besides=None):
    """Confirmed resolutions of the series that no later one supersedes; ``besides``: by one other than this."""
    found = Resolution.objects.filter(series=series, meeting__status=MeetingStatus.CONFIRMED)
    taken = Resolution.objects.filter(series=series, supersedes__isnull=False)
    if besides is not None:
        taken = taken.exclude(pk=besides.pk)
    return found.exclude(pk__in=taken.order_by().values("supersedes_id")).order_by("-number", "-pk")


@transaction.atomic
def add_resolution(*, meeting_id, uuid, text, result, item_id=None, supersedes=None, actor):
    """Write down what was resolved, about an item or for itself; it gets the next number of the month.

    Locks the meeting and the series, so that two recorders never get the same number; RuleViolation when what it
    supersedes is not confirmed or was superseded already.
    """
    meeting = lock_session(meeting_id)
    series = MeetingSeries.objects.select_for_update(of=("self",)).get(pk=meeting.series_id)
    item = lock_item(meeting, item_id) if item_id else None
    _demand_supersedable(series, supersedes)
    resolution = Resolution(
        uuid=uuid, meeting=meeting, series=series, item=item, number=next_number(series, meeting.period),
        text=text.strip(), result=result, supersedes=supersedes,
    )  # fmt: skip
    resolution.check_rules()
    resolution.save_or_refuse(force_insert=True)
    return resolution


@transaction.atomic
def update_resolution(*, resolution_id, text, result, supersedes=None, edition="", actor):
    """Change a resolution of a meeting in session; its number stays. StaleEdition as for all pieces."""
    resolution = _lock(resolution_id)
    values = {"text": text.strip(), "result": result, "supersedes": supersedes}
    if all(getattr(resolution, name) == value for name, value in values.items()):
        return resolution
    demand_seen(resolution, edition)
    _demand_supersedable(resolution.series, supersedes, besides=resolution)
    if result == Result.REJECTED and resolution.actions.exists():
        raise RuleViolation(_("What was rejected leaves nothing to do. Please take its actions out first."))
    for name, value in values.items():
        setattr(resolution, name, value)
    resolution.check_rules()
    resolution.save(update_fields=[*FACTS, "updated_at"])
    return resolution


@transaction.atomic
def remove_resolution(*, resolution_id, actor):
    """Take out what was written down by mistake, with its actions: none of it counted yet."""
    resolution = _lock(resolution_id)
    resolution.actions.all().delete()
    resolution.delete()


@transaction.atomic
def add_action(*, resolution_id, uuid, actor, **facts):
    """Somebody takes something on. It counts once the minutes are confirmed. ``facts``: ACTION_FACTS."""
    resolution = _lock(resolution_id)
    if resolution.result == Result.REJECTED:
        raise RuleViolation(_("What was rejected leaves nothing to do."))
    action = ActionItem(uuid=uuid, series=resolution.series, resolution=resolution)
    _take(action, facts)
    action.check_rules()
    action.save_or_refuse(force_insert=True)
    return action


@transaction.atomic
def update_action(*, action_id, edition="", actor, **facts):
    """Change an action whose minutes are not confirmed yet."""
    action = ActionItem.objects.select_for_update(of=("self",)).get(pk=action_id)
    _lock(action.resolution_id)
    if all(getattr(action, name) == facts[name] for name in facts):
        return action
    demand_seen(action, edition)
    _take(action, facts)
    action.check_rules()
    action.save(update_fields=[*ACTION_FACTS, "updated_at"])
    return action


@transaction.atomic
def remove_action(*, action_id, actor):
    """Take out an action that was written down by mistake and has not counted yet."""
    action = ActionItem.objects.select_for_update(of=("self",)).get(pk=action_id)
    _lock(action.resolution_id)
    action.delete()


def _take(action, facts):
    """An action of an organization's representative is the organization's, unless another was named."""
    for name, value in facts.items():
        setattr(action, name, value)
    action.title = action.title.strip()
    if not action.title:
        raise RuleViolation(_("Please say what is to do."))
    if action.owner is not None:
        _demand_on_roster(action)
        if action.owner_party == Party.ORGANIZATION and action.organization_id is None:
            action.organization = action.owner.organization
    if action.owner_party != Party.ORGANIZATION:
        action.organization = None


def _demand_on_roster(action):
    if action.owner.series_id != action.series_id:
        raise RuleViolation(_("This person is not on the roster of the meeting."))
    if action.owner.party != action.owner_party:
        raise RuleViolation(
            _("%(name)s speaks for another party: %(party)s.")
            % {"name": action.owner.name, "party": action.owner.get_party_display()}
        )


def _lock(resolution_id):
    """The resolution of a meeting in session, with meeting and resolution locked."""
    meeting_id = Resolution.objects.values_list("meeting_id", flat=True).get(pk=resolution_id)
    lock_session(meeting_id)
    found = Resolution.objects.select_for_update(of=("self",)).select_related("meeting", "series", "supersedes")
    return found.get(pk=resolution_id)


def _demand_supersedable(series, supersedes, *, besides=None):
    if supersedes is None:
        return
    if not supersedable(series, besides=besides).filter(pk=supersedes.pk).exists():
        raise RuleViolation(_("Only a confirmed resolution that no later one supersedes can be superseded."))


def owners_of(series):
    """Whom an action can be given to: everybody on the roster today."""
    return SeriesMember.objects.current().filter(series=series).order_by("party", "pk")
