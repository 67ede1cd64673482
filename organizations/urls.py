from django.urls import path, re_path

from organizations.views import (
    community,
    dossier,
    filing,
    filing_decision,
    filing_paper,
    filing_print,
    filing_rule,
    organization,
    organization_export,
    place,
)

app_name = "organizations"

_UUID = "(?P<uuid>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
_KEPT = rf"{_UUID}\.(?P<extension>pdf|docx|xlsx|jpg|png|webp)$"

organization_urls = [
    path("", organization.OrganizationListView.as_view(), name="organization-list"),
    path("export.csv", organization_export.OrganizationExportCsvView.as_view(), name="organization-export-csv"),
    path("export.xlsx", organization_export.OrganizationExportXlsxView.as_view(), name="organization-export-xlsx"),
    path("register/", organization.OrganizationRegisterView.as_view(), name="organization-register"),
    path("<uuid:uuid>/", organization.OrganizationDetailView.as_view(), name="organization-detail"),
    path("<uuid:uuid>/edit/", organization.OrganizationUpdateView.as_view(), name="organization-update"),
    path("<uuid:uuid>/rest/", organization.OrganizationRestView.as_view(), name="organization-rest"),
    path("<uuid:uuid>/wake/", organization.OrganizationWakeView.as_view(), name="organization-wake"),
    path("<uuid:uuid>/dissolve/", organization.OrganizationDissolveView.as_view(), name="organization-dissolve"),
]
community_urls = [
    path("communities/", community.CommunityListView.as_view(), name="community-list"),
    path("communities/search/", organization.CommunitySearchView.as_view(), name="community-search"),
    path("communities/<slug:code>/", community.CommunityDetailView.as_view(), name="community-detail"),
    path("communities/<slug:code>/edit/", community.CommunityUpdateView.as_view(), name="community-update"),
    path("communities/<slug:code>/places/add/", place.PlaceAddView.as_view(), name="place-add"),
    path("places/<uuid:uuid>/rename/", place.PlaceRenameView.as_view(), name="place-rename"),
    path("places/<uuid:uuid>/retire/", place.PlaceRetireView.as_view(), name="place-retire"),
    path("places/<uuid:uuid>/restore/", place.PlaceRestoreView.as_view(), name="place-restore"),
]
membership_urls = []
talent_urls = []
agency_urls = []
filing_urls = [
    path("filings/", filing.FilingListView.as_view(), name="filing-list"),
    re_path(
        r"^filings/register\.(?P<extension>csv|xlsx)$", filing.FilingRegisterFileView.as_view(), name="filing-register"
    ),
    path(
        "filings/register/<str:code>/<int:year>.docx",
        filing_print.FilingRegisterPaperView.as_view(),
        name="filing-register-paper",
    ),
    path("filings/rules/", filing_rule.FilingRuleListView.as_view(), name="filing-rule-list"),
    path("filings/rules/<str:code>/", filing_rule.FilingRuleUpdateView.as_view(), name="filing-rule-update"),
    re_path(rf"^filings/papers/{_KEPT}", filing_paper.FilingPaperFileView.as_view(), name="filing-paper-file"),
    path(
        "filings/papers/<uuid:uuid>/withdraw/",
        filing_paper.FilingPaperWithdrawView.as_view(),
        name="filing-paper-withdraw",
    ),
    path("filings/<uuid:uuid>/", filing.FilingDetailView.as_view(), name="filing-detail"),
    path("filings/<uuid:uuid>/save/", filing.FilingSaveView.as_view(), name="filing-save"),
    path("filings/<uuid:uuid>/papers/add/", filing_paper.FilingPaperAddView.as_view(), name="filing-paper-add"),
    path("filings/<uuid:uuid>/submit/", filing.FilingSubmitView.as_view(), name="filing-submit"),
    path("filings/<uuid:uuid>/check/", filing_decision.FilingCheckView.as_view(), name="filing-check"),
    path("filings/<uuid:uuid>/return/", filing_decision.FilingReturnView.as_view(), name="filing-return"),
    path("filings/<uuid:uuid>/file/", filing_decision.FilingFileView.as_view(), name="filing-file"),
    path("filings/<uuid:uuid>/suspend/", filing_decision.FilingSuspendView.as_view(), name="filing-suspend"),
    path("filings/<uuid:uuid>/resume/", filing_decision.FilingResumeView.as_view(), name="filing-resume"),
    path("filings/<uuid:uuid>/cancel/", filing_decision.FilingCancelView.as_view(), name="filing-cancel"),
    path(
        "filings/<uuid:uuid>/application.docx", filing_print.FilingApplicationView.as_view(), name="filing-application"
    ),
    path(
        "filings/<uuid:uuid>/certificate.docx", filing_print.FilingCertificateView.as_view(), name="filing-certificate"
    ),
    path("<uuid:uuid>/filings/", filing.FilingTabView.as_view(), name="filing-tab"),
    path("<uuid:uuid>/filings/open/", filing.FilingOpenView.as_view(), name="filing-open"),
]
dossier_urls = [
    re_path(rf"^dossier/{_KEPT}", dossier.DossierItemFileView.as_view(), name="dossier-item-file"),
    path("dossier/<uuid:uuid>/withdraw/", dossier.DossierItemWithdrawView.as_view(), name="dossier-item-withdraw"),
    path("<uuid:uuid>/dossier/", dossier.DossierDetailView.as_view(), name="dossier-detail"),
    path("<uuid:uuid>/dossier/add/", dossier.DossierItemAddView.as_view(), name="dossier-item-add"),
    path("<uuid:uuid>/dossier/index.docx", dossier.DossierIndexView.as_view(), name="dossier-index"),
]

# Words come before <uuid:uuid>/, so that no address hides another.
urlpatterns = [
    *community_urls,
    *talent_urls,
    *agency_urls,
    *filing_urls,
    *dossier_urls,
    *membership_urls,
    *organization_urls,
]
