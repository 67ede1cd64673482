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
register_verbs(
    ("filing.opened", _("filing begun")),
    ("filing.saved", _("filing filled in")),
    ("filing.submitted", _("filing handed in")),
    ("filing.checked", _("filing checked by the community")),
    ("filing.returned", _("filing returned")),
    ("filing.filed", _("filing accepted by the street")),
    ("filing.suspended", _("filing suspended")),
    ("filing.resumed", _("filing resumed")),
    ("filing.cancelled", _("filing cancelled")),
    ("filing_paper.added", _("paper added to a filing")),
    ("filing_paper.withdrawn", _("paper of a filing taken back")),
    ("filing_rule.updated", _("way of filing changed")),
    ("dossier_item.added", _("document put into the dossier")),
    ("dossier_item.withdrawn", _("document of the dossier taken back")),
)

# --- members, talents, agencies ---
