from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from incubator.audit.services import MASK
from incubator.base.models import Record
from organizations.choices import Position
from organizations.querysets import MembershipQuerySet


class Membership(Record):
    """A person in an organization, from a day to a day; leaving keeps the row."""

    organization = models.ForeignKey(
        "organizations.SocialOrganization",
        verbose_name=_("organization"),
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    name = models.CharField(_("name"), max_length=60)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    position = models.CharField(_("position"), max_length=20, choices=Position.choices, default=Position.MEMBER)
    is_backbone = models.BooleanField(_("backbone member"), default=False)
    is_successor = models.BooleanField(_("could take over as leader"), default=False)
    is_reserve_talent = models.BooleanField(_("reserve talent"), default=False)
    skills = models.CharField(_("good at"), max_length=200, blank=True)
    joined_on = models.DateField(_("since"), null=True, blank=True)
    left_on = models.DateField(_("until"), null=True, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["organization", "left_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="membership_days_in_order",
                condition=Q(left_on__isnull=True) | Q(joined_on__isnull=True) | Q(left_on__gte=F("joined_on")),
                violation_error_message=_("A member cannot leave before joining."),
            ),
            models.UniqueConstraint(
                name="membership_person_once_at_a_time",
                fields=["organization", "name", "phone"],
                condition=Q(left_on__isnull=True),
                violation_error_message=_("A member of this name and phone is on the list already."),
            ),
        ]
        indexes = [
            models.Index(name="membership_current_idx", fields=["organization"], condition=Q(left_on__isnull=True))
        ]

    def __str__(self):
        return self.name

    @property
    def audit_label(self):
        """The history keeps no resident's name."""
        return MASK

    def get_absolute_url(self):
        return reverse("organizations:membership-list", args=[self.organization.uuid])
