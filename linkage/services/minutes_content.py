"""The whole of a meeting's minutes as plain data: what is confirmed, hashed and printed. All that is printed comes from
here.

Shape: ``edition`` (1), ``series``, ``place`` {code, name}, ``meeting`` {uuid, title, kind, month, starts_at, ends_at,
began_at, closed_at, place, chair, recorder}, ``attendance`` [{party, name, body, presence, proxy, excuse, is_guest}],
``quorum`` {is_met, parties: {party: bool}}, ``items`` [{uuid, title, text, party, kind, opinions: [{party, text}],
resolutions: [number]}], ``resolutions`` [{uuid, number, text, result, item, supersedes, actions: [{uuid, title, party,
owner, organization, helpers, due_on}]}], ``looks`` [{action, title, resolution, party, owner, due_on, before, after,
note, verified_party}], ``summary``, ``confirmed`` {by, as, at}. Codes, not words: the words are those of whoever reads.
Times are ISO texts in UTC.
"""

import datetime

from incubator.base.hashes import content_sha256
from linkage.choices import ItemStatus
from linkage.models import ActionItem, AgendaItem, Resolution
from linkage.services.attendance import quorum_of

EDITION = 1


def content_of(meeting, *, confirmed_by=None, confirmed_as="", confirmed_at=None):
    """As above, in a bounded number of queries; also of minutes that are not confirmed yet."""
    attendances = list(meeting.attendances.order_by("party", "pk"))
    quorum = quorum_of(meeting.series, attendances)
    resolutions = list(_resolutions(meeting))
    return {
        "edition": EDITION,
        "series": meeting.series.title,
        "place": {"code": meeting.series.division.code, "name": meeting.series.division.name},
        "meeting": _meeting(meeting),
        "attendance": [_attendance(row) for row in attendances],
        "quorum": {"is_met": quorum.is_met, "parties": quorum.parties},
        "items": _items(meeting, resolutions),
        "resolutions": [_resolution(one) for one in resolutions],
        "looks": [_look(row) for row in meeting.action_reviews.select_related(
            "action__resolution", "action__owner", "action__organization").order_by("action__due_on", "pk")],
        "summary": meeting.summary,
        "confirmed": {
            "by": confirmed_by.name if confirmed_by else "", "as": confirmed_as, "at": _moment(confirmed_at),
        },
    }  # fmt: skip


def is_intact(meeting):
    """Whether the confirmed content is what it was when it was confirmed."""
    return content_sha256(meeting.content) == meeting.content_sha256


def _resolutions(meeting):
    actions = ActionItem.objects.select_related("owner", "organization").order_by("due_on", "pk")
    found = Resolution.objects.filter(meeting=meeting).select_related("supersedes", "item").order_by("number", "pk")
    by_resolution = {}
    for action in actions.filter(resolution__meeting=meeting):
        by_resolution.setdefault(action.resolution_id, []).append(action)
    for resolution in found:
        resolution.own_actions = by_resolution.get(resolution.pk, [])
        yield resolution


def _items(meeting, resolutions):
    opinions = {}
    for opinion in meeting.opinions.order_by("party", "pk"):
        opinions.setdefault(opinion.item_id, []).append({"party": opinion.party, "text": opinion.text})
    resolved = {one.item_id for one in resolutions if one.item_id}
    spoken = AgendaItem.objects.filter(pk__in=set(opinions) | resolved)
    treated = AgendaItem.objects.filter(meeting=meeting, status=ItemStatus.TREATED)
    items = (spoken | treated).order_by("position", "pk")
    return [
        {
            "uuid": str(item.uuid), "title": item.title, "text": item.text, "party": item.party, "kind": item.kind,
            "opinions": opinions.get(item.pk, []),
            "resolutions": [one.number for one in resolutions if one.item_id == item.pk],
        }
        for item in items
    ]  # fmt: skip


def _meeting(meeting):
    return {
        "uuid": str(meeting.uuid), "title": meeting.title, "kind": meeting.kind, "month": f"{meeting.period:%Y-%m}",
        "starts_at": _moment(meeting.starts_at), "ends_at": _moment(meeting.ends_at),
        "began_at": _moment(meeting.began_at), "closed_at": _moment(meeting.closed_at), "place": meeting.place_text,
        "chair": meeting.chair.name if meeting.chair else "",
        "recorder": meeting.recorder.name if meeting.recorder else "",
    }  # fmt: skip


def _attendance(row):
    return {
        "party": row.party, "name": row.name, "body": row.body, "presence": row.presence, "proxy": row.proxy_name,
        "excuse": row.excuse, "is_guest": row.member_id is None,
    }  # fmt: skip


def _resolution(one):
    return {
        "uuid": str(one.uuid), "number": one.number, "text": one.text, "result": one.result,
        "item": one.item.title if one.item else "",
        "supersedes": one.supersedes.number if one.supersedes else "",
        "actions": [_action(action) for action in one.own_actions],
    }  # fmt: skip


def _action(action):
    return {
        "uuid": str(action.uuid), "title": action.title, "party": action.owner_party,
        "owner": action.owner.name if action.owner else "",
        "organization": action.organization.name if action.organization else "",
        "helpers": action.helpers, "due_on": f"{action.due_on}",
    }  # fmt: skip


def _look(row):
    told = _action(row.action)
    return {
        "action": told["uuid"], "title": told["title"], "resolution": row.action.resolution.number,
        "party": told["party"], "owner": told["owner"], "due_on": told["due_on"], "before": row.before,
        "after": row.after, "note": row.note, "verified_party": row.verified_party,
    }  # fmt: skip


def _moment(value):
    return value.astimezone(datetime.UTC).isoformat() if value else ""
