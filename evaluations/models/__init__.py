from evaluations.models import decision_guard, edition_guard  # noqa: F401 - register their triggers
from evaluations.models.board import FadingRule
from evaluations.models.decision import DecisionCondition, StageDecision
from evaluations.models.instrument import Instrument, InstrumentVersion, Scale
from evaluations.models.mapping import AnswerMapping
from evaluations.models.opinion import Opinion
from evaluations.models.review import ColumnScore, EvidenceManifest, GrowthReview
from evaluations.models.session import ReviewSession
from evaluations.models.standard import GrowthRule, GrowthStandard, StandardVersion
from evaluations.models.wave import AnalysisRun, LinkDoubt, Response, Wave, WaveTicket

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
