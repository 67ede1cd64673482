"""What the history calls looking through records; accepting and returning stand in activity.py."""

from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs

register_verbs(
    ("activity.thanked", _("somebody said thanks")),
    ("activity.commented", _("comment written")),
    ("activity.locked", _("month closed; changes are corrections from now on")),
)
