"""Notices about what colleagues say to a record."""

from django.utils.translation import gettext_lazy as _

from incubator.notifications.registries import NotificationKind, kinds


@kinds.register
class ActivityThanked(NotificationKind):
    """To who recorded the activity."""

    code = "activity.thanked"
    label = _("somebody thanks me for a record")
    template = "projects/email/activity_thanked"


@kinds.register
class ActivityCommented(NotificationKind):
    """To who recorded the activity, and to those who commented before."""

    code = "activity.commented"
    label = _("somebody comments on a record of mine")
    template = "projects/email/activity_commented"
