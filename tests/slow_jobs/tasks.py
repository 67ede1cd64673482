import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from incubator.celery import app
from incubator.jobs.registries import job


def write_effect(token):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO effect (token) VALUES (%s)", [token])


@job("slow.first_time", lease=timedelta(seconds=5))
def slow_the_first_time(token, folder):
    """Write, tell the test so, and then take long: but only the first time. Who comes later is quick."""
    write_effect(token)
    started = Path(folder) / token
    if not started.exists():
        started.touch()
        time.sleep(60)


@job("slow.quick")
def quick(token):
    write_effect(token)


if settings.SLOW_MONTH:
    from tests.slow_jobs import month

    @app.task(name="slow.tick", ignore_result=True)
    def tick():
        month.tick(now=timezone.now())
