"""Addresses, one file per aggregate. ``answer`` has the public ones, under ``/q/``."""

from evaluations.urls import (
    board,
    effect,
    fading_rule,
    growth_rule,
    instrument,
    result,
    review,
    session,
    standard,
    wave,
)

app_name = "evaluations"

urlpatterns = [
    *board.urlpatterns,
    *fading_rule.urlpatterns,
    *instrument.urlpatterns,
    *wave.urlpatterns,
    *result.urlpatterns,
    *effect.urlpatterns,
    *standard.urlpatterns,
    *growth_rule.urlpatterns,
    *review.urlpatterns,
    *session.urlpatterns,
]
