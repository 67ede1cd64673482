"""What the parties of a growth review say about it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from evaluations.choices import OpinionStatus, Outcome, Party
from evaluations.models.review import GrowthReview
from evaluations.querysets.review import OfReviewQuerySet
from incubator.base.models import Record


class Opinion(Record):
    """What a party thinks. Standing aside is a state, not an absence; a party has one opinion besides those who stood aside.
    Others read it when all are in, where the review is blind."""

    review = models.ForeignKey(
        GrowthReview, verbose_name=_("growth review"), on_delete=models.PROTECT, related_name="opinions"
    )
    party = models.CharField(_("party"), max_length=20, choices=Party.choices)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    status = FSMField(
        _("state"), max_length=20, choices=OpinionStatus.choices, default=OpinionStatus.ASKED, protected=True
    )
    recommendation = models.CharField(_("is for"), max_length=20, choices=Outcome.choices, blank=True)
    comment = models.TextField(_("opinion"), blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    objects = OfReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions")
        ordering = ["review", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="opinion_party_once", fields=["review", "party"], condition=~Q(status="recused")
            ),
            models.CheckConstraint(
                name="opinion_answered_has_its_facts",
                condition=Q(status="asked", author__isnull=True, answered_at__isnull=True)
                | (
                    Q(status__in=["submitted", "recused"], author__isnull=False, answered_at__isnull=False)
                    & ~Q(comment="")
                ),
                violation_error_message=_("Please say why in a sentence."),
            ),
            models.CheckConstraint(
                name="opinion_submitted_is_for_something",
                condition=~Q(status="submitted") | ~Q(recommendation=""),
                violation_error_message=_("What is your opinion for?"),
            ),
        ]

    def __str__(self):
        return f"{self.get_party_display()} · {self.get_status_display()}"

    @transition(field=status, source=OpinionStatus.ASKED, target=OpinionStatus.SUBMITTED)
    def submit(self, *, by, at, recommendation, comment):
        self.author, self.answered_at, self.recommendation, self.comment = by, at, recommendation, comment

    @transition(field=status, source=OpinionStatus.ASKED, target=OpinionStatus.RECUSED)
    def recuse(self, *, by, at, comment):
        self.author, self.answered_at, self.comment = by, at, comment
