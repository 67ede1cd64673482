from django.db import models

from incubator.importing.choices import BatchState


class ImportBatchQuerySet(models.QuerySet):
    def open(self):
        """Batches that may still be taken over."""
        return self.filter(state__in=[BatchState.UPLOADED, BatchState.CHECKED])

    def confirmed(self):
        return self.filter(state=BatchState.CONFIRMED)

    def same_file(self, *, kind, sha256, scope):
        return self.filter(kind=kind, sha256=sha256, scope=scope)

    def visible_to(self, user):
        """One's own; a platform admin sees all."""
        if not user.is_authenticated:
            return self.none()
        return self if user.access.is_platform_admin else self.filter(made_by=user)
