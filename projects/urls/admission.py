from django.urls import path

from projects.views import admission, admission_paper

urlpatterns = [
    path("admissions/", admission.AdmissionListView.as_view(), name="admission-list"),
    path("admissions/apply/<uuid:uuid>/", admission.AdmissionApplyView.as_view(), name="admission-apply"),
    path("admissions/<uuid:uuid>/", admission.AdmissionDetailView.as_view(), name="admission-detail"),
    path("admissions/<uuid:uuid>/screen/", admission.AdmissionScreenView.as_view(), name="admission-screen"),
    path("admissions/<uuid:uuid>/admit/", admission.AdmissionAdmitView.as_view(), name="admission-admit"),
    path("admissions/<uuid:uuid>/refuse/", admission.AdmissionRefuseView.as_view(), name="admission-refuse"),
    path("admissions/<uuid:uuid>/extend/", admission.AdmissionExtendView.as_view(), name="admission-extend"),
    path("admissions/<uuid:uuid>/leave/", admission.AdmissionLeaveView.as_view(), name="admission-leave"),
    path(
        "admissions/<uuid:uuid>/application.docx",
        admission_paper.AdmissionApplicationView.as_view(),
        name="admission-application",
    ),
    path(
        "admissions/<uuid:uuid>/opinion.docx", admission_paper.AdmissionOpinionView.as_view(), name="admission-opinion"
    ),
    path(
        "admissions/<uuid:uuid>/decision.docx",
        admission_paper.AdmissionDecisionView.as_view(),
        name="admission-decision",
    ),
    path(
        "admissions/<uuid:uuid>/extension.docx",
        admission_paper.AdmissionExtensionView.as_view(),
        name="admission-extension",
    ),
    path(
        "admissions/<uuid:uuid>/leaving.docx", admission_paper.AdmissionLeavingView.as_view(), name="admission-leaving"
    ),
]
