"""Where an organization stands and how it got there, without walking a review."""

import datetime

import factory
from django.utils import timezone

from evaluations.models import FadingRule, GrowthReview, StageDecision
from organizations.models import SocialOrganization
from tests.factories.growth import ReviewFactory, StageDecisionFactory


class FadingRuleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FadingRule


def move_to(organization, stage, day, outcome="promote", **facts):
    """A decided review of that day after which the organization is of the stage."""
    organization = SocialOrganization.objects.get(pk=organization.pk)
    at = timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))
    review = ReviewFactory(organization=organization, deciding=True)
    decision = StageDecisionFactory(review=review, to_stage=stage, decided_at=at, outcome=outcome, **facts)
    GrowthReview.objects.filter(pk=review.pk).update(status="decided", closed_at=at)
    SocialOrganization.objects.filter(pk=organization.pk).update(growth_stage=stage)
    return StageDecision.objects.get(pk=decision.pk)
