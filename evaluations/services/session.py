"""评审会: plan it, take up reviews that wait for their decision, decide them one by one, close it, keep the signed sheet."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluations.choices import MAX_IN_SESSION, RUNNING_REVIEWS, SessionStatus
from evaluations.models import GrowthReview, ReviewSession
from evaluations.notifications import session as notices
from evaluations.services.decision import decide_growth
from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.base.files import inspect_upload, kept_with
from projects.services.stage import hold_stage, lock_request, pass_stage

FIELDS = ("title", "held_on", "place_text", "attended")
PASS, HOLD = "pass", "hold"  # outcomes of a gate


@transaction.atomic
def create_session(*, uuid, division, title, held_on, actor, place_text=""):
    """Plan a session for a place. Audit."""
    session = ReviewSession(
        uuid=uuid, division=division, title=title.strip(), held_on=held_on, place_text=place_text.strip(),
        created_by=actor,
    )  # fmt: skip
    session.save_or_refuse(force_insert=True)
    audit.record("session.created", target=session, actor=actor, area=division, data={"held_on": held_on})
    return session


@transaction.atomic
def update_session(*, session_id, actor, edition="", **values):
    """Change title, day, place, and who took part, as long as it is not closed (StaleEdition when somebody else changed
    it meanwhile). Audit with the names of what changed: who took part are people."""
    session = _lock(session_id)
    _demand_planned(session)
    session.check_edition(edition)
    before = audit.snapshot(session, FIELDS)
    for name in FIELDS:
        setattr(session, name, values[name])
    if changed := sorted(audit.changes(session, before)["changes"]):
        session.save_or_refuse(update_fields=[*FIELDS, "updated_at"])
        audit.record("session.updated", target=session, actor=actor, area=session.division, data={"changed": changed})
    return session


@transaction.atomic
def add_session_reviews(*, session_id, reviews, actor):
    """Take up reviews (keys) that wait for their decision in the place; at most 50 in a session (RuleViolation, and none
    is taken up). Those that are in it already, or wait no longer, are left out. Audit; returns how many came in."""
    session = _lock(session_id)
    _demand_planned(session)
    waiting = GrowthReview.objects.for_session(session.division).filter(pk__in=list(reviews))
    # Whole rows: of a list of values the database would lock the joined places as well.
    keys = [review.pk for review in waiting.select_for_update(of=("self",)).order_by("pk").only("pk")]
    there = session.reviews.count()
    if there + len(keys) > MAX_IN_SESSION:
        raise RuleViolation(
            _("A session has at most %(most)d reviews; %(there)d are in it, so %(free)d more can come in.")
            % {"most": MAX_IN_SESSION, "there": there, "free": MAX_IN_SESSION - there}
        )
    if keys:
        GrowthReview.objects.filter(pk__in=keys).update(session=session, updated_at=timezone.now())
        audit.record(
            "session.reviews_added", target=session, actor=actor, area=session.division, data={"number": len(keys)}
        )
    return len(keys)


@transaction.atomic
def remove_session_review(*, session_id, review_id, actor):
    """Put a review back on the list; what was decided stays in the session (RuleViolation). Audit."""
    session, review = _lock_both(session_id, review_id)
    if review.status not in RUNNING_REVIEWS:
        raise RuleViolation(_("This review was decided; it stays in the session."))
    review.session = None
    review.save(update_fields=["session", "updated_at"])
    audit.record(
        "session.review_removed", target=session, actor=actor, area=session.division, data={"review": review.uuid}
    )


@transaction.atomic
def decide_session_review(*, session_id, review_id, actor, outcome, reason, **growth):
    """Decide one review of a session that is not closed, by the service of its own page: ``decide_growth`` with all that it
    takes (``growth``: stage, form, conditions, vetoes), or for the gate of a project ``pass_stage`` and ``hold_stage``
    (``outcome`` "pass" or "hold"). Those write, record and tell."""
    _session, review = _lock_both(session_id, review_id)
    if review.gate_id:
        decide = {PASS: pass_stage, HOLD: hold_stage}[outcome]
        return decide(request_id=review.gate_id, actor=actor, reason=reason)
    return decide_growth(review_id=review.pk, actor=actor, outcome=outcome, reason=reason, **growth)


@transaction.atomic
def close_session(*, session_id, actor):
    """The session was held: what is not decided goes back to the list. Audit with both numbers; tells who planned the
    session and who opened what was not decided."""
    session = _lock(session_id)
    session.close(at=timezone.now())
    session.save(update_fields=["status", "closed_at", "updated_at"])
    reviews = list(session.reviews.select_for_update(of=("self",)).order_by("pk"))
    left = [review for review in reviews if review.status in RUNNING_REVIEWS]
    GrowthReview.objects.filter(pk__in=[one.pk for one in left]).update(session=None, updated_at=timezone.now())
    data = {"decided": len(reviews) - len(left), "back": len(left)}
    event = audit.record("session.closed", target=session, actor=actor, area=session.division, data=data)
    notices.tell_of_closing(session, event, actor, left, data)
    return session


@transaction.atomic
def add_session_sheet(*, session_id, upload, actor):
    """Keep the signed sheet with the hash of its bytes; a better scan takes the place of an earlier one, whose file and
    hash are kept in the archive and the history. Audit."""
    session = _lock(session_id)
    facts = inspect_upload(upload)
    if session.signed_sheet_sha256 == facts.sha256:
        raise RuleViolation(_("This very file is here already."))
    before = session.signed_sheet_sha256
    session.signed_sheet.save(f"{session.uuid}.{facts.extension}", upload, save=False)
    with kept_with(session.signed_sheet):
        session.signed_sheet_sha256, session.signed_sheet_name = facts.sha256, facts.name
        session.save(update_fields=["signed_sheet", "signed_sheet_sha256", "signed_sheet_name", "updated_at"])
        data = {"sha256": facts.sha256} | ({"before": before} if before else {})
        audit.record("session.sheet_added", target=session, actor=actor, area=session.division, data=data)
    return session


def _lock(session_id):
    sessions = ReviewSession.objects.select_related("division", "created_by")
    return sessions.select_for_update(of=("self",)).get(pk=session_id)


def _lock_both(session_id, review_id):
    """A planned session and one of its reviews (RuleViolation: it was taken out meanwhile), both locked. Of a gate the
    project and its request are locked before the review, as on the page of the request."""
    session = _lock(session_id)
    _demand_planned(session)
    gate = session.reviews.filter(pk=review_id, gate__isnull=False).values_list("gate_id", flat=True).first()
    if gate:
        lock_request(gate)
    review = session.reviews.select_for_update(of=("self",)).filter(pk=review_id).first()
    if review is None:
        raise RuleViolation(_("This review is not in the session any more."))
    return session, review


def _demand_planned(session):
    if session.status != SessionStatus.PLANNED:
        raise RuleViolation(_("The session is closed."))
