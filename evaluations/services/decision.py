"""Deciding how an organization grows, and looking again at what was decided."""

import datetime
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluations.choices import Outcome
from evaluations.models import DecisionCondition, StageDecision
from evaluations.notifications import review as notices
from evaluations.policies.review import possible_outcomes
from evaluations.services.assessment import assess, judged_of
from evaluations.services.evidence import is_intact
from evaluations.services.review import lock_review
from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.base.hashes import content_sha256
from organizations.services.growth import lock_for_growth, record_growth
from projects.models import IncubationProject
from projects.services.follow_up import create_follow_up

MOST_CONDITIONS = 20


@transaction.atomic
def decide_growth(*, review_id, actor, outcome, to_stage, reason, to_form=None, conditions=(), vetoes=()):
    """Promote, hold or lower: keep the decision with what the platform computed, frozen, and with the hash of what people
    said; write stage and form (None: it stays) of the organization; each of ``conditions`` ((text, day), …) becomes a
    task. ``vetoes``: codes of the standard that people found to apply. RuleViolation for a way that does not lead from
    here, without a reason, and when the database knows that the decider worked with the organization, belongs to it or
    gave an opinion. Audit on the organization; tells everybody concerned."""
    review = lock_review(review_id)
    organization = review.organization = lock_for_growth(review.organization_id)
    if review.gate_id is not None:
        raise RuleViolation(_("The gate of a project is decided on the page of its request."))
    before, now = organization.growth_stage, timezone.now()
    review.decide(at=now)
    if (outcome, to_stage) not in possible_outcomes(before):
        raise RuleViolation(_("From the present stage this is not possible. Please look at the stage once more."))
    if not reason.strip():
        raise RuleViolation(_("A decision needs a reason."))
    to_form = organization.form if to_form is None else to_form
    conditions = _demand_conditions(conditions)
    content, manifest = review.standard.content, review.manifest
    known = {veto["code"] for veto in content.get("vetoes") or ()}
    decision = StageDecision(
        review=review, organization=organization, outcome=outcome, from_stage=before, to_stage=to_stage,
        from_form=organization.form, to_form=to_form, reason=reason.strip(),
        result=assess(content, manifest.facts, judged_of(review.column_scores.all()), known & set(vetoes))
        | {"seal": seal(_opinions(review), conditions)},
        manifest_sha256=manifest.sha256, decided_by=actor, decided_at=now,
    )  # fmt: skip
    try:
        with transaction.atomic():
            decision.save(force_insert=True)
    except IntegrityError as error:
        decision.check_rules()  # a rule of the table has a sentence of its own; what is left are the triggers
        raise RuleViolation(
            _(
                "Whoever worked with the organization, belongs to it or gave an opinion does not decide. Please ask a "
                "colleague."
            )
        ) from error
    review.save(update_fields=["status", "closed_at", "updated_at"])
    record_growth(organization=organization, stage=to_stage, form=to_form)
    _set_conditions(decision, conditions, actor)
    data = {
        "review": review.uuid, "outcome": outcome, "from": before, "to": to_stage, "form": to_form,
        "sha256": manifest.sha256,
    }  # fmt: skip
    event = audit.record("growth.decided", target=organization, actor=actor, area=review.community, data=data)
    notices.tell_everybody(
        "growth.decided", review, event, actor,
        {"outcome": Outcome(outcome).value, "stage": to_stage, "reason": decision.reason},
    )  # fmt: skip
    return decision


def _demand_conditions(conditions):
    """[(text, day)] as they are kept."""
    if len(conditions) > MOST_CONDITIONS:
        raise RuleViolation(_("Please keep to the most important conditions."))
    kept = [(text.strip()[:200], due_on) for text, due_on in conditions]
    if not all(text for text, _due_on in kept):
        raise RuleViolation(_("What is to be done by this day?"))
    return kept


def _set_conditions(decision, conditions, actor):
    """Each is a task: of who leads the running project, else of the place."""
    running = IncubationProject.objects.running().of_organization(decision.organization).select_related("lead")
    project = running.order_by("pk").first() if conditions else None
    for text, due_on in conditions:
        row = DecisionCondition(decision=decision, text=text, due_on=due_on)
        row.follow_up = create_follow_up(
            uuid=row.uuid, title=row.text, due_on=due_on, actor=actor, organization=decision.organization,
            owner=project.lead if project else None, project=project,
        )  # fmt: skip
        row.save(force_insert=True)


def seal(opinions, conditions):
    """{"opinions", "conditions"}: hashes of what the parties said, and of what is still to be done ((text, day), …)."""
    said = [
        [one.party, one.status, str(one.author.uuid), one.recommendation, one.comment, _moment(one.answered_at)]
        for one in opinions
        if one.author
    ]
    wanted = [[text, f"{due_on}"] for text, due_on in conditions]
    return {"opinions": content_sha256(sorted(said)), "conditions": content_sha256(sorted(wanted))}


def _opinions(review):
    return review.opinions.select_related("author").order_by("pk")


def _moment(at):
    return at.astimezone(datetime.UTC).isoformat()


@dataclass(frozen=True)
class Replay:
    """A decision computed again from what was frozen. ``differences``: parts of the result that came out otherwise; "seal":
    an opinion or a condition is not what it was."""

    is_equal: bool
    differences: list = field(default_factory=list)
    evidence_is_intact: bool = True
    standard_is_intact: bool = True


def replay(decision):
    """Compute the result again from the frozen evidence, the frozen points and the edition of the standard, and nothing
    else; look whether these, the opinions and the conditions are still what their hashes say."""
    review = decision.review
    manifest, edition, kept = review.manifest, review.standard, decision.result
    again = assess(edition.content, manifest.facts, kept.get("judged", {}), kept.get("vetoes", ()))
    if "seal" in kept:
        conditions = decision.conditions.order_by("pk").values_list("text", "due_on")
        again["seal"] = seal(_opinions(review), conditions)
    differences = sorted(name for name in {*again, *kept} if again.get(name) != kept.get(name))
    intact = is_intact(manifest) and manifest.sha256 == decision.manifest_sha256
    sealed = content_sha256(edition.content) == edition.sha256
    return Replay(not differences and intact and sealed, differences, intact, sealed)
