"""Administrative divisions: province, city, district, street and community, as of an edition of the code list."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from incubator.divisions.choices import Kind, Level, Setting
from incubator.divisions.codes import ancestor_codes
from incubator.divisions.querysets import DivisionQuerySet


class Division(models.Model):
    """A place with its statistical code (2, 4, 6, 9 or 12 digits, unpadded). The code is data: what points at a
    division points at the row, and a later edition renames or closes the row without breaking anything."""

    code = models.CharField(_("statistical code"), max_length=12, unique=True)
    name = models.CharField(pgettext_lazy("thing", "name"), max_length=100)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices)
    parent = models.ForeignKey(
        "self", verbose_name=_("belongs to"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, blank=True, default=Kind.NONE)
    setting = models.CharField(
        _("urban or rural"), max_length=8, choices=Setting.choices, blank=True, default=Setting.UNKNOWN
    )
    setting_by_hand = models.BooleanField(_("urban or rural was set by a person"), default=False)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid until"), null=True, blank=True)

    objects = DivisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("division")
        verbose_name_plural = _("divisions")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level=Level.PROVINCE, parent__isnull=True)
                | models.Q(level__gt=Level.PROVINCE, parent__isnull=False),
                name="division_only_provinces_have_no_parent",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="division_validity_in_order",
                violation_error_message=_("A place cannot end before it began."),
            ),
            models.CheckConstraint(
                condition=models.Q(level=Level.COMMUNITY) | models.Q(setting=Setting.UNKNOWN, setting_by_hand=False),
                name="division_only_communities_have_a_setting",
            ),
            models.CheckConstraint(
                condition=models.Q(setting_by_hand=False) | ~models.Q(setting=Setting.UNKNOWN),
                name="division_setting_by_hand_is_told",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("divisions:division-detail", args=[self.code])

    @property
    def is_current(self):
        return self.valid_to is None

    @property
    def ancestor_codes(self):
        """Codes from the province down to this place."""
        return [*ancestor_codes(self.code), self.code]

    def contains(self, other):
        """Whether ``other`` (a division) lies in this one or is it."""
        return other.code.startswith(self.code)
