"""A series of the personas' community with its roster and a meeting in session (tests.factories.linkage_minutes)."""

from types import SimpleNamespace

import pytest

from linkage.choices import Party
from tests.factories.linkage_minutes import HeldMeetingFactory, ItemFactory, MemberFactory, MinutesSeriesFactory
from tests.factories.organizations import OrganizationFactory
from tests.linkage.steps import attend, close, give, resolve
from tests.personas import give_leader
from tests.projects.conftest import _in_english, place  # noqa: F401 - fixtures


@pytest.fixture
def round_table(personas):
    """``series`` chaired by the community's staff and recorded by the worker; ``members`` by party; ``meeting`` in
    session; ``organization`` led by ``leader``."""
    organization = OrganizationFactory(community=personas.community, name="治安服务队")
    give_leader(personas.leader, organization.uuid)
    series = MinutesSeriesFactory(
        division=personas.community, title="三社联动联席会", chair=personas.community_staff, recorder=personas.worker
    )
    members = {
        "community": MemberFactory(series=series, party=Party.COMMUNITY, name="孙社区", user=personas.community_staff),
        "organization": MemberFactory(
            series=series, party=Party.ORGANIZATION, name="周队长", user=personas.leader, organization=organization
        ),
        "social_worker": MemberFactory(series=series, party=Party.SOCIAL_WORKER, name="王社工", user=personas.worker),
        "police": MemberFactory(series=series, party=Party.POLICE, name="罗警官", body="派出所"),
    }
    meeting = HeldMeetingFactory(
        series=series, in_session=True, chair=personas.community_staff, recorder=personas.worker
    )
    return SimpleNamespace(
        series=series, members=members, meeting=meeting, organization=organization,
        **{name: getattr(personas, name) for name in vars(personas)},
    )  # fmt: skip


@pytest.fixture
def closed(round_table):
    """With everybody there, an item resolved and an action given to the organization."""
    round_table.item = ItemFactory(series=round_table.series, title="三号楼楼道堆物")
    attend(round_table, "community", "organization", "social_worker")
    round_table.resolution = resolve(round_table, round_table.item)
    round_table.action = give(round_table, round_table.resolution)
    close(round_table)
    return round_table
