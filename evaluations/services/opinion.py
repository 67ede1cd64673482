"""Opinions of the parties, blind to each other, and the points of the columns."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluations.choices import RUNNING_REVIEWS, OpinionStatus, Outcome, ReviewStatus, ScoreColumn
from evaluations.models import ColumnScore, Opinion
from evaluations.notifications import gate as gate_notices
from evaluations.notifications import review as notices
from evaluations.policies.opinion import check_give_opinion, reads_opinion, speaks_for
from evaluations.scoring import check_judged, reasons_missing
from evaluations.services.assessment import judged_of
from evaluations.services.problem_words import sentence_of
from evaluations.services.review import ask_opinions, call_for_decision, lock_review
from incubator.accounts.models import User
from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.base.policies import verdict


def opinions_of(user, review):
    """Each party's opinion of a review that was read ``with_opinions``, as far as this person reads it (``is_shown``), with
    what they may do about it (``may_give``: a Verdict, or None when it is not theirs to give)."""
    rows = []
    for opinion in review.opinions.all():
        opinion.review = review
        opinion.is_shown = reads_opinion(user, opinion) and opinion.status != OpinionStatus.ASKED
        is_mine = opinion.status == OpinionStatus.ASKED and speaks_for(user, review, opinion.party)
        opinion.may_give = verdict(check_give_opinion, user, opinion) if is_mine else None
        rows.append(opinion)
    return rows


@transaction.atomic
def give_opinion(*, opinion_id, actor, recommendation, comment):
    """Write down what a party thinks; nobody changes it afterwards, and nobody speaks for two parties (RuleViolation).
    Audit without what it says; the last one calls for the decision."""
    opinion, review = _lock(opinion_id, actor)
    _demand(comment)
    if review.gate_id and recommendation == Outcome.LOWER:
        raise RuleViolation(_("A project does not go back to an earlier stage."))
    opinion.submit(by=actor, at=timezone.now(), recommendation=recommendation, comment=comment.strip())
    return _answered("opinion.given", opinion, review, actor)


@transaction.atomic
def recuse_opinion(*, opinion_id, actor, comment):
    """One person stands aside, with the reason. Where a colleague speaks for the same party, it is asked once more and they
    are told: who stands aside takes no voice along. Audit; the last answer calls for the decision."""
    opinion, review = _lock(opinion_id, actor)
    _demand(comment)
    opinion.recuse(by=actor, at=timezone.now(), comment=comment.strip())
    return _answered("opinion.recused", opinion, review, actor)


def _ask_colleagues(opinion, review, event):
    answered = set(review.opinions.filter(author__isnull=False).values_list("author_id", flat=True))
    people = notices.people_of(review, opinion.party, without=answered)
    if User.objects.filter(pk__in=people, is_active=True).exists():
        again = Opinion.objects.create(review=review, party=opinion.party)
        (gate_notices if review.gate_id else notices).tell_party(review, again, event, people)


def _lock(opinion_id, actor):
    """The opinion and its review, the review first, both locked."""
    review = lock_review(Opinion.objects.values_list("review_id", flat=True).get(pk=opinion_id))
    opinion = Opinion.objects.select_for_update(of=("self",)).get(pk=opinion_id)
    opinion.review = review
    if opinion.status == OpinionStatus.ASKED:
        if review.status != ReviewStatus.OPINIONS:
            raise RuleViolation(_("Opinions are not asked for now."))
        if review.opinions.filter(author=actor).exists():
            raise RuleViolation(_("You have answered in this review already. A colleague gives this opinion."))
    return opinion, review


def _demand(comment):
    if not comment.strip():
        raise RuleViolation(_("Please say why in a sentence."))


def _answered(verb, opinion, review, actor):
    opinion.save(update_fields=["status", "author", "answered_at", "recommendation", "comment", "updated_at"])
    event = audit.record(verb, target=review, actor=actor, area=review.community, data={"party": opinion.party})
    if opinion.status == OpinionStatus.RECUSED:
        _ask_colleagues(opinion, review, event)
    if not review.opinions.filter(status=OpinionStatus.ASKED).exists():
        call_for_decision(review_id=review.pk)
    return opinion


@transaction.atomic
def save_scores(*, review_id, column, points, actor):
    """Write a column of points: ``points`` = {indicator: {"points": text or number, "reason"}}; nothing for one that is
    not scored. RuleViolation for points outside the scale and for lost points without a reason. The own score of the
    organization is handed in once and goes on to the opinions. Audit of the column."""
    review = lock_review(review_id)
    allowed = {ReviewStatus.OPEN} if column == ScoreColumn.SELF else {ReviewStatus.OPINIONS, ReviewStatus.DECIDING}
    if review.standard is None or review.status not in set(RUNNING_REVIEWS) & allowed:
        raise RuleViolation(_("Points are not given now."))
    given = {code: entry for code, entry in points.items() if entry.get("points") not in (None, "")}
    _check(review.standard.content, {column: given})
    kept = {row.indicator: row for row in review.column_scores.filter(column=column)}
    before = judged_of(kept.values())
    for code, entry in given.items():
        row = kept.pop(code, None) or ColumnScore(review=review, column=column, indicator=code)
        row.hundredths = int(Decimal(str(entry["points"])) * 100)
        row.reason, row.scored_by = str(entry.get("reason") or "").strip()[:300], actor
        row.save()
    ColumnScore.objects.filter(pk__in=[row.pk for row in kept.values()]).delete()
    if judged_of(review.column_scores.filter(column=column)) != before or column == ScoreColumn.SELF:
        audit.record(
            "review.scored", target=review, actor=actor, area=review.community,
            data={"column": column, "indicators": len(given)},
        )  # fmt: skip
    if column == ScoreColumn.SELF:
        ask_opinions(review_id=review.pk, actor=actor)
    return review


def _check(content, judged):
    if problems := check_judged(content, judged):
        raise RuleViolation(sentence_of(problems[0], content))
    if reasons_missing(content, judged):
        raise RuleViolation(_("Please say why points were lost."))
