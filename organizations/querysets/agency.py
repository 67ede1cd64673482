"""Agencies, their people and what these learned."""

from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from incubator.accounts.choices import Role, Scope
from incubator.divisions.models import Division
from organizations.choices import Employment
from organizations.querysets.reach import AREA_READERS, model_named


class AgencyQuerySet(models.QuerySet):
    def of_person(self, user):
        """Those that the person supervises or works for now."""
        employed = model_named("SocialWorker").objects.current().filter(user=user)
        return self.filter(Q(uuid__in=user.access.bodies(Scope.AGENCY)) | Q(pk__in=employed.values("agency_id")))

    def employing(self, user):
        """Where the person works now; one at most (``social_worker_account_once``)."""
        return self.filter(workers__user=user, workers__left_on__isnull=True)

    def with_places(self):
        """The places served, with what they lie in, in order of their codes."""
        areas = model_named("AgencyServiceArea").objects.select_related("division__parent__parent")
        return self.prefetch_related(models.Prefetch("service_areas", queryset=areas.order_by("division__code")))

    def with_structure(self):
        """For lists: how many people work there now, by employment kind (``staff_full_time`` …), in the same query."""
        workers = (
            model_named("SocialWorker").objects.filter(agency=models.OuterRef("pk"), left_on__isnull=True).order_by()
        )
        number = {
            f"staff_{kind}": Coalesce(
                models.Subquery(
                    workers.filter(employment=kind).values("agency").annotate(number=Count("pk")).values("number")
                ),
                0,
            )
            for kind in Employment.values
        }
        return self.annotate(**number)

    def visible_to(self, user):
        """Agencies that serve a place one works in, and one's own."""
        access = user.access
        if access.is_platform_admin:
            return self
        roots = access.divisions(*AREA_READERS)
        areas = model_named("AgencyServiceArea").objects
        wanted = Q(pk__in=[])
        for root in roots:  # an agency serves a place when its area lies in the root or holds it
            wanted |= Q(
                pk__in=areas.filter(
                    Q(division__in=Division.objects.within([root]).values("pk"))
                    | Q(division__code__in=root.ancestor_codes)
                ).values("agency_id")
            )
        return self.filter(Q(pk__in=self.model.objects.of_person(user).values("pk")) | wanted)


class SocialWorkerQuerySet(models.QuerySet):
    def current(self):
        return self.filter(left_on__isnull=True)

    def structure(self):
        """{employment kind: number} of these rows, all kinds named: the agency's staff structure."""
        return self.order_by().aggregate(**{kind: Count("pk", filter=Q(employment=kind)) for kind in Employment.values})

    def visible_to(self, user):
        if user.access.is_platform_admin:
            return self
        return self.filter(agency__in=model_named("Agency").objects.visible_to(user).values("pk"))


class WorkerTrainingQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(removed_at__isnull=True)

    def visible_to(self, user):
        """Within the own agency; others read the agency's total."""
        if user.access.is_platform_admin:
            return self
        own = Q(uuid__in=user.access.bodies(Scope.AGENCY, Role.AGENCY_SUPERVISOR))
        own |= Q(workers__user=user, workers__left_on__isnull=True)
        return self.filter(worker__agency__in=model_named("Agency").objects.filter(own).values("pk"))
