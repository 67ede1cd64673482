"""Real workers, killed with SIGKILL in the middle of a job: the job is done exactly once all the same."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest

ROOT = Path(__file__).parents[3]
PATIENCE = 120

pytestmark = [pytest.mark.processes, pytest.mark.no_db, pytest.mark.timeout(300)]


class House:
    """One installation: its database, its broker, its processes."""

    def __init__(self, folder, database_url, broker_url, workers):
        self.folder, self.database_url, self.workers, self.running = folder, database_url, workers, []
        names = {name: value for name, value in os.environ.items() if not name.startswith(("INCUBATOR_", "DJANGO_"))}
        self.env = names | {
            "DJANGO_SETTINGS_MODULE": "tests.slow_jobs.settings",
            "INCUBATOR_DOTENV": os.devnull,
            "INCUBATOR_SECRET_KEY": "tests-only",
            "INCUBATOR_DATABASE_URL": database_url,
            "INCUBATOR_BROKER_URL": broker_url,
        }
        self.manage("migrate", "-v0")
        self.query("CREATE TABLE effect (token VARCHAR(50))", fetch=False)

    def manage(self, *arguments):
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def enqueue(self, calls):
        """``calls``: lines of Python that ask for jobs, run in a process of its own like the web's."""
        self.manage("shell", "-v0", "-c", f"from incubator.jobs.services import enqueue\n{calls}")

    def connect(self):
        if self.database_url.startswith("sqlite"):
            return sqlite3.connect(urlsplit(self.database_url).path[1:], timeout=20)
        return psycopg2.connect(self.database_url)

    def query(self, sql, fetch=True):
        with contextlib.closing(self.connect()) as connection:
            cursor = connection.cursor()
            cursor.execute(sql)
            rows = cursor.fetchall() if fetch else []
            connection.commit()
        return rows

    def start(self):
        for command in self.workers:
            log = (self.folder / f"log{len(list(self.folder.glob('log*')))}").open("wb")
            self.running.append(
                subprocess.Popen(
                    [sys.executable, *command], cwd=ROOT, env=self.env, stdin=subprocess.DEVNULL,
                    stdout=log, stderr=log, start_new_session=True,
                )
            )  # fmt: skip

    def kill(self):
        """As a power cut does: nobody gets to finish or to say goodbye."""
        for process in self.running:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.running = []

    def wait_for(self, condition, what):
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end:
                logs = "\n".join(path.read_text(errors="replace")[-2000:] for path in sorted(self.folder.glob("log*")))
                raise AssertionError(f"{what} did not come in {PATIENCE} s; jobs: {self.jobs()}\n{logs}")
            time.sleep(0.2)

    def jobs(self):
        return sorted(self.query("SELECT key, state, attempts FROM jobs_job"))

    def effects(self):
        return sorted(token for (token,) in self.query("SELECT token FROM effect"))

    def logs(self):
        return "\n".join(path.read_text(errors="replace") for path in self.folder.glob("log*"))


def embedded(folder):
    yield House(folder, f"sqlite:///{folder / 'house.sqlite3'}", "memory://", [["manage.py", "run_worker"]])


def with_servers(folder):
    """PostgreSQL and Redis, with the commands of docs/operations.md."""
    database_url, broker_url = os.environ.get("TEST_DATABASE_URL"), os.environ.get("TEST_BROKER_URL")
    assert database_url, "make test starts PostgreSQL and Redis and names them in TEST_DATABASE_URL, TEST_BROKER_URL"
    name = f"house_{uuid.uuid4().hex}"
    with contextlib.closing(psycopg2.connect(database_url)) as connection:
        connection.autocommit = True
        connection.cursor().execute(f"CREATE DATABASE {name}")
    celery = ["-m", "celery", "-A", "incubator"]
    beat = [*celery, "beat", "--scheduler", "django_celery_beat.schedulers:DatabaseScheduler", "--pidfile="]
    yield House(
        folder,
        database_url.rsplit("/", 1)[0] + f"/{name}",
        broker_url,
        [[*celery, "worker", "-P", "threads", "-c", "4", "-l", "WARNING"], beat],
    )


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
    assert house.jobs() == [("slow.first_time:a", "running", 1)]
    # A delayed job is asked for while nobody is there.
    house.enqueue(
        "import datetime\nfrom django.utils import timezone\n"
        "enqueue('slow.quick', key='b', token='b', run_at=timezone.now() + datetime.timedelta(seconds=2))"
    )
    house.start()
    house.wait_for(lambda: house.effects() == ["a", "b"], "the effect of both jobs")
    time.sleep(3)
    assert house.effects() == ["a", "b"]
    assert house.jobs() == [("slow.first_time:a", "done", 2), ("slow.quick:b", "done", 1)]


def test_a_hundred_jobs_have_a_hundred_effects(house):
    house.start()
    house.enqueue("for n in range(100):\n    enqueue('slow.quick', key=str(n), token=str(n))")
    house.wait_for(lambda: len(house.effects()) >= 100, "the last effect")
    time.sleep(2)
    assert house.effects() == sorted(str(n) for n in range(100))
    assert {(state, attempts) for _key, state, attempts in house.jobs()} == {("done", 1)}
    assert "database is locked" not in house.logs()


def test_a_worker_stops_in_peace_when_told_to(house):
    house.start()
    house.wait_for(lambda: house.query("SELECT name FROM jobs_heartbeat"), "the worker's first report")
    for process in house.running:
        process.terminate()
    for process in house.running:
        process.wait(20)
    assert "Traceback" not in house.logs()
