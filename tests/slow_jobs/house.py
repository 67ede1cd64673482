"""One installation in real processes: its database, its broker, its workers; and what stands outside of it."""

import atexit
import contextlib
import functools
import os
import shutil
import signal
import socket
import socketserver
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

ROOT = Path(__file__).parents[2]
PATIENCE = 120
CELERY = ["-m", "celery", "-A", "incubator"]
BEAT = [*CELERY, "beat", "--scheduler", "django_celery_beat.schedulers:DatabaseScheduler", "--pidfile="]


def worker(threads):
    return [*CELERY, "worker", "-P", "threads", "-c", str(threads), "-l", "WARNING", "-n", f"{uuid.uuid4().hex}@test"]


def environment(database_url, **more):
    """Of the product's processes: nothing of the shell that runs the tests."""
    names = {name: value for name, value in os.environ.items() if not name.startswith(("INCUBATOR_", "DJANGO_"))}
    return names | {
        "DJANGO_SETTINGS_MODULE": "tests.slow_jobs.settings",
        "INCUBATOR_DOTENV": os.devnull,
        "INCUBATOR_SECRET_KEY": "tests-only",
        "INCUBATOR_DATABASE_URL": database_url,
        **more,
    }


def manage(env, *arguments):
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def new_database():
    """Address of a new, migrated database on the server of TEST_DATABASE_URL: a copy of one that is migrated once."""
    database_url = os.environ.get("TEST_DATABASE_URL")
    assert database_url, "make test starts PostgreSQL and Redis and names them in TEST_DATABASE_URL, TEST_BROKER_URL"
    return _create(database_url, f"house_{uuid.uuid4().hex}", f"TEMPLATE {_template(database_url)}")


def new_file(folder):
    """The same as a file of SQLite."""
    shutil.copyfile(_template_file(), folder / "house.sqlite3")
    return f"sqlite:///{folder / 'house.sqlite3'}"


@functools.cache
def _template(database_url):
    made = _create(database_url, "house_template", "")
    manage(environment(made), "migrate", "-v0")
    return "house_template"


@functools.cache
def _template_file():
    folder = Path(tempfile.mkdtemp(prefix="miaopu-house-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    manage(environment(f"sqlite:///{folder / 'template.sqlite3'}"), "migrate", "-v0")
    return folder / "template.sqlite3"


def _create(database_url, name, how):
    with contextlib.closing(psycopg2.connect(database_url)) as connection:
        connection.autocommit = True
        connection.cursor().execute(f"CREATE DATABASE {name} {how}")
    return database_url.rsplit("/", 1)[0] + f"/{name}"


class House:
    """On a migrated database. ``workers``: the commands that ``start`` starts; ``more``: what else its processes find in
    their environment."""

    def __init__(self, folder, database_url, broker_url, workers, **more):
        self.folder, self.database_url, self.workers, self.running = folder, database_url, workers, []
        self.env = environment(database_url, INCUBATOR_BROKER_URL=broker_url, **more)
        self.query("CREATE TABLE effect (token VARCHAR(50))", fetch=False)

    def run(self, code):
        """Lines of Python in a process of their own like the web's; what they print."""
        return manage(self.env, "shell", "-v0", "-c", code)

    def enqueue(self, calls):
        self.run(f"from incubator.jobs.services import enqueue\n{calls}")

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
            self.spawn(command)

    def spawn(self, command):
        log = (self.folder / f"log{len(list(self.folder.glob('log*')))}").open("wb")
        process = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=self.env, stdin=subprocess.DEVNULL,
            stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        self.running.append(process)
        return process

    def kill(self, *processes):
        """As a power cut does: nobody gets to finish or to say goodbye. All when none is named."""
        for process in processes or list(self.running):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            self.running.remove(process)

    def wait_for(self, condition, what, patience=PATIENCE):
        end = time.monotonic() + patience
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f"{what} did not come in {patience} s; jobs: {self.jobs()[-20:]}\n{self.ends()}")
            time.sleep(0.2)

    def jobs(self, prefix=""):
        """[(key, state, attempts)] of the jobs whose key begins so."""
        return sorted(
            row for row in self.query("SELECT key, state, attempts FROM jobs_job") if row[0].startswith(prefix)
        )

    def effects(self):
        return sorted(token for (token,) in self.query("SELECT token FROM effect"))

    def logs(self):
        return "\n".join(path.read_text(errors="replace") for path in self.folder.glob("log*"))

    def ends(self):
        return "\n".join(path.read_text(errors="replace")[-2000:] for path in sorted(self.folder.glob("log*")))


class Broker:
    """A Redis of one's own, which may be killed and comes back at the same address with nothing of what it held."""

    def __init__(self, folder):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.folder, self.process = folder, None
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self):
        found = shutil.which("redis-server")
        assert found, "redis-server is not installed (on Debian: apt-get install redis-server)"
        command = [found, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(
            [*command, "--dir", str(self.folder)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        for _try in range(300):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.1)
        raise AssertionError("Redis did not start")

    def kill(self):
        self.process.kill()
        self.process.wait()


class Outside:
    """What stands outside: a mail server and the robots' service. ``letters``: the Message-ID of each letter that was
    taken; ``messages``: (address, text) of each message to a group."""

    def __init__(self):
        self.letters, self.messages = [], []
        self.mail = _serve(socketserver.ThreadingTCPServer, _smtp(self.letters))
        self.robots = _serve(ThreadingHTTPServer, _robot(self.messages))

    @property
    def addresses(self):
        """Settings that lead there."""
        return {
            "INCUBATOR_EMAIL_URL": f"smtp://127.0.0.1:{self.mail.server_address[1]}",
            "INCUBATOR_ROBOT_ENDPOINT": f"http://127.0.0.1:{self.robots.server_address[1]}",
        }

    def close(self):
        for server in (self.mail, self.robots):
            server.shutdown()
            server.server_close()


def _serve(kind, handler):
    class Server(kind):
        daemon_threads = allow_reuse_address = True

        def handle_error(self, request, client_address):
            """A client that was killed in the middle of a sentence is what this is about."""

    server = Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


PAUSE = 0.02  # between taking a letter and saying so, so that some workers are killed just then


def _smtp(letters):
    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            self.say("220 outside")
            while line := self.rfile.readline().decode(errors="replace").strip():
                verb = line[:4].upper()
                if verb == "DATA":
                    self.say("354 go on")
                    self.take()
                    self.say("250 taken")
                elif verb == "QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 outside" if verb in {"EHLO", "HELO"} else "250 ok")

        def take(self):
            key = ""
            while (line := self.rfile.readline()) not in {b".\r\n", b""}:
                if line.lower().startswith(b"message-id:"):
                    key = line.decode().split("<")[1].split("@")[0]
            if line:  # not when the sender was killed in the middle of the letter
                letters.append(key)
                time.sleep(PAUSE)

        def say(self, text):
            self.wfile.write(f"{text}\r\n".encode())

    return Handler


def _robot(messages):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            messages.append((self.path, body))
            time.sleep(PAUSE)
            answer = b'{"errcode": 0, "errmsg": "ok"}'
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *arguments):
            """Silent."""

    return Handler
