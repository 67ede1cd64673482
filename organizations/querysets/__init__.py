"""What each person may see of communities and organizations."""

from organizations.querysets.agency import AgencyQuerySet, SocialWorkerQuerySet, WorkerTrainingQuerySet
from organizations.querysets.dossier import DossierItemQuerySet
from organizations.querysets.filing import FilingPaperQuerySet, FilingQuerySet
from organizations.querysets.membership import MembershipQuerySet
from organizations.querysets.need import (
    NEED_KEEPERS,
    NEED_READERS,
    NeedAddressQuerySet,
    NeedCategoryQuerySet,
    NeedQuerySet,
)
from organizations.querysets.organization import OfOrganizationQuerySet, OrganizationQuerySet
from organizations.querysets.reach import (
    AREA_READERS,
    COMMUNITY_READERS,
    FILING_READERS,
    NAME_READERS,
    InCommunityQuerySet,
    PublicListQuerySet,
    communities_visible_to,
    served_divisions,
)
from organizations.querysets.resource import OfResourceQuerySet, ResourceQuerySet, VenueBookingQuerySet
from organizations.querysets.talent import TalentQuerySet

__all__ = [
    "AREA_READERS",
    "COMMUNITY_READERS",
    "FILING_READERS",
    "NAME_READERS",
    "NEED_KEEPERS",
    "NEED_READERS",
    "AgencyQuerySet",
    "DossierItemQuerySet",
    "FilingPaperQuerySet",
    "FilingQuerySet",
    "InCommunityQuerySet",
    "MembershipQuerySet",
    "NeedAddressQuerySet",
    "NeedCategoryQuerySet",
    "NeedQuerySet",
    "OfOrganizationQuerySet",
    "OfResourceQuerySet",
    "OrganizationQuerySet",
    "PublicListQuerySet",
    "ResourceQuerySet",
    "SocialWorkerQuerySet",
    "TalentQuerySet",
    "VenueBookingQuerySet",
    "WorkerTrainingQuerySet",
    "communities_visible_to",
    "served_divisions",
]
