"""The joint meetings of a street's community: for the walk over all addresses."""

from linkage.models import AgendaItem, JointMeeting, MeetingSeries, SeriesMember
from tests.factories.meetings import (
    AgendaItemFactory,
    JointMeetingFactory,
    MeetingSeriesFactory,
    SeriesMemberFactory,
)
from tests.journeys.street_minutes import recorded


def met(word, organization, worker):
    """A series with somebody on its roster, a meeting to come and two open matters, with the street's word in all."""
    series = MeetingSeriesFactory(
        division=organization.community, title=f"{word}联席会", place_text=f"{word}议事厅", created_by=worker
    )  # fmt: skip
    items = [
        AgendaItemFactory(series=series, title=f"{word}楼道", text=f"{word}堆物", proposed_by=worker)
        for _number in range(2)
    ]
    minutes = recorded(word, series, organization, worker, items)
    coming = JointMeetingFactory(series=series, opened=True, title=f"{word}本月联席会")
    return minutes | {
        MeetingSeries: [series],
        SeriesMember: [SeriesMemberFactory(series=series, user=None, name=f"{word}民警", party="police")],
        JointMeeting: [coming, *minutes[JointMeeting]],
        AgendaItem: items,
    }
