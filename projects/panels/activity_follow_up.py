"""What follows from a record, and what it got done."""

from django.utils.translation import gettext_lazy as _

from incubator.base.panels import Panel, panels
from incubator.base.policies import verdict
from projects.choices import FollowUpKind
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
        known = FollowUp.objects.visible_to(user)
        born = list(known.filter(activity=thing).order_by("due_on", "pk")[:MOST])
        may_do = verdict(check_log_activity, user, thing.organization)
        offers = (
            known.open().filter(organization=thing.organization).exclude(activity=thing) if may_do else known.none()
        )
        is_promised = any(item.kind == FollowUpKind.PROMISE for item in born)
        return {
            "activity": thing,
            "born": born,
            "offers": offers.order_by("due_on", "pk")[:MOST],
            "done": known.filter(closed_by_activity=thing).exclude(activity=thing).order_by("due_on", "pk")[:MOST],
            "asks_for_promise": bool(thing.next_step)
            and not is_promised
            and bool(verdict(check_promise_follow_up, user, thing)),
            "form": FollowUpPromiseForm(auto_id="id_promise_%s"),
        }
