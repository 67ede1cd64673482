#!/usr/bin/env python3
"""What pages cost, as ratios to the floor page measured in the same run (docs/performance.md).

Seeds a database of its own under var/bench/ (or uses --database-url), serves the product and the floor page with one
gunicorn worker each, and asks for blocks of pages in turn: floor, page, floor, page … CPU is read from the worker's
/proc entry (and, on PostgreSQL, from its backends); queries come from the Server-Timing header. Prints a table and
writes var/bench.json. No slow figure of a page makes it fail; too many queries for a growth review do
(bench_growth.py) or for a day's reminders (bench_reminders.py), which run last.

Use: bench.py [--organizations 10000] [--activities 20000] [--requests 40] [--database-url URL] [--keep]
"""

import argparse
import gzip
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TICK = os.sysconf("SC_CLK_TCK")
WARM_UP = 6
BLOCK = 10


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--organizations", type=int, default=10_000)
    ap.add_argument("--activities", type=int, default=20_000)
    ap.add_argument("--requests", type=int, default=40)
    ap.add_argument("--database-url", default="")
    ap.add_argument("--keep", action="store_true", help="use the database as it is, when it is there")
    args = ap.parse_args()
    folder = ROOT / "var" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    url = args.database_url or f"sqlite:///{folder / 'bench.sqlite3'}"
    environment = os.environ | {
        "INCUBATOR_DATABASE_URL": url,
        "INCUBATOR_SECRET_KEY": "bench-only",
        "INCUBATOR_DEMO": "1",
        "INCUBATOR_DEBUG": "0",
        "INCUBATOR_SERVER_TIMING": "1",
        "DJANGO_SETTINGS_MODULE": "incubator.settings.main",
    }
    os.environ.update(environment)
    sys.path.insert(0, str(ROOT))
    prepare(args, folder, url)
    users = prepare_people()
    product, floor = Server("incubator.settings.main", environment), Server("incubator.settings.floor", environment)
    try:
        rows = measure(args, product, floor, users)
    finally:
        product.stop()
        floor.stop()
    report(args, url, rows)
    # The reminders run on the same kind of database, in one of its own where that is a file.
    own = ["--database-url", args.database_url] if args.database_url else []
    further = (["bench_growth.py"], ["bench_reminders.py", *own])
    codes = [
        subprocess.run([sys.executable, ROOT / "scripts" / name, *more], check=False).returncode
        for name, *more in further
    ]
    return max(codes)


def prepare(args, folder, url):
    """An empty database with migrations, divisions and synthetic rows."""
    import django

    if url.startswith("sqlite") and not args.keep:
        for path in folder.glob("bench.sqlite3*"):
            path.unlink()
    django.setup()
    from django.core.management import call_command

    from organizations.models import SocialOrganization

    call_command("migrate", verbosity=0)
    if not (ROOT / "var" / "static" / "staticfiles.json").exists():
        call_command("collectstatic", interactive=False, verbosity=0)
    if not SocialOrganization.objects.exists():
        began = time.time()
        call_command("seed_scale", organizations=args.organizations, activities=args.activities, verbosity=0)
        print(f"seeded {args.organizations} organizations, {args.activities} activities: {time.time() - began:.1f} s")


