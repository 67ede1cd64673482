"""An agency's people on its page: too many part-time staff and interns, training hours, supervision received. People stand
in the order of the alphabet, nobody is ranked."""

from collections import defaultdict
from decimal import Decimal

from django.db.models import Count, Max, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.base.panels import Panel, panels
from incubator.base.policies import verdict
from incubator.divisions.models import Division
from organizations.choices import Employment
from organizations.models import WorkerTraining
from organizations.policies.agency import check_view_agency, served_by
from organizations.policies.training import check_view_trainings
from projects.choices import StaffRole
from projects.models import Activity, ActivityWorker, WorkRule

SUPERVISION = "supervision"  # the code of 社工督导
USUAL_PERCENT = WorkRule._meta.get_field("flexible_staff_percent").default


@panels.register
class AgencyStructure(Panel):
    code = "agency-structure"
    target = "organizations.agency"
    label = _("Training and supervision")
    template = "projects/panels/agency_structure.html"
    policy = staticmethod(check_view_agency)
    order = 10

    @classmethod
    def context(cls, user, thing):
        workers = list(thing.workers.filter(left_on__isnull=True).order_by("name", "pk"))
        flexible = sum(worker.employment != Employment.FULL_TIME for worker in workers)
        percent, limit = 100 * flexible // len(workers) if workers else 0, limit_of(thing) if workers else USUAL_PERCENT
        trained = hours_of(workers)
        reads_people = verdict(check_view_trainings, user, thing)
        return {
            "agency": thing,
            "percent": percent,
            "limit": limit,
            "is_over": bool(workers) and 100 * flexible > limit * len(workers),
            "year": timezone.localdate().year,
            "hours": sum(trained.values(), Decimal(0)),
            "reads_people": reads_people,
            "people": _people(workers, trained) if reads_people else [],
            "total": len(workers),
        }


def limit_of(agency):
    """The lowest limit of the streets that the agency works in, in percent."""
    places = served_by(agency)
    codes = [place.code for place in places]
    above = {code for place in places for code in place.ancestor_codes}
    rules = WorkRule.objects.filter(division__in=Division.objects.within_codes(codes).values("pk"))
    rules |= WorkRule.objects.filter(division__code__in=above)
    return min(rules.order_by("pk").values_list("flexible_staff_percent", flat=True), default=USUAL_PERCENT)


def hours_of(workers):
    """{key of the worker: hours of training this year}."""
    found = WorkerTraining.objects.in_force().filter(
        worker__in=[worker.pk for worker in workers], held_on__year=timezone.localdate().year
    )
    return defaultdict(Decimal, found.order_by().values_list("worker").annotate(hours=Sum("hours")))


def _people(workers, trained):
    accounts = [worker.user_id for worker in workers if worker.user_id]
    supervisions = Activity.objects.counted().filter(kind=SUPERVISION)
    rows = ActivityWorker.objects.filter(
        user__in=accounts, role=StaffRole.SUPERVISED, activity__in=supervisions.values("pk")
    )
    received = {
        user: (number, last)
        for user, number, last in rows.order_by()
        .values_list("user")
        .annotate(number=Count("pk"), last=Max("activity__starts_at"))
    }
    return [
        {
            "name": worker.name,
            "url": reverse("organizations:training-list", args=[worker.uuid]),
            "hours": trained[worker.pk],
            "supervisions": received.get(worker.user_id, (0, None))[0],
            "last": received.get(worker.user_id, (0, None))[1],
        }
        for worker in workers
    ]
