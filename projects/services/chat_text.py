"""What a block of chat text seems to tell of an activity: day, time, place, how many, which organizations, what kind.

Pure: text in, proposal out; no clock, no database. It only proposes; a person looks at every value before it is kept.
"""

import datetime
import re
import unicodedata
from dataclasses import dataclass, field

NUMERALS = {char: number for number, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
NUMBER = r"(?:\d+|[零〇一二两三四五六七八九十百]+)"
WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "末": 5}
DAYS_AGO = {"大前天": 3, "前天": 2, "前晚": 2, "昨": 1, "今": 0}
# Hours of a part of the day when the text says no clock time, and whether its hours are those after noon.
PARTS = {
    "凌晨": (5, False), "清晨": (7, False), "早上": (8, False), "早晨": (8, False), "上午": (9, False), "中午": (12, True),
    "下午": (14, True), "傍晚": (17, True), "晚上": (19, True), "晚间": (19, True), "今早": (8, False), "今晚": (19, True),
    "昨晚": (19, True), "前晚": (19, True), "晚": (19, True), "早": (8, False),
}  # fmt: skip
PART = "|".join(sorted(PARTS, key=len, reverse=True))
CLOCK = rf"(?P<{{0}}h>{NUMBER})(?:[:](?P<{{0}}m>\d{{{{2}}}})|[点时](?:钟|整)?(?P<{{0}}q>半|一刻|三刻|{NUMBER}分?)?)"
BEGIN, END = CLOCK.format("b"), CLOCK.format("e")
TIMES = re.compile(rf"(?P<part>{PART})?\s*{BEGIN}(?:\s*(?:-+|—+|–|~|至|到)\s*(?P<epart>{PART})?\s*{END})?")
# "3号" is a day, "3号楼" is not.
NO_DAY = r"(?!\s*(?:楼|院|门|幢|栋|房|室|厅|单元|线|会议|活动|地块|店|桌))"
LENGTHS = (
    (re.compile(rf"({NUMBER})\s*个?半\s*(?:小时|钟头)"), lambda number: number * 60 + 30),
    (re.compile(r"(\d+\.\d+)\s*个?\s*(?:小时|钟头)"), lambda number: round(number * 60)),
    (re.compile(rf"({NUMBER})\s*个?\s*(?:小时|钟头)"), lambda number: number * 60),
    (re.compile(rf"({NUMBER})\s*分钟"), lambda number: number),
    (re.compile(r"(半)个?(?:小时|钟头)"), lambda _number: 30),
)
PEOPLE = r"(?:余|多|来)?\s*(?:人|位|名|个)(?![月工小])"
HOW_MANY = (
    rf"实到[^\d,。;\n]{{0,6}}?({NUMBER})",
    rf"(?:共计|总共|一共|合计|共有|共)[^\d,。;\n]{{0,8}}?({NUMBER}){PEOPLE}",
    rf"(?:到场|到会|到了|参加|参与|出席|来了|签到|参训|服务)[^\d,。;\n]{{0,10}}?({NUMBER}){PEOPLE}",
    rf"({NUMBER}){PEOPLE}[^,。;\n]{{0,8}}?(?:参加|参与|到场|到会|出席|签到)",
    rf"人数[:为是]?\s*({NUMBER})",
    rf"(?<![每一第])({NUMBER})(?:余|多)?\s*(?:人|位)(?![工小])",
)
STOP = r",。;!?:\s()\[\]"
SPOT = (
    "会议室|活动室|活动中心|服务中心|文化中心|党群中心|中心|阅览室|教室|多功能厅|议事厅|大厅|客厅|礼堂|食堂|讲堂|广场|公园|"
    "小区|社区|居委会|村委会|凉亭|亭子|长廊|空地|操场|门口|路口|驿站|工作站|社工站|服务站|学校|小学|中学|医院|卫生站|花园|"
    "菜场|家里|家中|办公室|室|厅|馆|楼|院|站|堂|棚|线上|群里|腾讯会议"
)
NAMED_PLACE = re.compile(r"(?:地点|地址|场地)\s*[:是为]?\s*([^,。;!?\n]{2,40})")
SAID_PLACE = re.compile(
    rf"(?<![现正存实所旨重])在((?:[^{STOP}在]{{0,12}}?(?:{SPOT}))(?:[^{STOP}在开召举组进做看谈聊跟和与]{{0,6}}?(?:{SPOT}))*)"
)


@dataclass(frozen=True)
class Proposal:
    day: datetime.date | None = None
    begin: datetime.time | None = None
    is_rough: bool = False  # "in the afternoon", no clock time
    minutes: int | None = None
    place: str = ""
    participants: int | None = None
    organizations: tuple = ()  # keys, in the order of the text
    kind: str = ""
    text: str = field(default="", compare=False)


def read_chat(text, *, today, names=(), kinds=()):
    """``names``: (key, name) of the organizations in reach; ``kinds``: (code, words that tell it)."""
    plain = unicodedata.normalize("NFKC", text)
    begin, end, is_rough = _times(plain)
    minutes = _length(plain)
    if begin and end and end > begin:
        minutes = (end.hour - begin.hour) * 60 + end.minute - begin.minute
    return Proposal(
        day=_day(plain, today), begin=begin, is_rough=is_rough, minutes=minutes, place=_place(plain),
        participants=_people(plain), organizations=_organizations(plain, names), kind=_kind(plain, kinds),
        text=text.strip(),
    )  # fmt: skip


