"""What the history calls the things that happen to papers of offices."""

from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs

register_verbs(
    ("paper_template.uploaded", _("own paper put in")),
    ("paper_template.withdrawn", _("own paper taken back")),
)
