"""Private PostgreSQL and Redis for the tests: free ports, data in a temporary directory, gone afterwards."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

START_SECONDS = 60
STOP_SECONDS = 20


class ServerError(Exception):
    """A server could not be started; the text says why."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def program(name):
    """Path of a program of PostgreSQL, which Debian keeps out of the PATH."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    found = str(versions[-1]) if versions else shutil.which(name)
    if not found:
        raise ServerError(f"{name} is not installed (on Debian: apt-get install postgresql)")
    return found


@contextlib.contextmanager
def directory(owner=None):
    path = Path(tempfile.mkdtemp(prefix="miaopu-"))
    try:
        if owner:
            os.chown(path, owner.pw_uid, owner.pw_gid)
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextlib.contextmanager
def server(command, *, is_up, stop_with, log, **options):
    """Run ``command`` until the block ends; raises ServerError when it does not come up."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True, **options
        )
    try:
        end = time.monotonic() + START_SECONDS
        while not is_up():
            if process.poll() is not None or time.monotonic() > end:
                raise ServerError(f"{command[0]} did not start:\n{log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.1)
        yield process
    finally:
        process.send_signal(stop_with)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextlib.contextmanager
def postgresql():
    """URL of a new, empty server. As root it runs as the user postgres, since it refuses to run as root."""
    owner = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
    identity = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
    with directory(owner) as home:
        data, port = home / "data", free_port()
        subprocess.run(
            [program("initdb"), "-D", data, "-U", "miaopu", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"],
            check=True, cwd=home, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, **identity,
        )  # fmt: skip
        fast = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200"]
        command = [program("postgres"), "-D", str(data), "-k", str(home), "-p", str(port), "-h", "127.0.0.1"]
        for setting in fast:
            command += ["-c", setting]
        ready = [program("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
        with server(
            command,
            is_up=lambda: subprocess.run(ready, check=False).returncode == 0,
            stop_with=signal.SIGINT,  # fast: open connections are cut
            log=home / "log",
            cwd=home,
            **identity,
        ):
            yield f"postgres://miaopu@127.0.0.1:{port}/postgres"


@contextlib.contextmanager
def redis():
    """URL of a new, empty server that keeps nothing on disk."""
    found = shutil.which("redis-server")
    if not found:
        raise ServerError("redis-server is not installed (on Debian: apt-get install redis-server)")
    with directory() as home:
        port = free_port()

        def answers():
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1) as line:
                line.sendall(b"PING\r\n")
                return line.recv(16).startswith(b"+PONG")
            return False

        command = [found, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        with server(
            [*command, "--dir", str(home)], is_up=answers, stop_with=signal.SIGTERM, log=home / "log", cwd=home
        ):
            yield f"redis://127.0.0.1:{port}/0"


if __name__ == "__main__":
    # For trying things by hand: prints both addresses and waits for Ctrl-C.
    with postgresql() as database, redis() as broker:
        print(f"INCUBATOR_DATABASE_URL={database}\nINCUBATOR_BROKER_URL={broker}", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            signal.pause()
    sys.exit(0)
