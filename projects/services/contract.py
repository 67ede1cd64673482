"""Service contracts: entered and changed; their progress is counted from activities, never typed."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.divisions.models import Division
from organizations.models import Agency, SocialWorker
from projects.choices import AttendanceStatus, IndicatorUnit
from projects.models import Activity, ActivityLink, Attendance, ContractIndicator, ServiceContract

FIELDS = ("name", "number", "purchaser", "agency", "starts_on", "ends_on", "amount_fen", "note")
INDICATOR_FIELDS = ("name", "kinds", "unit", "target", "due_on", "order")
MINUTES = 60


@dataclass(frozen=True)
class Progress:
    """What an indicator has reached. ``done`` is in the indicator's unit, hours with one decimal; ``expected`` is what a
    straight line from the first day to the last would have reached by today."""

    indicator: ContractIndicator
    done: int | float
    expected: int

    @property
    def target(self):
        return self.indicator.target

    @property
    def percent(self):
        return int(100 * self.done / self.target)

    @property
    def is_behind(self):
        return self.done < self.expected

    @property
    def url(self):
        """The list of exactly the records that the figure counts."""
        return f"{reverse('projects:activity-list')}?indicator={self.indicator.uuid}"


# --- what counts -------------------------------------------------------------------------------------------------------


def activities_of(contract):
    """Counted activities of the contract's agency in its places and period, each once. An activity that names no agency is
    its author's, as long as the author worked there."""
    zone = timezone.get_current_timezone()
    begin, end = (
        datetime.datetime.combine(day, datetime.time.min, zone)
        for day in (contract.starts_on, contract.ends_on + datetime.timedelta(days=1))
    )
    places = Division.objects.within(contract.places.all()).values("pk")
    mine = Q(agency=contract.agency_id) | (Q(agency__isnull=True) & _written_by(contract.agency_id, zone))
    return Activity.objects.counted().filter(mine, community__in=places, starts_at__gte=begin, starts_at__lt=end)


def activities_of_indicator(indicator):
    found = activities_of(indicator.contract)
    return found.filter(kind__in=indicator.kinds) if indicator.kinds else found


def _written_by(agency_id, zone):
    """Q for what the agency's people recorded while they worked there."""
    workers = SocialWorker.objects.filter(agency=agency_id, user__isnull=False)
    rows = list(workers.order_by("pk").values_list("user_id", "left_on"))
    wanted = Q(recorded_by__in=[user for user, left_on in rows if left_on is None])
    for user, left_on in rows:
        if left_on is not None:
            after = datetime.datetime.combine(left_on + datetime.timedelta(days=1), datetime.time.min, zone)
            wanted |= Q(recorded_by=user, starts_at__lt=after)
    return wanted


def progress_of(contract, today):
    """[Progress] of the contract's indicators in their order, in a fixed number of queries however many there are."""
    indicators = sorted(contract.indicators.all(), key=lambda indicator: (indicator.order, indicator.pk))
    if not indicators:
        return []
    units = {indicator.unit for indicator in indicators}
    found = activities_of(contract)
    sums = {
        kind: (number, people or 0, minutes or 0)
        for kind, number, people, minutes in found.order_by()
        .values_list("kind")
        .annotate(n=Count("pk"), p=Sum("participants"), m=Sum("minutes"))
    }
    persons, bodies = set(), set()
    keys = found.order_by().values("pk")
    if IndicatorUnit.PERSONS in units:
        there = Attendance.objects.filter(activity__in=keys, status=AttendanceStatus.PRESENT)
        persons = set(there.order_by().values_list("activity__kind", "membership_id", "guest_name").distinct())
    if IndicatorUnit.ORGANIZATIONS in units:
        links = ActivityLink.objects.filter(activity__in=keys)
        bodies = set(links.order_by().values_list("activity__kind", "organization_id").distinct())
    rows = []
    for indicator in indicators:
        indicator.contract = contract
        done = _done(indicator, sums, persons, bodies)
        rows.append(Progress(indicator, done, expected_by(indicator, today)))
    return rows


def _done(indicator, sums, persons, bodies):
    def counts(kind):
        return not indicator.kinds or kind in indicator.kinds

    if indicator.unit == IndicatorUnit.PERSONS:
        return len({(member, guest) for kind, member, guest in persons if counts(kind)})
    if indicator.unit == IndicatorUnit.ORGANIZATIONS:
        return len({body for kind, body in bodies if counts(kind)})
    number, people, minutes = (
        sum(values[place] for kind, values in sums.items() if counts(kind)) for place in range(3)
    )
    if indicator.unit == IndicatorUnit.HOURS:
        return round(minutes / MINUTES, 1)
    return people if indicator.unit == IndicatorUnit.PERSON_TIMES else number


