from organizations.models.agency import Agency, AgencyServiceArea, SocialWorker, WorkerTraining
from organizations.models.community import CommunityProfile, Place
from organizations.models.dossier import DossierHeading, DossierItem
from organizations.models.filing import Filing, FilingCounter, FilingPaper, FilingRule
from organizations.models.membership import Membership
from organizations.models.need import ResidentNeed
from organizations.models.organization import OrganizationType, SocialOrganization
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
    "OrganizationType",
    "Place",
    "ResidentNeed",
    "SocialOrganization",
    "SocialWorker",
    "Talent",
    "WorkerTraining",
]
