"""All static checks, one after another; every one runs even when an earlier one found something."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
APPS = ["incubator", "organizations", "projects", "evaluations", "funding", "linkage"]
# What is marked safe is reviewed where it stands (B308, B703).
CHECKS = [
    ("ruff", ["ruff", "check", "-q", "."]),
    ("ruff format", ["ruff", "format", "-q", "--check", "."]),
    ("djlint", ["djlint", "templates", "--lint", "--quiet"]),
    ("import contracts", ["lint-imports", "--no-logo"]),
    ("bandit", ["bandit", "-q", "-ll", "-s", "B308,B703", "-r", *APPS]),
]


def run_checks():
    """{name: passed}; prints what a check has to say, and always the import contracts (KEPT or BROKEN)."""
    results = {}
    for name, command in CHECKS:
        done = subprocess.run(
            [BIN / command[0], *command[1:]],
            cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        results[name] = done.returncode == 0
        print(f"{'ok    ' if results[name] else 'FAILED'} {name}", flush=True)
        if not results[name] or command[0] == "lint-imports":
            print(done.stdout.strip())
    return results


if __name__ == "__main__":
    sys.exit(0 if all(run_checks().values()) else 1)
