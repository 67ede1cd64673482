"""What a project plans and who works on it, and links of activities. Give ``project`` (``objective``, ``activity``)."""

import datetime

import factory

from projects.models import (
    ActivityLink,
    ActivityPlan,
    Attendance,
    Objective,
    ObjectiveIndicator,
    ProjectNeed,
    ProjectPartner,
    ProjectWorker,
)
from tests.factories.accounts import UserFactory
from tests.factories.projects import STARTS_ON, ActivityFactory, ProjectFactory

PLANNED_ON = datetime.date(2026, 11, 10)


class NeedFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProjectNeed

    project = factory.SubFactory(ProjectFactory)
    level = "individual"
    text = factory.Sequence(lambda n: f"队员不会主持会议{n}")


class ObjectiveFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Objective

    project = factory.SubFactory(ProjectFactory)
    level = "individual"
    text = factory.Sequence(lambda n: f"三名骨干能主持会议{n}")


class IndicatorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ObjectiveIndicator

    objective = factory.SubFactory(ObjectiveFactory)
    name = "骨干会"
    unit = "sessions"
    target = 4


class PlanFactory(factory.django.DjangoModelFactory):
    """A visit planned for 10 November 2026."""

    class Meta:
        model = ActivityPlan

    project = factory.SubFactory(ProjectFactory)
    kind = "visit"
    title = factory.Sequence(lambda n: f"走访{n}")
    planned_on = PLANNED_ON


class ProjectWorkerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProjectWorker

    project = factory.SubFactory(ProjectFactory)
    user = factory.SubFactory(UserFactory)
    from_on = STARTS_ON


class PartnerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProjectPartner

    project = factory.SubFactory(ProjectFactory)


class LinkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ActivityLink

    activity = factory.SubFactory(ActivityFactory)
    organization = factory.SelfAttribute("activity.organization")
    community = factory.SelfAttribute("organization.community")
    minutes = factory.SelfAttribute("activity.minutes")


class PresentFactory(factory.django.DjangoModelFactory):
    """A member who was there."""

    class Meta:
        model = Attendance

    activity = factory.SubFactory(ActivityFactory)


def served(project, *objectives, **facts):
    """A counted activity of the project's organization that serves the project, or these objectives of it."""
    organization = facts.pop("organization", project.organization)
    facts = {"recorded_by": project.lead, "project": project} | facts
    activity = ActivityFactory(organization=organization, **facts)
    activity.links.all().delete()
    for number, objective in enumerate(objectives or (None,)):
        LinkFactory(
            activity=activity, project=project, objective=objective, is_main=number == 0,
            minutes=activity.minutes // max(1, len(objectives)),
        )  # fmt: skip
    return activity
