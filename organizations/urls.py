from django.urls import path

from organizations.views import (
    agency,
    community,
    membership,
    organization,
    organization_export,
    place,
    social_worker,
    talent,
)

app_name = "organizations"

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
]
filing_urls = []
dossier_urls = []

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
