"""What happens by itself: ids in, one service call."""

from django.utils import timezone

from evaluations.services import wave
from incubator.jobs.registries import daily_job


@daily_job("evaluations.close_waves")
def close_waves(day):
    wave.close_due_waves(today=timezone.localdate())


@daily_job("evaluations.remind_waves")
def remind_waves(day):
    wave.remind_waves(today=timezone.localdate())
