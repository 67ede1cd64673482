import logging
import time
from datetime import timedelta

import pytest
from celery import Celery
from django.db import transaction
from django.utils import timezone

from incubator.jobs import services
from incubator.jobs.models import Job, JobState
from incubator.jobs.services import enqueue, wake


def test_asking_twice_with_one_key_makes_one_job(handler):
    name = handler(lambda: None)
    first, second = enqueue(name, key="1"), enqueue(name, key="1", other=2)
    assert first == second
    assert Job.objects.get().key == "tests.job:1"


def test_an_unknown_name_fails_at_the_call():
    with pytest.raises(LookupError, match=r"nobody\.knows"):
        enqueue("nobody.knows", key="1")


def test_two_handlers_of_one_name_are_refused(handler):
    handler(lambda: 1)
    with pytest.raises(ValueError, match="registered twice"):
        handler(lambda: 2)


def test_a_rolled_back_cause_leaves_no_job(handler):
    name = handler(lambda: None)
    with transaction.atomic():
        enqueue(name, key="1")
        transaction.set_rollback(True)
    assert not Job.objects.exists()


def test_job_arguments_and_time_are_kept(handler):
    later = timezone.now() + timedelta(days=3)
    job = enqueue(handler(lambda thing_id: None), key="1", run_at=later, thing_id=7)
    assert (job.arguments, job.run_at, job.state) == ({"thing_id": 7}, later, JobState.QUEUED)


def test_nobody_is_woken_without_a_broker(handler, settings, django_capture_on_commit_callbacks):
    assert settings.CELERY_EMBEDDED
    with django_capture_on_commit_callbacks() as callbacks:
        enqueue(handler(lambda: None), key="1")
    assert callbacks == []


def test_a_worker_is_woken_once_the_cause_is_through(handler, settings, django_capture_on_commit_callbacks):
    settings.CELERY_EMBEDDED = False
    name = handler(lambda: None)
    with django_capture_on_commit_callbacks() as callbacks:
        enqueue(name, key="now")
        enqueue(name, key="now")
        enqueue(name, key="later", run_at=timezone.now() + timedelta(hours=1))
    assert len(callbacks) == 1


def test_a_broker_that_is_down_neither_fails_nor_delays_the_next_request(caplog, monkeypatch):
    nobody_there = Celery("down", broker="redis://127.0.0.1:1/0", set_as_current=False)
    nobody_there.conf.broker_connection_timeout = 1
    monkeypatch.setattr("incubator.celery.app", nobody_there)
    monkeypatch.setattr(services, "_silent_until", 0.0)
    begin = time.monotonic()
    with caplog.at_level(logging.WARNING, logger="incubator.jobs.services"):
        assert wake(1) is False
        assert wake(2) is False
    assert len(caplog.records) == 1
    assert "the broker does not answer" in caplog.text
    assert time.monotonic() - begin < 5
