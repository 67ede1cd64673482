from organizations.models import booking_guard  # noqa: F401 - puts its triggers on the list
from organizations.models.agency import Agency, AgencyServiceArea, SocialWorker, WorkerTraining
from organizations.models.community import CommunityProfile, Place
from organizations.models.dossier import DossierHeading, DossierItem
from organizations.models.filing import Filing, FilingCounter, FilingPaper, FilingRule
from organizations.models.membership import Membership
from organizations.models.need import NeedAddress, NeedCategory, ResidentNeed
from organizations.models.organization import OrganizationType, SocialOrganization
from organizations.models.resource import Resource, VenueBooking
from organizations.models.talent import Talent

__all__ = [
    "Agency",
    "AgencyServiceArea",
    "CommunityProfile",
    "DossierHeading",
    "DossierItem",
    "Filing",
    "FilingCounter",
    "FilingPaper",
    "FilingRule",
    "Membership",
    "NeedAddress",
    "NeedCategory",
    "OrganizationType",
    "Place",
    "ResidentNeed",
    "Resource",
    "SocialOrganization",
    "SocialWorker",
    "Talent",
    "VenueBooking",
    "WorkerTraining",
]
