from django.db.models import Count, Q

from linkage.choices import UNSETTLED
from linkage.querysets.meeting import OfMeetingQuerySet
from linkage.querysets.series import OfSeriesQuerySet


class ActionItemQuerySet(OfSeriesQuerySet):
    def in_force(self):
        """Named in confirmed minutes; what a recorder is still writing does not count yet."""
        return self.filter(resolution__meeting__status="confirmed")

    def unsettled(self):
        return self.filter(status__in=UNSETTLED)

    def on_agenda_of(self, series):
        """What comes first on the series' next agenda, whichever meeting that is."""
        return self.filter(series=series).in_force().unsettled()

    def with_carried(self):
        """``carried``: after how many meetings it was still not settled."""
        return self.annotate(carried=Count("reviews", filter=Q(reviews__after__in=UNSETTLED)))


class ActionReviewQuerySet(OfMeetingQuerySet):
    """Read with the meeting that looked."""
