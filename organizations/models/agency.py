from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from incubator.audit.services import MASK
from incubator.base.models import Record
from organizations.choices import AgencyKind, Employment, Licence
from organizations.querysets import AgencyQuerySet, SocialWorkerQuerySet, WorkerTrainingQuerySet


class Agency(Record):
    """机构: employs the social workers who accompany organizations."""

    name = models.CharField(pgettext_lazy("thing", "name"), max_length=100, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=AgencyKind.choices, default=AgencyKind.AGENCY)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    contact_name = models.CharField(_("contact person"), max_length=60, blank=True)
    contact_phone = models.CharField(_("contact phone"), max_length=30, blank=True)
    is_active = models.BooleanField(_("working"), default=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="agency_credit_code_once",
                fields=["credit_code"],
                condition=~Q(credit_code=""),
                violation_error_message=_("An agency with this credit code exists already."),
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("organizations:agency-detail", args=[self.uuid])


class AgencyServiceArea(Record):
    """A place that an agency serves; its supervisors see the organizations there."""

    agency = models.ForeignKey(Agency, verbose_name=_("agency"), on_delete=models.PROTECT, related_name="service_areas")
    division = models.ForeignKey(
        "divisions.Division", verbose_name=_("place"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("service area")
        verbose_name_plural = _("service areas")
        ordering = ["division__code"]
        constraints = [models.UniqueConstraint(name="service_area_once", fields=["agency", "division"])]

    def __str__(self):
        return str(self.division)


class SocialWorker(Record):
    """专业社工: a person employed by an agency, from a day to a day."""

    agency = models.ForeignKey(Agency, verbose_name=_("agency"), on_delete=models.PROTECT, related_name="workers")
    name = models.CharField(_("name"), max_length=60)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    licence = models.CharField(_("licence"), max_length=20, choices=Licence.choices, blank=True, default="")
    employment = models.CharField(
        _("employment"), max_length=20, choices=Employment.choices, default=Employment.FULL_TIME
    )
    started_on = models.DateField(_("since"), null=True, blank=True)
    left_on = models.DateField(_("until"), null=True, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = SocialWorkerQuerySet.as_manager()

    class Meta:
        verbose_name = _("social worker")
        verbose_name_plural = _("social workers")
        ordering = ["agency", "left_on", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="social_worker_days_in_order",
                condition=Q(left_on__isnull=True) | Q(started_on__isnull=True) | Q(left_on__gte=F("started_on")),
                violation_error_message=_("Somebody cannot leave before they began."),
            ),
            models.UniqueConstraint(
                name="social_worker_account_once",
                fields=["user"],
                condition=Q(left_on__isnull=True, user__isnull=False),
                violation_error_message=_("This account belongs to a social worker already."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def audit_label(self):
        """The history keeps no names of people but those who act."""
        return MASK

    def get_absolute_url(self):
        return self.agency.get_absolute_url()


class WorkerTraining(Record):
    """A training that a social worker attended (继续教育), in hours; shown on the agency's page, never compared between
    people."""

    worker = models.ForeignKey(
        SocialWorker, verbose_name=_("social worker"), on_delete=models.PROTECT, related_name="trainings"
    )
    title = models.CharField(_("title"), max_length=120)
    organizer = models.CharField(_("given by"), max_length=120, blank=True)
    held_on = models.DateField(_("day"))
    hours = models.DecimalField(_("hours"), max_digits=5, decimal_places=1)
    removed_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    objects = WorkerTrainingQuerySet.as_manager()

    class Meta:
        verbose_name = _("training of a social worker")
        verbose_name_plural = _("trainings of social workers")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="worker_training_hours_in_range",
                condition=Q(hours__gt=0, hours__lte=400),
                violation_error_message=_("Please check the hours."),
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return self.worker.agency.get_absolute_url()
