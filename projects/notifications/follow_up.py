"""Notices about follow-ups."""

from django.utils.translation import gettext_lazy as _

from incubator.notifications.registries import NotificationKind, kinds


@kinds.register
class FollowUpDue(NotificationKind):
    """To who does it, else to those who serve the place, on the day."""

    code = "follow_up.due"
    label = _("a follow-up is due today")
    template = "projects/email/follow_up_due"


@kinds.register
class FollowUpGiven(NotificationKind):
    """To who does it, when somebody else wrote it down."""

    code = "follow_up.given"
    label = _("a follow-up was given to me")
    template = "projects/email/follow_up_given"
