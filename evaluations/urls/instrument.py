from django.urls import path

from evaluations.views import instrument, instrument_draft

ONE = "instruments/<uuid:uuid>"
SECTION = f"{ONE}/sections/<slug:name>"
ITEM = f"{ONE}/questions/<slug:name>"
SCALE = f"{ONE}/scales/<slug:name>"

urlpatterns = [
    path("instruments/", instrument.InstrumentListView.as_view(), name="instrument-list"),
    path("instruments/new/", instrument.InstrumentCreateView.as_view(), name="instrument-create"),
    path("instruments/import/", instrument.InstrumentImportView.as_view(), name="instrument-import"),
    path(f"{ONE}/", instrument.InstrumentDetailView.as_view(), name="instrument-detail"),
    path(f"{ONE}/edit/", instrument.InstrumentUpdateView.as_view(), name="instrument-update"),
    path(f"{ONE}/copy/", instrument.InstrumentCopyView.as_view(), name="instrument-copy"),
    path(f"{ONE}/preview/", instrument.InstrumentPreviewView.as_view(), name="instrument-preview"),
    path(f"{ONE}/publish/", instrument.InstrumentPublishView.as_view(), name="instrument-publish"),
    path(f"{ONE}/retire/", instrument.InstrumentRetireView.as_view(), name="instrument-retire"),
    path(f"{ONE}/restore/", instrument.InstrumentRestoreView.as_view(), name="instrument-restore"),
    path(f"{ONE}/questionnaire.xlsx", instrument.InstrumentExportView.as_view(), name="instrument-export"),
    path(f"{ONE}/replace/", instrument.InstrumentReplaceView.as_view(), name="instrument-replace"),
    path(f"{ONE}/editions/<int:number>/", instrument.InstrumentVersionView.as_view(), name="instrument-version"),
    path(
        f"{ONE}/editions/<int:number>/questionnaire.xlsx",
        instrument.InstrumentVersionExportView.as_view(),
        name="instrument-version-export",
    ),
    path(f"{ONE}/sections/add/", instrument_draft.InstrumentSectionAddView.as_view(), name="instrument-section-add"),
    path(f"{SECTION}/edit/", instrument_draft.InstrumentSectionUpdateView.as_view(), name="instrument-section-update"),
    path(
        f"{SECTION}/remove/", instrument_draft.InstrumentSectionRemoveView.as_view(), name="instrument-section-remove"
    ),
    path(f"{SECTION}/up/", instrument_draft.InstrumentSectionUpView.as_view(), name="instrument-section-up"),
    path(f"{SECTION}/down/", instrument_draft.InstrumentSectionDownView.as_view(), name="instrument-section-down"),
    path(f"{SECTION}/add/<slug:kind>/", instrument_draft.InstrumentItemAddView.as_view(), name="instrument-item-add"),
    path(f"{ITEM}/edit/", instrument_draft.InstrumentItemUpdateView.as_view(), name="instrument-item-update"),
    path(f"{ITEM}/services/", instrument_draft.InstrumentItemMatchView.as_view(), name="instrument-item-match"),
    path(f"{ITEM}/remove/", instrument_draft.InstrumentItemRemoveView.as_view(), name="instrument-item-remove"),
    path(f"{ITEM}/up/", instrument_draft.InstrumentItemUpView.as_view(), name="instrument-item-up"),
    path(f"{ITEM}/down/", instrument_draft.InstrumentItemDownView.as_view(), name="instrument-item-down"),
    path(f"{ONE}/scales/add/", instrument_draft.InstrumentScaleAddView.as_view(), name="instrument-scale-add"),
    path(f"{SCALE}/edit/", instrument_draft.InstrumentScaleUpdateView.as_view(), name="instrument-scale-update"),
    path(f"{SCALE}/remove/", instrument_draft.InstrumentScaleRemoveView.as_view(), name="instrument-scale-remove"),
]
