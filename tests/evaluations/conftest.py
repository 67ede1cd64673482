"""The organization and its people of ``tests/projects``, and a small growth standard with two indicators of its own."""

import pytest

from evaluations.models import GrowthStandard
from evaluations.registries import indicators
from tests.evaluations.growth_indicators import ActivitiesIndicator, MembersIndicator
from tests.factories.effects import make_pair
from tests.factories.growth import make_standard
from tests.factories.projects import ProjectFactory
from tests.projects.conftest import _in_english, place  # noqa: F401 - fixtures


@pytest.fixture
def growth_indicators():
    """The indicators of the small standard, and no others."""
    others = [(code, indicators[code]) for code in [plugin.code for plugin in indicators]]
    for code, _plugin in others:
        indicators.unregister(code)
    for plugin in (MembersIndicator, ActivitiesIndicator):
        indicators.register(plugin)
    yield
    for plugin in (MembersIndicator, ActivitiesIndicator):
        indicators.unregister(plugin.code)
    for _code, plugin in others:
        indicators.register(plugin)


@pytest.fixture
def standard(db, growth_indicators):
    """The small standard, published for the whole platform in place of the sample that ships."""
    GrowthStandard.objects.update(is_active=False)
    return make_standard()


@pytest.fixture
def pair(place):  # noqa: F811 - the fixture of that name
    """Two surveys of the same people, before and after."""
    place.project = ProjectFactory(organization=place.organization, lead=place.worker)
    place.before, place.after = make_pair(place.organization, place.project)
    return place
