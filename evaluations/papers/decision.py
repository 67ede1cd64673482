"""成长阶段评审决定书: stage, form, reason, conditions, and the hash of the evidence it rests on."""

from django.utils.translation import gettext_lazy as _

from evaluations.choices import OpinionStatus
from evaluations.policies.review import check_view_decision
from incubator.reporting.papers import chinese_day
from incubator.reporting.registries import Paper, papers


@papers.register
class DecisionPaper(Paper):
    code = "growth-decision"
    label = _("decision on growth")
    target = "evaluations.stagedecision"
    template = "evaluations/papers/growth_decision.docx"
    policy = staticmethod(check_view_decision)
    order = 10
    fields = (
        ("organization", _("organization")),
        ("community", _("community")),
        ("street", _("street")),
        ("type", _("type")),
        ("number", _("filing number or credit code")),
        ("leader", _("responsible person")),
        ("from_stage", _("stage before")),
        ("to_stage", _("stage after")),
        ("from_form", _("form before")),
        ("to_form", _("form after")),
        ("outcome", _("outcome")),
        ("reason", _("reason")),
        ("score", _("score")),
        ("full", _("full points")),
        ("proposed", _("stage that the platform computed")),
        ("standard", _("growth standard and edition")),
        ("as_of", _("evidence of")),
        ("sha256", _("hash of the evidence")),
        ("opinions[].party", _("party")),
        ("opinions[].text", _("what it is for, and the opinion")),
        ("conditions[].number", _("number of a condition")),
        ("conditions[].text", _("condition")),
        ("conditions[].due", _("by")),
        ("decided_by", _("decided by")),
        ("decided_on", _("decided on")),
    )

    @classmethod
    def place(cls, thing):
        return thing.review.community

    @classmethod
    def file_name(cls, thing):
        return f"{thing.review.organization.name} {cls.label}"

    @classmethod
    def context(cls, thing, user, **options):
        review, organization = thing.review, thing.review.organization
        score = thing.result.get("score", {})
        proposed = thing.result.get("stage", "")
        answered = review.opinions.exclude(status=OpinionStatus.ASKED).order_by("pk")
        stages = dict(thing._meta.get_field("from_stage").choices)
        return {
            "organization": organization.name,
            "community": review.community.name,
            "street": str(review.community.parent or ""),
            "type": str(organization.type),
            "number": organization.filing_number or organization.credit_code or "",
            "leader": organization.responsible_person,
            "from_stage": str(thing.get_from_stage_display()),
            "to_stage": str(thing.get_to_stage_display()),
            "from_form": str(thing.get_from_form_display()),
            "to_form": str(thing.get_to_form_display()),
            "outcome": str(thing.get_outcome_display()),
            "reason": thing.reason,
            "score": score.get("final", ""),
            "full": score.get("full", ""),
            "proposed": str(stages.get(proposed, proposed)),
            "standard": str(review.standard),
            "as_of": chinese_day(review.manifest.as_of),
            "sha256": thing.manifest_sha256,
            "opinions": [
                {
                    "party": str(one.get_party_display()),
                    "text": f"{one.get_recommendation_display() or one.get_status_display()}：{one.comment}",
                }
                for one in answered
            ],
            "conditions": [
                {"number": number, "text": row.text, "due": chinese_day(row.due_on)}
                for number, row in enumerate(thing.conditions.order_by("due_on", "pk"), start=1)
            ],
            "decided_by": str(thing.decided_by),
            "decided_on": chinese_day(thing.decided_at),
        }
