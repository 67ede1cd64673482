"""The pages about what runs by itself."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from incubator.audit.models import AuditEvent
from incubator.base.errors import Conflict
from incubator.jobs import schedules
from incubator.jobs.models import Job, JobState, Schedule, ScheduleRun
from incubator.jobs.runner import run_due
from incubator.site.operations import policies, services
from incubator.site.operations.forms import ScheduleForm, initial_of

LIST, RUNS = "/operations/schedules/", "/operations/runs/"
NAME = "jobs.clear_away"


@pytest.fixture
def schedule():
    return Schedule.objects.with_beat().get(name=NAME)


def url(verb, schedule):
    return reverse(f"jobs:schedule-{verb}", args=[schedule.uuid])


def make_run(schedule, period, state=JobState.DONE, **values):
    now = timezone.now()
    ended = {"ended_at": now} if state in {JobState.DONE, JobState.DEAD} else {}
    return schedule.runs.create(period=period, due_at=now, state=state, started_at=now, **ended, **values)


def make_failure(schedule, period):
    now = timezone.now()
    job = Job.objects.create(
        name=schedule.name,
        key=f"{schedule.name}:{period}",
        state=JobState.DEAD,
        run_at=now,
        finished_at=now,
        attempts=3,
    )
    return make_run(schedule, period, JobState.DEAD, error="OSError: disk full", attempts=3), job


# --- the list ----------------------------------------------------------------------------------------------------
def test_the_list_says_what_runs_when_and_how_it_went(personas, sign_in, schedule):
    make_run(schedule, "2026-11-21")
    text = sign_in(personas.admin).get(LIST).content.decode()
    assert "Clear away old background work" in text
    assert "every day at 03:15" in text
    assert "done" in text
    assert "not yet" in text
    assert "These gave up" not in text


def test_failures_stand_first_with_their_reason_and_a_way_to_retry(personas, sign_in, schedule):
    _run, job = make_failure(schedule, "2026-11-20")
    client = sign_in(personas.admin)
    for page in (LIST, RUNS, schedule.get_absolute_url()):
        text = client.get(page).content.decode()
        assert "OSError: disk full" in text
        assert reverse("jobs:job-retry", args=[job.uuid]) in text
        assert "/operations/jobs/?state=dead" in text
    assert "These gave up" in client.get(RUNS).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_need_the_same_queries_for_one_failure_and_for_three(
    personas, sign_in, schedule, django_assert_num_queries, number
):
    for period in range(number):
        make_failure(schedule, f"2026-11-{period + 10}")
        make_run(schedule, f"2026-11-{period + 20}")
    client = sign_in(personas.admin)
    client.get(LIST)
    for page, queries in ((LIST, LIST_QUERIES), (RUNS, RUN_QUERIES), (schedule.get_absolute_url(), DETAIL_QUERIES)):
        with django_assert_num_queries(queries):
            assert client.get(page).status_code == 200


# Session, person, grants, bell, three counts of the tabs; then the list's count, schedules, failures, their jobs, last
# runs, runs of the next periods.
LIST_QUERIES, RUN_QUERIES, DETAIL_QUERIES = 13, 13, 8


def test_the_next_moment_is_not_one_of_a_day_that_was_run_already(personas, sign_in, schedule, time_machine):
    now = datetime.datetime(2026, 11, 22, 4, 0, tzinfo=datetime.UTC)
    time_machine.move_to(now)
    client = sign_in(personas.admin)
    assert "2026-11-23 03:15" in client.get(schedule.get_absolute_url()).content.decode()
    schedules.start_due(now=now, names=[NAME])
    services.update_schedule(schedule_id=schedule.pk, actor=personas.admin, at="23:00")
    text = client.get(schedule.get_absolute_url()).content.decode()
    assert "2026-11-23 23:00" in text
    assert "2026-11-22 23:00" not in text


@pytest.mark.parametrize("name", ["worker", "staff", "district_admin", "hub", "leader", "stranger"])
def test_nobody_else_sees_or_changes_schedules(personas, sign_in, schedule, name):
    user = getattr(personas, name)
    client = sign_in(user)
    assert (client.get(LIST).status_code, client.get(RUNS).status_code) == (403, 403)
    assert client.get(schedule.get_absolute_url()).status_code == 404
    for verb in ("update", "run", "switch-on", "switch-off"):
        assert client.post(url(verb, schedule)).status_code == 404
    assert not Schedule.objects.visible_to(user).exists()
    assert not ScheduleRun.objects.visible_to(user).exists()
    assert not AuditEvent.objects.exists()


def test_the_list_and_the_policy_agree(personas, schedule):
    for user in vars(personas).values():
        if getattr(user, "is_authenticated", False):
            seen = Schedule.objects.visible_to(user).exists()
            assert seen == bool(policies_allow(user, schedule)), user


def policies_allow(user, schedule):
    try:
        policies.check_update_schedule(user, schedule)
    except Exception:
        return False
    return True


# --- changing ----------------------------------------------------------------------------------------------------
def rule_of(schedule):
    beat = Schedule.objects.with_beat().get(pk=schedule.pk).beat
    return initial_of(beat)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"how": "day", "at": "06:30"}, {"how": "day", "weekdays": [], "days": [], "at": "06:30"}),
        (
            {"how": "week", "at": "06:30", "weekdays": ["1", "7"], "days": ["3"]},
            {"how": "week", "weekdays": [1, 7], "days": [], "at": "06:30"},
        ),
        (
            {"how": "month", "at": "00:00", "days": ["1", "28"]},
            {"how": "month", "weekdays": [], "days": [1, 28], "at": "00:00"},
        ),
        ({"how": "often", "minutes": "120"}, {"how": "often", "minutes": 120}),
    ],
)
def test_an_admin_changes_when_it_runs(personas, sign_in, schedule, typed, kept):
    response = sign_in(personas.admin).post(url("update", schedule), typed)
    assert (response.status_code, response.url) == (302, schedule.get_absolute_url())
    assert rule_of(schedule) == kept
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor) == ("schedule.changed", personas.admin)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"how": "day"}, "at", "Please say at what time."),
        ({"how": "day", "at": "25:00"}, "at", "Please write the time like 08:30."),
        ({"how": "week", "at": "08:00"}, "weekdays", "Please choose at least one day of the week."),
        ({"how": "month", "at": "08:00"}, "days", "Please choose at least one day of the month."),
        ({"how": "month", "at": "08:00", "days": ["31"]}, "days", "Please choose days from the 1st to the 28th."),
        ({"how": "often"}, "minutes", "Please choose how often."),
    ],
)
def test_what_is_no_rule_is_refused_with_one_clear_sentence(personas, sign_in, schedule, typed, field, sentence):
    response = sign_in(personas.admin).post(url("update", schedule), typed)
    assert response.status_code == 422
    assert response.context["form"].errors[field] == [sentence]
    assert rule_of(schedule)["at"] == "03:15"


def test_the_form_shows_the_rule_as_it_is(personas, sign_in, schedule):
    schedules.set_rule(schedule, now=timezone.now(), at="09:05", weekdays=(2, 5))
    form = sign_in(personas.admin).get(url("update", schedule)).context["form"]
    assert {name: form.initial[name] for name in ("how", "weekdays", "at")} == {
        "how": "week", "weekdays": [2, 5], "at": "09:05",
    }  # fmt: skip


def test_of_two_admins_who_change_it_the_later_reads_what_the_first_wrote(personas, sign_in, schedule):
    client = sign_in(personas.admin)
    edition = client.get(url("update", schedule)).context["form"].initial["edition"]
    services.update_schedule(schedule_id=schedule.pk, actor=personas.admin, at="05:00")
    response = client.post(url("update", schedule), {"how": "day", "at": "06:00", "edition": edition})
    assert response.status_code == 409
    assert rule_of(schedule)["at"] == "05:00"


def test_saving_without_a_change_writes_no_history(personas, schedule):
    services.update_schedule(schedule_id=schedule.pk, actor=personas.admin, at="03:15")
    assert not AuditEvent.objects.exists()


def test_fields_that_do_not_show_count_not():
    form = ScheduleForm({"how": "day", "at": "08:00", "weekdays": ["1"], "days": ["1"], "minutes": "30"})
    assert form.is_valid()
    assert form.rule() == {"at": "08:00", "weekdays": (), "days": ()}


# --- on, off, now ------------------------------------------------------------------------------------------------
def test_off_and_on_again_each_once(personas, sign_in, schedule):
    client = sign_in(personas.admin)
    assert client.post(url("switch-off", schedule)).status_code == 302
    assert not Schedule.objects.get(pk=schedule.pk).beat.enabled
    assert client.post(url("switch-off", schedule)).status_code == 403
    text = client.get(schedule.get_absolute_url()).content.decode()
    assert "Switched off" in text
    assert client.post(url("switch-on", schedule)).status_code == 302
    assert client.post(url("switch-on", schedule)).status_code == 403
    assert list(AuditEvent.objects.order_by("seq").values_list("verb", flat=True)) == [
        "schedule.switched_off", "schedule.switched_on",
    ]  # fmt: skip


def test_run_now_starts_one_run_however_often_it_is_clicked(personas, sign_in, schedule):
    client = sign_in(personas.admin)
    for _click in range(2):
        assert client.post(url("run", schedule)).status_code == 302
    run = ScheduleRun.objects.get()
    assert (run.by_hand, run.state) == (True, JobState.QUEUED)
    assert AuditEvent.objects.get().verb == "schedule.started"
    with pytest.raises(Conflict):
        services.run_schedule(schedule_id=schedule.pk, actor=personas.admin)
    run_due()
    run.refresh_from_db()
    assert (run.state, run.counts) == (JobState.DONE, {"jobs": 0, "runs": 0})
    assert "by hand" in client.get(schedule.get_absolute_url()).content.decode()


def test_a_retried_run_is_tried_again_and_leaves_the_failures(personas, sign_in, schedule):
    run, job = make_failure(schedule, "2026-11-20")
    job.arguments = {"day": "2026-11-20"}
    job.save(update_fields=["arguments"])
    client = sign_in(personas.admin)
    response = client.post(reverse("jobs:job-retry", args=[job.uuid]) + "?back=runs")
    assert response.url == RUNS
    run.refresh_from_db()
    assert (run.state, run.ended_at) == (JobState.QUEUED, None)
    run_due()
    run.refresh_from_db()
    assert (run.state, run.error) == (JobState.DONE, "")
    assert "These gave up" not in client.get(RUNS).content.decode()


def test_the_runs_are_narrowed_to_one_schedule_and_one_state(personas, sign_in, schedule):
    other = Schedule.objects.get(name="projects.lock_months")
    make_run(schedule, "2026-11-21", counts={"jobs": 47114711})
    make_run(other, "2026-11-21", counts={"done": 81581581})
    client = sign_in(personas.admin)
    text = client.get(RUNS, {"schedule": str(schedule.uuid)}).content.decode()
    assert "47114711" in text
    assert "81581581" not in text
    assert "No runs here" in client.get(RUNS, {"state": "dead"}).content.decode()
