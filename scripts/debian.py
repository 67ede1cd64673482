"""Install the Debian packages that a purpose needs: python scripts/debian.py tests|messages|run.

Only what is missing, only as root on Debian; elsewhere it says what is missing and goes on.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path


def has_program(*names):
    return lambda: any(shutil.which(name) for name in names)


def has_file(*patterns):
    return lambda: any(any(Path("/").glob(pattern)) for pattern in patterns)


POSTGRESQL = ("postgresql", has_file("usr/lib/postgresql/*/bin/initdb"))
REDIS = ("redis-server", has_program("redis-server"))
CHROMIUM = ("chromium", has_program("chromium", "chromium-browser", "google-chrome"))
FONTS = ("fonts-noto-cjk", has_file("usr/share/fonts/**/NotoSansCJK*"))
GETTEXT = ("gettext", has_program("xgettext"))
WRITER = ("libreoffice-writer-nogui", has_program("soffice", "libreoffice"))
POPPLER = ("poppler-utils", has_program("pdftotext"))

NEEDS = {
    "run": [],  # PDF adds Pango and Chinese fonts here
    "messages": [GETTEXT],
    "tests": [POSTGRESQL, REDIS, CHROMIUM, FONTS, GETTEXT, WRITER, POPPLER],
}


def main(purpose):
    missing = [package for package, is_there in NEEDS[purpose] if not is_there()]
    if not missing:
        return 0
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        print(f"Missing on this machine: {', '.join(missing)}. On Debian: apt-get install {' '.join(missing)}")
        return 0
    print(f"Installing {', '.join(missing)} …", flush=True)
    # RUNLEVEL=1 keeps packages from starting services: the tests start their own, on their own ports.
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing],
    ):
        done = subprocess.run(
            command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        if done.returncode:
            print(done.stdout[-3000:])
            print(f"`{' '.join(command)}` failed.")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
