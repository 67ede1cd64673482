"""A questionnaire given out at one time, and the answers to it."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from evaluations.choices import DoubtVerdict, LinkedBy, LinkState, ResponseSource, WaveKind, WaveStatus
from evaluations.models.instrument import InstrumentVersion
from evaluations.querysets.wave import (
    LinkDoubtQuerySet,
    ResponseQuerySet,
    WaveQuerySet,
    WaveTicketQuerySet,
)
from incubator.audit.services import MASK
from incubator.base.models import Record
from projects.choices import AgeGroup

AFTER_CLOSING = datetime.timedelta(hours=24)  # for those who began before


class Wave(Record):
    """One round of asking, for a project, an activity, or a whole community. ``token`` is the end of the public address
    ``/q/<token>/``. The text of consent is frozen when it is opened; ``earlier`` is the wave that answers are linked to."""

    version = models.ForeignKey(
        InstrumentVersion, verbose_name=_("questionnaire"), on_delete=models.PROTECT, related_name="waves"
    )
    kind = models.CharField(_("when"), max_length=20, choices=WaveKind.choices, default=WaveKind.ONCE)
    title = models.CharField(_("title"), max_length=120)
    community = models.ForeignKey(
        "divisions.Division", verbose_name=_("community"), on_delete=models.PROTECT, related_name="+"
    )
    organization = models.ForeignKey(
        "organizations.SocialOrganization",
        verbose_name=_("organization"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    project = models.ForeignKey(
        "projects.IncubationProject",
        verbose_name=_("project"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    activity = models.ForeignKey(
        "projects.Activity",
        verbose_name=_("activity"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    earlier = models.ForeignKey(
        "self",
        verbose_name=_("compared with"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="later_waves",
    )
    linked_by = models.CharField(
        _("answers are linked by"), max_length=20, choices=LinkedBy.choices, default=LinkedBy.NOTHING
    )
    asks_age_group = models.BooleanField(_("asks for the age group"), default=True)
    expected = models.PositiveIntegerField(_("how many are asked"), null=True, blank=True)
    status = FSMField(_("state"), max_length=20, choices=WaveStatus.choices, default=WaveStatus.PLANNED, protected=True)
    token = models.CharField(_("token"), max_length=32, unique=True)
    opens_on = models.DateField(_("from"))
    closes_on = models.DateField(_("until"))
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    consent_text = models.TextField(_("what people agree to"), blank=True)
    consent_version = models.CharField(_("edition of the consent"), max_length=40, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), on_delete=models.PROTECT, related_name="+"
    )

    objects = WaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        ordering = ["-opens_on", "-pk"]
        indexes = [
            models.Index(name="wave_place_idx", fields=["community", "-opens_on", "-id"]),
            models.Index(name="wave_project_idx", fields=["project", "kind"], condition=Q(project__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                name="wave_days_in_order",
                condition=Q(closes_on__gte=F("opens_on")),
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                name="wave_state_has_its_facts",
                condition=Q(status="planned", opened_at__isnull=True, closed_at__isnull=True)
                | Q(status="open", opened_at__isnull=False, closed_at__isnull=True)
                | Q(status="closed", opened_at__isnull=False, closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="wave_open_has_consent",
                condition=Q(status="planned") | (~Q(consent_text="") & ~Q(consent_version="")),
                violation_error_message=_("People read what they agree to before they answer."),
            ),
            models.CheckConstraint(
                name="wave_project_has_organization",
                condition=Q(project__isnull=True) | Q(organization__isnull=False),
            ),
            models.CheckConstraint(name="wave_not_earlier_than_itself", condition=~Q(earlier=F("pk"))),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("evaluations:wave-detail", args=[self.uuid])

    def get_answer_url(self):
        return reverse("answer:answer-add", args=[self.token])

    @property
    def stopped_at(self):
        """When it stopped to take new answers, as far as is known: by a person, or the midnight after its last day."""
        day = self.closes_on + datetime.timedelta(days=1)
        midnight = datetime.datetime.combine(day, datetime.time.min, timezone.get_current_timezone())
        return min(self.closed_at or midnight, midnight)

    def is_final(self, moment):
        """Whether at that moment it was closed, also for those who had begun before."""
        return self.status == WaveStatus.CLOSED and moment >= self.stopped_at + AFTER_CLOSING

    @transition(field=status, source=WaveStatus.PLANNED, target=WaveStatus.OPEN)
    def open(self, *, at, consent_text, consent_version):
        self.opened_at, self.consent_text, self.consent_version = at, consent_text, consent_version

    @transition(field=status, source=WaveStatus.OPEN, target=WaveStatus.CLOSED)
    def close(self, *, at):
        self.closed_at = at

    @transition(field=status, source=WaveStatus.CLOSED, target=WaveStatus.OPEN)
    def reopen(self, *, until):
        self.closed_at, self.closes_on = None, until


class WaveTicket(Record):
    """A personal link: whoever opens ``/q/<token>/`` answers as this person, once. ``subject_key`` is the same for the same
    person in every wave."""

    wave = models.ForeignKey(Wave, verbose_name=_("survey"), on_delete=models.PROTECT, related_name="tickets")
    membership = models.ForeignKey(
        "organizations.Membership",
        verbose_name=_("member"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    name = models.CharField(_("name"), max_length=60, blank=True)
    token = models.CharField(_("token"), max_length=32, unique=True)
    subject_key = models.CharField(_("key of the person"), max_length=80)

    objects = WaveTicketQuerySet.as_manager()

    class Meta:
        verbose_name = _("personal link")
        verbose_name_plural = _("personal links")
        ordering = ["wave", "pk"]
        constraints = [
            models.UniqueConstraint(name="wave_ticket_person_once", fields=["wave", "subject_key"]),
            models.CheckConstraint(
                name="wave_ticket_names_somebody", condition=Q(membership__isnull=False) | ~Q(name="")
            ),
        ]

    def __str__(self):
        return self.name or str(self.membership)

    @property
    def audit_label(self):
        """The history keeps no resident's name."""
        return MASK


