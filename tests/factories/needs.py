"""Needs, resources and what they are brought together with. Traits make the states, with the facts each needs."""

import datetime

import factory
from django.utils import timezone

from linkage.choices import NeedActivityRole
from linkage.models import Match, NeedActivity, ResourceUse
from organizations.choices import NeedSource, NeedStatus, ResourceKind
from organizations.models import NeedAddress, NeedCategory, ResidentNeed, Resource, VenueBooking
from organizations.services.need import new_key
from tests.factories.accounts import UserFactory
from tests.factories.divisions import DivisionFactory


class NeedCategoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NeedCategory
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"kind_{n}")
    name = factory.LazyAttribute(lambda o: f"需求{o.code}")


class NeedAddressFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NeedAddress

    community = factory.SubFactory(DivisionFactory)
    token = factory.LazyFunction(new_key)
    created_by = factory.SubFactory(UserFactory)


class ResidentNeedFactory(factory.django.DjangoModelFactory):
    """Raised at the desk; give ``community``."""

    class Meta:
        model = ResidentNeed

    community = factory.SubFactory(DivisionFactory)
    title = factory.Sequence(lambda n: f"需要{n}号帮助")
    category = factory.SubFactory(NeedCategoryFactory, code="elderly")
    source = NeedSource.DESK
    key = factory.LazyFunction(new_key)

    class Params:
        looked_at = factory.Trait(
            accepted_by=factory.SubFactory(UserFactory), accepted_at=factory.LazyFunction(timezone.now)
        )
        public = factory.Trait(source=NeedSource.RESIDENT)
        accepted = factory.Trait(looked_at=True, status=NeedStatus.ACCEPTED)
        assigned = factory.Trait(
            looked_at=True, status=NeedStatus.ASSIGNED, assigned_at=factory.LazyFunction(timezone.now)
        )
        met = factory.Trait(
            looked_at=True, status=NeedStatus.MET, met_text="送到了", met_at=factory.LazyFunction(timezone.now)
        )
        rated = factory.Trait(
            looked_at=True, status=NeedStatus.RATED, met_text="送到了", met_at=factory.LazyFunction(timezone.now),
            stars=5, rated_at=factory.LazyFunction(timezone.now),
        )  # fmt: skip


class ResourceFactory(factory.django.DjangoModelFactory):
    """Ten chairs of somebody; give ``division``. Traits: venue, money."""

    class Meta:
        model = Resource

    division = factory.SubFactory(DivisionFactory)
    kind = ResourceKind.GOODS
    title = factory.Sequence(lambda n: f"折叠椅{n}")
    owner_text = "文化站"
    quantity = 10
    created_by = factory.SubFactory(UserFactory)

    class Params:
        venue = factory.Trait(kind=ResourceKind.VENUE, quantity=None)
        money = factory.Trait(kind=ResourceKind.MONEY, quantity=None, amount_fen=100_000)


class VenueBookingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = VenueBooking

    resource = factory.SubFactory(ResourceFactory, venue=True)
    title = "排练"
    starts_at = factory.LazyFunction(lambda: timezone.now() + datetime.timedelta(days=1))
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + datetime.timedelta(hours=2))
    booked_by = factory.SubFactory(UserFactory)


class MatchFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Match

    need = factory.SubFactory(ResidentNeedFactory, accepted=True)
    proposed_by = factory.SubFactory(UserFactory)


class NeedActivityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NeedActivity

    role = NeedActivityRole.FOUND
    noted_by = factory.SubFactory(UserFactory)


class ResourceUseFactory(factory.django.DjangoModelFactory):
    """Does not count on the resource: the service does that."""

    class Meta:
        model = ResourceUse

    resource = factory.SubFactory(ResourceFactory)
    used_on = factory.LazyFunction(timezone.localdate)
    quantity = 1
    entered_by = factory.SubFactory(UserFactory)


def fresh(thing):
    """The row as it stands now; a record with a guarded state is read anew, not refreshed."""
    return type(thing)._base_manager.get(pk=thing.pk)
