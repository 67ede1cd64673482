"""Reviews are casework: read where one reads the projects and activities, and their decisions with them."""

from django.apps import apps
from django.db import models
from django.db.models import Q

from evaluations.choices import RUNNING_REVIEWS
from incubator.divisions.models import Division
from organizations.querysets import served_divisions
from projects.querysets.reach import CASE_READERS, ReachQuerySet


class ReviewQuerySet(ReachQuerySet):
    def running(self):
        return self.filter(status__in=RUNNING_REVIEWS)

    def of_growth(self):
        """Not the gates of projects."""
        return self.filter(gate__isnull=True)

    def waiting_for_decision(self):
        return self.filter(status="deciding")

    def for_session(self, division):
        """What a review session of the place may take up: reviews that wait for their decision and are in no session;
        of gates also those whose opinions are still to come, since a request may be decided at any time."""
        waits = Q(status="deciding") | Q(status="opinions", gate__isnull=False)
        inside = Division.objects.within([division]).values("pk")
        return self.filter(waits, session__isnull=True, community__in=inside)

    def with_opinions(self):
        """Read at once with their authors, in the order in which they were asked for."""
        opinions = apps.get_model("evaluations", "Opinion").objects.select_related("author").order_by("pk")
        return self.prefetch_related(models.Prefetch("opinions", opinions))

    def with_names(self):
        return self.select_related(
            "organization__type", "community__parent", "standard__standard", "gate__project", "session", "opened_by"
        )


class OfReviewQuerySet(models.QuerySet):
    def visible_to(self, user):
        reviews = apps.get_model("evaluations", "GrowthReview").objects.visible_to(user)
        return self.filter(review__in=reviews.values("pk"))


class StageDecisionQuerySet(OfReviewQuerySet):
    def moves_visible_to(self, user):
        """That an organization moved from stage to stage is seen by whoever sees the organization, since its stage stands
        on its page. The decision with its reason is read with the review: :meth:`visible_to`."""
        organizations = apps.get_model("organizations", "SocialOrganization").objects.visible_to(user)
        return self.filter(organization__in=organizations.values("pk"))


class DecisionConditionQuerySet(models.QuerySet):
    def visible_to(self, user):
        decisions = apps.get_model("evaluations", "StageDecision").objects.visible_to(user)
        return self.filter(decision__in=decisions.values("pk"))


class SessionQuerySet(models.QuerySet):
    def with_progress(self):
        """``number`` of its reviews, and ``decided`` of them."""
        return self.annotate(
            number=models.Count("reviews"),
            decided=models.Count("reviews", filter=~Q(reviews__status__in=RUNNING_REVIEWS)),
        )

    def visible_to(self, user):
        """Sessions of the places one reads the casework of; those above one's place are not one's own."""
        if not user.is_authenticated:
            return self.none()
        places = [*user.access.divisions(*CASE_READERS), *served_divisions(user)]
        return self.filter(Q(division__in=Division.objects.within(places).values("pk")))
