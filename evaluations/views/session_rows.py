"""The rows of a review session: what speaks for and against each organization, and the small form that decides. All rows
are read at once, so that fifty cost as many queries as one."""

from collections import defaultdict

from django.db.models import Prefetch
from django.urls import reverse

from evaluations.choices import RUNNING_REVIEWS, OpinionStatus, ReviewStatus
from evaluations.forms.review import veto_choices
from evaluations.forms.session import GateDecideForm, SessionDecideForm
from evaluations.models import ColumnScore, DecisionCondition, StandardVersion
from evaluations.policies.opinion import opinions_are_shown, reads_opinion
from evaluations.policies.review import outcomes_for
from evaluations.policies.session import verdicts_of
from evaluations.services.assessment import band_label, judged_of, ladder_to, next_stage
from evaluations.services.evidence import changes_since, fingerprints
from evaluations.services.gate_evidence import gate_rows
from organizations.choices import GrowthStage
from projects.choices import StageRequestStatus

GATE_TONES = {StageRequestStatus.PASSED: "success", StageRequestStatus.HELD: "warning"}


def reviews_of(session):
    """The reviews of a session with all that their rows show, by place and name."""
    reviews = session.reviews.select_related(
        "organization__type", "organization__community", "community__parent", "manifest", "decision__decided_by",
        "gate__project__organization", "gate__project__community__parent", "gate__decided_by",
    )  # fmt: skip
    reviews = list(
        reviews.with_opinions()
        .prefetch_related(
            Prefetch("column_scores", ColumnScore.objects.order_by("pk")),
            Prefetch("decision__conditions", DecisionCondition.objects.order_by("due_on", "pk")),
        )
        .order_by("community__code", "organization__name", "pk")
    )
    # The content of a standard is long and the same for most.
    editions = StandardVersion.objects.select_related("standard").in_bulk({one.standard_id for one in reviews} - {None})
    for review in reviews:
        review.standard = editions.get(review.standard_id)
        review.session = session
    return reviews


def rows_of(user, session, reviews, *, form=None, review_form=None):
    """A row for each of ``reviews``; ``form`` (bound) stands in the row of ``review_form``."""
    is_planned = session.status == "planned"
    verdicts, known = verdicts_of(user, reviews) if is_planned else ({}, None)
    # What changed around a project since it was asked stands on its request's own page.
    growth = [review for review in reviews if review.status in RUNNING_REVIEWS and not review.gate_id]
    changes = _changes(growth)
    rows = []
    for review in reviews:
        row = _row(user, review, verdicts.get(review.pk), changes.get(review.pk, []))
        if row["is_open"] and row["verdict"]:
            outcomes = None if review.gate_id else outcomes_for(user, review, known)
            bound = form if review_form == review.pk else None
            row["form"] = bound or form_for(review, outcomes)
            row["is_expanded"] = bound is not None
        rows.append(row)
    return rows


def form_for(review, outcomes, data=None):
    """``outcomes`` are those that the person may decide; None: the gate of a project."""
    auto_id = f"row-{review.uuid}-%s"
    if outcomes is None:
        return GateDecideForm(data, auto_id=auto_id)
    return SessionDecideForm(
        data, outcomes=outcomes, vetoes=veto_choices(review.standard.content),
        initial={"to_form": review.organization.form}, auto_id=auto_id,
    )  # fmt: skip


def _changes(reviews):
    """{review key: changes since} with one question to each kind of evidence."""
    wanted = {(item["type"], item["uuid"]) for review in reviews for item in review.manifest.items}
    prints = fingerprints(wanted)
    return {review.pk: changes_since(review.manifest, prints=prints) for review in reviews}


def _row(user, review, verdict, changes):
    decision = getattr(review, "decision", None)
    row = {
        "review": review, "verdict": verdict, "changes": len(changes), "decision": decision,
        "is_open": review.status in RUNNING_REVIEWS,
        "is_withdrawn": review.status == ReviewStatus.WITHDRAWN,
        "opinions": _opinions(user, review),
        "decide_url": reverse("evaluations:session-decide", args=[review.session.uuid, review.uuid]),
        "remove_url": reverse("evaluations:session-remove", args=[review.session.uuid, review.uuid]),
    }  # fmt: skip
    review.manifest.review = review
    if review.gate_id:
        request = review.gate
        row |= {
            "gate": request, "gate_rows": gate_rows(review.manifest), "tone": GATE_TONES.get(request.status, "neutral"),
            "checklist_done": sum(item["done"] for item in request.checklist), "checklist": len(request.checklist),
            "checklist_open": [item["label"] for item in request.checklist if not item["done"]],
            "own_url": reverse("projects:stage-pass", args=[request.uuid]),
        }  # fmt: skip
    else:
        row |= _growth(review, decision) | {"own_url": reverse("evaluations:review-decide", args=[review.uuid])}
    return row


def _growth(review, decision):
    """Rules of the next stage and the score, as frozen and as people scored."""
    content, facts = review.standard.content, review.manifest.facts
    before = decision.from_stage if decision else review.organization.growth_stage
    stage = next_stage(content, before)
    judged, vetoes = judged_of(review.column_scores.all()), ()
    if decision:
        judged, vetoes = decision.result.get("judged", {}), decision.result.get("vetoes", ())
    ladder = ladder_to(content, facts, stage, judged, vetoes)
    return {
        "from_stage": before, "form_before": _form_before(review, decision), "ladder": ladder,
        "next_stage": GrowthStage(stage).label if stage in GrowthStage.values else "",
        "missing": [rule.label for rule in ladder.missing],
        "band": band_label(content, ladder.result.band), "score": ladder.result.final, "full": ladder.result.full,
    }  # fmt: skip


def _form_before(review, decision):
    if decision:
        return decision.get_from_form_display() if decision.from_form else ""
    return review.organization.get_form_display() if review.organization.form else ""


def _opinions(user, review):
    """{"given": [(party, what for or that they stand aside, comment)], "waiting": number, "hidden": number}."""
    found = defaultdict(int)
    given = []
    for opinion in review.opinions.all():
        opinion.review = review
        if opinion.status == OpinionStatus.ASKED:
            found["waiting"] += 1
        elif not reads_opinion(user, opinion):
            found["hidden"] += 1
        else:
            given.append(opinion)
    return {"given": given, "is_shown": opinions_are_shown(review), **found}
