from django.urls import path

from evaluations.views import effect

urlpatterns = [
    path("effects/", effect.EffectListView.as_view(), name="effect-list"),
    path("effects/new/", effect.EffectCreateView.as_view(), name="effect-create"),
    path("effects/<uuid:uuid>/", effect.EffectDetailView.as_view(), name="effect-detail"),
    path("effects/<uuid:uuid>/rerun/", effect.EffectRerunView.as_view(), name="effect-rerun"),
    path("effects/<uuid:uuid>/report.docx", effect.EffectPaperView.as_view(), name="effect-paper"),
]