def expected_by(indicator, today):
    """按进度应到: the target spread evenly over the days until it is due, whole units, rounded down."""
    first, last = indicator.contract.starts_on, indicator.due_on or indicator.contract.ends_on
    days = max((last - first).days + 1, 1)
    gone = min(max((today - first).days + 1, 0), days)
    return indicator.target * gone // days


def progress_for(user, today):
    """[Progress] of the running contracts of the agency that the person works for or supervises."""
    contracts = ServiceContract.objects.running(today).filter(agency__in=Agency.objects.of_person(user).values("pk"))
    found = contracts.select_related("agency").prefetch_related("places", "indicators").order_by("ends_on", "pk")
    return [row for contract in found for row in progress_of(contract, today)]


# --- entering and changing ---------------------------------------------------------------------------------------------


def area_of(contract):
    """The division whose history the contract stands in: the first of its places."""
    return min(contract.places.all(), key=lambda place: place.code, default=None)


@transaction.atomic
def add_contract(*, uuid, places, actor, **values):
    """Write a contract with its places; refuse days out of order and a number that the agency has already. Audit."""
    contract = ServiceContract(uuid=uuid, created_by=actor, **{name: values[name] for name in FIELDS if name in values})
    contract.check_rules()
    contract.save_or_refuse(force_insert=True)
    contract.places.set(places)
    _record("contract.added", contract, actor=actor)
    return contract


@transaction.atomic
def update_contract(*, contract_id, actor, places, edition="", **values):
    """Change a contract; StaleEdition when the person saw an older one. Audit with the changed fields; no change, no
    trace."""
    contract = ServiceContract.objects.select_for_update(of=("self",)).get(pk=contract_id)
    before, were = audit.snapshot(contract, FIELDS), sorted(place.code for place in contract.places.all())
    for name in FIELDS:
        if name in values:
            setattr(contract, name, values[name])
    found, are = audit.changes(contract, before), sorted(place.code for place in places)
    if were != are:
        found["changes"]["places"] = [were, are]
    if not found["changes"]:
        return contract
    contract.check_edition(edition)
    contract.check_rules()
    contract.save_or_refuse(update_fields=[*FIELDS, "updated_at"])
    contract.places.set(places)
    _record("contract.updated", contract, actor=actor, **found)
    return contract


@transaction.atomic
def add_indicator(*, contract_id, uuid, actor, **values):
    """Add an indicator to a contract. Audit."""
    contract = ServiceContract.objects.select_for_update(of=("self",)).get(pk=contract_id)
    if existing := contract.indicators.filter(uuid=uuid).first():
        return existing
    indicator = ContractIndicator(uuid=uuid, contract=contract, **values)
    _demand_due_within(indicator)
    indicator.check_rules()
    indicator.save_or_refuse(force_insert=True)
    data = {"indicator": indicator.name, "unit": indicator.unit, "target": indicator.target}
    _record("contract.indicator_added", contract, actor=actor, **data)
    return indicator


@transaction.atomic
def update_indicator(*, indicator_id, actor, **values):
    """Change an indicator. Audit with the changed fields; no change, no trace."""
    indicator = _lock_indicator(indicator_id)
    before = audit.snapshot(indicator, INDICATOR_FIELDS)
    for name in INDICATOR_FIELDS:
        if name in values:
            setattr(indicator, name, values[name])
    found = audit.changes(indicator, before)
    if not found["changes"]:
        return indicator
    _demand_due_within(indicator)
    indicator.check_rules()
    indicator.save(update_fields=[*INDICATOR_FIELDS, "updated_at"])
    _record("contract.indicator_updated", indicator.contract, actor=actor, indicator=indicator.name, **found)
    return indicator


@transaction.atomic
def remove_indicator(*, indicator_id, actor):
    """Delete an indicator (its figures were counted, nothing points at it); the history keeps what it was."""
    indicator = _lock_indicator(indicator_id)
    data = {"indicator": indicator.name, "unit": indicator.unit, "target": indicator.target}
    indicator.delete()
    _record("contract.indicator_removed", indicator.contract, actor=actor, **data)


def _lock_indicator(indicator_id):
    indicator = ContractIndicator.objects.select_related("contract").filter(pk=indicator_id).first()
    if indicator is None:
        raise RuleViolation(_("This indicator was taken off already."))
    ServiceContract.objects.select_for_update(of=("self",)).get(pk=indicator.contract_id)
    return ContractIndicator.objects.select_related("contract").get(pk=indicator_id)


def _demand_due_within(indicator):
    contract = indicator.contract
    if indicator.due_on and not contract.starts_on <= indicator.due_on <= contract.ends_on:
        raise RuleViolation(_("The day lies outside the contract's period."))


def _record(verb, contract, *, actor, **data):
    audit.record(verb, target=contract, actor=actor, area=area_of(contract), data=data)
