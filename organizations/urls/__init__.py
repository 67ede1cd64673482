from django.urls import path, re_path

from organizations.views import (
    agency,
    community,
    dossier,
    filing,
    filing_decision,
    filing_paper,
    filing_print,
    filing_rule,
    membership,
    need,
    need_address,
    organization,
    organization_export,
    place,
    resource,
    social_worker,
    talent,
    training,
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
    path("<uuid:uuid>/growth/", organization.OrganizationGrowthView.as_view(), name="organization-growth"),
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


membership_urls = [
    path("members/<uuid:uuid>/edit/", membership.MembershipUpdateView.as_view(), name="membership-update"),
    path("members/<uuid:uuid>/appoint/", membership.MembershipAppointView.as_view(), name="membership-appoint"),
    path("members/<uuid:uuid>/end/", membership.MembershipEndView.as_view(), name="membership-end"),
    path("<uuid:uuid>/members/", membership.MembershipListView.as_view(), name="membership-list"),
    path("<uuid:uuid>/members/add/", membership.MembershipAddView.as_view(), name="membership-add"),
    path(
        "<uuid:uuid>/members/add-several/", membership.MembershipAddSeveralView.as_view(), name="membership-add-several"
    ),
    path("<uuid:uuid>/members/roster.xlsx", membership.MembershipExportView.as_view(), name="membership-export"),
]
talent_urls = [
    path("talents/", talent.TalentListView.as_view(), name="talent-list"),
    path("talents/add/", talent.TalentAddView.as_view(), name="talent-add"),
    path("talents/<uuid:uuid>/edit/", talent.TalentUpdateView.as_view(), name="talent-update"),
    path("talents/<uuid:uuid>/move/", talent.TalentMoveView.as_view(), name="talent-move"),
]
agency_urls = [
    path("agencies/", agency.AgencyListView.as_view(), name="agency-list"),
    path("agencies/add/", agency.AgencyAddView.as_view(), name="agency-add"),
    path("agencies/<uuid:uuid>/", agency.AgencyDetailView.as_view(), name="agency-detail"),
    path("agencies/<uuid:uuid>/edit/", agency.AgencyUpdateView.as_view(), name="agency-update"),
    path("agencies/<uuid:uuid>/areas/add/", agency.ServiceAreaAddView.as_view(), name="service-area-add"),
    path(
        "agencies/<uuid:uuid>/areas/<str:code>/remove/",
        agency.ServiceAreaRemoveView.as_view(),
        name="service-area-remove",
    ),
    path("agencies/<uuid:uuid>/workers/add/", social_worker.SocialWorkerAddView.as_view(), name="social-worker-add"),
    path("workers/<uuid:uuid>/edit/", social_worker.SocialWorkerUpdateView.as_view(), name="social-worker-update"),
    path("workers/<uuid:uuid>/end/", social_worker.SocialWorkerEndView.as_view(), name="social-worker-end"),
    path("workers/<uuid:uuid>/link/", social_worker.SocialWorkerLinkView.as_view(), name="social-worker-link"),
    path("workers/<uuid:uuid>/unlink/", social_worker.SocialWorkerUnlinkView.as_view(), name="social-worker-unlink"),
    path("workers/<uuid:uuid>/trainings/", training.TrainingListView.as_view(), name="training-list"),
    path("workers/<uuid:uuid>/trainings/add/", training.TrainingAddView.as_view(), name="training-add"),
    path("workers/trainings/<uuid:uuid>/remove/", training.TrainingRemoveView.as_view(), name="training-remove"),
]

need_urls = [
    path("needs/", need.NeedListView.as_view(), name="need-list"),
    re_path(r"^needs/export\.(?P<extension>csv|xlsx)$", need.NeedExportView.as_view(), name="need-export"),
    path("needs/raise/", need.NeedRaiseView.as_view(), name="need-raise"),
    path("needs/kinds/", need_address.NeedCategoryListView.as_view(), name="need-category-list"),
    path("needs/kinds/add/", need_address.NeedCategoryAddView.as_view(), name="need-category-add"),
    path("needs/kinds/<uuid:uuid>/switch/", need_address.NeedCategorySwitchView.as_view(), name="need-category-switch"),
    path("needs/page/<slug:code>/", need_address.NeedAddressView.as_view(), name="need-address"),
    path("needs/page/<slug:code>/code.png", need_address.NeedAddressQrView.as_view(), name="need-address-qr"),
    path("needs/page/<slug:code>/open/", need_address.NeedAddressMakeView.as_view(), name="need-address-make"),
    path("needs/page/<slug:code>/close/", need_address.NeedAddressRevokeView.as_view(), name="need-address-revoke"),
    path("needs/<uuid:uuid>/", need.NeedDetailView.as_view(), name="need-detail"),
    path("needs/<uuid:uuid>/accept/", need.NeedAcceptView.as_view(), name="need-accept"),
    path("needs/<uuid:uuid>/assign/", need.NeedAssignView.as_view(), name="need-assign"),
    path("needs/<uuid:uuid>/release/", need.NeedReleaseView.as_view(), name="need-release"),
    path("needs/<uuid:uuid>/meet/", need.NeedMeetView.as_view(), name="need-meet"),
    path("needs/<uuid:uuid>/refer/", need.NeedReferView.as_view(), name="need-refer"),
    path("needs/<uuid:uuid>/reply/", need.NeedReplyView.as_view(), name="need-reply"),
    path("needs/<uuid:uuid>/decline/", need.NeedDeclineView.as_view(), name="need-decline"),
    path("needs/<uuid:uuid>/forget/", need.NeedContactEraseView.as_view(), name="need-contact-erase"),
    path("needs/<uuid:uuid>/merge/", need.NeedMergeView.as_view(), name="need-merge"),
]
resource_urls = [
    path("resources/", resource.ResourceListView.as_view(), name="resource-list"),
    re_path(
        r"^resources/export\.(?P<extension>csv|xlsx)$", resource.ResourceExportView.as_view(), name="resource-export"
    ),
    path("resources/add/", resource.ResourceAddView.as_view(), name="resource-add"),
    path("resources/<uuid:uuid>/", resource.ResourceDetailView.as_view(), name="resource-detail"),
    path("resources/<uuid:uuid>/edit/", resource.ResourceUpdateView.as_view(), name="resource-update"),
    path("resources/<uuid:uuid>/book/", resource.VenueBookView.as_view(), name="venue-book"),
    path("bookings/<uuid:uuid>/cancel/", resource.VenueCancelView.as_view(), name="venue-cancel"),
]

# Words come before <uuid:uuid>/, so that no address hides another.
urlpatterns = [
    *community_urls,
    *talent_urls,
    *agency_urls,
    *filing_urls,
    *dossier_urls,
    *membership_urls,
    *need_urls,
    *resource_urls,
    *organization_urls,
]
