from evaluations.querysets.board import FadingRuleQuerySet
from evaluations.querysets.effect import AnalysisRunQuerySet
from evaluations.querysets.instrument import InstrumentQuerySet, ScaleQuerySet, VersionQuerySet
from evaluations.querysets.review import (
    DecisionConditionQuerySet,
    OfReviewQuerySet,
    ReviewQuerySet,
    SessionQuerySet,
    StageDecisionQuerySet,
)
from evaluations.querysets.standard import StandardQuerySet, StandardVersionQuerySet
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
    "InstrumentQuerySet",
    "LinkDoubtQuerySet",
    "OfReviewQuerySet",
    "ResponseQuerySet",
    "ReviewQuerySet",
    "ScaleQuerySet",
    "SessionQuerySet",
    "StageDecisionQuerySet",
    "StandardQuerySet",
    "StandardVersionQuerySet",
    "VersionQuerySet",
    "WaveQuerySet",
    "WaveTicketQuerySet",
]
