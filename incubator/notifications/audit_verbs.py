from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs

register_verbs(
    ("robot.added", _("group robot added"), _("%(actor)s added the group robot %(target)s")),
    ("robot.changed", _("group robot changed"), _("%(actor)s changed the group robot %(target)s")),
    ("robot.paused", _("group robot paused"), _("%(actor)s paused the group robot %(target)s")),
    ("robot.resumed", _("group robot in use again"), _("%(actor)s put the group robot %(target)s to use again")),
    ("robot.tested", _("test message to a group"), _("%(actor)s sent a test message by the group robot %(target)s")),
    ("delivery.retried", _("undelivered notice sent again"), _("%(actor)s had %(target)s tried again")),
)
