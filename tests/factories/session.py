"""Review sessions. Give ``division`` (a street or a district)."""

import factory
from django.utils import timezone

from evaluations.models import ReviewSession
from tests.factories.accounts import UserFactory
from tests.factories.divisions import DivisionFactory


class SessionFactory(factory.django.DjangoModelFactory):
    """A planned session. Trait: held."""

    class Meta:
        model = ReviewSession

    division = factory.SubFactory(DivisionFactory)
    title = "秋季评审会"
    held_on = factory.LazyFunction(timezone.localdate)
    created_by = factory.SubFactory(UserFactory)

    class Params:
        held = factory.Trait(status="held", closed_at=factory.LazyFunction(timezone.now))
