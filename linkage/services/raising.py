"""Actions that were carried from meeting to meeting too often are raised to the street, once each."""

from linkage.models import ActionItem
from linkage.notifications import action as notices


def raise_carried(meeting):
    """Tell the street of the actions of this series that have been carried as often as it allows; nobody is told of the
    same action twice."""
    carried = ActionItem.objects.filter(series=meeting.series).in_force().with_carried().raised_to_street()
    for action in carried.with_names().order_by("due_on", "pk"):
        notices.tell_the_street(action)
