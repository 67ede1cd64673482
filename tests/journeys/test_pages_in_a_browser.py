"""The pages of the first part in Chromium, for each kind of person, in both languages, on the phone and at a desk:
they open, ask no other host, complain about nothing, do not scroll sideways, and put up no barrier."""

import pytest
from django.urls import reverse

from organizations.models import Agency, Filing
from projects.models import Activity, IncubationProject
from tests.journeys.window import DESKTOP, LOCALES, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OFFICE = {"organizations", "organization", "filing", "activities", "activity", "counts", "communities", "divisions"}
# Who opens what; the names are those of ``addresses`` below.
PERSONS = {
    "worker": OFFICE | {"tabs", "register", "form", "choose", "agency", "talents", "project", "profile"},
    "staff": OFFICE | {"tabs", "filings", "agency", "people", "invitations", "project", "imports"},
    "leader": {"organizations", "organization", "tabs", "filing", "form", "activity", "divisions", "profile"},
    "community_staff": OFFICE | {"tabs", "register", "form", "talents"},
    "district_admin": OFFICE | {"filings", "agency", "people"},
    "admin": {"organizations", "organization", "communities", "divisions", "people", "operations", "audit", "imports"},
}


def addresses(street):
    """{name: [address]} of the street's pages."""
    organization = [street.organization.uuid]
    place, record = [street.community.code], street.records

    def of(name, *arguments):
        return reverse(name, args=arguments)

    return {
        "home": [of("site:home")],
        "organizations": [of("organizations:organization-list")],
        "organization": [of("organizations:organization-detail", *organization)],
        "tabs": [
            of(f"organizations:{tab}", *organization) for tab in ("membership-list", "dossier-detail", "filing-tab")
        ],
        "register": [of("organizations:organization-register")],
        "filings": [of("organizations:filing-list")],
        "filing": [of("organizations:filing-detail", filing.uuid) for filing in record[Filing][:1]],
        "choose": [of("projects:activity-create")],
        "form": [of("projects:activity-create", kind) for kind in ("visit", "training")],
        "activities": [of("projects:activity-list")],
        "activity": [of("projects:activity-detail", record[Activity][0].uuid)],
        "counts": [of("projects:activity-counts")],
        "project": [of("projects:project-detail", record[IncubationProject][0].uuid)],
        "communities": [of("organizations:community-list"), of("organizations:community-detail", *place)],
        "divisions": [of("divisions:division-list"), of("divisions:division-detail", *place)],
        "talents": [of("organizations:talent-list")],
        "agency": [of("organizations:agency-list"), of("organizations:agency-detail", record[Agency][0].uuid)],
        "people": [of("accounts:user-list")],
        "invitations": [of("accounts:invitation-list")],
        "imports": [of("importing:batch-list")],
        "operations": [of(f"jobs:{page}-list") for page in ("job", "schedule", "run")],
        "audit": [of("audit:event-list")],
        "profile": [of("accounts:profile")],
    }


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("person", PERSONS)
def test_pages_open_without_barriers(open_window, streets, person, language):
    """Each page is loaded on the phone; what stands on it is then looked through there (Chinese), or at a desk's width
    (English): the two languages stand on the same templates, and the whole walk stays within minutes."""
    sizes = (PHONE, PHONE) if language == "zh-hans" else (PHONE, DESKTOP)
    window = open_window(getattr(streets, person), language=language)
    known = addresses(streets.here)
    looked = set()
    for name in ("home", *sorted(PERSONS[person])):
        for address in known[name]:
            window.open(address)
            assert window.page.locator("html").get_attribute("lang") == language
            window.look_for_width()
            window.resize(sizes[-1])
            window.look_for_barriers()
            window.resize(sizes[0])
            looked.add(name)
    assert looked == PERSONS[person] | {"home"}
