from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, TransitionNotAllowed, transition

from incubator.base.files import StoredFile
from incubator.base.models import Record
from organizations.choices import FilingKind, FilingStatus, PaperKind
from organizations.querysets import FilingPaperQuerySet, FilingQuerySet, PublicListQuerySet

# 备案申请表, 章程, 成员名册: what local rules ask for in common.
COMMON_PAPERS = (PaperKind.APPLICATION, PaperKind.CHARTER, PaperKind.ROSTER)
_AFTER_SUBMISSION = [FilingStatus.SUBMITTED, FilingStatus.CHECKED, FilingStatus.FILED, FilingStatus.SUSPENDED]


def _person(label):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=label, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )


class FilingRule(Record):
    """How a street files: the form of its numbers, the papers it wants, how many members an organization needs."""

    street = models.OneToOneField(
        "divisions.Division", verbose_name=_("street"), on_delete=models.PROTECT, related_name="+"
    )
    number_pattern = models.CharField(
        _("form of the number"), max_length=60, default="{street}备〔{year}〕{number:03d}号"
    )
    required_papers = models.JSONField(_("papers that are needed"), default=list, blank=True)
    minimum_members = models.PositiveSmallIntegerField(_("fewest members"), default=10)

    objects = PublicListQuerySet.as_manager()

    class Meta:
        verbose_name = _("filing rule")
        verbose_name_plural = _("filing rules")
        ordering = ["street__code"]

    def __str__(self):
        return str(self.street)

    def get_absolute_url(self):
        return reverse("organizations:filing-rule-update", args=[self.street.code])

    @classmethod
    def default_for(cls, street):
        """What holds where a street has set nothing: the three papers that local rules agree on (unsaved)."""
        return cls(street=street, required_papers=list(COMMON_PAPERS))

    def papers_for(self, kind):
        """The kinds of papers, in their usual order, that a filing of this kind has to come with."""
        wanted = [paper for paper in PaperKind.values if paper in self.required_papers]
        if kind == FilingKind.NEW:
            return [paper for paper in wanted if paper != PaperKind.REPORT]
        if kind == FilingKind.ANNUAL:
            return [paper for paper in wanted if paper == PaperKind.REPORT]
        return [paper for paper in wanted if paper == PaperKind.APPLICATION]


