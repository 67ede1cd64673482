"""The four things that study 001 looks at before and after incubation, counted from what was recorded.

* fields of service (服务领域): how many different fields its service activities had. The field is what a source of fields
  says (the category of the need that the activity answered), else the kind of the activity. Service activities are all
  but the workers' own records, meetings and lessons: see ``NO_SERVICE``.
* resources linked (资源链接): how many different resources, by name and provider, records of resource linking name.
* residents taking part (居民参与): the participants told in its service activities, each time counted; an activity shared
  with other organizations counts whole, one of which nobody told the number not at all.
* specialization (专业化): the share of its activities that it led by itself (谁主导: 组织自主) among those of which it was
  told who led, and the share of its main field among its service activities.

Study 001 names the four and does not say how they are measured: the definitions are ours. They stand on the page.
"""

import datetime
from collections import Counter
from dataclasses import dataclass

from django.utils import timezone

from evaluations.services.readings import WORKERS_OWN
from linkage.network import as_written
from linkage.registries import field_sources
from projects.choices import LedBy
from projects.models import Activity
from projects.services.kind import label_of

LENGTH = datetime.timedelta(days=91)  # a quarter of a year
FEWEST = 5  # records below which no share is told
RESOURCE_LINK = "resource_link"
NO_SERVICE = (*WORKERS_OWN, "internal_meeting", "liaison", "joint_meeting", "training", "workshop")
COLUMNS = ("pk", "uuid", "kind", "starts_at", "participants", "led_by", "details", "title")


@dataclass(frozen=True)
class Share:
    """``number`` of ``told`` records; ``percent`` None below ``FEWEST`` records."""

    number: int
    told: int
    word: str = ""

    @property
    def percent(self):
        return round(100 * self.number / self.told) if self.told >= FEWEST else None


@dataclass
class Span:
    """What was recorded from ``begin`` to ``end``, both included. ``untold``: service activities without a number of
    participants. ``behind``: {measure: keys of the activities behind it}."""

    begin: datetime.date
    end: datetime.date
    records: int
    fields: list
    resources: list
    residents: int
    sessions: int
    untold: int
    led: Share
    main: Share
    behind: dict


@dataclass
class Change:
    """``days``: the length of both spans; ``is_over``: whether the later one ends with the project."""

    before: Span
    after: Span
    days: int
    is_over: bool


def change_of(project, *, today):
    """:class:`Change`, or None before the project has had its first day. A quarter before its start against a quarter of
    the same length at its end, or up to today; a younger project is compared over as many days as it has had. One query,
    and those of the sources of fields."""
    last = min(project.closed_on or today, today)
    days = min(LENGTH, last - project.starts_on + datetime.timedelta(days=1))
    if days < datetime.timedelta(days=1):
        return None
    day = datetime.timedelta(days=1)
    spans = ((project.starts_on - days, project.starts_on - day), (last - days + day, last))
    rows = _rows(project.organization, spans)
    fields = fields_of([row for _span, found in rows for row in found])
    before, after = (_span(span, found, fields) for span, found in rows)
    return Change(before, after, days.days, project.closed_on is not None)


def _rows(organization, spans):
    """[(span, rows)], one query for both."""
    counted, day = Activity.objects.counted().serving(organization), datetime.timedelta(days=1)
    wanted = counted.between(spans[0][0], spans[0][1] + day) | counted.between(spans[1][0], spans[1][1] + day)
    rows = list(wanted.order_by("starts_at", "pk").values(*COLUMNS))
    for row in rows:
        row["on"] = timezone.localdate(row["starts_at"])
    return [(span, [row for row in rows if span[0] <= row["on"] <= span[1]]) for span in spans]


def fields_of(rows):
    """{key of a service activity: name of its field}."""
    services = [row for row in rows if row["kind"] not in NO_SERVICE]
    found = {row["pk"]: str(label_of(row["kind"])) for row in services}
    for source in field_sources:
        found |= {key: str(name) for key, name in source.fields(set(found)).items() if key in found}
    return found


def _span(span, rows, fields):
    services = [row for row in rows if row["pk"] in fields]
    held = Counter(fields[row["pk"]] for row in services)
    main = min(held, key=lambda name: (-held[name], name), default="")
    told = [row for row in rows if row["led_by"]]
    linked = [row for row in rows if row["kind"] == RESOURCE_LINK]
    led = [row for row in told if row["led_by"] == LedBy.ORGANIZATION]
    of_main = [row for row in services if fields[row["pk"]] == main]
    behind = {"all": rows, "services": services, "resources": linked, "led": led, "main": of_main}
    return Span(
        begin=span[0], end=span[1], records=len(rows), fields=sorted(held),
        resources=sorted({resource_of(row) for row in linked}),
        residents=sum(row["participants"] or 0 for row in services), sessions=len(services),
        untold=sum(row["participants"] is None for row in services),
        led=Share(len(led), len(told)),
        main=Share(held[main], len(services), main),
        behind={measure: [row["pk"] for row in found] for measure, found in behind.items()},
    )  # fmt: skip


def resource_of(row):
    """(resource, provider) as they were written; the record's title where it says neither."""
    details = row["details"] or {}
    return as_written(details.get("resource")) or row["title"], as_written(details.get("provider"))


def records_behind(span, user, *, measure):
    """The activities behind one number, newest first, that the reader may open; and how many more there are."""
    keys = span.behind[measure]
    found = Activity.objects.visible_to(user, drafts=False).filter(pk__in=keys).order_by("-starts_at", "-pk")
    found = list(found.select_related("organization"))
    return found, len(keys) - len(found)
