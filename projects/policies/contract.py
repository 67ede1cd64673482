"""Who reads and keeps service contracts."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role
from incubator.base.policies import signed_in
from organizations.policies.agency import supervises
from organizations.policies.organization import supervises_place
from projects.policies.activity import READERS
from projects.querysets import CONTRACT_READERS

# Offices that enter contracts of their places; besides them the agency's supervisor.
CONTRACT_KEEPERS = (Role.STREET_STAFF, Role.HUB_CENTER, Role.DISTRICT_ADMIN)


def check_list_contracts(user, thing=None):
    signed_in(user)
    if not user.access.has(*CONTRACT_READERS, Role.AGENCY_SUPERVISOR, Role.SOCIAL_WORKER):
        raise PermissionDenied(_("Service contracts are read by the agency's people and the offices of the places."))


def check_view_contract(user, contract=None):
    """The same rule as ``ServiceContract.objects.visible_to``; a test holds them against each other."""
    signed_in(user)
    if contract is None or supervises(user, contract.agency):
        return
    if user.access.has(*CONTRACT_READERS) and any(
        user.access.covers(place, *CONTRACT_READERS) for place in contract.places.all()
    ):
        return
    if not contract.agency.workers.filter(user=user, left_on__isnull=True).exists():
        raise PermissionDenied(_("This contract is neither of your agency nor of a place that you have a role in."))


def check_add_contract(user, agency=None, places=()):
    """``agency`` None: whether the person may enter contracts at all."""
    signed_in(user)
    if not user.access.has(*CONTRACT_KEEPERS, Role.AGENCY_SUPERVISOR):
        raise PermissionDenied(_("Contracts are entered by street offices, service centres, districts or the agency."))
    if agency is not None:
        _check_keeps(user, agency, places)


def check_update_contract(user, contract=None):
    check_add_contract(user)
    if contract is not None:
        check_view_contract(user, contract)
        _check_keeps(user, contract.agency, contract.places.all())


def _check_keeps(user, agency, places):
    if supervises(user, agency) and all(supervises_place(user, place) for place in places):
        return
    if not places or not all(user.access.covers(place, *CONTRACT_KEEPERS) for place in places):
        raise PermissionDenied(_("The contract reaches into places that you have no role in."))


def check_inspect_contract(user, contract=None):
    """The file of records behind the figures: for those who read activities."""
    check_view_contract(user, contract)
    if not user.access.has(*READERS):
        raise PermissionDenied(_("The records behind the figures are read by those who read activities."))


def check_view_indicator(user, indicator=None):
    check_view_contract(user, indicator and indicator.contract)


def check_update_indicator(user, indicator=None):
    check_update_contract(user, indicator and indicator.contract)
