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
def no_standard(db):
    """As in a place before any standard is published: the shipped one would hold everywhere, and sorts first."""
    GrowthStandard.objects.update(is_active=False)


@pytest.fixture
def growth_indicators(no_standard):
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
def standard(growth_indicators):
    """The small standard, published for the whole platform."""
    return make_standard()


@pytest.fixture
def pair(place):  # noqa: F811 - the fixture of that name
    """Two surveys of the same people, before and after."""
    place.project = ProjectFactory(organization=place.organization, lead=place.worker)
    place.before, place.after = make_pair(place.organization, place.project)
    return place
