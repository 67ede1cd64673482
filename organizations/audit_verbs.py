"""What the history calls the things that happen to communities and organizations."""

from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs

# --- communities, organizations ---
register_verbs(
    ("organization.registered", _("organization registered")),
    ("organization.updated", _("organization changed")),
    ("organization.rested", _("organization rests")),
    ("organization.woken", _("organization is active again")),
    ("organization.dissolved", _("organization dissolved")),
    ("community.updated", _("community profile changed")),
    ("place.added", _("place added")),
    ("place.renamed", _("place renamed")),
    ("place.retired", _("place retired")),
    ("place.restored", _("place in use again")),
)

# --- filings and dossiers ---

# --- members, talents, agencies ---
