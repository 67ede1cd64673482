"""Addresses, one file per aggregate. ``answer`` has the public ones, under ``/q/``."""

from evaluations.urls import board, effect, instrument, result, review, rule, session, standard, wave

app_name = "evaluations"

urlpatterns = [
    *board.urlpatterns,
    *instrument.urlpatterns,
    *wave.urlpatterns,
    *result.urlpatterns,
    *effect.urlpatterns,
    *standard.urlpatterns,
    *rule.urlpatterns,
    *review.urlpatterns,
    *session.urlpatterns,
]
