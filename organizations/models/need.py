"""居民需求: what residents lack, raised by themselves, by workers on a visit or by grid staff."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from incubator.base.models import Record
from organizations.choices import AgeGroup, NeedSource, NeedStatus, ReferredTo
from organizations.querysets import NeedAddressQuerySet, NeedCategoryQuerySet, NeedQuerySet


class NeedCategory(Record):
    """What kind of need. Shipped ones belong to nobody; a street or district adds its own. ``types``: the organizations
    that would serve such needs, asked by matching and by the list of gaps."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(pgettext_lazy("thing", "name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    division = models.ForeignKey(
        "divisions.Division",
        verbose_name=_("place"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    types = models.ManyToManyField(
        "organizations.OrganizationType", verbose_name=_("organizations that serve it"), blank=True, related_name="+"
    )
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = NeedCategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("kind of need")
        verbose_name_plural = _("kinds of needs")
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(
                name="need_category_has_name",
                condition=~Q(name=""),
                violation_error_message=_("Please give a name."),
            ),
            models.UniqueConstraint(
                name="need_category_name_once",
                fields=["division", "name"],
                violation_error_message=_("This place has a kind of this name already."),
            ),
            models.UniqueConstraint(
                name="need_category_shipped_name_once",
                fields=["name"],
                condition=Q(division__isnull=True),
                violation_error_message=_("There is a kind of this name for all places already."),
            ),
        ]

    def __str__(self):
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name

    def get_absolute_url(self):
        return reverse("organizations:need-category-list")


class NeedAddress(Record):
    """The public page of a community: whoever knows ``token`` raises a need there, until it is revoked."""

    community = models.ForeignKey(
        "divisions.Division", verbose_name=_("community"), on_delete=models.PROTECT, related_name="+"
    )
    token = models.CharField(_("end of the address"), max_length=40, unique=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), on_delete=models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField(_("out of force since"), null=True, blank=True)

    objects = NeedAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("page for raising needs")
        verbose_name_plural = _("pages for raising needs")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="need_address_one_in_force",
                fields=["community"],
                condition=Q(revoked_at__isnull=True),
                violation_error_message=_("This community has a page for needs already."),
            )
        ]

    def __str__(self):
        return str(self.community)

    def get_absolute_url(self):
        return reverse("organizations:need-address", args=[self.community.code])


