"""会议纪要 in the layout of official papers (GB/T 9704), with the list of actions and the attendance sheet behind it."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from incubator.reporting.papers import chinese_day
from incubator.reporting.registries import Paper, papers
from linkage.choices import MeetingKind, MeetingStatus
from linkage.policies.minutes import check_print_minutes
from linkage.services.minutes_content import content_of
from linkage.services.minutes_reading import minutes_read

NUMERALS = "一二三四五六七八九"
LAST_NUMERAL = 100


@papers.register
class MinutesPaper(Paper):
    code = "meeting-minutes"
    label = _("minutes of a joint meeting")
    target = "linkage.jointmeeting"
    template = "linkage/papers/meeting_minutes.docx"
    policy = staticmethod(check_print_minutes)
    order = 10
    fields = (
        ("title", pgettext_lazy("thing", "title")),
        ("subtitle", _("month and the word minutes")),
        ("draft", _("a word that says that the minutes are not confirmed yet")),
        ("day", _("day")),
        ("time", _("from when to when")),
        ("where", _("where")),
        ("chair", _("chair")),
        ("recorder", _("recorder")),
        ("came", _("who came, in one line")),
        ("guests", _("guests, in one line")),
        ("excused", _("who is excused, in one line")),
        ("absent", _("who stayed away, in one line")),
        ("quorum", _("whether all parties that have to be there were")),
        ("looks[].text", _("how an earlier action stands, as a sentence")),
        ("items[].heading", _("matter with its number")),
        ("items[].lines[].text", _("what was said and resolved about it")),
        ("items[].lines[].is_last", _("whether the text ends with it")),
        ("summary[].text", _("summary")),
        ("summary[].is_last", _("whether the text ends with it")),
        ("place", _("place")),
        ("signed_on", _("day of the confirmation")),
        ("actions[].number", _("number")),
        ("actions[].title", _("what is to do")),
        ("actions[].owner", _("person in charge")),
        ("actions[].party", _("party in charge")),
        ("actions[].due_on", _("by")),
        ("people[].number", _("number")),
        ("people[].party", _("party")),
        ("people[].body", _("of which body")),
        ("people[].name", _("name")),
        ("people[].presence", _("presence")),
    )

    @classmethod
    def place(cls, thing):
        return thing.series.division

    @classmethod
    def file_name(cls, thing):
        return f"{thing.title}纪要"

    @classmethod
    def context(cls, thing, user, **options):
        is_confirmed = thing.status == MeetingStatus.CONFIRMED
        told = minutes_read(thing, thing.content if is_confirmed else content_of(thing))
        begin, end = timezone.localtime(told["starts_at"]), timezone.localtime(told["ends_at"])
        items = _items(told)
        summary = [_line(text) for text in told["summary"].splitlines() if text.strip()]
        _mark_last(items, summary)
        return {
            "title": told["series"],
            "subtitle": _subtitle(told),
            "draft": "" if is_confirmed else "（待确认稿）",
            "day": chinese_day(told["starts_at"]),
            "time": f"{begin:%H:%M}—{end:%H:%M}",
            "where": told["where"],
            "chair": told["chair"],
            "recorder": told["recorder"],
            "came": _came(told),
            "guests": _names(told, is_guest=True, is_there=True),
            "excused": _names(told, is_guest=False, code="excused"),
            "absent": _names(told, is_guest=False, code="absent"),
            "quorum": "应到各方均已到会" if told["quorum_met"] else f"缺{'、'.join(told['quorum_missing'])}",
            "looks": [{"text": _look(number, row)} for number, row in enumerate(told["looks"], start=1)],
            "items": items,
            "summary": summary,
            "place": told["place"],
            "signed_on": chinese_day(told["confirmed_at"]) if is_confirmed else "",
            "actions": [
                {
                    "number": number, "title": f"{one['title']}\n（{one['number']}）", "party": one["party"],
                    "owner": _owner(one), "due_on": chinese_day(one["due_on"]).replace("年", "年\n"),
                }
                for number, one in enumerate(told["actions"], start=1)
            ],
            "people": [
                {
                    "number": number, "party": row["party"], "body": row["body"], "name": row["name"],
                    "presence": f"{row['presence']}{'（' + row['detail'] + '）' if row['detail'] else ''}",
                }
                for number, row in enumerate(told["attendance"], start=1)
            ],
        }  # fmt: skip


def _subtitle(told):
    """The regular meeting is named by its month, a special one by what it was called for."""
    if told["kind"] == MeetingKind.REGULAR:
        return f"{told['month'].year}年{told['month'].month}月会议纪要"
    return f"{told['title']}纪要"


def _numeral(number):
    """一 to 九十九, and figures beyond."""
    if number >= LAST_NUMERAL:
        return str(number)
    tens, ones = divmod(number, 10)
    return f"{NUMERALS[tens - 1] if tens > 1 else ''}{'十' if tens else ''}{NUMERALS[ones - 1] if ones else ''}"


def _items(told):
    """The matters of the agenda, and what was resolved beside it as the last of them."""
    found = [(item["title"], _lines(item)) for item in told["items"]]
    if told["others"]:
        found.append(("其他事项", [_line(text) for one in told["others"] for text in _resolution(one)]))
    return [
        {"heading": f"（{_numeral(number)}）{title}", "lines": lines}
        for number, (title, lines) in enumerate(found, start=1)
    ]


def _line(text):
    return {"text": text, "is_last": False}


def _mark_last(items, summary):
    """The text ends with the summary, or with the last matter."""
    if lines := summary or (items and items[-1]["lines"]):
        lines[-1]["is_last"] = True


def _came(told):
    groups = []
    for group in told["parties"]:
        names = [f"{row['proxy']}（代{row['name']}）" if row["proxy"] else row["name"]
                 for row in group["rows"] if row["is_there"] and not row["is_guest"]]  # fmt: skip
        if names:
            groups.append(f"{group['label']}：{'、'.join(names)}")
    return "；".join(groups) or "无"


def _names(told, **facts):
    """Those of whom all of it holds, with the excuse or the body they come from."""
    found = [row for row in told["attendance"] if all(row[name] == value for name, value in facts.items())]
    notes = [row["excuse"] or (row["body"] if row["is_guest"] else "") for row in found]
    return "、".join(
        f"{row['name']}（{note}）" if note else row["name"] for row, note in zip(found, notes, strict=True)
    )


def _owner(action):
    return "、".join(part for part in (action["owner"], action["organization"]) if part) or action["party"]


def _look(number, row):
    owner = _owner(row | {"organization": ""})
    words = [f"{number}. {row['title']}（{owner}，{chinese_day(row['due_on'])}前）：{row['after']}"]
    if row["verified_party"]:
        words.append(f"由{row['verified_party']}核实")
    return "，".join(words) + (f"。{row['note'].rstrip('。')}。" if row["note"] else "。")


def _lines(item):
    lines = [f"{one['party']}：{one['text']}" for one in item["opinions"]]
    lines += [line for one in item["resolutions"] for line in _resolution(one)]
    return [_line(text) for text in lines or ["会议听取了情况，未形成议定事项。"]]


def _resolution(one):
    lines = [f"议定事项{one['number']}（{one['result']}）：{one['text']}"]
    if one["supersedes"]:
        lines.append(f"本项取代议定事项{one['supersedes']}。")
    for action in one["actions"]:
        helpers = f"，{action['helpers']}配合" if action["helpers"] else ""
        lines.append(
            f"由{_owner(action)}负责{action['title'].rstrip('。')}{helpers}，{chinese_day(action['due_on'])}前完成。"
        )
    return lines
