"""Real workers, killed with SIGKILL in the middle of a job: the job is done exactly once all the same."""

import os
import time

import pytest

from tests.slow_jobs.house import BEAT, House, new_database, new_file, worker

pytestmark = [pytest.mark.processes, pytest.mark.no_db, pytest.mark.timeout(300)]


def embedded(folder):
    yield House(folder, new_file(folder), "memory://", [["manage.py", "run_worker"]])


def with_servers(folder):
    """PostgreSQL and Redis, with the commands of docs/operations.md."""
    yield House(folder, new_database(), os.environ.get("TEST_BROKER_URL"), [worker(4), BEAT])


@pytest.fixture(params=[embedded, with_servers], ids=["sqlite-memory", "postgresql-redis"])
def house(request, tmp_path):
    for made in request.param(tmp_path):
        yield made
        made.kill()


def test_a_job_whose_worker_is_killed_in_mid_task_is_done_exactly_once(house):
    house.start()
    house.enqueue(f"enqueue('slow.first_time', key='a', token='a', folder={str(house.folder)!r})")
    house.wait_for((house.folder / "a").exists, "the beginning of the job")
    house.kill()
    # What the killed worker wrote is gone with its transaction, the claim is still there.
    assert house.effects() == []
    assert house.jobs("slow.") == [("slow.first_time:a", "running", 1)]
    # A delayed job is asked for while nobody is there.
    house.enqueue(
        "import datetime\nfrom django.utils import timezone\n"
        "enqueue('slow.quick', key='b', token='b', run_at=timezone.now() + datetime.timedelta(seconds=2))"
    )
    house.start()
    house.wait_for(lambda: house.effects() == ["a", "b"], "the effect of both jobs")
    time.sleep(3)
    assert house.effects() == ["a", "b"]
    assert house.jobs("slow.") == [("slow.first_time:a", "done", 2), ("slow.quick:b", "done", 1)]


def test_a_hundred_jobs_have_a_hundred_effects(house):
    house.start()
    house.enqueue("for n in range(100):\n    enqueue('slow.quick', key=str(n), token=str(n))")
    house.wait_for(lambda: len(house.effects()) >= 100, "the last effect")
    time.sleep(2)
    assert house.effects() == sorted(str(n) for n in range(100))
    assert {(state, attempts) for _key, state, attempts in house.jobs("slow.")} == {("done", 1)}
    assert "database is locked" not in house.logs()


def test_a_worker_stops_in_peace_when_told_to(house):
    house.start()
    house.wait_for(lambda: house.query("SELECT name FROM jobs_heartbeat"), "the worker's first report")
    for process in house.running:
        process.terminate()
    for process in house.running:
        process.wait(20)
    assert "Traceback" not in house.logs()
