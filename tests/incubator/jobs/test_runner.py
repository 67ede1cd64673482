from datetime import timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.db import IntegrityError, connection
from django.utils import timezone

from incubator.accounts.models import User
from incubator.jobs import runner
from incubator.jobs.models import Heartbeat, Job, JobState
from incubator.jobs.registries import HopelessError, LaterError
from incubator.jobs.services import enqueue
from tests.factories.accounts import UserFactory


def state(job):
    job.refresh_from_db()
    return job.state


def test_a_due_job_is_done_once_with_its_arguments(handler):
    calls = []
    job = enqueue(handler(lambda thing_id: calls.append({"id": thing_id})), key="1", thing_id=7)
    assert runner.run_due() == 1
    assert runner.run_due() == 0
    assert calls == [{"id": 7}]
    assert state(job) == JobState.DONE
    assert (job.attempts, job.lease_until, job.error) == (1, None, "")
    assert job.finished_at


def test_a_job_waits_for_its_time(handler):
    calls = []
    begin = timezone.now()
    job = enqueue(handler(lambda: calls.append(1)), key="1", run_at=begin + timedelta(hours=1))
    assert runner.run_due() == 0
    with time_machine.travel(begin + timedelta(minutes=61), tick=True):
        assert runner.run_due() == 1
    assert (calls, state(job)) == ([1], JobState.DONE)


def test_a_claimed_job_is_not_given_to_a_second_worker(handler):
    job = enqueue(handler(lambda: None), key="1")
    now = timezone.now()
    assert runner.claim(job.pk, now=now).attempts == 1
    assert runner.claim(job.pk, now=now) is None


def test_a_failing_job_rests_two_then_four_seconds_then_gives_up(handler):
    def fail():
        raise ConnectionError("mail server away")

    job = enqueue(handler(fail, retry_on=(ConnectionError,)), key="1")
    begin, pauses = timezone.now(), []
    for seconds in (0, 10, 20):
        with time_machine.travel(begin + timedelta(seconds=seconds), tick=False):
            assert runner.run_due() == 1
            if state(job) == JobState.QUEUED:
                pauses.append((job.run_at - timezone.now()).seconds)
            assert runner.run_due() == 0
    assert pauses == [2, 4]
    assert (job.state, job.attempts, job.error) == (JobState.DEAD, 3, "ConnectionError: mail server away")
    with time_machine.travel(begin + timedelta(days=1), tick=False):
        assert runner.run_due() == 0


def test_a_handler_says_its_own_pauses_and_hears_when_it_is_given_up(handler):
    told = []

    def fail(thing_id):
        raise ConnectionError("away")

    pauses = [timedelta(minutes=1), timedelta(hours=1), timedelta(hours=4)]
    name = handler(
        fail, retry_on=(ConnectionError,), pauses=pauses, gave_up=lambda thing_id, error: told.append((thing_id, error))
    )
    job = enqueue(name, key="1", thing_id=7)
    rests = []
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _try in range(4):
            assert runner.run_due() == 1
            if state(job) == JobState.QUEUED:
                rests.append(job.run_at - timezone.now())
                clock.move_to(job.run_at + timedelta(seconds=1))
    assert rests == pauses
    assert (job.state, job.attempts, told) == (JobState.DEAD, 4, [(7, "ConnectionError: away")])


def test_a_job_whose_time_has_not_come_waits_without_using_a_try_up(handler):
    until = timezone.now() + timedelta(minutes=9)

    def later():
        raise LaterError(until)

    job = enqueue(handler(later), key="1")
    runner.run_due()
    assert (state(job), job.run_at, job.attempts, job.error) == (JobState.QUEUED, until, 0, "")


def test_what_is_hopeless_is_not_tried_again(handler):
    told = []

    def refuse():
        raise HopelessError("no such mailbox")

    job = enqueue(handler(refuse, gave_up=lambda error: told.append(error)), key="1")  # noqa: PLW0108 - by name
    runner.run_due()
    assert (state(job), job.attempts, told) == (JobState.DEAD, 1, ["HopelessError: no such mailbox"])


def test_a_handler_that_cannot_be_told_leaves_the_job_for_its_next_try(handler):
    def fail(error=None):
        raise HopelessError("no")

    job = enqueue(handler(fail, gave_up=fail), key="1")
    with pytest.raises(HopelessError):
        runner.run_due()
    assert state(job) == JobState.RUNNING


def test_what_a_failing_job_wrote_is_rolled_back(handler):
    def half_way():
        UserFactory(username="half")
        raise ValueError("no")

    job = enqueue(handler(half_way), key="1")
    runner.run_due()
    assert not User.objects.filter(username="half").exists()
    assert (state(job), job.error) == (JobState.QUEUED, "ValueError: no")


def test_a_job_that_fails_in_the_database_is_kept_for_another_try(handler):
    def twice():
        UserFactory(username="same")
        UserFactory(username="same")

    job = enqueue(handler(twice), key="1")
    runner.run_due()
    assert state(job) == JobState.QUEUED
    assert job.error.startswith(IntegrityError.__name__)


