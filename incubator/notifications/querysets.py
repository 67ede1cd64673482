from django.db import models


class NotificationQuerySet(models.QuerySet):
    def unread(self):
        return self.filter(read_at__isnull=True, in_inbox=True)

    def inbox(self):
        """What the person reads on the site; notices of kinds they switched off there are only sent."""
        return self.filter(in_inbox=True)

    def undelivered(self):
        return self.filter(delivered_at__isnull=True)

    def visible_to(self, user):
        return self.filter(recipient=user) if user.is_authenticated else self.none()


class NotificationPreferenceQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(user=user) if user.is_authenticated else self.none()
