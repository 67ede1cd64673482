"""What happens by itself: ids in, one service call."""

import datetime

from django.utils import timezone

from evaluations.services import review, yearly
from incubator.accounts.models import User
from incubator.divisions.models import Division
from incubator.jobs.registries import daily_job, job


# Each review and each batch is its own transaction, and what is done is left alone, so that a second run goes on.
@daily_job("evaluations.move_reviews_on", atomic=False)
def move_reviews_on(day):
    review.move_reviews_on(now=timezone.now())


@job("evaluations.open_yearly_reviews", atomic=False, lease=datetime.timedelta(minutes=30))
def open_yearly_reviews(division_id, actor_id, due_on):
    yearly.open_yearly_reviews(
        division=Division.objects.get(pk=division_id), actor=User.objects.get(pk=actor_id),
        due_on=datetime.date.fromisoformat(due_on),
    )  # fmt: skip


@job("evaluations.tell_of_review")
def tell_of_review(review_id):
    yearly.tell_of_review(review_id=review_id)
