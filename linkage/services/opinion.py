"""What the parties say about an item, and what is raised on the spot."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from incubator.base.errors import RuleViolation
from linkage.choices import ItemKind, ItemStatus
from linkage.models import AgendaItem, ItemOpinion
from linkage.services.session import demand_seen, lock_session

STEP = 10  # between the positions of two items


def lock_item(meeting, item_id):
    """An item that this meeting may speak about: open, or treated in it."""
    item = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item_id, series_id=meeting.series_id)
    if item.status != ItemStatus.OPEN and not (item.status == ItemStatus.TREATED and item.meeting_id == meeting.pk):
        raise RuleViolation(_("This matter is not on the table any more."))
    return item


@transaction.atomic
def write_opinion(*, meeting_id, item_id, party, text, edition="", actor):
    """Keep what a party said; an empty text takes it out. Returns the opinion, or None.

    Locks the meeting and the item; refuses to overwrite what the writer did not see (StaleEdition), unless it says the
    same. Drafts leave no trace in the history.
    """
    meeting = lock_session(meeting_id)
    item = lock_item(meeting, item_id)
    text = text.strip()
    opinion = ItemOpinion.objects.filter(item=item, meeting=meeting, party=party).first()
    if (opinion.text if opinion else "") == text:
        return opinion
    demand_seen(opinion, edition)
    if not text:
        opinion.delete()
        return None
    opinion = opinion or ItemOpinion(item=item, meeting=meeting, party=party)
    opinion.text, opinion.written_by = text, actor
    opinion.save()
    return opinion


@transaction.atomic
def write_summary(*, meeting_id, summary, edition="", actor):
    """The meeting in a few sentences."""
    meeting = lock_session(meeting_id)
    if meeting.summary != summary.strip():
        meeting.check_edition(edition)
        meeting.summary = summary.strip()
        meeting.save(update_fields=["summary", "updated_at"])
    return meeting


@transaction.atomic
def raise_item(*, meeting_id, uuid, title, party, actor):
    """A matter that comes up in the meeting itself: on the table at once, behind the others."""
    meeting = lock_session(meeting_id)
    last = AgendaItem.objects.filter(series=meeting.series).open().aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem(
        uuid=uuid, series=meeting.series, title=title.strip(), party=party, kind=ItemKind.ISSUE, proposed_by=actor,
        position=min(last + STEP, 32_000),
    )  # fmt: skip
    item.check_rules()
    item.save_or_refuse(force_insert=True)
    return item
