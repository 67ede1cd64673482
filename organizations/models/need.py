"""居民需求: what residents lack, raised by themselves, by workers on a visit or by grid staff."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from incubator.base.models import Record
from organizations.querysets import InCommunityQuerySet


class ResidentNeed(Record):
    community = models.ForeignKey(
        "divisions.Division", verbose_name=_("community"), on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(_("what is needed"), max_length=120)
    text = models.TextField(_("more about it"), blank=True)

    objects = InCommunityQuerySet.as_manager()

    class Meta:
        verbose_name = _("need of residents")
        verbose_name_plural = _("needs of residents")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("organizations:need-detail", args=[self.uuid])
