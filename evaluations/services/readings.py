"""What the facts about organizations are made of, read once for all of them and shared by all indicators of one look.

Twelve months end with the day ``as_of`` and begin after the same day a year before, half open, local time. Evidence is
named by kind and identifier only, so that thousands of records stay tuples of text.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils import timezone

from evaluations.models import Response, Scale
from evaluations.small_cells import DIGITS, SMALLEST
from evaluations.validators import scale_mean
from incubator.base.months import IN_A_YEAR, add_months
from organizations.choices import FilingKind, Position
from organizations.models import DossierHeading, DossierItem, Filing, Membership
from organizations.registries import dossier_sources
from organizations.services.dossier_sources import COUNTS_IN
from projects.models import Activity, ActivityLink

# Records of what workers do for or about an organization. What it does itself, or takes part in, are all the others,
# those of kinds made in the browser too.
WORKERS_OWN = ("visit", "supervision", "org_supervision", "admin_assist", "resource_link")
PUBLIC_BENEFIT = ("service",)
HONOURS = "honours"
RULES = ("finance_rules", "activity_rules", "safety_rules")  # headings of the dossier
CORE_DOCUMENTS = ("charter", *RULES)
SCALE = "satisfaction"
LOWEST, HIGHEST = 1, 5  # the scale that satisfaction is told on, whatever its questionnaire has
COLUMNS = (
    "pk", "uuid", "responsible_person", "legal_status", "declared_members", "party_organization", "party_liaison",
)  # fmt: skip


def readings(organizations, as_of):
    """The readings of this very queryset object on that day: all indicators that are given it share them."""
    kept = organizations.__dict__.setdefault("_readings", {})
    return kept.setdefault(as_of, Readings(organizations, as_of))


def last_twelve_months(as_of):
    """[begin, end) as aware times."""
    days = (add_months(as_of, -IN_A_YEAR), as_of)
    return tuple(_midnight(day + datetime.timedelta(days=1)) for day in days)


def share(told):
    """The part of them that is true, from 0 to 1 with four places."""
    told = list(told)
    return (Decimal(sum(told)) / len(told)).quantize(Decimal("0.0001"))


def _midnight(day):
    return datetime.datetime.combine(day, datetime.time.min, timezone.get_current_timezone())


@dataclass(frozen=True, slots=True)
class Held:
    """An activity of an organization. ``is_complete``: what happened, how many came and who led are told."""

    uuid: str
    kind: str
    participants: int | None
    led_by: str
    has_summary: bool

    @property
    def is_complete(self):
        return self.has_summary and self.participants is not None and bool(self.led_by)

    @property
    def key(self):
        return ("activity", self.uuid)


@dataclass(frozen=True, slots=True)
class Member:
    uuid: str
    position: str
    is_backbone: bool
    is_successor: bool

    @property
    def is_core(self):
        return self.is_backbone or self.position != Position.MEMBER

    @property
    def key(self):
        return ("membership", self.uuid)


class Readings:
    def __init__(self, organizations, as_of):
        self._organizations, self.as_of = organizations.all(), as_of
        self.begin, self.end = last_twelve_months(as_of)

    @property
    def wanted(self):
        return self._organizations.values("pk")

    @cached_property
    def rows(self):
        """{pk: the organization with the columns that facts are read from}"""
        return {row.pk: row for row in self._organizations.only(*COLUMNS)}

    def page_of(self, key):
        """The evidence for what stands on the organization's own page."""
        return (("organization", str(self.rows[key].uuid)),)

    @cached_property
    def members(self):
        """{pk: those on its list of members today}"""
        found = defaultdict(list)
        rows = Membership.objects.current().filter(organization__in=self.wanted).order_by("pk")
        for key, uuid, *rest in rows.values_list(
            "organization_id", "uuid", "position", "is_backbone", "is_successor"
        ):  # fmt: skip
            found[key].append(Member(str(uuid), *rest))
        return found

    @cached_property
    def activities(self):
        """{pk: its activities of twelve months, each once, the oldest first}"""
        held = Activity.objects.counted().filter(starts_at__gte=self.begin, starts_at__lt=self.end)
        links = ActivityLink.objects.filter(
            organization__in=self.wanted, activity__in=held.exclude(kind__in=WORKERS_OWN).values("pk")
        )
        rows = links.annotate(told=ExpressionWrapper(~Q(activity__summary=""), output_field=BooleanField()))
        found = defaultdict(dict)
        for key, activity, *columns in rows.order_by("activity__starts_at", "activity_id", "pk").values_list(
            "organization_id", "activity_id", "activity__uuid", "activity__kind", "activity__participants",
            "activity__led_by", "told",
        ):  # fmt: skip
            if activity not in found[key]:
                found[key][activity] = Held(str(columns[0]), *columns[1:])
        return defaultdict(list, {key: list(held.values()) for key, held in found.items()})

    @cached_property
    def activity_keys(self):
        """{pk: the evidence of all these}, one tuple for all facts that rest on them."""
        return defaultdict(tuple, {key: tuple(one.key for one in held) for key, held in self.activities.items()})

    @cached_property
    def filings(self):
        """{pk: [(state, evidence)]} of the first filings that were handed in and did not come back"""
        found = defaultdict(list)
        rows = Filing.objects.filter(organization__in=self.wanted, kind=FilingKind.NEW, status__in=COUNTS_IN)
        for key, uuid, status in rows.order_by("pk").values_list("organization_id", "uuid", "status"):
            found[key].append((status, ("filing", str(uuid))))
        return found

    def filing_keys(self, key, *states):
        return tuple(evidence for status, evidence in self.filings[key] if not states or status in states)

    @cached_property
    def headings(self):
        return list(DossierHeading.objects.filter(is_active=True).order_by("order", "code"))

    @cached_property
    def dossier(self):
        """{(pk, heading code): [(identifier, day)]} of the documents that were put in."""
        found = defaultdict(list)
        rows = DossierItem.objects.in_use().filter(organization__in=self.wanted, heading__is_active=True)
        for key, code, uuid, dated_on, created_at in rows.order_by("pk").values_list(
            "organization_id", "heading__code", "uuid", "dated_on", "created_at"
        ):
            found[key, code].append((str(uuid), dated_on or timezone.localdate(created_at)))
        return found

    @cached_property
    def filled(self):
        """{(pk, heading code)} of headings that the platform fills by itself: papers of filings, members, records."""
        found = set()
        for source in dossier_sources:
            for code, having in source.present_for(self._organizations).items():
                named = [row.code for row in self.headings if (row.code == code if code else row.source == source.code)]
                found |= {(key, name) for key in having for name in named}
        return found

    def has_document(self, key, code):
        return bool(self.dossier.get((key, code))) or (key, code) in self.filled

    def document_keys(self, key, *codes):
        """The evidence for headings of the dossier: what was put in; for papers of a filing, the filing."""
        found = tuple(("dossier_item", uuid) for code in codes for uuid, _day in self.dossier.get((key, code), ()))
        return found or (self.filing_keys(key) if any((key, code) in self.filled for code in codes) else ())

    @cached_property
    def satisfaction(self):
        """{pk: (mean from 1 to 5, evidence)} of the newest closed survey that asked for satisfaction and has enough
        answers."""
        rows = Response.objects.counted().filter(
            wave__organization__in=self.wanted, wave__status="closed", wave__closed_at__lt=self.end,
            scores__has_key=SCALE,
        )  # fmt: skip
        names = ("wave_id", "wave__version_id", "wave__organization_id", "wave__uuid", "wave__closed_at", "scores")
        sheets = list(rows.order_by("wave__closed_at", "wave_id", "pk").values_list(*names))
        scales = {scale.version_id: scale for scale in self._scales({version for _wave, version, *_rest in sheets})}
        answered, found = defaultdict(list), {}
        for wave, version, key, uuid, _closed_at, scores in sheets:
            scale = scales.get(version)
            if scale is not None and (mean := scale_mean(scale, scores[SCALE])) is not None:
                answered[wave].append(LOWEST + (mean - 1) * (HIGHEST - LOWEST) / (scale.points - 1))
                if len(answered[wave]) >= SMALLEST:
                    found[key] = (wave, uuid)
        return {
            key: (round(sum(answered[wave]) / len(answered[wave]), DIGITS), (("wave", str(uuid)),))
            for key, (wave, uuid) in found.items()
        }

    @staticmethod
    def _scales(versions):
        return Scale.objects.filter(version__in=versions, code=SCALE).order_by("pk") if versions else ()
