"""Gates of projects: who reads their review, and whom an opinion keeps from deciding."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluations.choices import OpinionStatus
from evaluations.models import GrowthReview, Opinion
from evaluations.policies.review import check_view_review
from incubator.base.policies import signed_in
from projects.policies.stage import check_view_stage_request
from projects.registries import decision_bars


@decision_bars.register
class OpinionBar:
    """Who gave an opinion on the gate; a trigger of the database holds the same."""

    code = "gate-opinion"
    sentence = gettext_lazy("You gave an opinion in this review, so a colleague who did not decides.")

    @classmethod
    def barred(cls, user):
        given = Opinion.objects.filter(author=user, status=OpinionStatus.SUBMITTED, review__gate__isnull=False)
        return given.order_by().values("review__gate_id")


def gate_review_of(request):
    """The review that goes with a request, or None; asked once for each request."""
    if not hasattr(request, "_gate_review"):
        reviews = GrowthReview.objects.select_related("organization", "community__parent", "standard", "manifest")
        request._gate_review = reviews.with_opinions().filter(gate=request).first()
        if request._gate_review:
            request._gate_review.gate = request
    return request._gate_review


def check_view_gate(user, request=None):
    signed_in(user)
    if request is None:
        return
    check_view_stage_request(user, request)
    review = gate_review_of(request)
    if review is None:
        raise PermissionDenied(_("No evidence was frozen and no opinion asked for when this request was made."))
    check_view_review(user, review)
