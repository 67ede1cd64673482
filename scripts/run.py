"""`make run`: web, worker and scheduler together until Ctrl-C.

Each child runs in a session of its own, so that only this process hears Ctrl-C and stops them in order. A child that
dies is started again some times; then everything stops with an error, rather than half of it going on.
"""

import contextlib
import ctypes
import ipaddress
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from django.core.exceptions import ImproperlyConfigured

RESTARTS, WITHIN = 5, 60
START_SECONDS, STOP_SECONDS = 60, 15
ACCOUNTS = [
    ("worker1, worker2", "social workers in two streets of one district"),
    ("staff1, staff2", "staff of those two streets"),
    ("community1", "community staff"),
    ("leader1, leader2", "leaders of two organizations"),
    ("expert1 … expert4", "reviewers"),
    ("funder1, funder2", "funders"),
    ("district1, admin", "district civil affairs; platform admin"),
    ("hub1, supervisor1", "service centre; agency supervisor"),
    ("evaluator1, finance1", "third-party evaluator; finance"),
]


def die_with_parent():
    """On Linux a child does not outlive this process, whatever ends it."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


class Child:
    def __init__(self, name, command):
        self.name, self.command, self.starts, self.process = name, command, [], None

    def start(self):
        self.starts.append(time.monotonic())
        self.process = subprocess.Popen(
            self.command, cwd=ROOT, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=die_with_parent
        )

    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def may_restart(self):
        now = time.monotonic()
        return len([moment for moment in self.starts if now - moment < WITHIN]) <= RESTARTS


class Stopped(BaseException):
    """Ctrl-C, or a signal to stop."""


def raise_stopped(number, frame):
    raise Stopped


def is_loopback(host):
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def refuse_taken_port(host, port):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError as error:
            sys.exit(f"Cannot listen on {host}:{port}: {error.strerror}. Choose another with PORT=… or HOST=….")


def children(host, port):
    from incubator.settings.environment import url

    python = sys.executable
    address = f"[{host}]:{port}" if ":" in host and not host.startswith("[") else f"{host}:{port}"
    web = [python, "-m", "gunicorn", "incubator.wsgi", "--bind", address, "--worker-class", "gthread"]
    web += ["--workers", os.environ.get("WEB_CONCURRENCY", "2"), "--threads", "8", "--no-control-socket"]
    web += ["--log-level", "warning"]
    if url("BROKER_URL", "memory://", {"memory", "redis", "rediss"}).startswith("memory"):
        return [Child("web", web), Child("worker", [python, "manage.py", "run_worker"])]
    celery = [python, "-m", "celery", "-q", "-A", "incubator"]
    beat = ["beat", "-l", "WARNING", "--scheduler", "django_celery_beat.schedulers:DatabaseScheduler", "--pidfile="]
    return [
        Child("web", web),
        Child("worker", [*celery, "worker", "-P", "threads", "-c", "4", "-l", "WARNING"]),
        Child("scheduler", [*celery, *beat]),
    ]


def wait_until_up(web, host, port):
    """Until the web process answers; False when it ended instead or takes too long."""
    reach = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    begin = time.monotonic()
    while web.is_running() and time.monotonic() - begin < START_SECONDS:
        try:
            urllib.request.urlopen(f"http://{reach}:{port}/healthz", timeout=2)
            return True
        except urllib.error.HTTPError:
            return True  # it answers; whether this name is allowed is the settings' business
        except OSError:
            time.sleep(0.2)
    return False


def stop(everything):
    for child in everything:
        if child.is_running():
            child.process.terminate()
    end = time.monotonic() + STOP_SECONDS
    for child in everything:
        if child.process is None:
            continue
        try:
            child.process.wait(max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.process.pid, signal.SIGKILL)
            child.process.wait()


def greet(host, port, demo):
    print(f"\nMiaopu is running at http://{host}:{port}/  (Ctrl-C stops it)")
    if demo:
        print("Demonstration accounts, password miaopu-demo:")
        for names, what in ACCOUNTS:
            print(f"  {names:<22} {what}")
    else:
        print("It listens beyond this machine: demonstration accounts cannot sign in, and pages expect HTTPS in front")
        print("(INCUBATOR_ALLOWED_HOSTS, INCUBATOR_BEHIND_PROXY; docs/operations.md).")
    print(flush=True)


def supervise(everything):
    while True:
        time.sleep(0.5)
        for child in everything:
            if child.is_running():
                continue
            if not child.may_restart():
                print(f"The {child.name} process ended {len(child.starts)} times; giving up.", file=sys.stderr)
                return 1
            print(f"The {child.name} process ended ({child.process.returncode}); starting it again.", file=sys.stderr)
            child.start()


def main():
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    if not port.isdigit() or not 0 < int(port) < 65536:
        sys.exit(f"PORT is {port!r}; it has to be a number from 1 to 65535.")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, raise_stopped)
    refuse_taken_port(host, int(port))
    demo = is_loopback(host)
    os.environ["INCUBATOR_DEMO"] = "1" if demo else "0"
    everything = []
    try:
        if subprocess.run([sys.executable, "scripts/debian.py", "run"], cwd=ROOT).returncode:
            print("Going on without.", file=sys.stderr)
        prepared = subprocess.run([sys.executable, "scripts/prepare.py"], cwd=ROOT, stdin=subprocess.DEVNULL)
        if prepared.returncode:
            return prepared.returncode
        everything = children(host, port)
        for child in everything:
            child.start()
        if not wait_until_up(everything[0], host, port):
            print("The web process did not start; what it says stands above.", file=sys.stderr)
            return 1
        greet(host, port, demo)
        return supervise(everything)
    except ImproperlyConfigured as error:
        print(f"Settings: {error}", file=sys.stderr)
        return 1
    except Stopped:
        print("\nStopping …", flush=True)
        return 0
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        stop(everything)


if __name__ == "__main__":
    sys.exit(main())
