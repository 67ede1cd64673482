from evaluations.querysets.effect import AnalysisRunQuerySet
from evaluations.querysets.fading_rule import FadingRuleQuerySet
from evaluations.querysets.growth_rule import GrowthRuleQuerySet
from evaluations.querysets.instrument import InstrumentQuerySet, ScaleQuerySet, VersionQuerySet
from evaluations.querysets.review import (
    DecisionConditionQuerySet,
    OfReviewQuerySet,
    ReviewQuerySet,
    SessionQuerySet,
    StageDecisionQuerySet,
)
from evaluations.querysets.standard import StandardQuerySet
from evaluations.querysets.wave import (
    LinkDoubtQuerySet,
    ResponseQuerySet,
    WaveQuerySet,
    WaveTicketQuerySet,
)

__all__ = [
    "AnalysisRunQuerySet",
    "DecisionConditionQuerySet",
    "FadingRuleQuerySet",
    "GrowthRuleQuerySet",
    "InstrumentQuerySet",
    "LinkDoubtQuerySet",
    "OfReviewQuerySet",
    "ResponseQuerySet",
    "ReviewQuerySet",
    "ScaleQuerySet",
    "SessionQuerySet",
    "StageDecisionQuerySet",
    "StandardQuerySet",
    "VersionQuerySet",
    "WaveQuerySet",
    "WaveTicketQuerySet",
]
