"""Who reads and fills the dossier of an organization (一组织一档)."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from organizations.policies.organization import check_update_organization, check_view_organization, contact_reader


def check_view_dossier(user, organization):
    """Headings, completeness and numbers, for everybody who sees the organization."""
    check_view_organization(user, organization)


def check_read_dossier(user, organization):
    """The documents themselves and their titles, which may hold names; the same rule as ``DossierItem.objects
    .visible_to``. Offices read what belongs to filings by :func:`check_view_filings`, and no more."""
    check_view_dossier(user, organization)
    if not contact_reader(user)(organization.uuid, organization.community.code):
        raise PermissionDenied(_("Documents are read by those who serve the organization and by its leaders."))


def check_add_dossier_item(user, organization):
    check_update_organization(user, organization)


def check_view_dossier_item(user, item):
    check_read_dossier(user, item.organization)


def check_withdraw_dossier_item(user, item):
    check_update_organization(user, item.organization)
    check_view_dossier_item(user, item)
    if item.withdrawn_at:
        raise PermissionDenied(_("This document was taken back already."))