class Response(Record):
    """One person's answers: {item: value} as the edition of the wave asks them (value: int for scales and numbers, option
    code, list of option codes, or text). ``scores``: {scale: {"sum", "answered"}}, reverse items turned round already.

    ``subject_key`` joins the answers of one person over waves: ``m:<member>``, ``t:<ticket key>``, ``u:<account>`` or
    ``c:<hash of the self-made code>``; empty: anonymous.
    """

    wave = models.ForeignKey(Wave, verbose_name=_("survey"), on_delete=models.PROTECT, related_name="responses")
    subject_key = models.CharField(_("key of the person"), max_length=80, blank=True)
    link_state = models.CharField(_("link"), max_length=20, choices=LinkState.choices, default=LinkState.ALONE)
    ticket = models.ForeignKey(
        WaveTicket,
        verbose_name=_("personal link"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="responses",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    age_group = models.CharField(_("age group"), max_length=10, choices=AgeGroup.choices, default=AgeGroup.UNKNOWN)
    guardian_agreed = models.BooleanField(_("a guardian agreed"), default=False)
    is_under_14 = models.BooleanField(_("under 14"), default=False)
    consented_at = models.DateTimeField(_("agreed at"), null=True, blank=True)
    answers = models.JSONField(_("answers"))
    scores = models.JSONField(_("scores"), default=dict)
    source = models.CharField(_("how it came in"), max_length=20, choices=ResponseSource.choices)
    begun_at = models.DateTimeField(_("begun at"))
    submitted_at = models.DateTimeField(_("handed in at"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    import_line = models.PositiveIntegerField(_("line of the file"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("why it was taken back"), max_length=200, blank=True)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer sheet")
        verbose_name_plural = _("answer sheets")
        ordering = ["wave", "pk"]
        indexes = [models.Index(name="response_wave_person_idx", fields=["wave", "subject_key"])]
        constraints = [
            models.UniqueConstraint(
                name="response_person_once_a_wave",
                fields=["wave", "subject_key"],
                condition=~Q(subject_key="") & Q(withdrawn_at__isnull=True) & ~Q(link_state="doubtful"),
                violation_error_message=_("This person has answered already."),
            ),
            models.UniqueConstraint(
                name="response_ticket_once",
                fields=["ticket"],
                condition=Q(ticket__isnull=False, withdrawn_at__isnull=True),
                violation_error_message=_("This personal link has been used already."),
            ),
            models.CheckConstraint(
                name="response_child_has_guardian",
                condition=Q(is_under_14=False) | Q(guardian_agreed=True),
                violation_error_message=_("Under 14 a parent or guardian has to agree."),
            ),
            models.CheckConstraint(
                name="response_from_a_person_has_consent",
                condition=Q(source__in=["paper", "import"]) | Q(consented_at__isnull=False),
            ),
            models.CheckConstraint(
                name="response_from_paper_has_enterer",
                condition=~Q(source__in=["paper", "import"]) | Q(entered_by__isnull=False),
            ),
            models.CheckConstraint(
                name="response_withdrawn_has_reason",
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""),
                violation_error_message=_("Please say why."),
            ),
        ]

    def __str__(self):
        return f"{self.wave} · {self.get_source_display()}"

    @property
    def audit_label(self):
        return MASK


class LinkDoubt(Record):
    """Two answer sheets that may be of one person: nobody joins them but a person who looked."""

    response = models.ForeignKey(
        Response, verbose_name=_("answer sheet"), on_delete=models.PROTECT, related_name="doubts"
    )
    other = models.ForeignKey(
        Response, verbose_name=_("other answer sheet"), on_delete=models.PROTECT, related_name="doubted_by"
    )
    why = models.CharField(_("why it is doubtful"), max_length=40)
    verdict = models.CharField(_("verdict"), max_length=20, choices=DoubtVerdict.choices, blank=True, default="")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("looked at by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("looked at"), null=True, blank=True)

    objects = LinkDoubtQuerySet.as_manager()

    class Meta:
        verbose_name = _("doubtful link")
        verbose_name_plural = _("doubtful links")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="link_doubt_pair_once", fields=["response", "other"]),
            models.CheckConstraint(name="link_doubt_of_two", condition=~Q(response=F("other"))),
            models.CheckConstraint(
                name="link_doubt_verdict_has_decider",
                condition=Q(verdict="", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(verdict="") & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
        ]

    def __str__(self):
        return f"{self.response} ~ {self.other}"
