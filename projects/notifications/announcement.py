"""Notices about announcements."""

from django.utils.translation import gettext_lazy as _

from incubator.notifications.registries import NotificationKind, kinds


@kinds.register
class AnnouncementFiled(NotificationKind):
    """To the staff of the community."""

    code = "announcement.filed"
    label = _("an activity is announced to my community")
    template = "projects/email/announcement_filed"


@kinds.register
class AnnouncementReminder(NotificationKind):
    """To the staff of the community, one working day before the end of the time."""

    code = "announcement.reminder"
    label = _("an announcement has to be answered by tomorrow")
    template = "projects/email/announcement_reminder"


@kinds.register
class AnnouncementAgreed(NotificationKind):
    """To who announced it."""

    code = "announcement.agreed"
    label = _("the community agreed to an activity of mine")
    template = "projects/email/announcement_agreed"


@kinds.register
class AnnouncementObjected(NotificationKind):
    """To who announced it."""

    code = "announcement.objected"
    label = _("the community objected to an activity of mine")
    template = "projects/email/announcement_objected"


@kinds.register
class AnnouncementWithdrawn(NotificationKind):
    """To the staff of the community."""

    code = "announcement.withdrawn"
    label = _("an announcement was withdrawn")
    template = "projects/email/announcement_withdrawn"


@kinds.register
class AnnouncementKnown(NotificationKind):
    """To who announced it: 逾期未回复，视为已知悉."""

    code = "announcement.known"
    label = _("an announcement of mine counts as known")
    template = "projects/email/announcement_known"


@kinds.register
class AnnouncementUnanswered(NotificationKind):
    """To who announced it and to the street: an answer is needed and did not come in time."""

    code = "announcement.unanswered"
    label = _("an announcement that needs an answer has none")
    template = "projects/email/announcement_unanswered"
