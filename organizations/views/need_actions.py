"""How a need is shown: the tone of its state, and what can be done next by whom."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django_fsm import can_proceed

from incubator.base.policies import verdict
from organizations.choices import NeedStatus
from organizations.policies import need as policies

TONES = {
    NeedStatus.RAISED: "warning",
    NeedStatus.ACCEPTED: "info",
    NeedStatus.ASSIGNED: "info",
    NeedStatus.MET: "success",
    NeedStatus.RATED: "success",
    NeedStatus.REFERRED: "neutral",
    NeedStatus.DECLINED: "neutral",
    NeedStatus.MERGED: "neutral",
}


def actions_for(user, need):
    """[{url, label, style, icon, verdict, is_post}] of what can happen to the need in its state, for those who may do
    any of it; what somebody may not do beside that stands there disabled, with the reason."""
    found = []

    def action(name, label, icon, *, style="secondary", is_post=False):
        found.append(
            {
                "url": reverse(f"organizations:need-{name}", args=[need.uuid]),
                "label": label,
                "icon": icon,
                "style": style,
                "is_post": is_post,
                "verdict": verdict(getattr(policies, f"check_{name}_need"), user, need),
            }
        )

    if can_proceed(need.accept):
        action("accept", _("Take up"), "check2-circle", style="primary", is_post=True)
    if can_proceed(need.assign):
        is_first = need.status == NeedStatus.ACCEPTED
        label = _("Give into somebody's hands") if is_first else _("Give to somebody else")
        action("assign", label, "person-badge", style="primary" if is_first else "secondary")
    if can_proceed(need.mark_met):
        action("meet", _("Met"), "heart", style="primary" if need.status == NeedStatus.ASSIGNED else "secondary")
    if can_proceed(need.release):
        action("release", _("Give back"), "arrow-counterclockwise", is_post=True)
    if can_proceed(need.refer):
        action("refer", _("Pass on"), "signpost")
    if need.status == NeedStatus.REFERRED:
        action("reply", _("Write down the answer"), "reply", style="primary")
    if can_proceed(need.merge):
        action("merge", _("Join with another"), "link-45deg")
    if can_proceed(need.decline):
        action("decline", _("Not take up"), "x-circle", style="danger")
    return found if any(one["verdict"] for one in found) else []
