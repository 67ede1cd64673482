from incubator.site.operations.views.delivery import DeliveryListView, DeliveryRetryAllView, DeliveryRetryView
from incubator.site.operations.views.job import JobListView, JobRetryView

__all__ = ["DeliveryListView", "DeliveryRetryAllView", "DeliveryRetryView", "JobListView", "JobRetryView"]
