"""The joint meetings of a street's community: for the walk over all addresses."""

from linkage.models import AgendaItem, JointMeeting, MeetingSeries, SeriesMember
from tests.factories.meetings import (
    AgendaItemFactory,
    JointMeetingFactory,
    MeetingSeriesFactory,
    SeriesMemberFactory,
)


def met(word, community, worker):
    """A series with somebody on its roster, a meeting to come and two open matters, with the street's word in all."""
    series = MeetingSeriesFactory(
        division=community, title=f"{word}联席会", place_text=f"{word}议事厅", created_by=worker
    )  # fmt: skip
    return {
        MeetingSeries: [series],
        SeriesMember: [SeriesMemberFactory(series=series, user=None, name=f"{word}民警", party="police")],
        JointMeeting: [JointMeetingFactory(series=series, opened=True, title=f"{word}本月联席会")],
        AgendaItem: [
            AgendaItemFactory(series=series, title=f"{word}楼道", text=f"{word}堆物", proposed_by=worker)
            for _number in range(2)
        ],
    }
