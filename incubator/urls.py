"""All addresses, app by app. Fixed ones are listed in docs/interface.md."""

from django.urls import include, path

urlpatterns = [
    path("", include("incubator.site.urls")),
    path("accounts/", include("incubator.accounts.urls")),
    path("divisions/", include("incubator.divisions.urls")),
    path("notifications/", include("incubator.notifications.urls")),
    path("audit/", include("incubator.audit.urls")),
    path("operations/", include("incubator.site.operations.urls")),
    path("imports/", include("incubator.importing.urls")),
    path("reports/", include("incubator.reporting.urls")),
    path("calendar/", include("incubator.calendars.urls")),
    path("organizations/", include("organizations.urls")),
    path("projects/", include("projects.urls")),
    path("evaluations/", include("evaluations.urls")),
    path("linkage/", include("linkage.urls")),
    path("s/", include("projects.urls.sign_in")),
    path("q/", include("evaluations.urls.answer")),
    path("n/", include("organizations.urls.need")),
    path("api/v1/", include("incubator.api.urls")),
]

handler400 = "incubator.base.error_pages.bad_request"
handler403 = "incubator.base.error_pages.forbidden"
handler404 = "incubator.base.error_pages.not_found"
handler500 = "incubator.base.error_pages.server_error"
