"""What happens by itself: ids in, one service call."""

import datetime

from django.utils import timezone

from evaluations.services import answer_import, effect, wave
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


@job(effect.JOB)
def analyse(run_uuid):
    effect.write_analysis(run_uuid=run_uuid)
