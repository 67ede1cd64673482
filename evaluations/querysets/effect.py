"""A comparison is seen by whoever sees both of its surveys; what it says of a comparison group is a question of its own."""

from django.apps import apps
from django.db import models


class AnalysisRunQuerySet(models.QuerySet):
    def computed(self):
        return self.filter(computed_at__isnull=False)

    def visible_to(self, user):
        waves = apps.get_model("evaluations", "Wave").objects.visible_to(user).values("pk")
        return self.filter(before__in=waves, after__in=waves)

    def like(self, run):
        """Other runs of the same surveys."""
        same = {name: getattr(run, f"{name}_id") for name in self.model.WAVES}
        return self.filter(**same).exclude(pk=run.pk)
