"""Compile the translation catalogues that are older than their text; needs no program of gettext."""

import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]


def compile_catalogues(root=ROOT):
    """The .mo files that were written."""
    written = []
    for source in sorted((root / "locale").glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
            written.append(target)
    return written


if __name__ == "__main__":
    for target in compile_catalogues():
        print(f"compiled {target.relative_to(ROOT)}")
    sys.exit(0)
