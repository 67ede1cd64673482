"""What the history calls changes of a project's plan. The project is the target: its page tells the whole story."""

from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs
from projects.choices import NeedLevel


def level_word(code):
    return NeedLevel(code).label if code in NeedLevel.values else code


register_verbs(
    ("need.added", _("need written down"), _("need written down (%(level)s)"), {"level": level_word}),
    ("need.updated", _("need changed")),
    ("need.turned", _("need turned into an objective"), _("objective set from a need: %(objective)s")),
    ("objective.added", _("objective set"), _("objective set: %(objective)s")),
    ("objective.updated", _("objective changed"), _("objective changed: %(objective)s")),
    ("objective.dropped", _("objective dropped"), _("objective dropped: %(objective)s. Reason: %(reason)s")),
    ("indicator.added", _("indicator added"), _("indicator added: %(indicator)s, target %(number)s")),
    ("indicator.updated", _("indicator changed"), _("indicator changed: %(indicator)s")),
    ("indicator.measured", _("indicator measured"), _("%(indicator)s: %(value)s as of %(day)s")),
    ("plan.added", _("activities planned"), _("activities planned: %(number)s")),
    ("plan.updated", _("planned activity changed"), _("planned activity changed: %(title)s")),
    ("plan.cancelled", _("planned activity cancelled"), _("planned activity cancelled: %(title)s. Reason: %(reason)s")),
)
