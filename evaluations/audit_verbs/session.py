"""What the history calls what happens in a review session. Decisions stand in the history of what was decided."""

from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs

register_verbs(
    ("session.created", _("review session planned"), _("Review session planned for %(held_on)s")),
    ("session.updated", _("review session changed")),
    ("session.reviews_added", _("reviews taken up"), _("Reviews taken up: %(number)s")),
    ("session.review_removed", _("review put back on the list")),
    ("session.closed", _("review session closed"), _("Closed: %(decided)s decided, %(back)s back on the list")),
    ("session.sheet_added", _("signed sheet kept")),
)
