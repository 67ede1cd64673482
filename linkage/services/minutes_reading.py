"""Minutes as people read them, on the page and on paper: the codes of ``minutes_content`` turned into words of the language
of the moment, and beside each resolution what a later one made of it."""

import datetime

from linkage.choices import THERE, ActionStatus, ItemKind, Party, Presence, Result
from linkage.models import Resolution

RESULT_TONES = {Result.ADOPTED: "success", Result.REJECTED: "danger", Result.DEFERRED: "warning"}
PRESENCE_TONES = {
    Presence.PRESENT: "success", Presence.PROXY: "info", Presence.EXCUSED: "warning", Presence.ABSENT: "neutral",
}  # fmt: skip
ACTION_TONES = {
    ActionStatus.OPEN: "neutral", ActionStatus.IN_PROGRESS: "info", ActionStatus.BLOCKED: "danger",
    ActionStatus.DONE: "warning", ActionStatus.VERIFIED: "success", ActionStatus.DROPPED: "neutral",
}  # fmt: skip


def order_of(party):
    """The place of a party among all: as the list of parties has them, not as their codes spell."""
    return Party.values.index(party) if party in Party.values else len(Party.values)


def word(choices, code):
    """What people call a code; the code itself for one that no longer exists."""
    return str(choices(code).label) if code in choices.values else code


def minutes_read(meeting, content):
    """``content`` as :func:`linkage.services.minutes_content.content_of` gives it; one query, for what supersedes."""
    later = {
        one.supersedes.number: one
        for one in Resolution.objects.filter(supersedes__meeting=meeting, meeting__status="confirmed")
        .select_related("supersedes", "meeting")
        .order_by("pk")
    }
    resolutions = {one["number"]: _resolution(one, later.get(one["number"])) for one in content["resolutions"]}
    named = {number for item in content["items"] for number in item["resolutions"]}
    attendance = sorted(
        (_attendance(row) for row in content["attendance"]), key=lambda row: order_of(row["party_code"])
    )
    quorum = content["quorum"]
    return {
        "series": content["series"],
        "title": content["meeting"]["title"],
        "kind": content["meeting"]["kind"],
        "month": datetime.date.fromisoformat(f"{content['meeting']['month']}-01"),
        "starts_at": _moment(content["meeting"]["starts_at"]),
        "ends_at": _moment(content["meeting"]["ends_at"]),
        "confirmed_at": _moment(content["confirmed"]["at"]),
        "place": content["place"]["name"],
        "chair": content["meeting"]["chair"],
        "recorder": content["meeting"]["recorder"],
        "where": content["meeting"]["place"],
        "attendance": attendance,
        "there": sum(row["is_there"] for row in attendance),
        "parties": _parties(attendance, quorum["parties"]),
        "quorum_met": quorum["is_met"],
        "quorum_missing": [word(Party, party) for party, is_there in quorum["parties"].items() if not is_there],
        "items": [_item(number, item, resolutions) for number, item in enumerate(content["items"], start=1)],
        "others": [one for number, one in resolutions.items() if number not in named],
        "resolutions": list(resolutions.values()),
        "actions": [action | {"number": one["number"]} for one in resolutions.values() for action in one["actions"]],
        "looks": [_look(row) for row in content["looks"]],
        "summary": content["summary"],
        "confirmed_by": content["confirmed"]["by"],
        "confirmed_as": content["confirmed"]["as"],
    }


def _moment(text):
    """None for one that has not come yet."""
    return datetime.datetime.fromisoformat(text) if text else None


def _attendance(row):
    return {
        "party": word(Party, row["party"]), "party_code": row["party"], "name": row["name"], "body": row["body"],
        "presence": word(Presence, row["presence"]), "code": row["presence"],
        "tone": PRESENCE_TONES.get(row["presence"], "neutral"),
        "detail": row["proxy"] or row["excuse"], "is_guest": row["is_guest"], "is_there": row["presence"] in THERE,
        "proxy": row["proxy"], "excuse": row["excuse"],
    }  # fmt: skip


def _parties(attendance, needed):
    """One group for each party that came, was noted or has to be there, in the order of the list of parties."""
    groups = []
    for party in Party:
        rows = [row for row in attendance if row["party_code"] == party]
        if rows or party in needed:
            groups.append({
                "label": party.label, "rows": rows, "is_needed": party in needed, "is_there": needed.get(party, False),
            })  # fmt: skip
    return groups


def _item(number, item, resolutions):
    return {
        "number": number, "title": item["title"], "text": item["text"], "party": word(Party, item["party"]),
        "kind": word(ItemKind, item["kind"]),
        "opinions": [{"party": word(Party, one["party"]), "text": one["text"]} for one in item["opinions"]],
        "resolutions": [resolutions[one] for one in item["resolutions"] if one in resolutions],
    }  # fmt: skip


def _resolution(one, later):
    return {
        "number": one["number"], "text": one["text"], "result": word(Result, one["result"]),
        "tone": RESULT_TONES.get(one["result"], "neutral"), "supersedes": one["supersedes"], "later": later,
        "actions": [_action(action) for action in one["actions"]],
    }  # fmt: skip


def _action(action):
    return {
        "uuid": action["uuid"], "title": action["title"], "party": word(Party, action["party"]),
        "owner": action["owner"], "organization": action["organization"], "helpers": action["helpers"],
        "due_on": datetime.date.fromisoformat(action["due_on"]),
    }  # fmt: skip


def _look(row):
    return {
        "uuid": row["action"], "title": row["title"], "resolution": row["resolution"],
        "party": word(Party, row["party"]), "owner": row["owner"],
        "due_on": datetime.date.fromisoformat(row["due_on"]), "before": word(ActionStatus, row["before"]),
        "after": word(ActionStatus, row["after"]), "tone": ACTION_TONES.get(row["after"], "neutral"),
        "note": row["note"], "verified_party": word(Party, row["verified_party"]) if row["verified_party"] else "",
    }  # fmt: skip
