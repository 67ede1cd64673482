from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs

register_verbs(
    ("evidence.added", _("photo or file added")),
    ("evidence.updated", _("words beside a photo or file changed")),
    ("evidence.withdrawn", _("photo or file taken back")),
)
