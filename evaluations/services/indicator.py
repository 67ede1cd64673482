"""What indicators share: one answer for each organization, from readings that all of them share, and where to go."""

from django.urls import reverse
from django.utils.translation import gettext as _

from evaluations.policies.review import check_open_review
from evaluations.registries import Fact
from evaluations.services.readings import readings
from organizations.policies.organization import check_update_organization

UNKNOWN = Fact(None)


class Indicator:
    """``find(read, key) -> Fact`` tells the fact about one organization out of the shared readings."""

    unit = ""

    @classmethod
    def compute(cls, organizations, as_of):
        read = readings(organizations, as_of)
        return {key: cls.find(read, key) for key in read.rows}

    @classmethod
    def find(cls, read, key):
        raise NotImplementedError


class FromPage(Indicator):
    """What stands on the organization's page."""

    check_where = staticmethod(check_update_organization)

    @staticmethod
    def where(organization):
        return reverse("organizations:organization-update", args=[organization.uuid]), _("Fill in the page")


class FromMembers(Indicator):
    """Without a list of members the platform knows nothing about the people: that is unknown, not none."""

    @classmethod
    def find(cls, read, key):
        members = read.members[key]
        return cls.find_among(members) if members else UNKNOWN

    @staticmethod
    def where(organization):
        return reverse("organizations:membership-list", args=[organization.uuid]), _("Keep the list of members")


class FromActivities(Indicator):
    @staticmethod
    def where(organization):
        url = reverse("projects:activity-list")
        return f"{url}?organization={organization.uuid}", _("Look at the activities")


class FromDossier(Indicator):
    @staticmethod
    def where(organization):
        return reverse("organizations:dossier-detail", args=[organization.uuid]), _("Put it into the dossier")


class FromFilings(Indicator):
    @staticmethod
    def where(organization):
        return reverse("organizations:filing-tab", args=[organization.uuid]), _("Go to the filings")


def in_the_review(organization):
    return reverse("evaluations:review-open", args=[organization.uuid]), _("Say it in the review")


class NotYetKnown(Indicator):
    """The platform keeps no such records: people say it in the review. Never a guess."""

    @classmethod
    def find(cls, read, key):
        return UNKNOWN

    check_where = staticmethod(check_open_review)
    where = staticmethod(in_the_review)
