import datetime

import pytest
from django.utils import timezone

from incubator.jobs import leases, runner
from incubator.jobs.models import JobState
from incubator.jobs.services import enqueue

MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def moment():
    """Just after what a test asks for is due."""
    return timezone.now() + datetime.timedelta(seconds=5)


def test_a_claim_is_short_so_that_the_work_of_a_killed_worker_is_soon_redone(handler, moment):
    job = enqueue(handler(lambda: None, lease=30 * MINUTE), key="1")
    assert runner.claim(job.pk, now=moment).lease_until == moment + MINUTE
    assert runner.claim(job.pk, now=moment + MINUTE) is None
    assert runner.claim(job.pk, now=moment + MINUTE + datetime.timedelta(seconds=1)).attempts == 2


def test_work_longer_than_a_claim_is_not_given_to_a_second_worker(handler, moment):
    job = runner.claim(enqueue(handler(lambda: None, lease=30 * MINUTE), key="1").pk, now=moment)
    with leases.held(job, 30 * MINUTE):
        assert leases.renew(now=moment + 0.9 * MINUTE) == 1
        assert runner.claim(job.pk, now=moment + 1.5 * MINUTE) is None
    assert leases.renew(now=moment + 1.5 * MINUTE) == 0
    assert runner.claim(job.pk, now=moment + 2 * MINUTE).attempts == 2


def test_a_try_that_hangs_is_not_renewed_for_ever(handler, moment):
    job = runner.claim(enqueue(handler(lambda: None), key="1").pk, now=moment)
    with leases.held(job, datetime.timedelta(0)):
        assert leases.renew(now=moment) == 0


def test_a_claim_that_somebody_else_has_meanwhile_is_left_alone(handler, moment):
    job = runner.claim(enqueue(handler(lambda: None), key="1").pk, now=moment)
    other = runner.claim(job.pk, now=moment + 2 * MINUTE)
    with leases.held(job, 5 * MINUTE):
        assert leases.renew(now=moment + 3 * MINUTE) == 0
    other.refresh_from_db()
    assert other.lease_until == moment + 3 * MINUTE


def test_work_that_is_done_is_not_renewed(handler):
    job = enqueue(handler(lambda: None), key="1")
    assert runner.run_one(job.pk) == JobState.DONE
    assert leases.renew(now=timezone.now()) == 0