def test_work_of_a_lost_worker_is_redone_when_its_lease_is_over(handler):
    calls = []
    job = enqueue(handler(lambda: calls.append(1), lease=timedelta(seconds=30)), key="1")
    begin = timezone.now()
    runner.claim(job.pk, now=begin)
    with time_machine.travel(begin + timedelta(seconds=29), tick=False):
        assert runner.run_due() == 0
    with time_machine.travel(begin + timedelta(seconds=31), tick=False):
        assert runner.run_due() == 1
    assert (calls, state(job), job.attempts) == ([1], JobState.DONE, 2)


def test_a_worker_that_comes_back_too_late_leaves_no_trace(handler):
    job = enqueue(handler(UserFactory), key="1")
    begin = timezone.now()
    late = runner.claim(job.pk, now=begin - timedelta(minutes=10))
    assert late is None
    late = runner.claim(job.pk, now=begin)
    in_time = runner.claim(job.pk, now=begin + timedelta(minutes=6))
    assert runner.execute(in_time) == JobState.DONE
    assert runner.execute(late) is None
    assert User.objects.count() == 1
    assert state(job) == JobState.DONE


def test_a_job_that_takes_three_workers_along_is_given_up(handler):
    job = enqueue(handler(lambda: None), key="1")
    moment = timezone.now()
    for _try in range(3):
        assert runner.claim(job.pk, now=moment)
        moment += timedelta(minutes=6)
    assert runner.claim(job.pk, now=moment) is None
    assert (state(job), job.error) == (JobState.DEAD, runner.LOST)


def test_a_job_that_waits_with_no_try_left_is_given_up_and_not_found_for_ever(handler):
    """An earlier version allowed more tries."""
    job = enqueue(handler(lambda: None), key="1")
    Job.objects.update(attempts=5, error="OSError: away")
    assert runner.run_due(seconds=1) == 0
    assert (state(job), job.error) == (JobState.DEAD, "OSError: away")
    assert not Job.objects.due(timezone.now()).exists()


def test_the_embedded_worker_takes_over_at_once_what_its_predecessor_left(handler):
    job = enqueue(handler(lambda: None), key="1")
    runner.claim(job.pk, now=timezone.now())
    assert runner.run_due() == 0
    assert runner.release_all(now=timezone.now()) == 1
    assert runner.run_due() == 1


def test_outside_work_runs_without_holding_a_transaction(handler):
    seen = []
    # The test's own transaction is one level; a handler inside another would see a savepoint.
    job = enqueue(handler(lambda: seen.append(len(connection.savepoint_ids)), atomic=False), key="1")
    runner.run_due()
    assert (seen, state(job)) == ([0], JobState.DONE)


def test_a_job_whose_handler_is_gone_is_kept_and_gives_up(handler):
    job = Job.objects.create(name="gone.away", key="gone.away:1", run_at=timezone.now())
    begin = timezone.now()
    for seconds in (0, 10, 20):
        with time_machine.travel(begin + timedelta(seconds=seconds), tick=False):
            runner.run_due()
    assert state(job) == JobState.DEAD
    assert "gone.away" in job.error


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("cannot reach redis://user:hunter2@host:6379/0", "Exception: cannot reach redis://•••@host:6379/0"),
        ("login failed, password=hunter2;", "Exception: login failed, password=•••;"),
        ("https://robot/send?key=abc&x=1", "Exception: https://robot/send?key=•••&x=1"),
        ("duplicate\nDETAIL: Key (phone)=(13800000000)", "Exception: duplicate"),
    ],
)
def test_no_secret_is_kept_with_an_error(text, kept):
    assert runner.error_text(Exception(text)) == kept


def test_a_worker_reports_at_most_every_fifteen_seconds_and_is_forgotten_after_a_day():
    now = timezone.now()
    Heartbeat.objects.create(name="old", seen_at=now - timedelta(days=2))
    runner.beat("w1", now=now)
    runner.beat("w1", now=now + timedelta(seconds=5))
    assert list(Heartbeat.objects.values_list("name", "seen_at")) == [("w1", now)]
    runner.beat("w1", now=now + timedelta(seconds=16))
    assert Heartbeat.objects.get().seen_at == now + timedelta(seconds=16)


def test_looking_for_work_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        runner.run_due()


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_exactly_one_gets_a_job(handler):
    name = handler(lambda number: UserFactory(username=f"effect-{number}"))
    jobs = [enqueue(name, key=str(number), number=number) for number in range(20)]
    barrier, errors = Barrier(4), []

    def work():
        try:
            barrier.wait()
            for job in jobs:
                runner.run_one(job.pk)
        except Exception as error:  # pragma: no cover - only when the test fails
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert User.objects.filter(username__startswith="effect-").count() == 20
    assert set(Job.objects.values_list("state", "attempts")) == {(JobState.DONE, 1)}
