"""Notices about hand-overs between agencies."""

from django.utils.translation import gettext_lazy as _

from incubator.notifications.registries import NotificationKind, kinds


@kinds.register
class HandoverDone(NotificationKind):
    """To the new lead, the leads until now, and the supervisors of both agencies."""

    code = "handover.done"
    label = _("work was handed over between agencies")
    template = "projects/email/handover_done"
