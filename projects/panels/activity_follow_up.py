"""What follows from a record, and what it got done."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from incubator.base.panels import Panel, panels
from incubator.base.policies import verdict
from projects.choices import FollowUpKind, FollowUpStatus
from projects.forms.follow_up import FollowUpPromiseForm
from projects.models import FollowUp
from projects.policies.activity import check_log_activity, check_view_activity
from projects.policies.follow_up import check_promise_follow_up

MOST = 10


@panels.register
class ActivityFollowUp(Panel):
    code = "activity-follow-up"
    target = "projects.activity"
    label = _("What follows")
    template = "projects/panels/activity_follow_up.html"
    policy = staticmethod(check_view_activity)
    order = 50

    @classmethod
    def context(cls, user, thing):
        wanted = Q(activity=thing) | Q(closed_by_activity=thing)
        if verdict(check_log_activity, user, thing.organization):
            wanted |= Q(organization=thing.organization, status=FollowUpStatus.OPEN)
        known = list(FollowUp.objects.visible_to(user).filter(wanted).order_by("due_on", "pk")[: 5 * MOST])
        born = [item for item in known if item.activity_id == thing.pk]
        others = [item for item in known if item.activity_id != thing.pk]
        is_promised = any(item.kind == FollowUpKind.PROMISE for item in born)
        return {
            "activity": thing,
            "born": born[:MOST],
            "offers": [item for item in others if item.status == FollowUpStatus.OPEN][:MOST],
            "done": [item for item in others if item.closed_by_activity_id == thing.pk][:MOST],
            "asks_for_promise": bool(thing.next_step)
            and not is_promised
            and bool(verdict(check_promise_follow_up, user, thing)),
            "form": FollowUpPromiseForm(auto_id="id_promise_%s"),
        }
