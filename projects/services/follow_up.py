"""What is left to do, read from what the data lack."""

import datetime
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.choices import ActivityStatus
from projects.models import Activity

MOST = 20


@dataclass(frozen=True)
class DerivedTask:
    title: str
    due_on: datetime.date
    url: str
    kind: str


def derived_tasks(user, today):
    """[DerivedTask]: records that came back and wait to be changed, the oldest first."""
    rows = Activity.objects.filter(recorded_by=user, status=ActivityStatus.RETURNED).select_related("organization")
    return [
        DerivedTask(
            _("Change the returned record: %(title)s") % {"title": f"{row} · {row.organization}"},
            timezone.localdate(row.reviewed_at),
            reverse("projects:activity-update", args=[row.uuid]),
            "returned",
        )
        for row in rows.order_by("reviewed_at", "pk")[:MOST]
    ]
