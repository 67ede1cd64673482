from django.db import models


class CalendarFeedQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(revoked_at__isnull=True)

    def personal(self):
        return self.filter(division__isnull=True)

    def of_place(self, division):
        return self.filter(division=division)

    def visible_to(self, user):
        """One's own; those of places are shown on the pages of the places."""
        return self.personal().filter(user=user) if user.is_authenticated else self.none()
