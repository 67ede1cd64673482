
app_name = "organizations"

organization_urls = []
community_urls = []
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
