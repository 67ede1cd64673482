import datetime

import factory
from django.utils import timezone

from projects.models import Attendance, Headcount, SignInCode
from tests.factories.accounts import UserFactory
from tests.factories.projects import ActivityFactory


class AttendanceFactory(factory.django.DjangoModelFactory):
    """Somebody who came by, unless ``membership`` is given."""

    class Meta:
        model = Attendance

    activity = factory.SubFactory(ActivityFactory)
    membership = None
    guest_name = factory.Maybe("membership", "", factory.Sequence(lambda n: f"来客{n}"))


class HeadcountFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Headcount

    activity = factory.SubFactory(ActivityFactory)
    number = 3


class SignInCodeFactory(factory.django.DjangoModelFactory):
    """An open door."""

    class Meta:
        model = SignInCode

    activity = factory.SubFactory(ActivityFactory)
    secret = "5e" * 32
    opened_by = factory.SubFactory(UserFactory)
    opened_at = factory.LazyFunction(timezone.now)
    closes_at = factory.LazyAttribute(lambda o: o.opened_at + datetime.timedelta(hours=2))
