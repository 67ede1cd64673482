from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from incubator.base.models import Record
from organizations.choices import GrowthStage, LegalStatus, OrganizationForm, OrganizationState, PartyOrganization
from organizations.querysets import OrganizationQuerySet, PublicListQuerySet


class OrganizationType(Record):
    """类型. The list differs by place, so it is data: an office adds or retires types without code."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(pgettext_lazy("thing", "name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    report_as = models.CharField(_("counted as in reports upwards"), max_length=60, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = PublicListQuerySet.as_manager()

    class Meta:
        verbose_name = _("type of organization")
        verbose_name_plural = _("types of organizations")
        ordering = ["order", "code"]

    def __str__(self):
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name


class SocialOrganization(Record):
    """社区社会组织: founded by residents or units of a community and active there.

    ``growth_stage`` and ``form`` are what the last recorded decision said; ``legal_status`` "filed" is what the street's
    filing said. No form writes them.
    """

    name = models.CharField(pgettext_lazy("thing", "name"), max_length=100)
    pinyin = models.CharField(_("pinyin and initials"), max_length=400, blank=True, editable=False)
    community = models.ForeignKey(
        "divisions.Division", verbose_name=_("community"), on_delete=models.PROTECT, related_name="+"
    )
    place = models.ForeignKey(
        "organizations.Place",
        verbose_name=_("place in the community"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    type = models.ForeignKey(
        OrganizationType, verbose_name=_("type"), on_delete=models.PROTECT, related_name="organizations"
    )
    is_hub = models.BooleanField(_("serves other organizations (hub)"), default=False)
    state = FSMField(
        _("state"),
        max_length=20,
        choices=OrganizationState.choices,
        default=OrganizationState.ACTIVE,
        protected=True,
    )
    state_reason = models.CharField(_("reason of the state"), max_length=300, blank=True)
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)
    legal_status = models.CharField(
        _("legal status"), max_length=20, choices=LegalStatus.choices, default=LegalStatus.UNFILED
    )
    credit_code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    filing_number = models.CharField(_("filing number"), max_length=60, blank=True)
    filed_on = models.DateField(_("filed on"), null=True, blank=True)
    growth_stage = models.CharField(
        _("growth stage"), max_length=20, choices=GrowthStage.choices, blank=True, default=GrowthStage.UNRATED
    )
    form = models.CharField(
        _("form of organization"),
        max_length=30,
        choices=OrganizationForm.choices,
        blank=True,
        default=OrganizationForm.UNRATED,
    )
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    responsible_person = models.CharField(_("responsible person"), max_length=60, blank=True)
    contact_phone = models.CharField(_("contact phone"), max_length=30, blank=True)
    purpose = models.TextField(_("purpose"), blank=True)
    activity_scope = models.TextField(_("what it does"), blank=True)
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    funds_fen = models.PositiveBigIntegerField(_("funds for activities (fen)"), null=True, blank=True)
    funds_note = models.CharField(_("where the funds come from"), max_length=200, blank=True)
    declared_members = models.PositiveIntegerField(_("members as told"), null=True, blank=True)
    party_organization = models.CharField(
        _("Party organization"), max_length=20, choices=PartyOrganization.choices, blank=True, default=""
    )
    party_members = models.PositiveIntegerField(_("Party members"), null=True, blank=True)
    party_liaison = models.CharField(_("Party-building liaison"), max_length=60, blank=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["-updated_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="organization_name_once_in_community",
                fields=["community", "name"],
                condition=~Q(state="dissolved"),
                violation_error_message=_("The community has an organization of this name already."),
            ),
            models.UniqueConstraint(
                name="organization_credit_code_once",
                fields=["credit_code"],
                condition=~Q(credit_code=""),
                violation_error_message=_("An organization with this credit code exists already."),
            ),
            models.CheckConstraint(
                name="organization_filed_has_number",
                condition=~Q(legal_status="filed") | (~Q(filing_number="") & Q(filed_on__isnull=False)),
                violation_error_message=_("A filed organization has a filing number and the day of filing."),
            ),
            models.CheckConstraint(
                name="organization_credit_code_is_of_registered",
                condition=Q(credit_code="") | Q(legal_status="registered"),
                violation_error_message=_("Only registered organizations have a credit code."),
            ),
            models.CheckConstraint(
                name="organization_dissolved_has_day",
                condition=Q(state="dissolved", dissolved_on__isnull=False)
                | (~Q(state="dissolved") & Q(dissolved_on__isnull=True)),
                violation_error_message=_("A dissolved organization has the day of its end."),
            ),
            models.CheckConstraint(
                name="organization_sleep_and_end_have_reason",
                condition=Q(state="active") | ~Q(state_reason=""),
                violation_error_message=_("Please say why."),
            ),
        ]
        indexes = [
            models.Index(name="organization_recent_idx", fields=["-updated_at", "-id"]),
            models.Index(name="organization_place_recent_idx", fields=["community", "-updated_at", "-id"]),
            models.Index(name="organization_pinyin_idx", fields=["pinyin", "id"]),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("organizations:organization-detail", args=[self.uuid])

    @transition(field=state, source=OrganizationState.ACTIVE, target=OrganizationState.DORMANT)
    def rest(self, *, reason):
        """休眠: it does nothing for the time being."""
        self.state_reason = reason

    @transition(field=state, source=OrganizationState.DORMANT, target=OrganizationState.ACTIVE)
    def wake(self):
        self.state_reason = ""

    @transition(
        field=state, source=[OrganizationState.ACTIVE, OrganizationState.DORMANT], target=OrganizationState.DISSOLVED
    )
    def dissolve(self, *, on, reason):
        self.dissolved_on, self.state_reason = on, reason
