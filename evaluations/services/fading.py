"""活跃度下降: organizations that went quiet or lose members, found for all of a place in one question."""

import datetime
from dataclasses import dataclass

from django.db.models import (
    Case,
    Count,
    DateTimeField,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models import Exists as There
from django.db.models.functions import Coalesce
from django.utils import timezone

from evaluations.models import FadingRule
from evaluations.policies.board import codes_read, organizations_read
from evaluations.services.board import along, with_last_activity
from incubator.base.months import add_months
from incubator.divisions.codes import subtree_range
from organizations.models import Membership
from projects.models import Activity

MONTHS = 6
QUIET, MEMBERS = "quiet", "members"


def rules_for(user):
    """The rules that can hold where the person reads, the nearest of any place first."""
    return list(FadingRule.objects.around(codes_read(user)).select_related("division"))


def rule_in(place, rules):
    """The rule that holds in the place; the usual one, unsaved, where none was set."""
    return next((rule for rule in rules if rule.division.contains(place)), None) or FadingRule()


def quiet_since(rule, today):
    """Whoever did nothing from this moment on is quiet: the last activity was ``days_without_activity`` days ago or
    earlier."""
    day = today - datetime.timedelta(days=rule.days_without_activity - 1)
    return datetime.datetime.combine(day, datetime.time.min, timezone.get_current_timezone())


def _by_place(rules, value, output):
    """``value(rule)`` of the nearest rule for each row, by the code of its community."""
    whens = []
    for rule in rules:  # longer codes come first: of places in each other the inner one
        begin, end = subtree_range(rule.division.code)
        here = Q(community__code__gte=begin) & (Q(community__code__lt=end) if end else Q())
        whens.append(When(here, then=Value(value(rule), output_field=output)))
    return Case(*whens, default=Value(value(FadingRule()), output_field=output), output_field=output)


def _members(*conditions):
    rows = Membership.objects.filter(*conditions, organization=OuterRef("pk")).order_by().values("organization")
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)


def _then(day):
    """On the list of members on that day; who has no first day was always there."""
    return Q(joined_on__isnull=True) | Q(joined_on__lte=day), Q(left_on__isnull=True) | Q(left_on__gt=day)


def fading_of(user, *, today, rules, why=""):
    """Active organizations that the person reads and that fade, with what :func:`reasons_of` needs; ``why``: "quiet" or
    "members" only. Whoever was entered a short while ago is not quiet yet, and who said that it rests is not asked."""
    rules = sorted(rules, key=lambda rule: len(rule.division.code), reverse=True)
    rows = organizations_read(user).filter(state="active")
    rows = rows.annotate(
        quiet_since=_by_place(rules, lambda rule: quiet_since(rule, today), DateTimeField()),
        lost_percent=_by_place(rules, lambda rule: rule.members_lost_percent, IntegerField()),
    )
    own = Activity.objects.counted().filter(organization=OuterRef("pk"), starts_at__gte=OuterRef("quiet_since"))
    others = along().filter(organization=OuterRef("pk"), activity__starts_at__gte=OuterRef("quiet_since"))
    quiet = Q(created_at__lt=F("quiet_since")) & ~There(own.order_by()) & ~There(others)
    begin = add_months(today, -MONTHS)
    rows = rows.annotate(members_then=_members(*_then(begin)), members_now=_members(Q(left_on__isnull=True)))
    lost = (F("members_then") - F("members_now")) * 100 - F("members_then") * F("lost_percent")
    rows = rows.annotate(lost_beyond=ExpressionWrapper(lost, output_field=IntegerField()))
    leavers = Membership.objects.filter(left_on__gt=begin).order_by().values("organization_id")
    # Only where somebody left is anybody counted.
    fell = Q(pk__in=leavers) & Q(lost_beyond__gte=0) & Q(members_then__gt=F("members_now"))
    rows = with_last_activity(rows)
    return rows.filter({QUIET: quiet, MEMBERS: fell}.get(why, quiet | fell))


@dataclass
class Fading:
    """Why an organization is on the list, of which ``days`` (None: never an activity) and the members are told."""

    organization: object
    days: int | None
    activity_uuid: object
    members_then: int
    members_now: int
    is_quiet: bool
    has_lost: bool

    @property
    def percent(self):
        return round(100 * (self.members_then - self.members_now) / self.members_then) if self.members_then else 0


def reasons_of(rows, *, today):
    """[Fading] of rows of :func:`fading_of`, in their order; nothing more is asked."""
    return [_reason(row, today) for row in rows]


def _reason(row, today):
    seen = [(row.last_own, row.own_uuid), (row.last_along, row.along_uuid)]
    last, activity = max((pair for pair in seen if pair[0]), default=(None, None), key=lambda pair: pair[0])
    days = (today - timezone.localdate(last)).days if last else None
    lost = row.members_then - row.members_now
    return Fading(
        row, days, activity, row.members_then, row.members_now,
        is_quiet=max(filter(None, (last, row.created_at))) < row.quiet_since,
        has_lost=lost > 0 and lost * 100 >= row.lost_percent * row.members_then,
    )  # fmt: skip
