"""Projects and what belongs to one: plans, stage requests, admissions, papers."""

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from incubator.accounts.choices import Role
from incubator.divisions.models import Division
from organizations.querysets import served_divisions
from projects.choices import RUNNING
from projects.querysets.reach import ADMITTERS, ReachQuerySet, _model, _reach, led_by


class WithRuleQuerySet(models.QuerySet):
    """Rows in a place and in a stage that somebody decides on leaving."""

    rule_place, rule_stage = "community__code", "stage"

    def with_rule(self):
        """``named_roles`` of the nearest rule of the place (None: no rule), ``is_served`` by an agency at work."""
        place = models.ExpressionWrapper(models.OuterRef(self.rule_place), models.CharField())
        rules = _model("StageRule").objects.annotate(place=place).exclude(roles=[])
        rules = rules.filter(from_stage=models.OuterRef(self.rule_stage), place__startswith=models.F("division__code"))
        areas = apps.get_model("organizations", "AgencyServiceArea").objects.annotate(place=place)
        areas = areas.filter(agency__is_active=True, place__startswith=models.F("division__code"))
        return self.annotate(
            named_roles=models.Subquery(rules.order_by("-division__code").values("roles")[:1]),
            is_served=models.Exists(areas),
        )


class ProjectQuerySet(WithRuleQuerySet):
    def running(self):
        return self.filter(stage__in=RUNNING)

    def visible_to(self, user):
        """By place or organization; the leaders of all its organizations read a project."""
        if not user.is_authenticated:
            return self.none()
        wanted = _reach(user)
        if user.access.has(Role.ORGANIZATION_LEADER):
            rows = _model("ProjectPartner").objects.filter(organization__in=led_by(user).values("pk"))
            wanted |= Q(pk__in=rows.values("project_id"))
        return self.filter(wanted)

    def worked_on_by(self, user):
        """Projects that the person leads, is or was in the team of, or recorded or took part in an activity of."""
        along = _model("ActivityWorker").objects.filter(user=user).values("activity_id")
        done = _model("Activity").objects.handed_in().filter(Q(recorded_by=user) | Q(pk__in=along)).order_by()
        links = _model("ActivityLink").objects.filter(activity__in=done.values("pk"), project__isnull=False)
        return self.filter(
            Q(lead=user)
            | Q(pk__in=_model("ProjectWorker").objects.filter(user=user).values("project_id"))
            | Q(pk__in=done.filter(project__isnull=False).values("project_id"))
            | Q(pk__in=links.order_by().values("project_id"))
        )

    def people(self):
        """Keys of those who worked on one of these, as :meth:`worked_on_by` says; four queries."""
        keys = self.order_by().values("pk")
        links = _model("ActivityLink").objects.filter(project__in=keys).order_by()
        done = _model("Activity").objects.handed_in().order_by()
        done = done.filter(Q(project__in=keys) | Q(pk__in=links.values("activity_id")))
        team = _model("ProjectWorker").objects.filter(project__in=keys).order_by()
        found = set(self.order_by().values_list("lead_id", flat=True)) | set(team.values_list("user_id", flat=True))
        return found | done.people()

    def of_organization(self, organization):
        rows = _model("ProjectPartner").objects.filter(organization=organization)
        return self.filter(Q(organization=organization) | Q(pk__in=rows.values("project_id")))

    def with_names(self):
        return self.select_related("organization", "community__parent", "lead")

    def with_progress(self):
        """``plans_number`` in force, ``plans_held`` of them, and ``last_at``: when the last counted activity began."""
        plans = _model("ActivityPlan").objects.in_force().with_held().filter(project=models.OuterRef("pk")).order_by()
        number = models.Count("pk", distinct=True)
        served = _model("Activity").objects.counted().filter(links__project=models.OuterRef("pk"))
        return self.annotate(
            plans_number=_counted(plans.values("project").annotate(number=number)),
            plans_held=_counted(plans.filter(is_held=True).values("project").annotate(number=number)),
            last_at=models.Subquery(served.order_by("-starts_at", "-pk").values("starts_at")[:1]),
        )


def _counted(grouped):
    return Coalesce(models.Subquery(grouped.values("number")), 0)


class AdmissionQuerySet(ReachQuerySet):
    def under_way(self):
        """Of an organization there is at most one of these."""
        return self.filter(status__in=["applied", "screened", "admitted"])

    def waiting_for(self, user):
        """What this person is the next to look at: first checks and reviews in the places where they make them, but
        not of what they applied for themselves."""
        places = [*user.access.divisions(*ADMITTERS), *served_divisions(user)]
        inside = Division.objects.within(places).values("pk")
        return self.filter(status__in=["applied", "screened"], community__in=inside).exclude(applied_by=user)

    def overdue(self, today):
        """Applications whose first check should have been made by now."""
        return self.filter(status="applied", check_due_on__lt=today)

    def search(self, text):
        return self.filter(organization__name__icontains=text)

    def with_names(self):
        return self.select_related("organization__community__parent", "community__parent", "applied_by")


class OfProjectQuerySet(models.QuerySet):
    """Rows of a project: whoever reads the project reads them."""

    project_field = "project"

    def visible_to(self, user):
        return self.filter(
            **{f"{self.project_field}__in": _model("IncubationProject").objects.visible_to(user).values("pk")}
        )


class ProjectDocumentQuerySet(OfProjectQuerySet):
    def in_use(self):
        """Not taken back."""
        return self.filter(withdrawn_at__isnull=True)


class StageRequestQuerySet(OfProjectQuerySet, WithRuleQuerySet):
    rule_place, rule_stage = "project__community__code", "from_stage"

    def open(self):
        return self.filter(status="open")

    def not_worked_on_by(self, user):
        """Requests that the person neither asked for nor worked towards."""
        worked_on = _model("IncubationProject").objects.worked_on_by(user)
        return self.exclude(requested_by=user).exclude(project__in=worked_on.values("pk"))

    def with_names(self):
        return self.select_related(
            "project__organization", "project__community__parent", "project__lead", "requested_by", "decided_by"
        )


class ObjectiveIndicatorQuerySet(OfProjectQuerySet):
    project_field = "objective__project"


class ActivityPlanQuerySet(OfProjectQuerySet):
    def in_force(self):
        return self.filter(cancelled_at__isnull=True)

    def with_held(self):
        """``is_held``: whether a counted activity that took place names the plan."""
        held = _model("Activity").objects.counted().filter(plan=models.OuterRef("pk"))
        return self.annotate(is_held=models.Exists(held))

    def due(self, today):
        """Planned for a day that has come, not cancelled and not held."""
        return self.in_force().with_held().filter(planned_on__lte=today, is_held=False)


class RuleQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Rules of the places that one works in."""
        places = [*user.access.divisions(), *served_divisions(user)]
        return self.filter(division__in=Division.objects.within(places).values("pk"))

    def of(self, division):
        """The rules that can hold in ``division``: its own and those of the places it lies in, the nearest first."""
        return self.filter(division__code__in=division.ancestor_codes).order_by("-division__code", "from_stage")