def number_of(text):
    """ "23", "二十三", "十", "一百零五" as a number; None for what is none."""
    if text.isdecimal():
        return int(text) if len(text) < 10 else None
    total, digit = 0, 0
    for char in text:
        if char in NUMERALS:
            digit = NUMERALS[char]
        elif char == "十":
            total, digit = total + (digit or 1) * 10, 0
        elif char == "百":
            total, digit = total + (digit or 1) * 100, 0
        else:
            return None
    return total + digit


def _day(text, today):
    for read in (_full_date, _month_and_day, _said_day, _weekday, _day_of_month, _dotted):
        if (day := read(text, today)) is not None:
            return day
    return None


def _date(year, month, day):
    try:
        return datetime.date(year, month, day)
    except (ValueError, TypeError):
        return None


def _nearest_year(month, day, today):
    """The day of this year; of the last one when this year's is far ahead."""
    found = _date(today.year, month, day)
    if found and found > today + datetime.timedelta(days=60):
        return _date(today.year - 1, month, day)
    return found


def _full_date(text, today):
    found = re.search(r"(20\d{2})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})", text)
    return _date(*(int(part) for part in found.groups())) if found else None


def _month_and_day(text, today):
    found = re.search(rf"({NUMBER})\s*月\s*({NUMBER})\s*[日号]?", text)
    return _nearest_year(number_of(found[1]), number_of(found[2]), today) if found else None


def _said_day(text, today):
    found = re.search(r"大前天|前天|前晚|昨(?=天|日|晚|儿|早|上午|下午)|今(?=天|日|晚|儿|早|上午|下午)", text)
    return today - datetime.timedelta(days=DAYS_AGO[found[0]]) if found else None


def _weekday(text, today):
    found = re.search(r"(上上|上|这|本|下)?个?(?:周|星期|礼拜)([一二三四五六日天末])(?!年|期)", text)
    if not found:
        return None
    monday = today - datetime.timedelta(days=today.weekday())
    day = monday + datetime.timedelta(days=WEEKDAYS[found[2]])
    weeks = {"上上": -2, "上": -1, "这": 0, "本": 0, "下": 1}
    if found[1]:
        return day + datetime.timedelta(weeks=weeks[found[1]])
    return day if day <= today else day - datetime.timedelta(weeks=1)


def _day_of_month(text, today):
    found = re.search(rf"(?<![\d月第一二三四五六七八九十])({NUMBER})\s*[日号]{NO_DAY}", text)
    if not found:
        return None
    day = _date(today.year, today.month, number_of(found[1]))
    if day and day <= today:
        return day
    last = today.replace(day=1) - datetime.timedelta(days=1)
    return _date(last.year, last.month, number_of(found[1]))


def _dotted(text, today):
    found = re.search(
        r"(?<![\d./])(1[0-2]|0?[1-9])[./](3[01]|[12]\d|0?[1-9])(?![\d./]|\s*(?:个?小时|元|分|倍|%))", text
    )
    return _nearest_year(int(found[1]), int(found[2]), today) if found else None


def _times(text):
    """(begin, end, whether only a part of the day was said)."""
    for found in TIMES.finditer(text):
        if re.match(r"\s*间", text[found.end() :]):  # 时间
            continue
        begin = _clock(found["part"], found["bh"], found["bm"], found["bq"])
        if begin is None:
            continue
        end = None
        if found["eh"]:
            end = _clock(found["epart"] or found["part"], found["eh"], found["em"], found["eq"])
        return begin, end, False
    if found := re.search(PART, text):
        return datetime.time(PARTS[found[0]][0]), None, True
    return None, None, False


def _clock(part, hour, minute, quarter):
    hour = number_of(hour)
    if minute:
        minute = int(minute)
    elif quarter:
        named = {"半": 30, "一刻": 15, "三刻": 45}
        minute = named.get(quarter) or number_of(quarter.removesuffix("分"))
    else:
        minute = 0
    if hour is None or minute is None or hour > 24 or minute > 59:
        return None
    if part and PARTS[part][1] and hour < 12 and not (part == "中午" and hour >= 10):
        hour += 12
    return datetime.time(hour % 24, minute)


def _length(text):
    for pattern, minutes in LENGTHS:
        if found := pattern.search(text):
            number = float(found[1]) if "." in found[1] else number_of(found[1])
            return minutes(number) or None
    return None


def _people(text):
    for pattern in HOW_MANY:
        if found := re.search(pattern, text):
            number = number_of(found[1])
            if number:
                return number
    return None


def _place(text):
    found = NAMED_PLACE.search(text) or SAID_PLACE.search(text)
    return found[1].strip()[:120] if found else ""


def _organizations(text, names):
    """Longer names first, so that a name within another is not taken for it."""
    rest, found = text, []
    for key, name in sorted(names, key=lambda pair: -len(pair[1])):
        plain = unicodedata.normalize("NFKC", name)
        if len(plain) > 1 and (at := rest.find(plain)) >= 0:
            found.append((at, key))
            rest = rest.replace(plain, "\0" * len(plain))
    return tuple(key for _at, key in sorted(found, key=lambda pair: pair[0]))


def _kind(text, kinds):
    """The kind whose word stands first; of two at the same place the longer word."""
    found = [
        (text.find(word), -len(word), position, code)
        for position, (code, words) in enumerate(kinds)
        for word in words
        if word and word in text
    ]
    return min(found)[3] if found else ""
