from linkage.querysets.meeting import OfMeetingQuerySet
from linkage.querysets.series import OfSeriesQuerySet


class AgendaItemQuerySet(OfSeriesQuerySet):
    def open(self):
        return self.filter(status="open")


class ItemOpinionQuerySet(OfMeetingQuerySet):
    """Read with the meeting in which they were given."""
