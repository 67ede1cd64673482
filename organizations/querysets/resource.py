"""Who reads what a place has to offer."""

import datetime

from django.db import models
from django.db.models import F, Q

from incubator.accounts.choices import Role, Scope
from incubator.divisions.models import Division
from organizations.querysets.need import NEED_READERS
from organizations.querysets.reach import model_named, served_divisions


def resource_places(user):
    """[Division] in which, and in what they lie in, the person reads resources."""
    places = [*user.access.divisions(*NEED_READERS), *served_divisions(user)]
    if own := user.access.bodies(Scope.ORGANIZATION, Role.ORGANIZATION_LEADER):
        led = model_named("SocialOrganization").objects.filter(uuid__in=own)
        places += Division.objects.filter(pk__in=led.values("community_id")).order_by("code")
    return places


class ResourceQuerySet(models.QuerySet):
    def with_names(self):
        return self.select_related("division__parent", "organization", "agency")

    def offered_to(self, division):
        """Of the place itself and of what it lies in: a street's hall serves its communities."""
        return self.filter(division__code__in=division.ancestor_codes)

    def free_on(self, day):
        """In use, not expired, and with something left."""
        left = Q(quantity__isnull=True) | Q(used_quantity__lt=F("quantity"))
        money = Q(amount_fen__isnull=True) | Q(used_fen__lt=F("amount_fen"))
        return self.filter(left, money, Q(valid_until__isnull=True) | Q(valid_until__gte=day), is_active=True)

    def search(self, text):
        text = text.strip()
        if not text:
            return self
        return self.filter(Q(title__icontains=text) | Q(owner_text__icontains=text) | Q(text__icontains=text))

    def visible_to(self, user):
        """What lies in one's places, and what is offered to all of a street or district that they lie in."""
        if not user.is_authenticated:
            return self.none()
        places = resource_places(user)
        above = {code for place in places for code in place.ancestor_codes}
        return self.filter(Q(division__in=Division.objects.within(places).values("pk")) | Q(division__code__in=above))


class OfResourceQuerySet(models.QuerySet):
    """Rows of a resource, read by whoever reads the resource."""

    def visible_to(self, user):
        return self.filter(resource__in=model_named("Resource").objects.visible_to(user).values("pk"))


class VenueBookingQuerySet(OfResourceQuerySet):
    def standing(self):
        return self.filter(cancelled_at__isnull=True)

    def between(self, first: datetime.datetime, after: datetime.datetime):
        return self.filter(starts_at__lt=after, ends_at__gt=first)
