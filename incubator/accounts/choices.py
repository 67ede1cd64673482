from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person does here. Who they do it for is the grant's scope."""

    SOCIAL_WORKER = "social_worker", _("social worker")
    AGENCY_SUPERVISOR = "agency_supervisor", _("agency supervisor")
    STREET_STAFF = "street_staff", _("street-office staff")
    COMMUNITY_STAFF = "community_staff", _("community staff")
    GRID_WORKER = "grid_worker", _("grid worker")
    ORGANIZATION_LEADER = "organization_leader", _("organization leader")
    HUB_CENTER = "hub_center", _("service centre")
    EXPERT = "expert", _("reviewer")
    EVALUATOR = "evaluator", _("third-party evaluator")
    FUNDER = "funder", _("funder")
    FINANCE = "finance", _("finance")
    DISTRICT_ADMIN = "district_admin", _("district admin")
    PLATFORM_ADMIN = "platform_admin", _("platform admin")


class Scope(models.TextChoices):
    """What a role is granted on."""

    DIVISION = "division", _("a place and all within it")
    ORGANIZATION = "organization", _("one organization")
    AGENCY = "agency", _("one agency")
    PLATFORM = "platform", _("the whole platform")


# The scope that each role is granted on.
ROLE_SCOPES = {
    Role.ORGANIZATION_LEADER: Scope.ORGANIZATION,
    Role.AGENCY_SUPERVISOR: Scope.AGENCY,
    Role.PLATFORM_ADMIN: Scope.PLATFORM,
}  # all others: Scope.DIVISION


def scope_of(role):
    return ROLE_SCOPES.get(role, Scope.DIVISION)


def role_label(code):
    """What people call a role; the code itself for one that no longer exists."""
    return Role(code).label if code in Role.values else code


# The roles whose holders look after other people's roles, and which roles they may give in their place.
GRANTABLE_ROLES = {
    Role.DISTRICT_ADMIN: frozenset(set(Role) - {Role.PLATFORM_ADMIN}),
    Role.STREET_STAFF: frozenset(
        {Role.COMMUNITY_STAFF, Role.SOCIAL_WORKER, Role.ORGANIZATION_LEADER, Role.GRID_WORKER}
    ),
    Role.HUB_CENTER: frozenset({Role.SOCIAL_WORKER, Role.ORGANIZATION_LEADER}),
}

# The fixed demonstration accounts (docs/interface.md).
DEMO_USERNAMES = frozenset(
    "worker1 worker2 staff1 staff2 community1 leader1 leader2 expert1 expert2 expert3 expert4 funder1 funder2 district1 "
    "admin hub1 supervisor1 evaluator1 finance1".split()
)


class InvitationStatus(models.TextChoices):
    OPEN = "open", _("open")
    ACCEPTED = "accepted", _("accepted")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Language(models.TextChoices):
    BROWSER = "", _("as the browser says")
    CHINESE = "zh-hans", "简体中文"
    ENGLISH = "en", "English"
