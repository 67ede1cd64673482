"""Series of activities. Give ``organization`` and ``created_by``."""

import datetime

import factory

from projects.models import ActivitySeries
from tests.factories.accounts import UserFactory
from tests.factories.organizations import OrganizationFactory


class SeriesFactory(factory.django.DjangoModelFactory):
    """Eight Tuesdays from 3 November 2026, 14:00."""

    class Meta:
        model = ActivitySeries

    kind = "training"
    title = factory.Sequence(lambda n: f"书法班{n}")
    organization = factory.SubFactory(OrganizationFactory)
    community = factory.SelfAttribute("organization.community")
    created_by = factory.SubFactory(UserFactory)
    starts_on = datetime.date(2026, 11, 3)
    starts_time = datetime.time(14, 0)
    times = 8
    minutes = 90
