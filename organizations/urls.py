from django.urls import path

from organizations.views import community, organization, organization_export, place

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
membership_urls = []
talent_urls = []
agency_urls = []
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
