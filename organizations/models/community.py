from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from incubator.base.models import Record
from organizations.choices import PlaceKind
from organizations.querysets import InCommunityQuerySet


class CommunityProfile(Record):
    """What is known of a community beyond its code: people, households, where its service centre is, whom to call."""

    community = models.OneToOneField(
        "divisions.Division", verbose_name=_("community"), on_delete=models.PROTECT, related_name="+"
    )
    population = models.PositiveIntegerField(_("inhabitants"), null=True, blank=True)
    households = models.PositiveIntegerField(_("households"), null=True, blank=True)
    area_hectares = models.PositiveIntegerField(_("area in hectares"), null=True, blank=True)
    service_center = models.CharField(_("service centre"), max_length=200, blank=True)
    contact_name = models.CharField(_("contact person"), max_length=60, blank=True)
    contact_phone = models.CharField(_("contact phone"), max_length=30, blank=True)
    about = models.TextField(_("about the community"), blank=True)

    objects = InCommunityQuerySet.as_manager()

    class Meta:
        verbose_name = _("community profile")
        verbose_name_plural = _("community profiles")
        ordering = ["community__code"]

    def __str__(self):
        return str(self.community)

    def get_absolute_url(self):
        return reverse("organizations:community-detail", args=[self.community.code])


class Place(Record):
    """A grid, housing estate or building; the community keeps the list, others name one in their records."""

    community = models.ForeignKey(
        "divisions.Division", verbose_name=_("community"), on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=PlaceKind.choices)
    name = models.CharField(pgettext_lazy("thing", "name"), max_length=60)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = InCommunityQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["kind", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="place_name_once_in_community",
                fields=["community", "kind", "name"],
                violation_error_message=_("The community has a place of this name already."),
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("organizations:community-detail", args=[self.community.code])