class FilingCounter(models.Model):
    """The last number given out by a street in a year; locked while the next one is taken, so none is given twice."""

    street = models.ForeignKey(
        "divisions.Division", verbose_name=_("street"), on_delete=models.PROTECT, related_name="+"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("filing counter")
        verbose_name_plural = _("filing counters")
        ordering = ["street", "year"]
        constraints = [models.UniqueConstraint(name="filing_counter_once", fields=["street", "year"])]

    def __str__(self):
        return f"{self.street} {self.year}"


class Filing(Record):
    """备案: one request of an organization to its street, first checked by the community.

    ``content`` is what the request says at the moment of handing in, frozen there; for a change it also holds the new
    values under "changes". The decision writes them to the organization.
    """

    organization = models.ForeignKey(
        "organizations.SocialOrganization",
        verbose_name=_("organization"),
        on_delete=models.PROTECT,
        related_name="filings",
    )
    kind = models.CharField(_("kind"), max_length=20, choices=FilingKind.choices)
    status = FSMField(
        _("state"), max_length=20, choices=FilingStatus.choices, default=FilingStatus.DRAFT, protected=True
    )
    year = models.PositiveSmallIntegerField(_("year of the report"), null=True, blank=True)
    reason = models.TextField(_("reason or remarks"), blank=True)
    content = models.JSONField(_("what is filed"), default=dict, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("prepared by"), on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(_("handed in at"), null=True, blank=True)
    submitted_by = _person(_("handed in by"))
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True)
    checked_by = _person(_("checked by"))
    check_opinion = models.TextField(_("opinion of the community"), blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = _person(_("decided by"))
    returned_reason = models.TextField(_("what to add or change"), blank=True)
    missing_papers = models.JSONField(_("papers that are missing"), default=list, blank=True)
    number = models.CharField(_("filing number"), max_length=60, blank=True)
    ended_reason = models.TextField(_("reason of suspension or end"), blank=True)

    objects = FilingQuerySet.as_manager()

    class Meta:
        verbose_name = _("filing")
        verbose_name_plural = _("filings")
        ordering = ["-updated_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="filing_one_open_per_kind",
                fields=["organization", "kind"],
                condition=Q(status__in=["draft", "submitted", "checked", "returned"]),
                violation_error_message=_("A request of this kind is open already."),
            ),
            models.UniqueConstraint(
                name="filing_annual_once_a_year",
                fields=["organization", "year"],
                condition=Q(kind="annual") & ~Q(status="cancelled"),
                violation_error_message=_("There is a report for this year already."),
            ),
            models.CheckConstraint(
                name="filing_submitted_has_facts",
                condition=~Q(status__in=_AFTER_SUBMISSION) | Q(submitted_at__isnull=False, submitted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="filing_checked_has_facts",
                condition=~Q(status__in=["checked", "filed", "suspended"])
                | Q(checked_at__isnull=False, checked_by__isnull=False),
            ),
            models.CheckConstraint(
                name="filing_filed_has_facts",
                condition=~Q(status__in=["filed", "suspended"])
                | (Q(decided_at__isnull=False, decided_by__isnull=False) & (~Q(kind="new") | ~Q(number=""))),
            ),
            models.CheckConstraint(
                name="filing_checker_does_not_file",
                condition=~Q(status__in=["filed", "suspended"]) | ~Q(decided_by=F("checked_by")),
                violation_error_message=_("Whoever made the first check does not decide. Please ask a colleague."),
            ),
            models.CheckConstraint(
                name="filing_returned_has_reason",
                condition=~Q(status="returned") | ~Q(returned_reason=""),
                violation_error_message=_("Please say what to add or change."),
            ),
            models.CheckConstraint(
                name="filing_ended_has_reason",
                condition=~Q(status__in=["suspended", "cancelled"]) | ~Q(ended_reason=""),
                violation_error_message=_("Please say why."),
            ),
            models.CheckConstraint(
                name="filing_annual_names_year",
                condition=~Q(kind="annual") | Q(year__isnull=False),
                violation_error_message=_("Please say which year the report is about."),
            ),
        ]
        indexes = [
            models.Index(name="filing_recent_idx", fields=["-updated_at", "-id"]),
            models.Index(name="filing_status_idx", fields=["status", "-updated_at", "-id"]),
        ]

    def __str__(self):
        return f"{self.organization} · {self.get_kind_display()}"

    @property
    def is_open(self):
        """Whether those who prepare it may still change it."""
        return self.status in (FilingStatus.DRAFT, FilingStatus.RETURNED)

    def get_absolute_url(self):
        return reverse("organizations:filing-detail", args=[self.uuid])

    @transition(field=status, source=[FilingStatus.DRAFT, FilingStatus.RETURNED], target=FilingStatus.SUBMITTED)
    def submit(self, *, by, at, content):
        self.submitted_by, self.submitted_at, self.content = by, at, content
        self.returned_reason, self.missing_papers = "", []
        self.checked_by = self.checked_at = self.decided_by = self.decided_at = None
        self.check_opinion = ""

    @transition(field=status, source=FilingStatus.SUBMITTED, target=FilingStatus.CHECKED)
    def check_first(self, *, by, at, opinion):
        """初审 by the community."""
        self.checked_by, self.checked_at, self.check_opinion = by, at, opinion

    @transition(field=status, source=[FilingStatus.SUBMITTED, FilingStatus.CHECKED], target=FilingStatus.RETURNED)
    def return_for_changes(self, *, by, at, reason, missing_papers):
        self.decided_by, self.decided_at = by, at
        self.returned_reason, self.missing_papers = reason, list(missing_papers)

    @transition(field=status, source=FilingStatus.CHECKED, target=FilingStatus.FILED)
    def file(self, *, by, at, number=""):
        """Filed by the street. Whoever did the first check is not the one who decides."""
        if by.pk == self.checked_by_id:
            raise TransitionNotAllowed(_("Whoever made the first check does not decide. Please ask a colleague."))
        self.decided_by, self.decided_at, self.number = by, at, number

    @transition(field=status, source=FilingStatus.FILED, target=FilingStatus.SUSPENDED)
    def suspend(self, *, reason):
        self.ended_reason = reason

    @transition(field=status, source=FilingStatus.SUSPENDED, target=FilingStatus.FILED)
    def resume(self):
        self.ended_reason = ""

    @transition(
        field=status,
        source=[FilingStatus.DRAFT, FilingStatus.RETURNED, FilingStatus.FILED, FilingStatus.SUSPENDED],
        target=FilingStatus.CANCELLED,
    )
    def cancel(self, *, reason):
        self.ended_reason = reason


class FilingPaper(StoredFile):
    """A paper of a filing."""

    filing = models.ForeignKey(Filing, verbose_name=_("filing"), on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(_("kind"), max_length=20, choices=PaperKind.choices)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("added by"), on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    objects = FilingPaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper of a filing")
        verbose_name_plural = _("papers of filings")
        ordering = ["kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="filing_paper_content_once",
                fields=["filing", "kind", "sha256"],
                condition=Q(withdrawn_at__isnull=True),
                violation_error_message=_("This file is there already."),
            )
        ]

    def __str__(self):
        return self.original_name

    def get_file_url(self):
        return reverse("organizations:filing-paper-file", args=[self.uuid, self.extension])
