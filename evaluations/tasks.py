"""What happens by itself: ids in, one service call."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluations.services import answer_import, effect, review, wave, yearly
from incubator.accounts.models import User
from incubator.divisions.models import Division
from incubator.jobs.registries import daily_job, job


@daily_job(
    "evaluations.close_waves",
    label=_("Close surveys"),
    text=_("Surveys whose last day is over take no more answers."),
    at="00:10",
)  # fmt: skip
def close_waves(day):
    return wave.close_due_waves(today=timezone.localdate())


@daily_job(
    "evaluations.remind_waves",
    label=_("Remind of surveys"),
    text=_("Who planned a survey is told how many answers are missing: half-way, and two days before its end."),
    at="08:00",
)  # fmt: skip
def remind_waves(day):
    return wave.remind_waves(today=timezone.localdate())


@job("evaluations.import_answers", lease=datetime.timedelta(minutes=20))
def import_answers(batch_uuid):
    answer_import.run_import(batch_uuid=batch_uuid)


# Each review and each batch is its own transaction, and what is done is left alone, so that a second run goes on.
@daily_job(
    "evaluations.move_reviews_on",
    label=_("Move growth reviews on"),
    text=_("Reviews whose time for the own score or for opinions is over go on to their next step."),
    at="07:30", atomic=False,
)  # fmt: skip
def move_reviews_on(day):
    return sum(review.move_reviews_on(today=datetime.date.fromisoformat(day)))


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
