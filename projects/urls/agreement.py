from django.urls import path, re_path

from projects.views import agreement, document

_UUID = "(?P<uuid>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"

urlpatterns = [
    path("<uuid:uuid>/agreement/", agreement.AgreementUpdateView.as_view(), name="agreement-update"),
    path("<uuid:uuid>/agreement/sign/", agreement.AgreementSignView.as_view(), name="agreement-sign"),
    path("agreements/<uuid:uuid>/agreement.docx", agreement.AgreementPaperView.as_view(), name="agreement-paper"),
    path("<uuid:uuid>/documents/add/", document.DocumentAddView.as_view(), name="document-add"),
    path("documents/<uuid:uuid>/withdraw/", document.DocumentWithdrawView.as_view(), name="document-withdraw"),
    re_path(
        rf"^documents/{_UUID}\.(?P<extension>pdf|docx|xlsx|jpg|png|webp)$",
        document.DocumentFileView.as_view(),
        name="document-file",
    ),
]
