"""The review that goes with a project's request to leave a stage. The request is where it is decided; here its evidence is
frozen and the opinions are kept. Called by ``receivers`` within the transaction of the request."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluations.choices import OpinionStatus, ReviewOpener, ReviewStatus
from evaluations.models import GrowthReview, Opinion
from evaluations.notifications import gate as notices
from evaluations.policies.gate import OpinionBar
from evaluations.services.evidence import is_intact
from evaluations.services.gate_evidence import freeze_gate
from evaluations.services.review import OPINION_DAYS, PARTIES, lock_review, standard_of
from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.base.hashes import content_sha256
from incubator.base.workdays import add_working_days


@transaction.atomic
def open_gate_review(*, request, actor):
    """Open the review of a request that was just made: freeze the evidence of its project, ask community, organization
    and social worker for their opinions. Audit on the review; tells each party that is asked."""
    project, now = request.project, timezone.now()
    standard = standard_of(project.community)
    review = GrowthReview.objects.create(
        organization=project.organization, community=project.community, gate=request, opener=ReviewOpener.GATE,
        status=ReviewStatus.OPINIONS, is_blind=standard.content.get("blind", True) if standard else True,
        opened_by=actor, opened_at=now, opinions_due_on=add_working_days(timezone.localdate(now), OPINION_DAYS),
    )  # fmt: skip
    manifest = freeze_gate(review, now=now)
    Opinion.objects.bulk_create(Opinion(review=review, party=party) for party in PARTIES)
    event = audit.record(
        "review.opened", target=review, actor=actor, area=review.community,
        data={"opener": review.opener, "request": request.uuid, "sha256": manifest.sha256},
    )  # fmt: skip
    notices.tell_parties(review, event)
    return review


@transaction.atomic
def withdraw_gate_review(*, request, actor):
    """Take the review back with its request, if it has one that goes on. Audit."""
    review = _running(request)
    if review is None:
        return
    review.withdraw(at=timezone.now(), reason=_("The request was taken back."))
    review.save(update_fields=["status", "closed_at", "withdrawn_reason", "updated_at"])
    audit.record("review.withdrawn", target=review, actor=actor, area=review.community, data={"request": request.uuid})


@transaction.atomic
def close_gate_review(*, request, actor):
    """The request was decided, and so is its review, whether or not all opinions were in: those that are not in are not
    asked for any longer. RuleViolation when who decided gave an opinion a moment ago. Audit with how many were not in."""
    review = _running(request)
    if review is None:
        return
    # The trigger looked before the review was locked; an opinion may have come in between.
    if review.opinions.filter(author=request.decided_by, status=OpinionStatus.SUBMITTED).exists():
        raise RuleViolation(str(OpinionBar.sentence))
    waiting = review.opinions.filter(status=OpinionStatus.ASKED).count()
    if review.status != ReviewStatus.DECIDING:
        review.call_for_decision()
    review.decide(at=request.decided_at)
    review.save(update_fields=["status", "closed_at", "updated_at"])
    audit.record(
        "gate.decided", target=review, actor=actor, area=review.community,
        data={"request": request.uuid, "outcome": request.status, "opinions_missing": waiting},
    )  # fmt: skip


def _running(request):
    """The review of the request, locked; None for one from before there were reviews, or that is over."""
    key = GrowthReview.objects.running().filter(gate=request).values_list("pk", flat=True).first()
    return lock_review(key) if key else None


def is_sealed(request):
    """Whether the frozen checklist is what it was when it was frozen."""
    return content_sha256(request.checklist) == request.checklist_sha256


def replay_gate(review):
    """(checklist, evidence): whether each still has the hash that it was frozen with."""
    return is_sealed(review.gate), is_intact(review.manifest)
