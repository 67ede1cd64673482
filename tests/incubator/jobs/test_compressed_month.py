"""One month of thirty communities in real processes: two beats, four workers, PostgreSQL, Redis. Workers and a beat are
killed, Redis is killed and comes back empty. Whatever was due is told all the same.

What a robot or a mailbox gets twice comes from a worker killed between sending and noting it; each worker here does one
thing at a time, so one kill can make one repeat at most.
"""

import datetime
import json
import random
import time
from collections import Counter

import pytest
from django.utils import timezone

from incubator.base.months import add_months
from tests.slow_jobs.house import BEAT, Broker, House, Outside, new_database, worker

pytestmark = [pytest.mark.processes, pytest.mark.no_db, pytest.mark.timeout(300)]

PLACES, WORKERS, BEATS = 30, 4, 2
SECONDS = 1.5  # of a day
KILLS, SEED = 6, 20261122
OUTAGE = 4


@pytest.fixture
def outside():
    server = Outside()
    yield server
    server.close()


@pytest.fixture
def broker(tmp_path):
    made = Broker(tmp_path)
    made.start()
    yield made
    made.kill()


@pytest.fixture
def first():
    """The month after the next: its meetings are known for longer than anything about them is told ahead."""
    return add_months(timezone.localdate().replace(day=1), 2)


@pytest.fixture
def house(tmp_path, outside, broker, first):
    number = (add_months(first, 1) - first).days
    made = House(
        tmp_path, new_database(), broker.url, [BEAT] * BEATS, INCUBATOR_JOBS_CLAIM_SECONDS="8",
        SLOW_MONTH=f"{first} {number} {SECONDS}", **outside.addresses,
    )  # fmt: skip
    made.run(f"from tests.slow_jobs import month; month.make(places={PLACES})")
    made.start()
    yield made
    made.kill()


def test_a_month_with_two_beats_four_workers_and_kills_tells_everybody(house, broker, outside, first, capsys):
    draw = random.Random(SEED)
    number = (add_months(first, 1) - first).days
    beats, workers = list(house.running), [house.spawn(worker(1)) for _ in range(WORKERS)]
    # When what is killed: days of the month. Redis goes in the middle.
    kills = dict(
        zip(sorted(draw.sample(range(1, number - 1), KILLS)), draw.choices(range(WORKERS), k=KILLS), strict=True)
    )
    lost_beat, lost_broker = draw.randrange(2, number - 2), number // 2
    killed = 0

    def day():
        ((last,),) = house.query(
            "SELECT max(period) FROM jobs_schedulerun r JOIN jobs_schedule s ON s.id = r.schedule_id "
            "WHERE s.name = 'linkage.meetings_of_the_day'"
        )
        return (datetime.date.fromisoformat(last) - first).days if last else -1

    for today in range(number):
        house.wait_for(lambda today=today: day() >= today, f"day {today}")
        if today in kills:
            sent, end = len(outside.letters), time.monotonic() + 2
            while len(outside.letters) == sent and time.monotonic() < end:
                time.sleep(0.005)
            house.kill(workers[kills[today]])
            workers[kills[today]] = house.spawn(worker(1))
            killed += 1
        if today == lost_beat:
            house.kill(beats[0])
            house.spawn(BEAT)
        if today == lost_broker:
            broker.kill()
            time.sleep(OUTAGE)
            broker.start()

    open_jobs = "SELECT count(*) FROM jobs_job WHERE state IN ('queued', 'running')"
    house.wait_for(lambda: house.query(open_jobs) == [(0,)], "the end of all jobs")
    told = json.loads(house.run("from tests.slow_jobs import month; month.report()"))

    # In the app: each once, none missing, none besides; and nothing was left to do.
    assert told["meetings"] == PLACES
    assert sorted(told["told"]) == told["due"]
    assert len(told["due"]) >= PLACES * 3 * 5
    assert told["told_groups"] == told["due_groups"]
    assert len(told["due_groups"]) >= PLACES * 5
    assert told["undelivered"] == []
    assert told["again"] == {"meetings": 0, "reminders": 0}
    runs = "SELECT r.state, count(*) FROM jobs_schedulerun r GROUP BY r.state"
    assert house.query(runs) == [("done", number)]
    # Outside: none missing, at most one repeat for each kill.
    letters, messages = Counter(outside.letters), Counter(outside.messages)
    assert set(letters) >= set(told["told"].values())
    assert len(messages) == len(told["due_groups"])
    repeats = sum(letters.values()) - len(letters) + sum(messages.values()) - len(messages)
    with capsys.disabled():
        print(  # noqa: T201 - the count is part of what this test is for
            f"\n{len(told['due'])} notices, {len(letters)} letters, {len(messages)} messages to groups; "
            f"{killed} workers, 1 beat and Redis killed; {repeats} repeated"
        )
    assert repeats <= killed
