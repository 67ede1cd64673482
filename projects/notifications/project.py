"""Notices about projects."""

from django.utils.translation import gettext_lazy as _

from incubator.notifications.registries import NotificationKind, kinds


@kinds.register
class ProjectOpened(NotificationKind):
    """To the lead worker, when somebody else opened the project for them."""

    code = "project.opened"
    label = _("a project was opened that I lead")
    template = "projects/email/project_opened"


@kinds.register
class ProjectTerminated(NotificationKind):
    """To all who work on the project: it ended early, and why."""

    code = "project.terminated"
    label = _("a project that I work on was ended early")
    template = "projects/email/project_terminated"
