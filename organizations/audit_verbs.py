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
register_verbs(
    ("membership.added", _("member added")),
    ("membership.updated", _("member's details changed")),
    ("membership.appointed", _("member given a position")),
    ("membership.ended", _("member left")),
    ("membership.exported", _("roster of members exported")),
    ("talent.added", _("talent added")),
    ("talent.updated", _("talent changed")),
    ("talent.moved", _("talent moved along the path")),
    ("agency.added", _("agency added")),
    ("agency.updated", _("agency changed")),
    ("service_area.added", _("service area added")),
    ("service_area.removed", _("service area removed")),
    ("social_worker.added", _("social worker added")),
    ("social_worker.updated", _("social worker's details changed")),
    ("social_worker.ended", _("social worker left the agency")),
    ("social_worker.linked", _("social worker linked to an account")),
    ("social_worker.unlinked", _("social worker's account unlinked")),
    ("worker_training.added", _("training of a social worker entered")),
    ("worker_training.removed", _("training of a social worker taken back")),
)

# --- needs and resources ---
register_verbs(
    ("need.raised", _("need raised")),
    ("need.accepted", _("need taken up")),
    ("need.assigned", _("need given into somebody's hands")),
    ("need.released", _("need given back")),
    ("need.met", _("need met")),
    ("need.rated", _("need rated by the one who raised it")),
    ("need.referred", _("need passed on")),
    ("need.replied", _("answer to a need that was passed on")),
    ("need.declined", _("need not taken up")),
    ("need.merged", _("need joined with another")),
    ("need.contact_erased", _("name and phone taken out of a need")),
    ("need_address.made", _("page for needs opened")),
    ("need_address.revoked", _("page for needs closed")),
    ("need_category.added", _("kind of need added")),
    ("need_category.switched", _("kind of need switched on or off")),
    ("resource.added", _("resource entered")),
    ("resource.updated", _("resource changed")),
    ("venue.booked", _("venue booked")),
    ("venue.cancelled", _("booking of a venue cancelled")),
)
