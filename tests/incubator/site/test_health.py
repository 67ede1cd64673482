from datetime import timedelta

from django.utils import timezone

from incubator.base import triggers
from incubator.jobs.models import Heartbeat, Job, JobState
from incubator.site import health


def answer(client):
    response = client.get("/readyz")
    return response.status_code, response.json()["checks"]


def test_healthz_answers_everybody_without_a_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert not response.cookies


def test_readyz_is_ready_with_a_worker_seen_within_two_minutes(client, django_assert_num_queries):
    Heartbeat.objects.create(name="w", seen_at=timezone.now() - timedelta(seconds=110))
    assert answer(client) == (
        200,
        {
            "database": True,
            "migrations": True,
            "guards": True,
            "broker": True,
            "worker": True,
        },
    )
    with django_assert_num_queries(5):
        response = client.get("/readyz")
    assert not response.cookies
    assert response.headers["Cache-Control"] == "no-store"


def test_readyz_is_not_ready_when_no_worker_was_seen_for_two_minutes(client):
    assert answer(client)[0] == 503
    Heartbeat.objects.create(name="w", seen_at=timezone.now() - timedelta(seconds=121))
    status, checks = answer(client)
    assert (status, checks["worker"]) == (503, False)


def test_a_worker_in_the_middle_of_a_long_job_is_not_missing(client):
    now = timezone.now()
    Job.objects.create(
        name="x", key="x:1", state=JobState.RUNNING, run_at=now, lease_until=now + timedelta(minutes=3), attempts=1
    )
    assert answer(client)[0] == 200


def test_readyz_is_not_ready_without_its_broker(client, settings):
    settings.CELERY_EMBEDDED, settings.CELERY_BROKER_URL = False, "redis://127.0.0.1:1/0"
    Heartbeat.objects.create(name="w", seen_at=timezone.now())
    assert answer(client) == (
        503,
        {
            "database": True,
            "migrations": True,
            "guards": True,
            "broker": False,
            "worker": True,
        },
    )


def test_readyz_is_not_ready_while_the_database_does_not_keep_its_rules(client):
    Heartbeat.objects.create(name="w", seen_at=timezone.now())
    triggers.take_out("default")
    status, checks = answer(client)
    assert (status, checks["guards"]) == (503, False)
    assert "evaluations_stagedecision_decider" in triggers.missing("default")
    triggers.put_in("default")
    assert answer(client)[0] == 200


def test_readyz_is_not_ready_while_a_migration_is_missing(client, monkeypatch):
    from django.db.migrations.recorder import MigrationRecorder

    Heartbeat.objects.create(name="w", seen_at=timezone.now())
    monkeypatch.setattr(health, "_migrated", False)
    MigrationRecorder.Migration.objects.filter(app="jobs").delete()
    status, checks = answer(client)
    assert (status, checks["migrations"]) == (503, False)


def test_watchers_are_not_sent_to_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/healthz").status_code == 200
    assert client.get("/").status_code == 301
