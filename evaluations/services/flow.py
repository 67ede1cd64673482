"""How organizations moved between the stages, by quarter: read from the decisions, so every number has its list."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, F
from django.db.models.functions import TruncQuarter
from django.utils import timezone

from evaluations.models import StageDecision
from organizations.choices import RATED_STAGES

QUARTERS = 8


@dataclass
class Quarter:
    """``stock``: {stage: organizations whose last decision up to the quarter's end said so}; ``moves``: {(from, to):
    number of decisions} in the quarter."""

    first: datetime.date
    stock: dict
    moves: dict = field(default_factory=dict)

    @property
    def code(self):
        return f"{self.first.year}-Q{(self.first.month + 2) // 3}"

    @property
    def total(self):
        return sum(self.stock.values())


def moves_of(organizations):
    """Decisions that changed the stage of one of these organizations."""
    return StageDecision.objects.filter(organization__in=organizations.order_by().values("pk")).exclude(
        from_stage=F("to_stage")
    )


def next_quarter(first):
    return (first + datetime.timedelta(days=95)).replace(day=1)


def flow_of(organizations, *, today, most=QUARTERS):
    """The last ``most`` quarters up to that of ``today``, from the first in which anything was decided; [] when nothing
    was ever decided. One query."""
    rows = moves_of(organizations).annotate(quarter=TruncQuarter("decided_at")).order_by()
    moves = defaultdict(dict)
    for moment, *move, number in rows.values_list("quarter", "from_stage", "to_stage").annotate(number=Count("pk")):
        moves[timezone.localdate(moment)][tuple(move)] = number
    if not moves:
        return []
    stock, quarters, first = dict.fromkeys((stage.value for stage in RATED_STAGES), 0), [], min(moves)
    last = max(*moves, today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1))
    while first <= last:
        for (before, after), number in moves[first].items():
            stock[after] += number
            if before in stock:
                stock[before] -= number
        quarters.append(Quarter(first, {stage: max(number, 0) for stage, number in stock.items()}, moves[first]))
        first = next_quarter(first)
    return quarters[-most:]
