"""What happens by itself: ids in, one service call."""

import datetime

from django.utils import timezone

from evaluations.services import answer_import, effect, review, wave, yearly
from incubator.accounts.models import User
from incubator.divisions.models import Division
from incubator.jobs.registries import daily_job, job


@daily_job("evaluations.close_waves")
def close_waves(day):
    wave.close_due_waves(today=timezone.localdate())


@daily_job("evaluations.remind_waves")
def remind_waves(day):
    wave.remind_waves(today=timezone.localdate())


@job("evaluations.import_answers", lease=datetime.timedelta(minutes=20))
def import_answers(batch_uuid):
    answer_import.run_import(batch_uuid=batch_uuid)


# Each review and each batch is its own transaction, and what is done is left alone, so that a second run goes on.
@daily_job("evaluations.move_reviews_on", atomic=False)
def move_reviews_on(day):
    review.move_reviews_on(today=datetime.date.fromisoformat(day))


@job("evaluations.open_yearly_reviews", atomic=False, lease=datetime.timedelta(minutes=30))
def open_yearly_reviews(division_id, actor_id, due_on):
    yearly.open_yearly_reviews(
        division=Division.objects.get(pk=division_id), actor=User.objects.get(pk=actor_id),
        due_on=datetime.date.fromisoformat(due_on),
    )  # fmt: skip


@job("evaluations.tell_of_review")
def tell_of_review(review_id):
    yearly.tell_of_review(review_id=review_id)


@job(effect.JOB)
def analyse(run_uuid):
    effect.write_analysis(run_uuid=run_uuid)
