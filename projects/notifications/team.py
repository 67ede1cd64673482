"""Notices about who works on a project."""

from django.utils.translation import gettext_lazy as _

from incubator.notifications.registries import NotificationKind, kinds


@kinds.register
class ProjectWorkerAdded(NotificationKind):
    """To who was added to a project."""

    code = "project.worker_added"
    label = _("I was added to a project")
    template = "projects/email/project_worker_added"


@kinds.register
class ProjectHandedOver(NotificationKind):
    """To the old and to the new lead worker."""

    code = "project.handed_over"
    label = _("a project changed its lead worker")
    template = "projects/email/project_handed_over"
