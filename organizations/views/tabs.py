"""The pages of one organization stand under one heading with tabs."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from incubator.base.policies import verdict
from organizations.models import SocialOrganization
from organizations.policies.dossier import check_view_dossier
from organizations.policies.filing import check_view_filings
from organizations.policies.membership import check_list_memberships
from organizations.policies.organization import check_view_organization, check_view_organization_growth
from organizations.registries import organization_tabs as tabs_of_higher_apps

# (code, label, URL name, policy), in the order shown
TABS = (
    ("overview", _("Overview"), "organization-detail", check_view_organization),
    (
        "growth",
        pgettext_lazy("tab of an organization", "Growth"),
        "organization-growth",
        check_view_organization_growth,
    ),
    ("members", _("Members"), "membership-list", check_list_memberships),
    ("filings", _("Filings"), "filing-tab", check_view_filings),
    ("dossier", _("Dossier"), "dossier-detail", check_view_dossier),
)


class OrganizationTabMixin:
    """For pages below ``/organizations/<uuid>/``: loads the organization from what the person may see (else 404), asks
    the page's policy about it, and gives ``organization`` and ``tabs`` to the template. Stands left of the page class."""

    tab = ""
    policy_needs_object = True

    @cached_property
    def organization(self):
        queryset = SocialOrganization.objects.visible_to(self.request.user).with_names().select_related("place")
        return get_object_or_404(queryset, uuid=self.kwargs["uuid"])

    def dispatch(self, request, *args, **kwargs):
        self.policy(request.user, self.organization)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            organization=self.organization,
            tabs=organization_tabs(self.request.user, self.organization, self.tab),
            **kwargs,
        )


def organization_tabs(user, organization, current):
    """[{url, label, current}] of the pages that the person may open."""
    own = [(code, label, f"organizations:{name}", check) for code, label, name, check in TABS]
    others = [(tab.code, tab.label, tab.url_name, tab.policy) for tab in tabs_of_higher_apps]
    return [
        {"url": reverse(name, args=[organization.uuid]), "label": label, "current": code == current}
        for code, label, name, check in own + others
        if verdict(check, user, organization)
    ]
