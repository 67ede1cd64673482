"""The database that tests begin with, migrated once and copied by whoever needs one.

Migrating takes half a minute, and every worker of every part would do it again. Only SQLite: a copy there is a copy of one
file. The template is kept under ``var/tests``, named after what the migrated tables depend on, so that it is made anew when
one of these files changes.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "var" / "tests"
# Besides migrations: triggers are put in when migrating ends, and shipped lists are read by migrations.
PATTERNS = (
    "*/migrations/*.py",
    "incubator/*/migrations/*.py",
    "*/models/*guard.py",
    "*/choices.py",
    "*/validators.py",
    "incubator/*/choices.py",
    "incubator/base/*.py",
    "*/data/**/*.json",
    "requirements.txt",
    "tests/database.py",
    "incubator/settings/*.py",
)


def fingerprint():
    """A hash over the paths and contents of the files that the migrated tables depend on."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in PATTERNS for path in ROOT.glob(pattern)}):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def copy_template(target):
    """Put a copy of the template where the test database is looked for; made now if it is not there. One at a time: the
    others wait for the one that makes it, and nobody clears away what another is copying."""
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / f"template-{fingerprint()}.sqlite3"
    with (KEPT / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            _make(path)
        shutil.copyfile(path, target)


def remove(path):
    """The copy and what SQLite keeps beside it."""
    for name in (path, f"{path}-wal", f"{path}-shm", f"{path}-journal"):
        Path(name).unlink(missing_ok=True)


def _make(path):
    for old in KEPT.glob("template-*.sqlite3*"):
        old.unlink()
    unfinished = path.with_suffix(".new")
    remove(unfinished)
    more = {"INCUBATOR_DATABASE_URL": f"sqlite:///{unfinished}", "DJANGO_SETTINGS_MODULE": "incubator.settings.test"}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=os.environ | more, check=True, stdin=subprocess.DEVNULL)
    unfinished.rename(path)
