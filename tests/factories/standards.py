"""Growth standards. Give ``division``; the content is that of the shipped one unless told."""

import copy

import factory

from evaluations.models import GrowthRule, GrowthStandard
from tests.evaluations.standards import DEFAULT
from tests.factories.accounts import UserFactory


class GrowthStandardFactory(factory.django.DjangoModelFactory):
    """A standard of a place that was not published yet."""

    class Meta:
        model = GrowthStandard

    code = factory.Sequence(lambda n: f"own-{n}")
    title = factory.Sequence(lambda n: f"街道成长标准{n}")
    draft = factory.LazyFunction(lambda: copy.deepcopy(DEFAULT))
    created_by = factory.SubFactory(UserFactory)


class GrowthRuleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = GrowthRule

    stage = "sapling"
    roles = factory.LazyFunction(lambda: ["street_staff"])
