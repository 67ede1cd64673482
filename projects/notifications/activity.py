"""Notices about activities."""

from django.utils.translation import gettext_lazy as _

from incubator.notifications.registries import NotificationKind, kinds


@kinds.register
class ActivityReturned(NotificationKind):
    """To who recorded the activity: what to change."""

    code = "activity.returned"
    label = _("a record of mine was returned")
    template = "projects/email/activity_returned"