def prepare_people():
    """One person per role, granted on the busiest street (and its district, and the platform), with a session each."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.db.models import Count
    from django.utils import timezone

    from incubator.accounts.models import RoleGrant, User
    from organizations.models import SocialOrganization
    from projects.models import Activity

    busiest = (
        Activity.objects.order_by().values("community__parent__code").annotate(n=Count("pk")).order_by("-n").first()
    )
    from incubator.divisions.models import Division

    street = Division.objects.get(code=busiest["community__parent__code"])
    organization = SocialOrganization.objects.in_places([street]).order_by("pk").first()
    found = {"street": street.code, "organization": str(organization.uuid)}
    for name, role, scope, division in (
        ("worker", "social_worker", "division", street),
        ("staff", "street_staff", "division", street),
        ("district", "district_admin", "division", street.parent),
        ("admin", "platform_admin", "platform", None),
    ):
        user, _new = User.objects.get_or_create(username=f"bench-{name}", defaults={"name": name})
        RoleGrant.objects.get_or_create(
            user=user, role=role, scope=scope, division=division, defaults={"valid_from": timezone.localdate()}
        )
        session = SessionStore()
        session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
        session[BACKEND_SESSION_KEY] = "incubator.accounts.backends.AccountBackend"
        session.save()
        found[name] = session.session_key
    return found


class Server:
    """gunicorn with one sync worker on a free port."""

    def __init__(self, settings, environment):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "incubator.wsgi:application", "-w", "1", "-b", f"127.0.0.1:{self.port}",
             "--log-level", "error", "--no-control-socket"],
            cwd=ROOT, env=environment | {"DJANGO_SETTINGS_MODULE": settings},
        )  # fmt: skip
        self.worker = self.started()

    def started(self):
        """The worker's process id, once it answers: its master forks it before it has loaded anything."""
        for _attempt in range(300):
            time.sleep(0.2)
            if self.process.poll() is not None:
                sys.exit("bench: gunicorn ended; its message stands above")
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=60) as link:
                    link.sendall(b"GET /accounts/login/ HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
                    if not link.recv(12):
                        continue
            except OSError:
                continue
            children = subprocess.run(
                ["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=True
            ).stdout.split()
            return int(children[0])
        sys.exit("bench: gunicorn does not answer")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=20)

    def cpu(self):
        fields = Path(f"/proc/{self.worker}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def get(self, path, session):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            headers={"Cookie": f"sessionid={session}", "Accept-Language": "zh-hans", "Accept": "*/*"},
        )
        began = time.perf_counter()
        with urllib.request.urlopen(request, timeout=120) as answer:
            body = answer.read()
            return time.perf_counter() - began, answer.headers.get("Server-Timing", ""), body


def backends_cpu():
    """CPU seconds of the PostgreSQL processes that serve this database, as far as they run here; 0 with SQLite."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        found = [pid for (pid,) in cursor.fetchall()]
    total = 0.0
    for pid in found:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        total += (int(fields[11]) + int(fields[12])) / TICK
    return total


def block(server, path, session, number):
    """``number`` requests: (seconds each, CPU seconds of worker and database together, queries, body)."""
    before, times = server.cpu() + backends_cpu(), []
    for _index in range(number):
        seconds, timing, body = server.get(path, session)
        times.append(seconds)
    queries = timing.partition('desc="')[2].partition('"')[0]
    return times, server.cpu() + backends_cpu() - before, int(queries or 0), body


def measure(args, product, floor, users):
    from scripts.bench_pages import pages

    rows = []
    for label, path, who, budget in pages(users):
        session = users[who]
        try:
            block(product, path, session, WARM_UP)
        except OSError as error:
            rows.append({"page": label, "path": path, "error": str(error)})
            continue
        block(floor, "/list/", session, WARM_UP)
        page_times, floor_times, page_cpu, floor_cpu = [], [], 0.0, 0.0
        for _round in range(max(1, args.requests // BLOCK)):
            times, cpu, _queries, _body = block(floor, "/list/", session, BLOCK)
            floor_times += times
            floor_cpu += cpu
            times, cpu, queries, body = block(product, path, session, BLOCK)
            page_times += times
            page_cpu += cpu
        ordered = sorted(page_times)
        rows.append(
            {
                "page": label,
                "path": path,
                "as": who,
                "queries": queries,
                "median_ms": round(statistics.median(ordered) * 1000, 1),
                "p95_ms": round(ordered[int(len(ordered) * 0.95) - 1] * 1000, 1),
                "cpu_ms": round(page_cpu / len(page_times) * 1000, 1),
                "floor_median_ms": round(statistics.median(floor_times) * 1000, 1),
                "floor_cpu_ms": round(floor_cpu / len(floor_times) * 1000, 1),
                "cpu_ratio": round(page_cpu / floor_cpu, 2),
                "wall_ratio": round(statistics.median(ordered) / statistics.median(floor_times), 2),
                "budget": budget,
                "bytes": len(body),
                "gzip": len(gzip.compress(body)),
            }
        )
    return rows


def report(args, url, rows):
    head = (
        "page",
        "as",
        "queries",
        "median_ms",
        "p95_ms",
        "cpu_ms",
        "cpu_ratio",
        "wall_ratio",
        "budget",
        "bytes",
        "gzip",
    )
    table = [head, *([str(row.get(name, "")) for name in head] for row in rows)]
    widths = [max(len(line[column]) for line in table) for column in range(len(head))]
    for line in table:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)))
    for row in rows:
        if "error" in row:
            print(f"{row['page']}: {row['error']}")
    print(
        f"ratios are to the floor page of the same run (median {rows[0].get('floor_median_ms')} ms, "
        f"CPU {rows[0].get('floor_cpu_ms')} ms for 50 plain rows)"
    )
    out = ROOT / "var" / "bench.json"
    out.write_text(
        json.dumps(
            {
                "database": url.split(":", 1)[0],
                "organizations": args.organizations,
                "activities": args.activities,
                "python": sys.version.split()[0],
                "rows": rows,
            },
            indent=1,
            ensure_ascii=False,
        )
    )
    print(f"written: {out.relative_to(ROOT)}")


if __name__ == "__main__":
    sys.exit(main())
