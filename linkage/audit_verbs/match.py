"""What the history calls what happens to matches and uses of resources."""

from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs

register_verbs(
    ("match.proposed", _("asked to answer a need")),
    ("match.accepted", _("agreed to answer a need")),
    ("match.declined", _("declined to answer a need")),
    ("match.withdrawn", _("question about a need taken back")),
    ("resource.used", _("resource used")),
    ("resource.use_withdrawn", _("use of a resource taken back")),
)
