"""What the history calls changes of who works on a project."""

from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs
from projects.choices import TeamRole


def role_word(code):
    return TeamRole(code).label if code in TeamRole.values else code


register_verbs(
    (
        "project.worker_added",
        _("person joined the project"),
        _("%(person)s joined as %(role)s"),
        {"role": role_word},
    ),
    ("project.worker_ended", _("person left the project"), _("%(person)s left the project: %(reason)s")),
    ("project.handed_over", _("project handed over"), _("handed over from %(from)s to %(to)s: %(reason)s")),
)
