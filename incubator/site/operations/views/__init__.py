from incubator.site.operations.views.delivery import DeliveryListView, DeliveryRetryAllView, DeliveryRetryView
from incubator.site.operations.views.job import JobListView, JobRetryView
from incubator.site.operations.views.schedule import (
    RunListView,
    ScheduleDetailView,
    ScheduleListView,
    ScheduleRunView,
    ScheduleSwitchOffView,
    ScheduleSwitchOnView,
    ScheduleUpdateView,
)

__all__ = [
    "DeliveryListView",
    "DeliveryRetryAllView",
    "DeliveryRetryView",
    "JobListView",
    "JobRetryView",
    "RunListView",
    "ScheduleDetailView",
    "ScheduleListView",
    "ScheduleRunView",
    "ScheduleSwitchOffView",
    "ScheduleSwitchOnView",
    "ScheduleUpdateView",
]
