"""Who prepares, checks and decides filings. Which state allows what is the model's; here it is only about people."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role
from incubator.base.policies import signed_in
from organizations.choices import FilingStatus, LegalStatus, OrganizationState
from organizations.policies.organization import check_view_organization, leads, supervises_place
from organizations.querysets import FILING_READERS

# Roles on a place that prepare filings there, besides the organization's own leaders.
PREPARERS = (Role.SOCIAL_WORKER, Role.COMMUNITY_STAFF, Role.HUB_CENTER)
# Roles on a place that keep a street's rule and its register.
RULE_KEEPERS = (Role.STREET_STAFF, Role.DISTRICT_ADMIN)


def check_list_filings(user):
    signed_in(user)


def check_view_filings(user, organization):
    """The same rule as ``Filing.objects.visible_to``: a filing shows names, so not everybody in the place reads it."""
    signed_in(user)
    community = organization.community
    if leads(user, organization) or user.access.covers(community, *FILING_READERS):
        return
    if not supervises_place(user, community):
        raise PermissionDenied(
            _("Filings hold names. They are read by the organization, its social worker, community, street and district.")
        )


def check_view_filing(user, filing):
    check_view_filings(user, filing.organization)


def check_view_filing_paper(user, paper):
    check_view_filing(user, paper.filing)


def _check_prepare(user, organization):
    check_view_organization(user, organization)
    if organization.state == OrganizationState.DISSOLVED:
        raise PermissionDenied(_("The organization is dissolved; its file is closed."))
    if not leads(user, organization) and not user.access.covers(organization.community, *PREPARERS):
        raise PermissionDenied(
            _("Filings are prepared by the organization's leader, its social worker, its community or the service centre.")
        )


def check_open_filing(user, organization):
    _check_prepare(user, organization)
    if organization.legal_status == LegalStatus.REGISTERED:
        raise PermissionDenied(_("Registered organizations are not filed: they stand in the register of civil affairs."))


def check_save_filing(user, filing):
    _check_prepare(user, filing.organization)


def check_add_filing_paper(user, filing):
    _check_prepare(user, filing.organization)


def check_withdraw_filing_paper(user, paper):
    _check_prepare(user, paper.filing.organization)


def check_submit_filing(user, filing):
    _check_prepare(user, filing.organization)


def check_check_filing(user, filing):
    signed_in(user)
    if not user.access.covers(filing.organization.community, Role.COMMUNITY_STAFF):
        raise PermissionDenied(_("The first check is made by the staff of the organization's community."))


def _check_decide(user, filing):
    signed_in(user)
    if not user.access.covers(filing.organization.community, Role.STREET_STAFF):
        raise PermissionDenied(_("This is decided by the staff of the organization's street office."))


def check_return_filing(user, filing):
    """Before the first check the community returns it, or the street; after it the street alone."""
    if filing.status == FilingStatus.SUBMITTED and user.is_authenticated:
        community = filing.organization.community
        if user.access.covers(community, Role.COMMUNITY_STAFF, Role.STREET_STAFF):
            return
        raise PermissionDenied(_("A filing is returned by its community or its street office."))
    _check_decide(user, filing)
    _check_is_not_checker(user, filing)


def check_file_filing(user, filing):
    _check_decide(user, filing)
    _check_is_not_checker(user, filing)


def _check_is_not_checker(user, filing):
    if filing.checked_by_id == user.pk:
        raise PermissionDenied(_("The first check of this filing was yours, so a colleague of the street decides."))


def check_suspend_filing(user, filing):
    _check_decide(user, filing)


def check_resume_filing(user, filing):
    _check_decide(user, filing)


def check_cancel_filing(user, filing):
    """A draft is dropped by those who prepare it; what is filed is ended by the street."""
    if filing.is_open:
        _check_prepare(user, filing.organization)
    else:
        _check_decide(user, filing)


def check_list_filing_rules(user):
    signed_in(user)
    if not user.access.has(*RULE_KEEPERS):
        raise PermissionDenied(_("How a street files is set by its street office or by the district."))


def check_update_filing_rule(user, street):
    check_list_filing_rules(user)
    if not user.access.covers(street, *RULE_KEEPERS):
        raise PermissionDenied(_("This is another street. Its own street office sets how it files."))


def check_print_register(user, street):
    signed_in(user)
    if not user.access.covers(street, *RULE_KEEPERS):
        raise PermissionDenied(_("The register of filings is printed by the street office or the district."))
