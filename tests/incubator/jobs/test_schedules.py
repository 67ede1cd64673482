import datetime
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone
from django_celery_beat.models import PeriodicTask
from django_celery_beat.schedulers import ModelEntry

from incubator.base.errors import Conflict
from incubator.celery import app
from incubator.jobs import cleaning, registries, runner, schedules
from incubator.jobs.apps import write_schedules
from incubator.jobs.models import Job, JobState, Schedule, ScheduleRun

ZONE = timezone.get_default_timezone()
NAME = "tests.daily"


def at(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.fixture
def daily():
    """``daily(function)`` registers a daily job at 08:00 and gives its Schedule."""

    def register(function=lambda day: None, **options):
        registries.daily_job(NAME, label="Test", at="08:00", **options)(function)
        schedules.write_defaults()
        return Schedule.objects.with_beat().get(name=NAME)

    yield register
    registries.unregister(NAME)


def start(moment):
    return schedules.start_due(now=moment, names=[NAME])


def runs():
    return list(ScheduleRun.objects.filter(schedule__name=NAME).order_by("pk"))


def test_every_periodic_job_says_in_words_what_it_does():
    silent = [
        name
        for name in registries.periodic_names()
        if not str(registries.get_periodic(name).text) or str(registries.get_periodic(name).label) == name
    ]
    assert silent == []


def test_each_periodic_job_has_its_schedule_after_migrating():
    assert set(registries.periodic_names()) == set(Schedule.objects.values_list("name", flat=True))
    beat = Schedule.objects.with_beat().get(name="jobs.clear_away").beat
    assert (beat.task, beat.args, beat.enabled) == ("jobs.start", '["jobs.clear_away"]', True)
    assert (beat.crontab.hour, beat.crontab.minute, str(beat.crontab.timezone)) == ("3", "15", "Asia/Shanghai")


def test_migrating_again_leaves_what_people_changed(daily):
    schedule = daily()
    schedules.set_rule(schedule, now=timezone.now(), minutes=30)
    schedules.switch(schedule, on=False, now=timezone.now())
    write_schedules(sender=None, using="default")  # as after migrating
    assert schedules.write_defaults() == []
    beat = Schedule.objects.with_beat().get(name=NAME).beat
    assert (beat.crontab, beat.interval.every, beat.enabled) == (None, 30, False)


def test_what_an_earlier_version_asked_for_is_taken_out():
    beat = Schedule.objects.with_beat().first().beat
    PeriodicTask.objects.create(name="jobs.daily", task="jobs.daily", crontab=beat.crontab)
    schedules.write_defaults()
    assert not PeriodicTask.objects.filter(name="jobs.daily").exists()


def test_a_day_is_run_once_however_often_it_is_looked_at(daily):
    days = []
    daily(lambda day: days.append(day))  # noqa: PLW0108 - it is given by name
    assert start(at("2026-11-22 07:59"))[0].period == "2026-11-21"  # the first look makes up for the latest moment
    assert [run.period for run in start(at("2026-11-22 08:00"))] == ["2026-11-22"]
    assert start(at("2026-11-22 08:01")) == []
    assert start(at("2026-11-22 23:59")) == []
    while runner.run_due():
        pass
    assert days == ["2026-11-21", "2026-11-22"]


def test_after_days_of_silence_the_latest_moment_alone_is_made_up_for(daily):
    daily()
    start(at("2026-11-22 08:00"))
    assert [run.period for run in start(at("2026-11-26 06:00"))] == ["2026-11-25"]


def test_moving_the_hour_makes_no_second_run_of_the_day(daily):
    schedule = daily()
    start(at("2026-11-22 08:00"))
    schedules.set_rule(schedule, now=at("2026-11-22 09:00"), at="10:00")
    assert start(at("2026-11-22 10:00")) == []
    assert [run.period for run in start(at("2026-11-23 10:00"))] == ["2026-11-23"]


def test_a_new_rule_makes_up_for_nothing_that_lies_before_it(daily):
    schedule = daily()
    schedules.set_rule(schedule, now=at("2026-11-22 09:00"), at="07:00", weekdays=(1,))
    assert start(at("2026-11-22 09:01")) == []
    assert [run.period for run in start(at("2026-11-23 07:00"))] == ["2026-11-23"]


def test_a_schedule_that_is_off_starts_nothing_and_nothing_of_that_time_later(daily):
    schedule = daily()
    schedules.switch(schedule, on=False, now=at("2026-11-20 09:00"))
    assert start(at("2026-11-22 08:00")) == []
    schedules.switch(schedule, on=True, now=at("2026-11-22 09:00"))
    assert start(at("2026-11-22 09:01")) == []
    assert [run.period for run in start(at("2026-11-23 08:00"))] == ["2026-11-23"]


def test_every_fifteen_minutes_is_once_in_each_quarter(daily):
    schedule = daily()
    schedules.set_rule(schedule, now=at("2026-11-22 09:00"), minutes=15)
    found = [run.period for minute in range(60) for run in start(at(f"2026-11-22 09:{minute:02}"))]
    assert found == ["2026-11-22T09:00", "2026-11-22T09:15", "2026-11-22T09:30", "2026-11-22T09:45"]


def test_looking_costs_two_queries_when_there_is_nothing_to_do(daily, django_assert_num_queries):
    daily()
    schedules.start_due(now=timezone.now())
    with django_assert_num_queries(2):
        assert schedules.start_due(now=timezone.now()) == []


@pytest.mark.django_db(transaction=True)
def test_of_many_schedulers_at_once_one_makes_the_run(daily):
    daily()
    barrier, found, errors = Barrier(4), [], []

    def look():
        try:
            barrier.wait()
            for day in range(1, 11):
                found.extend(start(at(f"2026-11-{day:02} 08:00")))
        except Exception as error:  # pragma: no cover - only when the test fails
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert sorted(run.period for run in found) == [f"2026-11-{day:02}" for day in range(1, 11)]
    assert Job.objects.filter(name=NAME).count() == len(runs()) == 10


def test_the_run_says_how_it_went_and_what_was_done(daily):
    daily(lambda day: {"told": 3, "skipped": 1})
    start(at("2026-11-22 08:00"))
    assert (runs()[0].state, runs()[0].seconds) == (JobState.QUEUED, None)
    runner.run_due()
    (run,) = runs()
    assert (run.state, run.attempts, run.counts, run.error) == (JobState.DONE, 1, {"told": 3, "skipped": 1}, "")
    assert 0 <= run.seconds < 5


def test_a_run_that_fails_says_why_and_gives_up_with_its_job(daily, time_machine):
    def fail(day):
        raise ValueError("no")

    daily(fail)
    start(at("2026-11-22 08:00"))
    begin = timezone.now()
    states = []
    for seconds in (0, 10, 20):
        time_machine.move_to(begin + datetime.timedelta(seconds=seconds))
        runner.run_due()
        states.append((runs()[0].state, runs()[0].attempts, runs()[0].error))
    assert states == [("queued", 1, "ValueError: no"), ("queued", 2, "ValueError: no"), ("dead", 3, "ValueError: no")]
    assert runs()[0].ended_at


def test_a_run_whose_workers_were_lost_gives_up_as_well(daily):
    daily()
    start(at("2026-11-22 08:00"))
    job, moment = Job.objects.get(name=NAME), timezone.now()
    for _try in range(3):
        assert runner.claim(job.pk, now=moment)
        moment += datetime.timedelta(minutes=6)
    assert runs()[0].state == JobState.RUNNING
    runner.claim(job.pk, now=moment)
    assert (runs()[0].state, runs()[0].error) == (JobState.DEAD, runner.LOST)


def test_by_hand_is_besides_the_periods_and_not_twice_at_once(daily):
    days = []
    schedule = daily(lambda day: days.append(day))  # noqa: PLW0108 - it is given by name
    now = at("2026-11-22 09:30")
    start(now)
    with pytest.raises(Conflict):
        schedules.start_by_hand(schedule, now=now)
    runner.run_due()
    assert schedules.start_by_hand(schedule, now=now).by_hand
    runner.run_due()
    assert days == ["2026-11-22", "2026-11-22"]
    assert start(now) == []


def test_the_scheduler_of_celery_beat_reads_the_same_rows(daily):
    schedule = daily()
    entry = ModelEntry(schedule.beat, app=app)
    assert (entry.task, entry.args, entry.options["expires"]) == ("jobs.start", [NAME], 600)
    assert entry.schedule.remaining_estimate(timezone.now()) <= datetime.timedelta(days=1)


# --- clearing away -----------------------------------------------------------------------------------------------
def test_old_jobs_that_are_done_go_and_others_stay(monkeypatch):
    monkeypatch.setattr(cleaning, "BATCH", 2)
    now = timezone.now()
    old, young = now - datetime.timedelta(days=61), now - datetime.timedelta(days=59)
    for number in range(5):
        Job.objects.create(name="x", key=f"old{number}", run_at=old, state="done", finished_at=old)
    Job.objects.create(name="x", key="young", run_at=young, state="done", finished_at=young)
    Job.objects.create(name="x", key="dead", run_at=old, state="dead", finished_at=old)
    Job.objects.create(name="x", key="waiting", run_at=old)
    assert cleaning.clear_away(now=now) == {"jobs": 5, "runs": 0}
    assert set(Job.objects.values_list("key", flat=True)) == {"young", "dead", "waiting"}


def test_old_runs_go_but_the_last_one_and_what_gave_up(daily):
    schedule = daily()
    long_ago = timezone.now() - datetime.timedelta(days=500)
    for number, state in enumerate(["done", "done", "dead", "done"]):
        due = long_ago + datetime.timedelta(days=number)
        schedule.runs.create(period=str(number), due_at=due, state=state, ended_at=due)
    assert cleaning.clear_away(now=timezone.now()) == {"jobs": 0, "runs": 2}
    assert [run.period for run in runs()] == ["2", "3"]


def test_clearing_away_a_hundred_thousand_is_done_in_few_statements(django_assert_num_queries):
    now = timezone.now()
    old = now - datetime.timedelta(days=61)
    Job.objects.bulk_create(
        Job(name="x", key=str(number), run_at=old, state="done", finished_at=old) for number in range(4001)
    )
    # Three batches: ask and delete; the last question of each kind finds nothing; which run of each schedule is the last.
    with django_assert_num_queries(2 * 3 + 1 + 1 + 1):
        cleaning.clear_away(now=now)
