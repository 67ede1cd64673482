"""What has to be true before the server starts: catalogues, static files, tables, data. Quick when nothing changed."""

import hashlib
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "incubator.settings.main")

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command, get_commands

from scripts.compile_messages import compile_catalogues


def fingerprint():
    """Changes when a static file or a package that brings some does."""
    content = hashlib.sha256()
    for path in [ROOT / "requirements.txt", *sorted((ROOT / "static").rglob("*"))]:
        stat = path.stat()
        content.update(f"{path}:{stat.st_size}:{stat.st_mtime_ns}\n".encode())
    return content.hexdigest()


def collect_static():
    from django.conf import settings

    mark = Path(settings.STATIC_ROOT).with_suffix(".stamp")
    now = fingerprint()
    if not settings.DEBUG and not (mark.exists() and mark.read_text() == now):
        print("Collecting static files …", flush=True)
        call_command("collectstatic", interactive=False, verbosity=0)
        mark.write_text(now)


def main():
    (ROOT / "var").mkdir(exist_ok=True)
    compile_catalogues()
    try:
        django.setup()
    except ImproperlyConfigured as error:
        sys.exit(f"Settings: {error}")
    collect_static()
    print("Updating the database …", flush=True)
    call_command("migrate", interactive=False, verbosity=0)
    from incubator.accounts.models import User

    if not User.objects.exists() and "seed_demo" in get_commands():
        print("Loading the demonstration data …", flush=True)
        call_command("seed_demo")


if __name__ == "__main__":
    main()
