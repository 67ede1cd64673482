"""What is on the table. Items belong to the series: what was not treated stands on the next agenda by itself."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from incubator.base.models import Record
from linkage.choices import ItemKind, ItemSource, ItemStatus, Party
from linkage.querysets.agenda import AgendaItemQuerySet, ItemOpinionQuerySet


class AgendaItem(Record):
    """议题. ``meeting`` is empty while the item is open: it stands on the agenda of the series' first meeting that is not
    over. It names the meeting that treated or declined it."""

    series = models.ForeignKey(
        "linkage.MeetingSeries", verbose_name=_("series"), on_delete=models.PROTECT, related_name="items"
    )
    title = models.CharField(_("matter"), max_length=120)
    text = models.TextField(_("what it is about"), blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=ItemKind.choices, default=ItemKind.ISSUE)
    source = models.CharField(_("where it comes from"), max_length=20, choices=ItemSource.choices, blank=True)
    party = models.CharField(_("raised by the party"), max_length=20, choices=Party.choices)
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    need = models.ForeignKey(
        "organizations.ResidentNeed",
        verbose_name=_("need"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    announcement = models.ForeignKey(
        "projects.Announcement",
        verbose_name=_("announced activity"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    organization = models.ForeignKey(
        "organizations.SocialOrganization",
        verbose_name=_("organization"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    status = FSMField(_("state"), max_length=20, choices=ItemStatus.choices, default=ItemStatus.OPEN, protected=True)
    meeting = models.ForeignKey(
        "linkage.JointMeeting",
        verbose_name=_("treated in"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="items",
    )
    reason = models.CharField(_("why not"), max_length=200, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("proposed by"), on_delete=models.PROTECT, related_name="+"
    )

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="agenda_item_treated_in_meeting",
                condition=Q(status="treated", meeting__isnull=False)
                | Q(status__in=("open", "withdrawn"), meeting__isnull=True)
                | Q(status="declined"),
            ),
            models.CheckConstraint(
                name="agenda_item_declined_has_reason",
                condition=~Q(status="declined") | ~Q(reason=""),
                violation_error_message=_("Please say why."),
            ),
            models.UniqueConstraint(
                name="agenda_item_need_once",
                fields=["series", "need"],
                condition=Q(need__isnull=False, status="open"),
                violation_error_message=_("This need stands on the agenda already."),
            ),
            models.UniqueConstraint(
                name="agenda_item_announcement_once",
                fields=["series", "announcement"],
                condition=Q(announcement__isnull=False, status="open"),
                violation_error_message=_("This announcement stands on the agenda already."),
            ),
        ]
        indexes = [
            models.Index(name="agenda_item_open_idx", fields=["series", "position", "id"], condition=Q(status="open"))
        ]

    def __str__(self):
        return self.title

    @transition(field=status, source=ItemStatus.OPEN, target=ItemStatus.TREATED)
    def treat(self, *, meeting):
        self.meeting = meeting

    @transition(field=status, source=ItemStatus.TREATED, target=ItemStatus.OPEN)
    def put_back(self):
        """The meeting that had treated it took its words about it back before the minutes were confirmed."""
        self.meeting = None

    @transition(field=status, source=ItemStatus.OPEN, target=ItemStatus.DECLINED)
    def decline(self, *, reason, meeting=None):
        self.reason, self.meeting = reason, meeting

    @transition(field=status, source=ItemStatus.OPEN, target=ItemStatus.WITHDRAWN)
    def withdraw(self):
        """Whoever proposed it takes it back."""


class ItemOpinion(Record):
    """What a party said about an item in a meeting; one text per party, so that nobody's words are lost in one box."""

    item = models.ForeignKey(AgendaItem, verbose_name=_("matter"), on_delete=models.PROTECT, related_name="opinions")
    meeting = models.ForeignKey(
        "linkage.JointMeeting", verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="opinions"
    )
    party = models.CharField(_("party"), max_length=20, choices=Party.choices)
    text = models.TextField(_("opinion"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("written by"), on_delete=models.PROTECT, related_name="+"
    )

    objects = ItemOpinionQuerySet.as_manager()

    class Meta:
        verbose_name = _("opinion on an item")
        verbose_name_plural = _("opinions on items")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="item_opinion_once_per_party", fields=["item", "meeting", "party"]),
            models.CheckConstraint(name="item_opinion_has_text", condition=~Q(text="")),
        ]

    def __str__(self):
        return self.text[:40]
