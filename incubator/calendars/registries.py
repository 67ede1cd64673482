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
    changed_at: datetime.datetime | None = None  # for the phone's "last changed"; None: the day it is fetched

    @property
    def is_all_day(self):
        return not isinstance(self.starts_at, datetime.datetime)

    def day(self, zone):
        """The local date on which it begins."""
        return self.starts_at if self.is_all_day else self.starts_at.astimezone(zone).date()


class CalendarSource:
    """``code``, ``label``, ``icon``, and the entries of a period in a fixed number of queries."""

    order = 100

    @classmethod
    def entries(cls, user, first, after, *, mine=False):
        """[CalendarEntry] from the date ``first`` to before ``after`` of what the person may see; ``mine``: only what
        is theirs to do (the feed)."""
        raise NotImplementedError

    @classmethod
    def place_entries(cls, division, first, after):
        """The same for the calendar of a place, which everybody reads who was given its address: no word in it that is
        not meant for all of them."""
        return []

    @classmethod
    def add_links(cls, user, day):
        """[(label, address)] of what the person may add on the date ``day``; asks the database nothing."""
        return []
