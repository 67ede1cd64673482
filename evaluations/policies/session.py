"""Review sessions: who holds one, and who decides in it. Deciding in a session is deciding: the same policies, asked for
all its reviews at once."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from evaluations.choices import SessionStatus
from evaluations.policies.review import Known, check_decide_growth
from incubator.accounts.choices import Role
from incubator.base.policies import signed_in, verdict
from incubator.divisions.choices import Level
from incubator.divisions.models import Division
from organizations.policies.organization import supervises_place
from organizations.querysets import served_divisions
from projects.policies.stage import check_decide_stage
from projects.policies.stage import known_of as known_of_requests
from projects.querysets.reach import CASE_READERS

# Who holds a session for a street or a district; besides them the supervisors of agencies that serve there.
KEEPERS = (Role.STREET_STAFF, Role.HUB_CENTER, Role.EVALUATOR, Role.DISTRICT_ADMIN)
LEVELS = (Level.STREET, Level.COUNTY)


def keeps(user, division):
    return user.access.covers(division, *KEEPERS) or supervises_place(user, division)


def places_of(user):
    """Streets and districts that the person holds sessions for, in code order."""
    places = [*user.access.divisions(*KEEPERS), *served_divisions(user)]
    return Division.objects.current().within(places).filter(level__in=LEVELS).order_by("code")


def check_list_sessions(user):
    signed_in(user)
    if not user.access.has(*CASE_READERS, Role.AGENCY_SUPERVISOR):
        raise PermissionDenied(
            _("Review sessions are held by streets, centres, evaluators, supervisors and districts.")
        )


def check_view_session(user, session=None):
    """The same rule as ``ReviewSession.objects.visible_to``; a test holds them against each other."""
    signed_in(user)
    if session is None:
        return
    if not user.access.covers(session.division, *CASE_READERS) and not supervises_place(user, session.division):
        raise PermissionDenied(_("This review session is held for a place that you have no role in."))


def check_create_session(user, division=None):
    signed_in(user)
    if not user.access.has(*KEEPERS, Role.AGENCY_SUPERVISOR):
        raise PermissionDenied(
            _("Review sessions are held by streets, centres, evaluators, supervisors and districts.")
        )
    if division is not None and not keeps(user, division):
        raise PermissionDenied(_("This is another place. Its own offices hold the sessions there."))
    if division is not None and division.level not in LEVELS:
        raise PermissionDenied(_("Please choose a street or a district."))


def _check_keep(user, session):
    check_view_session(user, session)
    if not keeps(user, session.division):
        raise PermissionDenied(_("Those who hold the sessions of this place see to it."))


def _check_planned(session):
    if session.status != SessionStatus.PLANNED:
        raise PermissionDenied(_("The session is closed."))


def check_update_session(user, session=None):
    signed_in(user)
    if session is not None:
        _check_keep(user, session)
        _check_planned(session)


def check_add_session_reviews(user, session=None):
    check_update_session(user, session)


def check_remove_session_review(user, session=None):
    check_update_session(user, session)


def check_close_session(user, session=None):
    check_update_session(user, session)


def check_decide_in_session(user, session=None):
    """Whether decisions are taken in the session at all; who decides on which review is asked for each."""
    signed_in(user)
    if session is not None:
        check_view_session(user, session)
        _check_planned(session)


def check_add_session_sheet(user, session=None):
    """Before and after closing: paper comes late."""
    signed_in(user)
    if session is not None:
        _check_keep(user, session)


def check_view_session_sheet(user, session=None):
    check_view_session(user, session)


# --- for all reviews of a session at once ---


def known_of(user, reviews):
    """(of reviews of growth, of requests): what the policies ask, in a number of queries that does not grow."""
    gates = [review.gate for review in reviews if review.gate_id]
    return Known(user, reviews), known_of_requests(user, gates) if gates else None


def check_decide_session_review(user, review, outcome=None, to_stage=None, known=(None, None)):
    """The policy of the page that the review has of its own."""
    if review.gate_id:
        check_decide_stage(user, review.gate, known[1])
    else:
        check_decide_growth(user, review, outcome, to_stage, known[0])


def verdicts_of(user, reviews):
    """{review key: Verdict} of deciding."""
    known = known_of(user, reviews)
    return {one.pk: verdict(check_decide_session_review, user, one, None, None, known) for one in reviews}, known[0]
