"""What is left to do for a project."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.base.panels import Panel, panels
from incubator.base.policies import verdict
from projects.models import FollowUp
from projects.policies.follow_up import check_create_follow_up
from projects.policies.project import check_view_project

MOST = 10


@panels.register
class ProjectFollowUp(Panel):
    code = "project-follow-up"
    target = "projects.incubationproject"
    label = _("What is to do")
    template = "projects/panels/follow_ups.html"
    policy = staticmethod(check_view_project)
    order = 80

    @classmethod
    def context(cls, user, thing):
        mine = Q(project=thing) | Q(project__isnull=True, organization=thing.organization)
        return follow_ups_of(user, mine, thing.organization)


def follow_ups_of(user, wanted, organization):
    items = FollowUp.objects.visible_to(user).open().filter(wanted).select_related("owner").order_by("due_on", "pk")
    query = f"?organization={organization.uuid}"
    return {
        "items": items[:MOST],
        "today": timezone.localdate(),
        "all_url": f"{reverse('projects:follow-up-list')}{query}&tab=place",
        "create_url": f"{reverse('projects:follow-up-create')}{query}",
        "may_create": verdict(check_create_follow_up, user, organization),
    }
