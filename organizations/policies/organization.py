"""Who may do what with organizations. The message is the sentence the person reads."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role, Scope
from incubator.base.panels import panels_for
from incubator.base.policies import signed_in
from incubator.divisions.models import Division
from organizations.querysets import AREA_READERS, NAME_READERS, served_divisions

# Roles on a place that keep the organizations there: register, change, take on filings for them.
KEEPERS = (Role.SOCIAL_WORKER, Role.COMMUNITY_STAFF, Role.STREET_STAFF, Role.HUB_CENTER, Role.DISTRICT_ADMIN)
# Offices that may say that an organization has come to its end.
ENDERS = (Role.COMMUNITY_STAFF, Role.STREET_STAFF, Role.DISTRICT_ADMIN)
MASKED_HEAD, MASKED_TAIL = 3, 4


def leads(user, organization):
    """Whether the person is a leader of the organization."""
    return organization.uuid in user.access.bodies(Scope.ORGANIZATION, Role.ORGANIZATION_LEADER)


def supervises_place(user, division):
    return any(area.contains(division) for area in served_divisions(user))


def check_list_organizations(user):
    signed_in(user)


def check_export_organizations(user):
    """The list as a file. Who holds no role anywhere has nothing to take along."""
    signed_in(user)
    if not user.access.grants:
        raise PermissionDenied(_("You have no role yet, so there are no organizations to export."))


def check_view_organization(user, organization=None):
    """The same rule as ``SocialOrganization.objects.visible_to``; a test holds them against each other."""
    signed_in(user)
    if organization is None or user.access.is_platform_admin or leads(user, organization):
        return
    community = organization.community
    if not user.access.covers(community, *AREA_READERS) and not supervises_place(user, community):
        raise PermissionDenied(_("This organization is in a place that you have no role in."))


def check_view_organization_growth(user, organization=None):
    """Whoever has anything to see there: the apps that look at growth say to whom they show it."""
    check_view_organization(user, organization)
    if organization is not None and not panels_for(user, organization, "growth"):
        raise PermissionDenied(_("You have no role that reads how this organization grows."))


def check_register_organization(user, community=None):
    """``community`` None: whether there is any place at all in which the person may."""
    signed_in(user)
    if not user.access.has(*KEEPERS):
        raise PermissionDenied(_("Organizations are registered by social workers, communities, streets and centres."))
    if community is not None and not user.access.covers(community, *KEEPERS):
        raise PermissionDenied(_("You have no role in this community. Please ask its street office."))


def communities_to_register_in(user):
    """The communities that ``check_register_organization`` lets the person choose."""
    return Division.objects.current().communities().within(user.access.divisions(*KEEPERS)).order_by("code")


# Roles that take over whole lists; agency supervisors for the places that their agency serves.
IMPORTERS = (Role.STREET_STAFF, Role.COMMUNITY_STAFF, Role.HUB_CENTER, Role.DISTRICT_ADMIN)


def check_import_organizations(user):
    signed_in(user)
    if not user.access.has(*IMPORTERS, Role.AGENCY_SUPERVISOR):
        raise PermissionDenied(_("Lists are taken over by streets, communities, centres and agency supervisors."))


def import_places(user):
    """The places whose organizations the person's lists may name."""
    return [*user.access.divisions(*IMPORTERS), *served_divisions(user)]


def check_update_organization(user, organization):
    check_view_organization(user, organization)
    if organization.state == "dissolved":
        raise PermissionDenied(_("The organization is dissolved; its file is closed."))
    if not leads(user, organization) and not user.access.covers(organization.community, *KEEPERS):
        raise PermissionDenied(_("The organization's leader, its social worker, community or street may change this."))


def check_rest_organization(user, organization):
    """Saying that an organization rests. Whether it can, given its state, is the guard's business."""
    check_view_organization(user, organization)
    if not leads(user, organization) and not user.access.covers(organization.community, *KEEPERS):
        raise PermissionDenied(_("The organization's leader, its social worker, community or street may say this."))


def check_wake_organization(user, organization):
    check_rest_organization(user, organization)


def check_dissolve_organization(user, organization):
    check_view_organization(user, organization)
    if not user.access.covers(organization.community, *ENDERS):
        raise PermissionDenied(_("That an organization has ended is recorded by its community, street or district."))


def contact_reader(user):
    """A function (organization's uuid, code of its community) → bool: may the person read how to reach it?
    Those who serve it and its leaders may, offices see the number masked. Made once for a whole list or file."""
    codes = tuple(place.code for place in (*user.access.divisions(*NAME_READERS), *served_divisions(user)))
    own = user.access.bodies(Scope.ORGANIZATION, Role.ORGANIZATION_LEADER)
    return lambda uuid, community_code: uuid in own or (bool(codes) and community_code.startswith(codes))


def check_view_contact(user, organization):
    check_view_organization(user, organization)
    if not contact_reader(user)(organization.uuid, organization.community.code):
        raise PermissionDenied(_("The number is shown to those who serve the organization and to its leaders."))


def masked_phone(phone):
    """ "138****1234"; a number too short for that shows nothing."""
    if len(phone) < MASKED_HEAD + 2 * MASKED_TAIL:
        return "****" if phone else ""
    return f"{phone[:MASKED_HEAD]}****{phone[-MASKED_TAIL:]}"
