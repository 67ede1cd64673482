"""资源: people, venues, money, goods and skills that somebody offers to a place."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from incubator.base.models import Record
from organizations.choices import ResourceKind
from organizations.querysets import ResourceQuerySet, VenueBookingQuerySet


class Resource(Record):
    """Offered by an organization, an agency, or somebody who is named by words, to a community or to a whole street.

    ``quantity`` counts ``unit`` (persons, hours, pieces); empty: as often as one likes. ``amount_fen`` is money, in fen.
    ``used_quantity`` and ``used_fen`` are the sums of what was taken and not given back, kept by the service that
    writes the uses, so that the database itself refuses more than was offered.
    """

    division = models.ForeignKey(
        "divisions.Division", verbose_name=_("offered to"), on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=ResourceKind.choices)
    title = models.CharField(_("what is offered"), max_length=120)
    text = models.TextField(_("more about it"), blank=True)
    owner_text = models.CharField(_("offered by"), max_length=120, blank=True)
    organization = models.ForeignKey(
        "organizations.SocialOrganization",
        verbose_name=_("organization"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    agency = models.ForeignKey(
        "organizations.Agency",
        verbose_name=_("agency"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    categories = models.ManyToManyField(
        "organizations.NeedCategory", verbose_name=_("kinds of needs it serves"), blank=True, related_name="+"
    )
    place_text = models.CharField(_("where"), max_length=120, blank=True)
    quantity = models.PositiveIntegerField(_("how much"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    used_quantity = models.PositiveIntegerField(_("taken"), default=0, editable=False)
    amount_fen = models.PositiveBigIntegerField(_("amount (fen)"), null=True, blank=True)
    used_fen = models.PositiveBigIntegerField(_("spent (fen)"), default=0, editable=False)
    valid_until = models.DateField(_("offered until"), null=True, blank=True)
    contact_name = models.CharField(_("contact person"), max_length=60, blank=True)
    contact_phone = models.CharField(_("contact phone"), max_length=30, blank=True)
    is_active = models.BooleanField(_("on offer"), default=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("entered by"), on_delete=models.PROTECT, related_name="+"
    )

    objects = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        ordering = ["-updated_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="resource_has_title",
                condition=~Q(title=""),
                violation_error_message=_("Please say what is offered."),
            ),
            models.CheckConstraint(
                name="resource_has_owner",
                condition=~Q(owner_text="") | Q(organization__isnull=False) | Q(agency__isnull=False),
                violation_error_message=_("Please say who offers it."),
            ),
            models.CheckConstraint(
                name="resource_money_has_amount",
                condition=Q(kind="money", amount_fen__isnull=False, amount_fen__gt=0, quantity__isnull=True)
                | (~Q(kind="money") & Q(amount_fen__isnull=True)),
                violation_error_message=_("Money has an amount, and only money has one."),
            ),
            models.CheckConstraint(
                name="resource_not_over_offer",
                condition=Q(quantity__isnull=True) | Q(used_quantity__lte=F("quantity")),
                violation_error_message=_("That is more than is offered."),
            ),
            models.CheckConstraint(
                name="resource_not_over_amount",
                condition=Q(amount_fen__isnull=True, used_fen=0)
                | Q(amount_fen__isnull=False, used_fen__lte=F("amount_fen")),
                violation_error_message=_("That is more than is offered."),
            ),
        ]
        indexes = [models.Index(name="resource_place_recent_idx", fields=["division", "-updated_at", "-id"])]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("organizations:resource-detail", args=[self.uuid])

    @property
    def owner(self):
        return str(self.organization or self.agency or self.owner_text)

    @property
    def quantity_left(self):
        """None: as often as one likes."""
        return None if self.quantity is None else self.quantity - self.used_quantity

    @property
    def fen_left(self):
        return None if self.amount_fen is None else self.amount_fen - self.used_fen

    def is_free_on(self, day):
        return (
            self.is_active
            and (self.valid_until is None or day <= self.valid_until)
            and self.quantity_left != 0
            and self.fen_left != 0
        )


class VenueBooking(Record):
    """A venue is somebody's from ``starts_at`` to before ``ends_at``. Two bookings that stand never overlap."""

    resource = models.ForeignKey(Resource, verbose_name=_("venue"), on_delete=models.PROTECT, related_name="bookings")
    title = models.CharField(_("for what"), max_length=120)
    organization = models.ForeignKey(
        "organizations.SocialOrganization",
        verbose_name=_("organization"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("booked by"), on_delete=models.PROTECT, related_name="+"
    )
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("cancelled by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    sequence = models.PositiveIntegerField(_("edition in calendars"), default=0)

    objects = VenueBookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="venue_booking_ends_after_start",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("It ends before it begins."),
            ),
            models.CheckConstraint(
                name="venue_booking_cancelled_by_somebody",
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True)
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False),
            ),
            models.UniqueConstraint(
                name="venue_booking_begins_once",
                fields=["resource", "starts_at"],
                condition=Q(cancelled_at__isnull=True),
                violation_error_message=_("The venue is taken at this time."),
            ),
        ]
        indexes = [models.Index(name="venue_booking_time_idx", fields=["resource", "starts_at"])]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return self.resource.get_absolute_url()

    @property
    def is_standing(self):
        return self.cancelled_at is None
