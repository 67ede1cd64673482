"""Projects and activities. Give ``organization`` and ``recorded_by``; the community follows from the organization."""

import datetime

import factory
from django.utils import timezone

from projects.choices import ActivityStatus
from projects.models import Activity, IncubationProject
from projects.services.activity_link import write_links
from tests.factories.accounts import UserFactory
from tests.factories.organizations import OrganizationFactory

STARTS_ON = datetime.date(2026, 1, 5)
STARTS_AT = datetime.datetime(2026, 11, 3, 1, 30, tzinfo=datetime.UTC)  # 09:30 in Shanghai
VISIT_DETAILS = {"way": "on_site", "met": "周队长", "needs": "反光背心", "handling": "联系物业", "pass_on": True}
TRAINING_DETAILS = {
    "topic": "怎样开好骨干会", "trainer": "王社工", "goals": "会主持", "agenda": "讲解、演练", "materials": "讲义",
    "feedback": "4.6", "gains": "敢说话了", "follow_up": "下月再练",
}  # fmt: skip


class ProjectFactory(factory.django.DjangoModelFactory):
    """A running project in its preparation."""

    class Meta:
        model = IncubationProject

    name = factory.Sequence(lambda n: f"孵化项目{n}")
    organization = factory.SubFactory(OrganizationFactory)
    community = factory.SelfAttribute("organization.community")
    lead = factory.SubFactory(UserFactory)
    created_by = factory.SelfAttribute("lead")
    starts_on = STARTS_ON


class ActivityFactory(factory.django.DjangoModelFactory):
    """A visit that was handed in on 3 November 2026. Traits: draft, returned, accepted, training."""

    class Meta:
        model = Activity
        skip_postgeneration_save = True

    kind = "visit"
    organization = factory.SubFactory(OrganizationFactory)
    community = factory.SelfAttribute("organization.community")
    recorded_by = factory.SubFactory(UserFactory)
    starts_at = STARTS_AT
    minutes = 60
    summary = "看了巡逻路线，队员想要反光背心。"
    details = factory.LazyFunction(lambda: dict(VISIT_DETAILS))
    status = ActivityStatus.SUBMITTED
    submitted_at = STARTS_AT

    @factory.post_generation
    def links(activity, create, extracted, **kwargs):  # noqa: N805
        """What was handed in stands under its organization; give ``links=[organization, …]`` for more."""
        if create and activity.organization and activity.status != ActivityStatus.DRAFT:
            write_links(activity, others=extracted or ())
            if activity.reaches_out:
                Activity.objects.filter(pk=activity.pk).update(reaches_out=True)

    class Params:
        draft = factory.Trait(
            status=ActivityStatus.DRAFT, submitted_at=None, organization=None, community=None, starts_at=None,
            minutes=None, summary="", details={}, payload={"summary": "写了一半"},
        )  # fmt: skip
        looked_at = factory.Trait(
            reviewed_by=factory.SubFactory(UserFactory), reviewed_at=factory.LazyFunction(timezone.now)
        )
        returned = factory.Trait(looked_at=True, status=ActivityStatus.RETURNED, returned_reason="请写清时间")
        accepted = factory.Trait(looked_at=True, status=ActivityStatus.ACCEPTED)
        training = factory.Trait(
            kind="training", title="怎样开好骨干会", participants=12,
            details=factory.LazyFunction(lambda: dict(TRAINING_DETAILS)),
        )  # fmt: skip
