from django.db import models


class CalendarFeedQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(revoked_at__isnull=True)

    def visible_to(self, user):
        return self.filter(user=user) if user.is_authenticated else self.none()
