#!/usr/bin/env python3
"""What preparing one day's reminders costs: 10,000 communities with a joint meeting a week ahead, three people each.

In this very process, on a database of its own. Prints queries, seconds and CPU seconds, and writes
var/bench_reminders.json. Ends with 1 when it takes more than MOST_QUERIES queries per 1,000 communities, on whatever
machine. Part of ``make bench``; alone: scripts/bench_reminders.py [--communities 10000] [--database-url URL]
"""

import argparse
import datetime
import json
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MOST_QUERIES, MOST_SECONDS = 20, 10  # per 1,000 communities; for all of them, on PostgreSQL
EACH, LEVEL, AHEAD = 3, 5, 7
ROWS = 2_000


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--communities", type=int, default=10_000)
    ap.add_argument("--database-url", default="")
    args = ap.parse_args()
    folder = ROOT / "var" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    if not args.database_url:
        for path in folder.glob("reminders.sqlite3*"):
            path.unlink()
    os.environ.update(
        INCUBATOR_DATABASE_URL=args.database_url or f"sqlite:///{folder / 'reminders.sqlite3'}",
        INCUBATOR_SECRET_KEY="bench-only",
        INCUBATOR_DEBUG="0",
        DJANGO_SETTINGS_MODULE="incubator.settings.main",
    )
    sys.path.insert(0, str(ROOT))
    today = prepare(args.communities)
    row = measure(today, args.communities)
    again = measure(today, args.communities)
    for line in (row, again):
        print("  ".join(f"{name} {value}" for name, value in line.items()))
    out = ROOT / "var" / "bench_reminders.json"
    out.write_text(json.dumps({"rows": [row, again], "communities": args.communities}, indent=1))
    print(f"written: {out.relative_to(ROOT)}")
    if again["new"] or row["new"] != EACH * args.communities:
        sys.exit(f"bench: {row['new']} reminders, and {again['new']} by the second run")
    most = MOST_QUERIES * max(args.communities / 1_000, 1)
    if row["queries"] > most:
        sys.exit(f"bench: the reminders of a day take {row['queries']} queries, {most:.0f} are the most")
    if row["seconds"] > MOST_SECONDS:
        print(f"took longer than {MOST_SECONDS} s here; look at the CPU seconds before blaming the code")


def prepare(number):
    """Communities, series, rosters and meetings, written in bulk; the day to prepare."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from incubator.accounts.models import User
    from incubator.divisions.models import Division
    from linkage.models import JointMeeting, MeetingSeries, SeriesMember

    call_command("migrate", verbosity=0)
    today = timezone.localdate()
    parent, begin = None, datetime.date(2020, 1, 1)
    for level, code in enumerate(("99", "9901", "990101", "990101001"), start=1):
        parent = Division.objects.create(code=code, name=code, level=level, parent=parent, valid_from=begin)
    places = Division.objects.bulk_create(
        (
            Division(code=f"99{index:010}", name=f"C{index}", level=LEVEL, parent=parent, valid_from=begin)
            for index in range(number)
        ),
        batch_size=ROWS,
    )
    people = User.objects.bulk_create(
        (User(username=f"bench-{i}", name=f"P{i}", email=f"p{i}@bench.test") for i in range(EACH * number)),
        batch_size=ROWS,
    )
    series = MeetingSeries.objects.bulk_create(
        (
            MeetingSeries(division=place, title="Joint meeting", starts_on=begin, created_by=people[0])
            for place in places
        ),
        batch_size=ROWS,
    )
    SeriesMember.objects.bulk_create(
        (
            SeriesMember(series=one, user=people[EACH * index + step], party="community", name=f"P{step}")
            for index, one in enumerate(series)
            for step in range(EACH)
        ),
        batch_size=ROWS,
    )
    day = today + datetime.timedelta(days=AHEAD)
    moment = datetime.datetime.combine(day, datetime.time(14, 30), timezone.get_current_timezone())
    JointMeeting.objects.bulk_create(
        (
            JointMeeting(
                series=one, period=day.replace(day=1), title="Joint meeting", starts_at=moment,
                ends_at=moment + datetime.timedelta(hours=1), status="agenda_open",
            )
            for one in series
        ),
        batch_size=ROWS,
    )  # fmt: skip
    JointMeeting.objects.update(created_at=timezone.now() - datetime.timedelta(days=60))
    tell_what_was_before(today)
    return today


def tell_what_was_before(today):
    """The agenda was opened and the invitations were sent on the days before, as in a running platform."""
    from linkage.services.schedule import prepare_notices

    prepare_notices(today=today - datetime.timedelta(days=1))


def measure(today, communities):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from linkage.services.schedule import prepare_notices

    began, cpu = time.perf_counter(), time.process_time()
    with CaptureQueriesContext(connection) as context:
        new = prepare_notices(today=today)
    return {
        "what": f"reminders of a day for {communities:,} communities",
        "new": new,
        "queries": len(context),
        "seconds": round(time.perf_counter() - began, 2),
        "cpu_seconds": round(time.process_time() - cpu, 2),
    }


if __name__ == "__main__":
    main()
