"""What stands in people's calendars. An app registers its sources; the page and the feed show them all."""

import datetime
from dataclasses import dataclass

from incubator.base.registry import Registry

calendar_sources = Registry("calendar sources", required=("label", "icon"))


@dataclass(frozen=True)
class CalendarEntry:
    """One thing on a day. ``uid`` is unique and the same for ever; ``sequence`` rises with every change; ``ends_at`` None
    means an hour, ``starts_at`` a date: all day. ``is_cancelled`` entries stay in the feed, as such."""

    uid: str
    title: str
    starts_at: datetime.datetime | datetime.date
    ends_at: datetime.datetime | datetime.date | None = None
    place: str = ""
    url: str = ""
    text: str = ""
    tone: str = "neutral"
    source: str = ""
    sequence: int = 0
    is_cancelled: bool = False


class CalendarSource:
    """``code``, ``label``, ``icon``, and the entries of a period in a fixed number of queries."""

    order = 100

    @classmethod
    def entries(cls, user, first, after, *, mine=False):
        """[CalendarEntry] from the date ``first`` to before ``after`` of what the person may see; ``mine``: only what
        is theirs to do (the feed)."""
        raise NotImplementedError
