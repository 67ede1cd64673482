from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from incubator.base.models import Record
from projects.choices import IndicatorUnit
from projects.querysets import AgencyHandoverQuerySet, ContractIndicatorQuerySet, ContractQuerySet


class ServiceContract(Record):
    """购买服务合同: what a purchaser bought from an agency for some places and a period."""

    name = models.CharField(pgettext_lazy("thing", "name"), max_length=120)
    number = models.CharField(_("contract number"), max_length=60, blank=True)
    purchaser = models.CharField(_("purchaser"), max_length=120)
    agency = models.ForeignKey(
        "organizations.Agency", verbose_name=_("agency"), on_delete=models.PROTECT, related_name="+"
    )
    places = models.ManyToManyField("divisions.Division", verbose_name=_("places"), related_name="+")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    amount_fen = models.PositiveBigIntegerField(_("amount in fen"), default=0)
    note = models.TextField(_("note"), blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("entered by"), on_delete=models.PROTECT, related_name="+"
    )

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("service contract")
        verbose_name_plural = _("service contracts")
        ordering = ["-ends_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="contract_days_in_order",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The end cannot be before the start."),
            ),
            models.UniqueConstraint(
                name="contract_number_once",
                fields=["agency", "number"],
                condition=~Q(number=""),
                violation_error_message=_("The agency has a contract of this number already."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("projects:contract-detail", args=[self.uuid])


class ContractIndicator(Record):
    """An indicator of the contract. Its progress is counted from activities of these kinds (empty: of all kinds) in the
    contract's places and period by the agency; an activity may count towards several."""

    contract = models.ForeignKey(
        ServiceContract, verbose_name=_("service contract"), on_delete=models.PROTECT, related_name="indicators"
    )
    name = models.CharField(pgettext_lazy("thing", "name"), max_length=120)
    kinds = models.JSONField(_("of these kinds"), default=list, blank=True)
    unit = models.CharField(
        _("unit"),
        max_length=20,
        choices=[choice for choice in IndicatorUnit.choices if choice[0] != IndicatorUnit.OWN],
        default=IndicatorUnit.SESSIONS,
    )
    target = models.PositiveIntegerField(_("target"))
    due_on = models.DateField(_("by"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    objects = ContractIndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator of a contract")
        verbose_name_plural = _("indicators of contracts")
        ordering = ["contract", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="contract_indicator_target_positive",
                condition=Q(target__gte=1),
                violation_error_message=_("The target is at least 1."),
            )
        ]

    def __str__(self):
        return self.name


class AgencyHandover(Record):
    """All work of an agency in a place given to another, in one act with its list (交接清单).

    ``listing`` is frozen with its hash. The old agency's people read what they wrote there until ``reads_until``.
    """

    from_agency = models.ForeignKey(
        "organizations.Agency", verbose_name=_("from"), on_delete=models.PROTECT, related_name="+"
    )
    to_agency = models.ForeignKey(
        "organizations.Agency", verbose_name=_("to"), on_delete=models.PROTECT, related_name="+"
    )
    division = models.ForeignKey(
        "divisions.Division", verbose_name=_("place"), on_delete=models.PROTECT, related_name="+"
    )
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who takes over"), on_delete=models.PROTECT, related_name="+"
    )
    handed_over_on = models.DateField(_("handed over on"))
    reads_until = models.DateField(_("the old agency reads until"))
    note = models.TextField(_("note"), blank=True)
    listing = models.JSONField(_("list of what was handed over"))
    listing_sha256 = models.CharField(_("content hash"), max_length=64)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("done by"), on_delete=models.PROTECT, related_name="+"
    )

    objects = AgencyHandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("hand-over between agencies")
        verbose_name_plural = _("hand-overs between agencies")
        ordering = ["-handed_over_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="agency_handover_to_another",
                condition=~Q(from_agency=F("to_agency")),
                violation_error_message=_("Please choose another agency."),
            ),
            models.CheckConstraint(
                name="agency_handover_days_in_order",
                condition=Q(reads_until__gte=F("handed_over_on")),
                violation_error_message=_("The end cannot be before the start."),
            ),
        ]

    def __str__(self):
        return f"{self.from_agency} → {self.to_agency}"

    def get_absolute_url(self):
        return reverse("projects:handover-detail", args=[self.uuid])
