"""What the history calls counting who came. It keeps numbers, never names."""

from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs

register_verbs(
    ("attendance.taken", _("noted who came")),
    ("attendance.removed", _("a name taken off the list of who came")),
    ("attendance.followed", _("number of participants taken from the count")),
    ("attendance.completed", _("people counted without names added")),
    ("attendance.sheet_added", _("signed sheet added")),
    ("attendance.signed_in", _("somebody signed in by the code")),
)
