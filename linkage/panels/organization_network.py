"""The support network as a tab of the organization's pages."""

from django.utils.translation import gettext_lazy as _

from linkage.policies.network import check_view_organization_network
from organizations.registries import organization_tabs


@organization_tabs.register
class NetworkTab:
    code = "network"
    label = _("Support network")
    url_name = "linkage:organization-network"
    policy = staticmethod(check_view_organization_network)
