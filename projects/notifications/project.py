"""Notices about projects."""

from django.utils.translation import gettext_lazy as _

from incubator.notifications.registries import NotificationKind, kinds


@kinds.register
class ProjectOpened(NotificationKind):
    """To the lead worker, when somebody else opened the project for them."""

    code = "project.opened"
    label = _("a project was opened that I lead")
    template = "projects/email/project_opened"
