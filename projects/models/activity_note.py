"""What colleagues say to a record, and what was put right after its month was closed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from incubator.base.models import Record
from projects.models.activity import Activity
from projects.querysets import OfActivityQuerySet


class ActivityNote(Record):
    """A comment, or thanks in one tap (then without words)."""

    activity = models.ForeignKey(Activity, verbose_name=_("activity"), on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("said by"), on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(_("comment"), blank=True)
    is_thanks = models.BooleanField(_("thanks"), default=False)

    objects = OfActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("note on an activity")
        verbose_name_plural = _("notes on activities")
        ordering = ["activity", "pk"]
        constraints = [
            models.CheckConstraint(
                name="activity_note_says_something",
                condition=Q(is_thanks=True) | ~Q(text=""),
                violation_error_message=_("Please write a word or two."),
            ),
            models.UniqueConstraint(
                name="activity_thanked_once", fields=["activity", "author"], condition=Q(is_thanks=True)
            ),
        ]

    def __str__(self):
        return self.text or str(_("thanks"))


class ActivityCorrection(Record):
    """A value that was put right after the month was closed; the old one stays beside it.

    ``changes``: {field: {"from": …, "to": …}} as people read them.
    """

    activity = models.ForeignKey(
        Activity, verbose_name=_("activity"), on_delete=models.PROTECT, related_name="corrections"
    )
    changes = models.JSONField(_("changes"))
    reason = models.CharField(_("why"), max_length=300)
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("corrected by"), on_delete=models.PROTECT, related_name="+"
    )

    objects = OfActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction of an activity")
        verbose_name_plural = _("corrections of activities")
        ordering = ["activity", "pk"]
        constraints = [
            models.CheckConstraint(
                name="activity_correction_has_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Please say why."),
            )
        ]

    def __str__(self):
        return self.reason
