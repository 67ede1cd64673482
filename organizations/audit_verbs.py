"""What the history calls the things that happen to communities and organizations."""

from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs

# --- communities, organizations ---
register_verbs(
    ("organization.registered", _("organization registered")),
    ("organization.updated", _("organization changed")),
)

# --- filings and dossiers ---

# --- members, talents, agencies ---
