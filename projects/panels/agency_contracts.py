"""The service contracts of an agency, on its page."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.base.panels import Panel, panels
from incubator.base.policies import verdict
from projects.models import ServiceContract
from projects.policies.contract import check_add_contract, check_list_contracts
from projects.policies.handover import check_add_handover

SHOWN = 10


def check_view_contracts_of(user, agency):
    """Whether contracts are this person's business at all; which ones says ``visible_to``."""
    check_list_contracts(user)


@panels.register
class AgencyContracts(Panel):
    code = "agency-contracts"
    target = "organizations.agency"
    label = _("Service contracts")
    template = "projects/panels/agency_contracts.html"
    policy = staticmethod(check_view_contracts_of)
    order = 30

    @classmethod
    def context(cls, user, thing):
        found = ServiceContract.objects.visible_to(user).filter(agency=thing).order_by("-ends_on", "-pk")
        return {
            "agency": thing,
            "contracts": found[:SHOWN],
            "today": timezone.localdate(),
            "add_url": f"{reverse('projects:contract-add')}?agency={thing.uuid}",
            "may_add": verdict(check_add_contract, user),
            "handover_url": f"{reverse('projects:handover-add')}?from={thing.uuid}",
            "may_hand_over": verdict(check_add_handover, user),
        }
