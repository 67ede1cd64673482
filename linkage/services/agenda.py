"""What is on the table: proposed, taken back, turned down, put in order; and what stands on which meeting's agenda.

Open matters and unsettled actions belong to the series. They stand on its first meeting that is not over, by query:
nothing is copied from month to month, so nothing is lost when a meeting is moved or cancelled.
"""

import uuid as uuids
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.notifications.services import notify
from linkage.choices import ItemKind, ItemSource, ItemStatus
from linkage.models import ActionItem, AgendaItem, JointMeeting, MeetingSeries

STEP, LAST_POSITION = 10, 32_000  # the column ends a little later


@dataclass
class Agenda:
    """Of one meeting. ``is_next``: all that is open stands here. Else ``next_meeting`` says where it stands, if anywhere;
    ``items`` are then those that this meeting treated or turned down."""

    is_next: bool
    next_meeting: JointMeeting | None
    actions: list = field(default_factory=list)
    items: list = field(default_factory=list)


def next_meeting(series, today):
    """The first meeting of the series that is not over: the one on which all that is open stands; or None."""
    return JointMeeting.objects.filter(series=series).next_first(today).first()


def open_items(series):
    """Open matters of the series, in order."""
    rows = AgendaItem.objects.filter(series=series).open()
    return rows.select_related("proposed_by", "organization", "need", "announcement").order_by("position", "pk")


def open_actions(series):
    """Unsettled actions in force, those due first before the others, with the months they were carried."""
    rows = ActionItem.objects.on_agenda_of(series).with_carried()
    return rows.select_related("owner", "organization", "resolution").order_by("due_on", "pk")


def agenda_of(meeting, today):
    """The :class:`Agenda` of a meeting: unsettled actions first, then open matters."""
    first = next_meeting(meeting.series_id, today) if meeting.is_running else None
    if meeting.is_running and first and first.pk == meeting.pk:
        done = list(_treated_in(meeting))
        return Agenda(True, meeting, list(open_actions(meeting.series_id)), done + list(open_items(meeting.series_id)))
    return Agenda(False, first, [], list(_treated_in(meeting)))


def _treated_in(meeting):
    rows = AgendaItem.objects.filter(meeting=meeting)
    return rows.select_related("proposed_by", "organization", "need", "announcement").order_by("position", "pk")


@transaction.atomic
def propose_item(
    *, series, title, party, actor, uuid=None, text="", kind=ItemKind.ISSUE, source="", need=None, announcement=None,
    organization=None,
):  # fmt: skip
    """Put a matter on the next agenda of the series, whichever meeting that is. RuleViolation: the series has ended, or
    the same need or announcement stands there already. Audit. Returns the AgendaItem."""
    series = MeetingSeries.objects.select_for_update(of=("self",)).select_related("division").get(pk=series.pk)
    last = AgendaItem.objects.filter(series=series).open().aggregate(last=Max("position"))["last"]
    item = AgendaItem(
        uuid=uuid or uuids.uuid4(), series=series, title=title.strip(), text=text.strip(), kind=kind, source=source,
        party=party, need=need, announcement=announcement, organization=organization, proposed_by=actor,
        position=STEP if last is None else min(last + STEP, LAST_POSITION),
    )  # fmt: skip
    if not item.title:
        raise RuleViolation(_("Please say what it is about."))
    if series.ends_on and series.ends_on < timezone.localdate():
        raise RuleViolation(_("These joint meetings have come to their end."))
    item.check_rules()
    item.save_or_refuse(force_insert=True)
    audit.record(
        "item.proposed", target=item, actor=actor, area=series.division,
        data={"party": party, "series": series.uuid, "need": need.uuid if need else None},
    )  # fmt: skip
    return item


def propose_announcement(*, series, announcement, actor, party):
    """Put an announced activity on the next agenda. RuleViolation: it stands there already, or is another place's."""
    if not announcement.community.code.startswith(series.division.code):
        raise RuleViolation(_("This activity is announced in another place."))
    return propose_item(
        series=series, title=announcement.title, party=party, actor=actor, text=announcement.purpose,
        kind=ItemKind.COORDINATION, source=ItemSource.ANNOUNCEMENT, announcement=announcement,
        organization=announcement.organization,
    )  # fmt: skip


@transaction.atomic
def withdraw_item(*, item_id, actor):
    """Whoever proposed it takes it back. Audit."""
    item = _locked(item_id)
    before = item.status
    item.withdraw()
    item.save(update_fields=["status", "updated_at"])
    audit.record(
        "item.withdrawn", target=item, actor=actor, area=item.series.division,
        data={"from": before, "to": item.status},
    )  # fmt: skip
    return item


@transaction.atomic
def decline_item(*, item_id, reason, actor):
    """It is not taken up, for this reason (RuleViolation without one). Audit; who proposed it is told."""
    if not reason.strip():
        raise RuleViolation(_("Please say why."))
    item = _locked(item_id)
    before = item.status
    item.decline(reason=reason.strip())
    item.save(update_fields=["status", "reason", "meeting", "updated_at"])
    event = audit.record(
        "item.declined", target=item, actor=actor, area=item.series.division,
        data={"from": before, "to": item.status},
    )  # fmt: skip
    if item.proposed_by_id != actor.pk:
        notify(
            "item.declined", recipient=item.proposed_by, dedup_key=f"item.declined:{event.pk}",
            data={"title": item.title, "series": item.series.title, "reason": item.reason},
            link=item.series.get_absolute_url(),
        )  # fmt: skip
    return item


@transaction.atomic
def order_item(*, item_id, step):
    """Move an open matter one place up (-1) or down (+1) among the open ones; at the end nothing happens. The order of an
    agenda is nobody's decision about a matter: no audit."""
    item = _locked(item_id)
    if item.status != ItemStatus.OPEN:
        raise RuleViolation(_("This matter is not open any more."))
    rows = list(AgendaItem.objects.filter(series=item.series_id).open().order_by("position", "pk"))
    place = next(index for index, row in enumerate(rows) if row.pk == item.pk)
    target = min(max(place + step, 0), len(rows) - 1)
    rows.insert(target, rows.pop(place))
    for number, row in enumerate(rows, start=1):
        row.position = number * STEP
    AgendaItem.objects.bulk_update(rows, ["position"])
    return item


def _locked(item_id):
    """The matter, locked after its series."""
    found = AgendaItem.objects.only("series_id").get(pk=item_id)
    MeetingSeries.objects.select_for_update(of=("self",)).get(pk=found.series_id)
    return AgendaItem.objects.select_for_update(of=("self",)).select_related("series__division", "proposed_by").get(
        pk=item_id
    )  # fmt: skip
