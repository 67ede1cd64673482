"""An organization in each street, led by somebody, and the agency that serves the first street."""

import pytest

from tests.factories.organizations import (
    AgencyFactory,
    AgencyServiceAreaFactory,
    MembershipFactory,
    OrganizationFactory,
)
from tests.factories.projects import ActivityFactory
from tests.personas import give_leader


@pytest.fixture
def place(personas):
    """The personas, with ``organization`` (first street, led by ``leader``) and ``other_organization``."""
    personas.organization = OrganizationFactory(
        name="治安服务队", pinyin="zhianfuwudui zafwd", community=personas.community
    )
    personas.other_organization = OrganizationFactory(name="书画社", community=personas.other_community)
    give_leader(personas.leader, personas.organization.uuid)
    give_leader(personas.other_leader, personas.other_organization.uuid)
    agency = AgencyFactory(uuid=personas.agency_uuid)
    AgencyServiceAreaFactory(agency=agency, division=personas.street)
    return personas


@pytest.fixture(autouse=True)
def _in_english(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


@pytest.fixture
def hall(place):
    """An activity of the organization on 3 November with three members."""
    place.activity = ActivityFactory(organization=place.organization, recorded_by=place.worker)
    place.members = [MembershipFactory(organization=place.organization, name=name) for name in ("张三", "李四", "王五")]
    return place
