from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from incubator.audit.models import AuditEvent
from incubator.base.errors import Conflict
from incubator.jobs.models import Heartbeat, Job, JobState
from incubator.site.operations.services import retry_job

URL = "/operations/jobs/"


def make_job(key, state=JobState.DEAD, **values):
    now = timezone.now()
    ended = {"finished_at": now} if state in {JobState.DEAD, JobState.DONE} else {}
    leased = {"lease_until": now + timedelta(minutes=1)} if state == JobState.RUNNING else {}
    return Job.objects.create(name="x.y", key=f"x.y:{key}", state=state, run_at=now, **ended, **leased, **values)


def retry_url(job):
    return reverse("jobs:job-retry", args=[job.uuid])


def test_a_dead_job_gets_three_new_tries_and_one_audit_event(personas):
    job = make_job("a", attempts=3, error="ConnectionError: away")
    retry_job(job_id=job.pk, actor=personas.admin)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.finished_at) == (JobState.QUEUED, 0, None)
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor) == ("job.retried", personas.admin)
    assert event.data == {"name": "x.y", "error": "ConnectionError: away"}


@pytest.mark.parametrize("state", [JobState.QUEUED, JobState.RUNNING, JobState.DONE])
def test_retry_of_a_job_that_did_not_give_up_is_refused_and_leaves_no_trace(personas, state):
    job = make_job("a", state)
    with pytest.raises(Conflict):
        retry_job(job_id=job.pk, actor=personas.admin)
    assert not AuditEvent.objects.exists()


def test_the_page_shows_what_is_unfinished_and_who_works(personas, sign_in, django_assert_num_queries):
    make_job("dead", error="ValueError: no")
    make_job("done", JobState.DONE)
    make_job("waiting", JobState.QUEUED)
    Heartbeat.objects.create(name="celery@here", seen_at=timezone.now())
    client = sign_in(personas.admin)
    text = client.get(URL).content.decode()
    assert "x.y:dead" in text
    assert "x.y:waiting" in text
    assert "x.y:done" not in text
    assert "ValueError: no" in text
    assert "celery@here" in text
    assert retry_url(Job.objects.get(key="x.y:dead")) in text
    assert "x.y:done" in client.get(URL, {"state": "done"}).content.decode()


def test_the_page_says_when_nothing_is_waiting(personas, sign_in):
    response = sign_in(personas.admin).get(URL)
    assert "Nothing is waiting" in response.content.decode()


def test_the_list_needs_the_same_queries_for_one_and_for_many(personas, sign_in, django_assert_max_num_queries):
    client = sign_in(personas.admin)
    for number in range(1, 4):
        make_job(f"job-{number}")
        with django_assert_max_num_queries(10):
            assert client.get(URL).status_code == 200


def test_an_admin_retries_by_the_button(personas, sign_in):
    job = make_job("a", attempts=3)
    response = sign_in(personas.admin).post(retry_url(job))
    assert (response.status_code, response.url) == (302, URL)
    job.refresh_from_db()
    assert job.state == JobState.QUEUED


@pytest.mark.parametrize("name", ["worker", "staff", "district_admin", "hub", "leader", "stranger"])
def test_nobody_else_sees_or_retries_jobs(personas, sign_in, name):
    job = make_job("a")
    client = sign_in(getattr(personas, name))
    assert client.get(URL).status_code == 403
    assert client.post(retry_url(job)).status_code == 404
    job.refresh_from_db()
    assert job.state == JobState.DEAD


def test_a_visitor_is_asked_to_sign_in(client):
    assert client.get(URL).url.startswith("/accounts/login/")
