"""Notices about review sessions."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from incubator.notifications.registries import NotificationKind, kinds
from projects.notifications.telling import tell


@kinds.register
class SessionClosed(NotificationKind):
    """Data: ``title``, ``day``, ``decided`` and ``back`` (numbers)."""

    code = "session.closed"
    label = _("a review session was held")
    template = "evaluations/email/session_closed"


def tell_of_closing(session, event, actor, left, data):
    """Who planned it, and who opened a review that went back to the list."""
    people = {session.created_by_id} | {review.opened_by_id for review in left}
    return tell(
        "session.closed", people, dedup_key=f"session.closed:{event.pk}", actor=actor,
        data={"title": session.title, "day": f"{session.held_on}", **data},
        link=reverse("evaluations:review-list") + "?status=deciding",
    )  # fmt: skip
