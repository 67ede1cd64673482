"""评审会汇总表: one sheet for all organizations of a review session, to be signed by those who took part."""

from django.utils.translation import gettext_lazy as _

from evaluations.choices import ReviewStatus
from evaluations.policies.session import check_view_session
from incubator.reporting.papers import chinese_day
from incubator.reporting.registries import Paper, papers

SIGNATURES = 6  # empty lines when nobody was written down


@papers.register
class ReviewSessionPaper(Paper):
    code = "review-session"
    label = _("sheet of a review session")
    target = "evaluations.reviewsession"
    template = "evaluations/papers/review_session.docx"
    policy = staticmethod(check_view_session)
    order = 20
    fields = (
        ("title", _("title")),
        ("place", _("place")),
        ("day", _("day")),
        ("where", _("where")),
        ("number", _("number of reviews")),
        ("decided", _("number of those decided")),
        ("rows[].number", _("number")),
        ("rows[].organization", _("organization")),
        ("rows[].community", _("community")),
        ("rows[].before", _("stage before")),
        ("rows[].after", _("stage after")),
        ("rows[].outcome", _("outcome")),
        ("rows[].reason", _("reason")),
        ("rows[].decided_by", _("decided by")),
        ("attendees[].name", _("who took part")),
    )

    @classmethod
    def place(cls, thing):
        return thing.division

    @classmethod
    def file_name(cls, thing):
        return f"{thing.title} {cls.label}"

    @classmethod
    def context(cls, thing, user, **options):
        reviews = thing.reviews.select_related(
            "organization", "community", "decision__decided_by", "gate__project", "gate__decided_by"
        ).order_by("community__code", "organization__name", "pk")
        rows = [_row(number, review) for number, review in enumerate(reviews, start=1)]
        names = [line.strip() for line in thing.attended.splitlines() if line.strip()]
        return {
            "title": thing.title,
            "place": str(thing.division),
            "day": chinese_day(thing.held_on),
            "where": thing.place_text,
            "number": len(rows),
            "decided": sum(bool(row["decided_by"]) for row in rows),
            "rows": rows,
            "attendees": [{"name": name} for name in names] or [{"name": ""}] * SIGNATURES,
        }


def _row(number, review):
    row = {
        "number": number, "organization": review.organization.name, "community": review.community.name, "before": "",
        "after": "", "outcome": "", "reason": "", "decided_by": "",
    }  # fmt: skip
    decision = getattr(review, "decision", None)
    if review.gate_id:
        gate = review.gate
        is_decided = review.status == ReviewStatus.DECIDED
        row |= {
            "organization": f"{review.organization.name}（{gate.project.name}）",
            "before": str(gate.get_from_stage_display()),
            "after": str(gate.get_to_stage_display())
            if gate.status == "passed"
            else str(gate.get_from_stage_display()),
        }
        if is_decided:
            return row | {
                "outcome": str(gate.get_status_display()), "reason": gate.reason, "decided_by": str(gate.decided_by),
            }  # fmt: skip
    elif decision:
        return row | {
            "before": _stage(decision, "from"), "after": _stage(decision, "to"),
            "outcome": str(decision.get_outcome_display()), "reason": decision.reason,
            "decided_by": str(decision.decided_by),
        }  # fmt: skip
    else:
        row["before"] = str(review.organization.get_growth_stage_display())
    return row | {"after": "", "outcome": str(review.get_status_display())}


def _stage(decision, end):
    """Stage and form in one cell."""
    parts = (getattr(decision, f"get_{end}_stage_display")(), getattr(decision, f"get_{end}_form_display")())
    return " · ".join(str(part) for part in parts if part)
