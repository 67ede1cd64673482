"""What scoring answers: frozen, comparable, and plain data by ``as_json()``."""

from dataclasses import dataclass, field
from decimal import Decimal

from evaluations.scoring.facts import plain, points_text


@dataclass(frozen=True, slots=True)
class FiredRule:
    """The rule that gave the points: a code for machines and the numbers of its sentence.

    met, not_met · nothing_missing, deducted · below_base, base_and_steps · tier, no_tier · option, unknown_option ·
    judged · overruled (a person's points in place of the computed ones) · unknown."""

    code: str
    params: dict = field(default_factory=dict)

    def as_json(self):
        return {"code": self.code, "params": plain(self.params)}


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """``missing``: the fact is unknown, the points are 0 for that reason alone. ``value`` is what was read."""

    code: str
    points: Decimal
    full: Decimal
    rule: FiredRule
    value: object = None
    evidence: tuple = ()
    missing: bool = False

    @property
    def lost(self):
        return self.full - self.points

    def as_json(self):
        return {
            "code": self.code,
            "points": points_text(self.points),
            "full": points_text(self.full),
            "rule": self.rule.as_json(),
            "value": plain(self.value),
            "evidence": list(self.evidence),
            "missing": self.missing,
        }


@dataclass(frozen=True, slots=True)
class DimensionResult:
    """``points`` is the sum of its indicators; ``counted`` what it brings to the total (another number only when the
    standard weighs its dimensions)."""

    code: str
    points: Decimal
    full: Decimal
    counted: Decimal
    indicators: tuple

    def as_json(self):
        return {
            "code": self.code,
            "points": points_text(self.points),
            "full": points_text(self.full),
            "counted": points_text(self.counted),
            "indicators": [indicator.as_json() for indicator in self.indicators],
        }


@dataclass(frozen=True, slots=True)
class VetoResult:
    code: str
    evidence: tuple = ()

    def as_json(self):
        return {"code": self.code, "evidence": list(self.evidence)}


@dataclass(frozen=True, slots=True)
class Result:
    """``total`` is the sum of the dimensions, ``bonus`` what the bonus brings under its cap, ``final`` both together
    (at most the declared total, unless the standard lets the bonus go beyond): the band is that of ``final``.

    ``band`` is None when a veto fired, and when what is missing could still change it; then ``band_at_least`` (unknown
    counts 0) and ``band_at_most`` (unknown counts full) are the ends. A bonus has to be claimed: an unknown one counts 0
    at both ends and stands in ``bonus_unclaimed``, not in ``missing``. Vetoes of which nobody said anything are in
    ``vetoes_unknown`` and do not hold the band back."""

    full: Decimal
    total: Decimal
    bonus: Decimal
    bonus_before_cap: Decimal
    final: Decimal
    dimensions: tuple
    bonus_indicators: tuple
    vetoes: tuple
    vetoes_unknown: tuple
    band: str | None
    band_at_least: str | None
    band_at_most: str | None
    missing: tuple
    bonus_unclaimed: tuple

    @property
    def indicators(self):
        """{code: IndicatorResult}, those of the dimensions and then the bonus, in the order of the standard."""
        found = [indicator for dimension in self.dimensions for indicator in dimension.indicators]
        return {indicator.code: indicator for indicator in (*found, *self.bonus_indicators)}

    @property
    def template_score(self):
        """What stage rules read: nothing when a veto fired."""
        return Decimal(0) if self.vetoes else self.final

    def as_json(self):
        return {
            "full": points_text(self.full),
            "total": points_text(self.total),
            "bonus": points_text(self.bonus),
            "bonus_before_cap": points_text(self.bonus_before_cap),
            "final": points_text(self.final),
            "dimensions": [dimension.as_json() for dimension in self.dimensions],
            "bonus_indicators": [indicator.as_json() for indicator in self.bonus_indicators],
            "vetoes": [veto.as_json() for veto in self.vetoes],
            "vetoes_unknown": list(self.vetoes_unknown),
            "band": self.band,
            "band_at_least": self.band_at_least,
            "band_at_most": self.band_at_most,
            "missing": list(self.missing),
            "bonus_unclaimed": list(self.bonus_unclaimed),
        }
