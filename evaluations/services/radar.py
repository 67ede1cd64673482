"""How far each dimension of the growth standard is filled: now, live, and at the last decision."""

from dataclasses import dataclass
from decimal import Decimal

from evaluations.scoring import facts_of, score
from evaluations.services.assessment import counting_facts
from evaluations.services.growth import outlook_of, past_of
from evaluations.services.scoring_words import spoken


@dataclass
class Axis:
    """Percent of the full points, ``now`` and at the ``last`` decision (None: its standard had no such dimension)."""

    label: str
    now: int
    last: int | None = None

    @property
    def change(self):
        return None if self.last is None else self.now - self.last


@dataclass
class Radar:
    """``unclaimed``: indicators that nothing is known about yet, which count 0 now."""

    axes: list
    decision: object = None
    unclaimed: int = 0


def radar_of(organization):
    """None where no standard holds. Points that people gave in the last review stand until the next one; everything
    else is as the platform finds it now. The newest decision is one of :func:`past_of`."""
    outlook = outlook_of(organization)
    if outlook.edition is None:
        return None
    content = outlook.edition.content
    decision = next(iter(past_of(organization)), None)
    frozen = decision.result if decision else {}
    judged, vetoes = frozen.get("judged") or {}, frozen.get("vetoes") or ()
    now = score(content, counting_facts(facts_of(outlook.facts), judged, vetoes))
    before = {part["code"]: part for part in (frozen.get("score") or {}).get("dimensions") or ()}
    labels = {part["code"]: spoken(part.get("label")) for part in content.get("dimensions") or ()}
    axes = [
        Axis(labels.get(part.code, part.code), _share(part.points, part.full), _share_then(before.get(part.code)))
        for part in now.dimensions
    ]
    return Radar(axes, decision, len(now.missing))


def _share(points, full):
    return round(100 * Decimal(points) / Decimal(full)) if Decimal(full) else 0


def _share_then(part):
    return _share(part["points"], part["full"]) if part else None
