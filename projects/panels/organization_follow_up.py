"""What is left to do for an organization."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from incubator.base.panels import Panel, panels
from projects.panels.project_follow_up import follow_ups_of
from projects.policies.activity import check_view_activities_of


@panels.register
class OrganizationFollowUp(Panel):
    code = "organization-follow-up"
    target = "organizations.socialorganization"
    label = _("What is to do")
    template = "projects/panels/follow_ups.html"
    policy = staticmethod(check_view_activities_of)
    order = 30

    @classmethod
    def context(cls, user, thing):
        return follow_ups_of(user, Q(organization=thing), thing)
