#!/usr/bin/env python3
"""What a growth review of all 1,000 organizations of a district costs: finding out what the platform knows about them,
and opening their yearly reviews with the evidence frozen. In this very process, on a database of its own.

Prints queries, seconds and CPU seconds, and writes var/bench_growth.json. Ends with 1 when finding out takes more than
MOST_QUERIES queries, on whatever machine. Part of ``make bench``; alone: scripts/bench_growth.py [--organizations 1000]
[--activities 5000] [--database-url URL]
"""

import argparse
import json
import os
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MOST_QUERIES, MOST_SECONDS = 40, 5
ROUNDS = 3


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--organizations", type=int, default=1_000)
    ap.add_argument("--activities", type=int, default=5_000)
    ap.add_argument("--database-url", default="")
    args = ap.parse_args()
    folder = ROOT / "var" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    if not args.database_url:
        for path in folder.glob("growth.sqlite3*"):
            path.unlink()
    os.environ.update(
        INCUBATOR_DATABASE_URL=args.database_url or f"sqlite:///{folder / 'growth.sqlite3'}",
        INCUBATOR_SECRET_KEY="bench-only",
        INCUBATOR_DEBUG="0",
        DJANGO_SETTINGS_MODULE="incubator.settings.main",
    )
    sys.path.insert(0, str(ROOT))
    district, actor = prepare(args)
    rows = [measure_facts(), measure_opening(district, actor)]
    for row in rows:
        print(f"{row['what']}: {row['queries']} queries, {row['seconds']} s, CPU {row['cpu_seconds']} s")
    (ROOT / "var" / "bench_growth.json").write_text(json.dumps(rows, indent=1, ensure_ascii=False))
    if rows[0]["queries"] > MOST_QUERIES:
        sys.exit(f"bench: finding out takes {rows[0]['queries']} queries, {MOST_QUERIES} are the most")
    if rows[0]["seconds"] > MOST_SECONDS:
        print(f"finding out took longer than {MOST_SECONDS} s here; look at the CPU seconds before blaming the code")


def prepare(args):
    """A district full of organizations; (the district, somebody of its office)."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from incubator.accounts.models import RoleGrant, User
    from incubator.divisions.models import Division
    from incubator.site.scale import DISTRICT

    call_command("migrate", verbosity=0)
    call_command("seed_scale", organizations=args.organizations, activities=args.activities, verbosity=0)
    district = Division.objects.get(code=DISTRICT)
    actor = User.objects.create(username="bench-centre", name="bench")
    RoleGrant.objects.create(
        user=actor, role="hub_center", scope="division", division=district, valid_from=timezone.localdate()
    )
    return district, actor


def measure_facts():
    """All indicators of all organizations; the median of some rounds."""
    from django.utils import timezone

    from evaluations.services.facts import gather
    from organizations.models import SocialOrganization

    organizations, times = SocialOrganization.objects.order_by("pk"), []
    for _round in range(ROUNDS):
        found, row = measured(lambda: gather(organizations, timezone.localdate()))
        times.append(row)
    return {
        "what": f"automatic indicators of {len(found):,} organizations",
        "queries": max(row["queries"] for row in times),
        "seconds": statistics.median(row["seconds"] for row in times),
        "cpu_seconds": statistics.median(row["cpu_seconds"] for row in times),
    }


def measure_opening(district, actor):
    """The yearly reviews of the whole district, batch by batch, as the job opens them."""
    from django.utils import timezone

    from evaluations.services.yearly import open_yearly_reviews
    from incubator.divisions.choices import Level
    from incubator.divisions.models import Division

    streets = list(Division.objects.within([district]).filter(level=Level.STREET))
    opened, row = measured(
        lambda: sum(open_yearly_reviews(division=one, actor=actor, due_on=timezone.localdate()) for one in streets)
    )
    return {"what": f"opening the yearly reviews of {opened:,} organizations, evidence frozen"} | row


def measured(work):
    """(what ``work()`` returned, {"queries", "seconds", "cpu_seconds"})"""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    began, cpu = time.perf_counter(), time.process_time()
    with CaptureQueriesContext(connection) as context:
        answer = work()
    return answer, {
        "queries": len(context),
        "seconds": round(time.perf_counter() - began, 2),
        "cpu_seconds": round(time.process_time() - cpu, 2),
    }


if __name__ == "__main__":
    main()
