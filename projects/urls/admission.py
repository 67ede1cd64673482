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
    *(
        path(
            f"admissions/<uuid:uuid>/{code}.docx",
            admission_paper.AdmissionPaperView.as_view(code=code),
            name=f"admission-{code}",
        )
        for code in ("application", "opinion", "decision", "extension", "leaving")
    ),
]
