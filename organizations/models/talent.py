from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from incubator.audit.services import MASK
from incubator.base.models import Record
from organizations.choices import TalentStep
from organizations.querysets import TalentQuerySet


class Talent(Record):
    """能人库: somebody of the community with a gift, where they were found, and what they would do."""

    community = models.ForeignKey(
        "divisions.Division", verbose_name=_("community"), on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("name"), max_length=60)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    skill = models.CharField(_("gift or skill"), max_length=200)
    found_at = models.CharField(_("found at"), max_length=200, blank=True)
    willing_to = models.CharField(_("would do"), max_length=200, blank=True)
    step = models.CharField(_("step"), max_length=20, choices=TalentStep.choices, default=TalentStep.TALENT)
    organization = models.ForeignKey(
        "organizations.SocialOrganization",
        verbose_name=_("organization"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="talents",
    )
    is_active = models.BooleanField(_("on the list"), default=True)

    objects = TalentQuerySet.as_manager()

    class Meta:
        verbose_name = _("talent")
        verbose_name_plural = _("talents")
        ordering = ["-updated_at", "-pk"]
        indexes = [models.Index(name="talent_place_recent_idx", fields=["community", "-updated_at", "-id"])]

    def __str__(self):
        return self.name

    @property
    def audit_label(self):
        """The history keeps no resident's name."""
        return MASK

    def get_absolute_url(self):
        return reverse("organizations:talent-list")
