"""`make test`: every part, all of them even when one fails; a table and one line of totals at the end.

--fast leaves out what needs servers or a browser. Parts can be named to run them alone:
lint translations static sqlite postgresql processes browser.
"""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from scripts import lint, test_servers
from scripts.compile_messages import compile_catalogues

REPORTS = ROOT / "var" / "tests"
UNITS = "not browser and not processes"
# What needs no database says nothing new on the second one.
DB_UNITS = f"{UNITS} and not no_db"
NO_TESTS = 5
TIME_LIMIT = 40 * 60


@dataclass
class Outcome:
    part: str
    passed: int
    failed: int
    skipped: int = 0
    seconds: float = 0.0


def run_lint(env):
    results = lint.run_checks()
    return Outcome("lint", sum(results.values()), len(results) - sum(results.values()))


def run_translations(env):
    try:
        compile_catalogues()
    except Exception as error:
        print(f"The catalogues cannot be compiled: {error}")
        return Outcome("translations", 0, 1)
    return Outcome("translations", 1, 0)


def run_static(env):
    """A file that a style sheet names and nobody ships would only show in a browser: collect as production does."""
    with tempfile.TemporaryDirectory() as target:
        code = (
            "import django; from django.conf import settings; django.setup(); "
            f"settings.STATIC_ROOT = {target!r}; "
            "from django.core.management import call_command; "
            "call_command('collectstatic', interactive=False, verbosity=0)"
        )
        more = {"DJANGO_SETTINGS_MODULE": "incubator.settings.main", "INCUBATOR_DOTENV": os.devnull}
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=env | more | {"INCUBATOR_SECRET_KEY": "tests-only"}, check=False
        )
    return Outcome("static", int(done.returncode == 0), int(done.returncode != 0))


def run_command(command, env, output):
    """Its exit code; TimeoutExpired, and it is gone, when it takes too long."""
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
    RUNNING.append(process)
    try:
        return process.wait(TIME_LIMIT)
    finally:
        process.kill()
        RUNNING.remove(process)


def stop(number, frame):
    """Told to stop, it still has servers to stop: those of a part are stopped when its tests have ended."""
    for process in RUNNING:
        process.terminate()
    sys.exit(1)


def run_pytest(part, env, *arguments):
    report, log = REPORTS / f"{part}.xml", REPORTS / f"{part}.log"
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", *arguments, f"--junitxml={report}", "--durations=5"]
    with contextlib.ExitStack() as stack, contextlib.suppress(subprocess.TimeoutExpired):
        output = None
        if part in SIDE_BY_SIDE:
            output = stack.enter_context(log.open("wb"))
            stack.callback(lambda: print(f"\n--- {part}\n{log.read_text(errors='replace')}", flush=True))
        code = run_command(command, env, output)
        if code == NO_TESTS:
            print(f"No test was found for {part}.")
            return Outcome(part, 0, 1)
        if report.exists():
            suites = list(ElementTree.parse(report).getroot().iter("testsuite"))
            total, failures, errors, skipped = (
                sum(int(suite.get(name, 0)) for suite in suites) for name in ("tests", "failures", "errors", "skipped")
            )
            failed = failures + errors
            # pytest itself may have failed (a worker crashed, nothing was collected) without a failing test.
            return Outcome(part, max(0, total - failed - skipped), max(failed, int(code != 0)), skipped)
    return Outcome(part, 0, 1)


def run_sqlite(env):
    return run_pytest("sqlite", env, "-m", UNITS, "-n", "2", "--dist", "worksteal")


def run_postgresql(env):
    with test_servers.postgresql() as database:
        return run_pytest(
            "postgresql", env | {"INCUBATOR_DATABASE_URL": database}, "-m", DB_UNITS, "-n", "2", "--dist", "worksteal"
        )


def run_processes(env):
    with test_servers.postgresql() as database, test_servers.redis() as broker:
        servers = {"TEST_DATABASE_URL": database, "TEST_BROKER_URL": broker}
        return run_pytest("processes", env | servers, "-m", "processes", "-n", "0", "--timeout", "300")


def run_browser(env):
    return run_pytest("browser", env, "-m", "browser", "-n", "0", "--timeout", "300")


PARTS = {
    "lint": run_lint,
    "translations": run_translations,
    "static": run_static,
    "sqlite": run_sqlite,
    "postgresql": run_postgresql,
    "processes": run_processes,
    "browser": run_browser,
}
FAST = ["lint", "translations", "sqlite"]
# One process each, and much waiting: they run at the same time, and what they say is shown when each has ended.
SIDE_BY_SIDE = ("processes", "browser")
RUNNING = []  # what is under way, to be told to stop


def clean_environment():
    """What the shell or a .env says about the product must not reach its tests."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("INCUBATOR_", "DJANGO_"))}
    return env | {"INCUBATOR_DOTENV": os.devnull, "PYTHONUNBUFFERED": "1"}


def run_part(name):
    begin = time.monotonic()
    try:
        outcome = PARTS[name](clean_environment())
    except (test_servers.ServerError, subprocess.CalledProcessError, OSError, KeyError) as error:
        print(f"{name} could not run: {error}")
        outcome = Outcome(name, 0, 1)
    outcome.seconds = time.monotonic() - begin
    return outcome


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="all when none is named")
    parser.add_argument("--fast", action="store_true")
    options = parser.parse_args()
    names = options.parts or (FAST if options.fast else list(PARTS))
    signal.signal(signal.SIGTERM, stop)
    REPORTS.mkdir(parents=True, exist_ok=True)
    outcomes = []
    beside = [name for name in names if name in SIDE_BY_SIDE]
    for name in [name for name in names if name not in SIDE_BY_SIDE]:
        print(f"\n=== {name}", flush=True)
        outcomes.append(run_part(name))
    if beside:
        print(f"\n=== {' and '.join(beside)}", flush=True)
        with ThreadPoolExecutor(len(beside)) as pool:
            outcomes += pool.map(run_part, beside)
    print()
    for outcome in outcomes:
        more = "".join(
            f", {number} {word}"
            for number, word in ((outcome.failed, "FAILED"), (outcome.skipped, "skipped"))
            if number
        )
        total = outcome.passed + outcome.failed + outcome.skipped
        print(f"{outcome.part:<13} {total:>5} tests, {outcome.seconds:>6.0f} s{more}")
    passed, failed = (sum(getattr(outcome, name) for outcome in outcomes) for name in ("passed", "failed"))
    print(f"\n{passed} passed, {failed} failed", flush=True)
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
