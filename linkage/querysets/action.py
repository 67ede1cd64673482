from django.db.models import Count, F, Q

from linkage.choices import NOT_DONE, UNSETTLED
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
        looked = Q(reviews__meeting__status="confirmed", reviews__after__in=UNSETTLED)
        return self.annotate(carried=Count("reviews", filter=looked))

    def overdue(self, today):
        return self.filter(status__in=NOT_DONE, due_on__lt=today)

    def raised_to_street(self):
        """Carried as often as the series allows, and still not settled. Comes after :meth:`with_carried`."""
        return self.unsettled().filter(carried__gte=F("series__carries"))

    def with_names(self):
        return self.select_related("series__division__parent", "owner", "organization", "resolution")


class ActionReviewQuerySet(OfMeetingQuerySet):
    """Read with the meeting that looked."""

    def confirmed(self):
        return self.filter(meeting__status="confirmed")
