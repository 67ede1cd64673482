from evaluations.models import decision_guard, edition_guard  # noqa: F401 - register their triggers
from evaluations.models.decision import DecisionCondition, StageDecision
from evaluations.models.effect import AnalysisRun
from evaluations.models.fading_rule import FadingRule
from evaluations.models.growth_rule import GrowthRule
from evaluations.models.instrument import Instrument, InstrumentVersion, Scale
from evaluations.models.mapping import AnswerMapping
from evaluations.models.opinion import Opinion
from evaluations.models.review import ColumnScore, EvidenceManifest, GrowthReview
from evaluations.models.session import ReviewSession
from evaluations.models.standard import GrowthStandard, StandardVersion
from evaluations.models.wave import LinkDoubt, Response, Wave, WaveTicket

__all__ = [
    "AnalysisRun",
    "AnswerMapping",
    "ColumnScore",
    "DecisionCondition",
    "EvidenceManifest",
    "FadingRule",
    "GrowthReview",
    "GrowthRule",
    "GrowthStandard",
    "Instrument",
    "InstrumentVersion",
    "LinkDoubt",
    "Opinion",
    "Response",
    "ReviewSession",
    "Scale",
    "StageDecision",
    "StandardVersion",
    "Wave",
    "WaveTicket",
]
