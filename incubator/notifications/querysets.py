from django.db import models
from django.db.models import F
from django.utils import timezone

from incubator.divisions.models import Division
from incubator.notifications.choices import OPEN_STATES, ROBOT_KEEPERS, DeliveryState


class NotificationQuerySet(models.QuerySet):
    def unread(self):
        return self.filter(read_at__isnull=True, in_inbox=True)

    def inbox(self):
        """What the person reads on the site; notices of kinds they switched off there are only sent."""
        return self.filter(in_inbox=True)

    def visible_to(self, user):
        return self.filter(recipient=user) if user.is_authenticated else self.none()


class NotificationPreferenceQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(user=user) if user.is_authenticated else self.none()


class NotificationRhythmQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(user=user) if user.is_authenticated else self.none()


class DeliveryQuerySet(models.QuerySet):
    def open(self):
        """Nothing has gone out yet, and a try may be made."""
        return self.filter(state__in=OPEN_STATES)

    def dead(self):
        return self.filter(state=DeliveryState.DEAD)

    def unfinished(self):
        return self.exclude(state__in=[DeliveryState.SENT, DeliveryState.SKIPPED])

    def of_digest(self, user_id, now):
        """What waits for the digest that goes to this person now; also what an earlier one could not bring."""
        return self.filter(
            in_digest=True, notification__recipient_id=user_id, due_at__lte=now,
            state__in=[DeliveryState.QUEUED, DeliveryState.FAILED],
        )  # fmt: skip

    def claim(self, delivery):
        """Take the next try by compare-and-swap: whether nobody else did. Counts the try before it is made, so that one
        which ends with its worker was one; and notes since when, so that it is known to be in somebody's hands."""
        taken = self.filter(pk=delivery.pk, state__in=OPEN_STATES, attempts=delivery.attempts)
        return bool(taken.update(attempts=F("attempts") + 1, state=DeliveryState.QUEUED, updated_at=timezone.now()))

    def visible_to(self, user):
        """The outbox is looked after by who runs the platform: to whom, by which way and why not; never what it said."""
        return self if user.is_authenticated and user.access.is_platform_admin else self.none()


class ChannelRestQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.is_authenticated and user.access.is_platform_admin else self.none()


class GroupRobotQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_active=True)

    def reaching(self, divisions):
        """Robots of these places and of what they lie in."""
        return self.filter(division__code__in={code for place in divisions for code in place.ancestor_codes})

    def visible_to(self, user):
        """The offices that keep robots: those of their places. Nobody else, since whoever sees one may write there."""
        if not user.is_authenticated:
            return self.none()
        own = user.access.divisions(*ROBOT_KEEPERS)
        return self.filter(division__in=Division.objects.within(own).values("pk")) if own else self.none()
