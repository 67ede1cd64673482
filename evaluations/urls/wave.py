from django.urls import path

from evaluations.views import answer_import, doubt, response, wave, wave_paper

urlpatterns = [
    path("waves/", wave.WaveListView.as_view(), name="wave-list"),
    path("waves/new/", wave.WaveCreateView.as_view(), name="wave-create"),
    path("waves/<uuid:uuid>/", wave.WaveDetailView.as_view(), name="wave-detail"),
    path("waves/<uuid:uuid>/change/", wave.WaveUpdateView.as_view(), name="wave-update"),
    path("waves/<uuid:uuid>/open/", wave.WaveOpenView.as_view(), name="wave-open"),
    path("waves/<uuid:uuid>/close/", wave.WaveCloseView.as_view(), name="wave-close"),
    path("waves/<uuid:uuid>/reopen/", wave.WaveReopenView.as_view(), name="wave-reopen"),
    path("waves/<uuid:uuid>/code.png", wave_paper.WaveQrView.as_view(), name="wave-qr"),
    path("waves/<uuid:uuid>/poster/", wave_paper.WavePosterView.as_view(), name="wave-poster"),
    path("waves/<uuid:uuid>/sheet/", wave_paper.WaveSheetView.as_view(), name="wave-sheet"),
    path("waves/<uuid:uuid>/links/", wave_paper.TicketListView.as_view(), name="ticket-list"),
    path("waves/<uuid:uuid>/links/make/", wave_paper.TicketMakeView.as_view(), name="ticket-make"),
    path("waves/<uuid:uuid>/paper/", response.ResponseAddView.as_view(), name="response-add"),
    path("waves/<uuid:uuid>/answers/", response.ResponseListView.as_view(), name="response-list"),
    path("waves/<uuid:uuid>/import/", answer_import.AnswerUploadView.as_view(), name="answer-upload"),
    path("answers/<uuid:uuid>/", response.ResponseDetailView.as_view(), name="response-detail"),
    path("answers/<uuid:uuid>/withdraw/", response.ResponseWithdrawView.as_view(), name="response-withdraw"),
    path("doubts/", doubt.DoubtListView.as_view(), name="doubt-list"),
    path("doubts/<uuid:uuid>/same/", doubt.DoubtSameView.as_view(), name="doubt-same"),
    path("doubts/<uuid:uuid>/different/", doubt.DoubtDifferentView.as_view(), name="doubt-different"),
    path("imports/<uuid:uuid>/", answer_import.AnswerImportDetailView.as_view(), name="answer-import-detail"),
    path("imports/<uuid:uuid>/columns/", answer_import.AnswerMapView.as_view(), name="answer-map"),
    path("imports/<uuid:uuid>/confirm/", answer_import.AnswerConfirmView.as_view(), name="answer-confirm"),
    path("imports/<uuid:uuid>/discard/", answer_import.AnswerDiscardView.as_view(), name="answer-discard"),
    path("imports/<uuid:uuid>/rejected.xlsx", answer_import.AnswerRejectedView.as_view(), name="answer-rejected"),
]
