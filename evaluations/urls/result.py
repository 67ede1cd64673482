from django.urls import path

from evaluations.views import result

urlpatterns = [
    path("waves/<uuid:uuid>/results/", result.WaveResultView.as_view(), name="wave-result"),
    path("waves/<uuid:uuid>/results/objective/", result.WaveNeedTurnView.as_view(), name="wave-need-turn"),
]
