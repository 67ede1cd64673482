"""The chain of a need: found → on the agenda → resolved → action → activity → rated, followed from any of its links."""

from dataclasses import dataclass
from operator import attrgetter

from django.db.models import Q
from django.utils.translation import gettext as _

from linkage.choices import NeedActivityRole
from linkage.models import ActionItem, AgendaItem, Match, NeedActivity
from organizations.models import ResidentNeed
from projects.models import Activity

MOST = 40


@dataclass(frozen=True)
class Link:
    """One step: what it is, its words, where it is seen ("" when this person may not), when, and its state."""

    kind: str
    label: str
    text: str
    url: str = ""
    at: object = None
    state: str = ""
    is_done: bool = True


def chain_of(need, user):
    """[Link] of a need in the order in which things follow; eight queries, however long it is."""
    links = [Link("need", _("Raised"), need.get_source_display(), need.get_absolute_url(), need.created_at)]
    activities = list(
        NeedActivity.objects.filter(need=need).select_related("activity__organization").order_by("pk")[:MOST]
    )
    readable = _readable([one.activity_id for one in activities], user)
    links += [_activity(one.activity, _("Found on"), readable) for one in activities if one.role == "found"]
    items = AgendaItem.objects.visible_to(user).filter(need=need).select_related("series", "meeting").order_by("pk")
    items = list(items[:MOST])
    for item in items:
        where = item.meeting or item.series
        links.append(
            Link("item", _("On the agenda"), str(item.series), where.get_absolute_url(), item.created_at,
                 item.get_status_display(), item.status != "open")
        )  # fmt: skip
    actions = ActionItem.objects.filter(resolution__item__in=items).in_force() if items else ActionItem.objects.none()
    for action in actions.select_related("resolution", "activity__organization", "owner").order_by("pk")[:MOST]:
        links.append(
            Link("action", _("Action"), action.title, action.get_absolute_url(), action.done_at or action.created_at,
                 action.get_status_display(), action.status in ("done", "verified"))
        )  # fmt: skip
        if action.activity_id and action.activity_id not in {one.activity_id for one in activities}:
            links.append(_activity(action.activity, _("Done by"), _readable([action.activity_id], user)))
    for match in Match.objects.visible_to(user).filter(need=need, status="accepted").with_names().order_by("pk")[:MOST]:
        thing = match.organization or match.resource
        links.append(Link("match", _("Brought together with"), str(thing), thing.get_absolute_url(), match.answered_at))
    links += [_activity(one.activity, _("Met by"), readable) for one in activities if one.role == NeedActivityRole.MET]
    if need.met_at:
        links.append(
            Link(
                "met",
                _(
                    "Met",
                ),
                need.met_text,
                "",
                need.met_at,
            )
        )
    if need.rated_at:
        links.append(Link("rated", _("Rated"), _("%(stars)s of 5 stars") % {"stars": need.stars}, "", need.rated_at))
    return links


def _activity(activity, label, readable):
    url = activity.get_absolute_url() if activity.pk in readable else ""
    text = f"{activity.get_kind_display()} · {activity.organization or ''}"
    return Link("activity", label, text, url, activity.starts_at)


def _readable(keys, user):
    return set(Activity.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()


def needs_of_activity(activity, user):
    """[(need, role)] found on the activity or met by it, that this person reads; also through an action that it did."""
    rows = NeedActivity.objects.visible_to(user).filter(activity=activity).select_related("need__category")
    found = [(row.need, row.get_role_display()) for row in rows.order_by("pk")[:MOST]]
    known = {need.pk for need, _role in found}
    through = ActionItem.objects.filter(activity=activity, resolution__item__need__isnull=False).in_force()
    needs = ResidentNeed.objects.visible_to(user).filter(pk__in=through.values("resolution__item__need_id"))
    found += [(need, _("through an action")) for need in needs.select_related("category").order_by("pk")[:MOST]
              if need.pk not in known]  # fmt: skip
    return found


def needs_of_action(action, user):
    """Needs behind an action: those of the matter that its resolution answers."""
    return _needs(Q(pk=action.resolution.item.need_id) if action.resolution.item_id else None, user)


def needs_of_meeting(meeting, user):
    """Needs that the meeting treated or turned down, and, while it is the next one, those that wait for it."""
    items = AgendaItem.objects.filter(
        Q(meeting=meeting) | Q(series=meeting.series_id, status="open"), need__isnull=False
    )
    if meeting.is_held or not meeting.is_running:
        items = items.filter(meeting=meeting)
    return _needs(Q(pk__in=items.values("need_id")), user)


def _needs(wanted, user):
    if wanted is None:
        return []
    rows = ResidentNeed.objects.visible_to(user).filter(wanted).select_related("category", "organization", "agency")
    return sorted(rows.order_by("pk")[:MOST], key=attrgetter("pk"))