class ResidentNeed(Record):
    """One need of residents, from the day somebody tells it until the one who raised it has said how it went.

    ``key`` opens the private page on which the raiser sees the state and rates, without an account. What comes from the
    public page is read by those who serve the community alone until ``accepted_at`` says that somebody has looked.
    """

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
    title = models.CharField(_("what is needed"), max_length=120)
    text = models.TextField(_("more about it"), blank=True)
    category = models.ForeignKey(
        NeedCategory, verbose_name=_("kind of need"), on_delete=models.PROTECT, related_name="needs"
    )
    age_group = models.CharField(
        _("for people aged"), max_length=20, choices=AgeGroup.choices, default=AgeGroup.UNKNOWN
    )
    source = models.CharField(_("raised through"), max_length=20, choices=NeedSource.choices)
    status = FSMField(_("state"), max_length=20, choices=NeedStatus.choices, default=NeedStatus.RAISED, protected=True)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written down by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    contact_name = models.CharField(_("who raised it"), max_length=60, blank=True)
    contact_phone = models.CharField(_("phone"), max_length=30, blank=True)
    consented_at = models.DateTimeField(_("agreed at"), null=True, blank=True)
    consent_text = models.TextField(_("what the person agreed to"), blank=True)
    key = models.CharField(_("key of the private page"), max_length=40, unique=True, editable=False)

    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("looked at by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    accepted_at = models.DateTimeField(_("looked at"), null=True, blank=True)
    organization = models.ForeignKey(
        "organizations.SocialOrganization",
        verbose_name=_("in the hands of the organization"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    agency = models.ForeignKey(
        "organizations.Agency",
        verbose_name=_("in the hands of the agency"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    worker = models.ForeignKey(
        "organizations.SocialWorker",
        verbose_name=_("social worker"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    assigned_at = models.DateTimeField(_("given to somebody at"), null=True, blank=True)
    met_at = models.DateTimeField(_("met at"), null=True, blank=True)
    met_text = models.CharField(_("how it was met"), max_length=300, blank=True)
    stars = models.PositiveSmallIntegerField(_("stars"), null=True, blank=True)
    rating_text = models.CharField(_("words of the one who raised it"), max_length=300, blank=True)
    rated_at = models.DateTimeField(_("rated at"), null=True, blank=True)
    referred_to = models.CharField(_("passed on to"), max_length=20, choices=ReferredTo.choices, blank=True)
    referred_at = models.DateTimeField(_("passed on at"), null=True, blank=True)
    reply_text = models.TextField(_("what was answered"), blank=True)
    reason = models.CharField(_("why not"), max_length=300, blank=True)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("joined with"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged",
    )

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("need of residents")
        verbose_name_plural = _("needs of residents")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="need_has_title",
                condition=~Q(title=""),
                violation_error_message=_("Please say in one line what is needed."),
            ),
            models.CheckConstraint(
                name="need_looked_at_by_somebody",
                condition=Q(accepted_by__isnull=True, accepted_at__isnull=True)
                | Q(accepted_by__isnull=False, accepted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="need_taken_up_was_looked_at",
                condition=Q(status__in=("raised", "declined", "merged"))
                | Q(accepted_by__isnull=False, accepted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="need_assigned_to_somebody",
                condition=~Q(status="assigned")
                | (Q(assigned_at__isnull=False) & (Q(organization__isnull=False) | Q(agency__isnull=False))),
                violation_error_message=_("Please name the organization or the agency."),
            ),
            models.CheckConstraint(
                name="need_met_says_how",
                condition=(Q(status__in=("met", "rated"), met_at__isnull=False) & ~Q(met_text=""))
                | (~Q(status__in=("met", "rated")) & Q(met_at__isnull=True, met_text="")),
                violation_error_message=_("Please say how the need was met."),
            ),
            models.CheckConstraint(
                name="need_rated_has_stars",
                condition=Q(status="rated", stars__isnull=False, stars__range=(1, 5), rated_at__isnull=False)
                | (~Q(status="rated") & Q(stars__isnull=True, rated_at__isnull=True, rating_text="")),
                violation_error_message=_("Please give one to five stars."),
            ),
            models.CheckConstraint(
                name="need_referred_says_where",
                condition=(Q(status="referred", referred_at__isnull=False) & ~Q(referred_to=""))
                | (~Q(status="referred") & Q(referred_at__isnull=True, referred_to="", reply_text="")),
                violation_error_message=_("Please say to whom it was passed on."),
            ),
            models.CheckConstraint(
                name="need_declined_has_reason",
                condition=~Q(status="declined") | ~Q(reason=""),
                violation_error_message=_("Please say why."),
            ),
            models.CheckConstraint(
                name="need_merged_names_another",
                condition=(Q(status="merged", merged_into__isnull=False) & ~Q(merged_into=models.F("id")))
                | (~Q(status="merged") & Q(merged_into__isnull=True)),
            ),
            models.CheckConstraint(
                name="need_contact_with_consent",
                condition=Q(contact_name="", contact_phone="") | Q(consented_at__isnull=False),
                violation_error_message=_("A name or phone is kept only with the agreement of the person."),
            ),
        ]
        indexes = [
            models.Index(name="need_place_recent_idx", fields=["community", "-created_at", "-id"]),
            models.Index(name="need_open_idx", fields=["community", "category", "age_group"],
                         condition=Q(status__in=("raised", "accepted", "assigned"))),
        ]  # fmt: skip

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("organizations:need-detail", args=[self.uuid])

    @property
    def audit_label(self):
        """The history keeps no words that a resident wrote; they may name people."""
        return str(self.category)

    @property
    def is_open(self):
        return self.status in (NeedStatus.RAISED, NeedStatus.ACCEPTED, NeedStatus.ASSIGNED)

    @property
    def handler(self):
        """Who has it in hands: the organization, the worker with the agency, or ""."""
        if self.organization_id:
            return str(self.organization)
        return " · ".join(str(part) for part in (self.agency, self.worker) if part)

    @property
    def has_contact(self):
        return bool(self.contact_name or self.contact_phone)

    def look_at(self, by, at):
        if self.accepted_at is None:
            self.accepted_by, self.accepted_at = by, at

    @transition(field=status, source=NeedStatus.RAISED, target=NeedStatus.ACCEPTED)
    def accept(self, *, by, at):
        self.look_at(by, at)

    @transition(field=status, source=[NeedStatus.ACCEPTED, NeedStatus.ASSIGNED], target=NeedStatus.ASSIGNED)
    def assign(self, *, at, organization=None, agency=None, worker=None):
        self.organization, self.agency, self.worker, self.assigned_at = organization, agency, worker, at

    @transition(field=status, source=NeedStatus.ASSIGNED, target=NeedStatus.ACCEPTED)
    def release(self):
        """Whoever had it cannot do it: it waits for somebody else."""
        self.organization = self.agency = self.worker = self.assigned_at = None

    @transition(field=status, source=[NeedStatus.ACCEPTED, NeedStatus.ASSIGNED], target=NeedStatus.MET)
    def mark_met(self, *, text, at):
        self.met_text, self.met_at = text, at

    @transition(field=status, source=NeedStatus.MET, target=NeedStatus.RATED)
    def rate(self, *, stars, text, at):
        self.stars, self.rating_text, self.rated_at = stars, text, at

    @transition(
        field=status,
        source=[NeedStatus.RAISED, NeedStatus.ACCEPTED, NeedStatus.ASSIGNED],
        target=NeedStatus.REFERRED,
    )
    def refer(self, *, to, reply, by, at):
        """已转介: complaints and what is another office's; the answer may come later."""
        self.look_at(by, at)
        self.referred_to, self.reply_text, self.referred_at = to, reply, at

    @transition(field=status, source=[NeedStatus.RAISED, NeedStatus.ACCEPTED], target=NeedStatus.DECLINED)
    def decline(self, *, reason):
        self.reason = reason

    @transition(field=status, source=[NeedStatus.RAISED, NeedStatus.ACCEPTED], target=NeedStatus.MERGED)
    def merge(self, *, into):
        """The same was raised before; that one goes on for both."""
        self.merged_into = into
