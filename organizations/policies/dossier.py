"""Who reads and fills the dossier of an organization (一组织一档)."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from organizations.policies.filing import check_view_filings
from organizations.policies.organization import check_update_organization, check_view_organization

# Headings whose papers hold names, phones or identity cards: opened by those who may read filings.
PERSONAL_HEADINGS = ("identity", "roster")


def check_view_dossier(user, organization):
    check_view_organization(user, organization)


def check_add_dossier_item(user, organization):
    check_update_organization(user, organization)


def check_view_dossier_item(user, item):
    """Everybody who sees the organization sees that the paper is there; papers with names open for fewer."""
    check_view_dossier(user, item.organization)
    if item.heading.code in PERSONAL_HEADINGS:
        check_view_filings(user, item.organization)


def check_withdraw_dossier_item(user, item):
    check_update_organization(user, item.organization)
    if item.withdrawn_at:
        raise PermissionDenied(_("This document was taken back already."))
