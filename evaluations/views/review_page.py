"""What the page of a review shows: where it stands, what comes next, evidence, scores, opinions, the decision."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluations.choices import RUNNING_REVIEWS, ReviewStatus, ScoreColumn
from evaluations.policies import opinion as opinion_policies
from evaluations.policies import review as policies
from evaluations.services.assessment import band_label, judged_of, ladder_to, next_stage, sheet_of
from evaluations.services.decision import replay
from evaluations.services.evidence import changes_since
from evaluations.services.gate_evidence import gate_rows
from evaluations.services.opinion import opinions_of
from incubator.audit.timeline import timeline
from incubator.base.policies import verdict
from organizations.choices import GrowthStage
from organizations.policies.organization import leads

OPINION_VERBS = {"opinion.given", "opinion.recused"}
STEPS = (ReviewStatus.OPEN, ReviewStatus.OPINIONS, ReviewStatus.DECIDING, ReviewStatus.DECIDED)


def rail_of(review):
    """Self-score → opinions → decision → decided; a review that was taken back stops where it was."""
    if review.status == ReviewStatus.WITHDRAWN:
        return [
            {"label": _("Opened"), "state": "done", "on": review.opened_at},
            {"label": _("Taken back"), "state": "current", "on": review.closed_at},
        ]
    here = STEPS.index(review.status)
    rail = []
    for number, step in enumerate(STEPS):
        is_end = step == ReviewStatus.DECIDED == review.status
        state = "done" if number < here or is_end else "current" if number == here else "ahead"
        on = review.opened_at if number == 0 else review.closed_at if is_end else None
        rail.append({"label": step.label, "state": state, "on": on})
    return rail


def actions_for(user, review):
    """What can happen to the review now; what this person may not do stands there with the reason."""
    found = []

    def add(name, label, icon, check, *arguments, style="secondary", form=True, args=None):
        url = reverse(f"evaluations:{name}", args=args or [review.uuid])
        found.append({
            "url": url, "label": label, "icon": icon, "style": style, "is_link": form,
            "verdict": verdict(check, user, review, *arguments),
        })  # fmt: skip

    if review.status == ReviewStatus.OPEN:
        found.append(_score_action(user, review, ScoreColumn.SELF, "primary"))
        add("review-ask", _("Ask for the opinions now"), "chat-left-text", policies.check_ask_opinions, form=False)
    if review.status == ReviewStatus.OPINIONS and timezone.localdate() > review.opinions_due_on:
        add("review-call", _("Call for the decision"), "bell", policies.check_call_for_decision, form=False)
    if review.status in {ReviewStatus.OPINIONS, ReviewStatus.DECIDING}:
        for column in opinion_policies.columns_for(user, review):
            found.append(_score_action(user, review, column, "secondary"))
    if review.status == ReviewStatus.DECIDING:
        add("review-decide", _("Decide"), "clipboard-check", policies.check_decide_growth, style="primary")
    if review.status in RUNNING_REVIEWS and verdict(policies.check_withdraw_review, user, review):
        add("review-withdraw", _("Take the review back"), "arrow-counterclockwise", policies.check_withdraw_review)
    return found


def _score_action(user, review, column, style):
    labels = {
        ScoreColumn.SELF: _("Score the own organization"), ScoreColumn.PANEL: _("Points of the panel"),
        ScoreColumn.COMMITTEE: _("Points of those who decide"),
    }  # fmt: skip
    return {
        "url": reverse("evaluations:review-score", args=[review.uuid, column]), "label": labels[column],
        "icon": "pencil-square", "style": style, "is_link": True,
        "verdict": verdict(opinion_policies.check_score_review, user, review, column),
    }  # fmt: skip


def evidence_of(review, judged, vetoes=()):
    """Facts against the rules of the next stage, and the score sheet, from what was frozen."""
    manifest, edition = getattr(review, "manifest", None), review.standard
    if manifest is None or edition is None:
        return {"manifest": manifest, "gate_rows": gate_rows(manifest)}
    content, decision = edition.content, getattr(review, "decision", None)
    before = decision.from_stage if decision else review.organization.growth_stage
    stage = next_stage(content, before)
    sheet = sheet_of(content, manifest.facts, judged, vetoes)
    return {
        "manifest": manifest,
        "from_stage": before,
        "next_stage": GrowthStage(stage).label if stage in GrowthStage.values else "",
        "ladder": ladder_to(content, manifest.facts, stage, judged, vetoes),
        "sheet": sheet,
        "band": band_label(content, sheet["result"].band),
    }


def page_of(user, review):
    """The whole context of the review's page."""
    decision = getattr(review, "decision", None)
    scores = judged_of(review.column_scores.all())
    opinions = opinions_of(user, review)
    context = {
        "rail": rail_of(review),
        "actions": actions_for(user, review),
        "opinions": opinions,
        "is_blind_now": not opinion_policies.opinions_are_shown(review),
        "decision": decision,
        "events": _events(user, review),
        "reads_scores": _reads_scores(user, review),
    }
    judged = decision.result.get("judged", {}) if decision else scores
    if not context["reads_scores"]:
        judged = {column: given for column, given in judged.items() if column == ScoreColumn.SELF}
    context |= evidence_of(review, judged, decision.result.get("vetoes", ()) if decision else ())
    manifest = context["manifest"]
    context["changes"] = changes_since(manifest) if manifest else []
    if decision:
        decision.review = review
        context["replay"] = replay(decision)
        context["conditions"] = decision.conditions.select_related("follow_up").order_by("due_on", "pk")
        context["proposed"] = GrowthStage(decision.result.get("stage", "")).label
    return context


def _reads_scores(user, review):
    """The organization reads the points of others when it reads their opinions; whoever may still give one, after it."""
    if opinion_policies.opinions_are_shown(review):
        return True
    return not leads(user, review.organization) and not opinion_policies.speaks_still(user, review)


def _events(user, review):
    """The history; who gave an opinion is not told while opinions are blind, as on the rest of the page and in the API."""
    events = timeline(review, user)
    if not opinion_policies.opinions_are_shown(review):
        for event in events:
            if event["verb"] in OPINION_VERBS:
                event["actor"] = _("not shown yet")
    return events
