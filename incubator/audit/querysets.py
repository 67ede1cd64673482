from django.db import models


class AuditEventQuerySet(models.QuerySet):
    def about(self, thing):
        """The history of one record, newest first."""
        return self.filter(target_type=thing._meta.label_lower, target_uuid=str(public_id(thing)))

    def visible_to(self, user):
        """The whole log is read by platform admins; a record's history is shown on the record's own page."""
        return self if user.access.is_platform_admin else self.none()


def public_id(thing):
    """A record's public identifier: its uuid, else (divisions) its code."""
    return getattr(thing, "uuid", None) or getattr(thing, "code", None) or thing.pk
