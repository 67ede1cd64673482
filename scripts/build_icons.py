"""Cut the site's icon sprite out of the bootstrap-icons package, and write down what is vendored.

    npm pack bootstrap-icons@1.13.2 && tar xzf bootstrap-icons-1.13.2.tgz
    python scripts/build_icons.py package/icons

Writes ``static/icons.svg`` (the icons of ``NAMES``, plus our own drawings from ``scripts/own_icons``) and
``static/vendor/manifest.json`` (name, version, licence, file, sha256 of every file that comes from elsewhere).
"""

import hashlib
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "static" / "vendor"

NAMES = """
house journal-plus journal-text people people-fill person person-circle person-plus person-badge person-vcard
building buildings shop bank geo-alt map pin-map bell translate box-arrow-right box-arrow-in-right search funnel
sort-down x-lg check-lg check-circle x-circle dash-circle plus-lg plus-circle exclamation-triangle exclamation-circle
info-circle question-circle chevron-left chevron-right chevron-down chevron-up chevron-bar-left chevron-bar-right
arrow-left arrow-right arrow-repeat arrow-counterclockwise arrow-left-right three-dots list download upload pencil
pencil-square trash archive paperclip image camera printer file-earmark-text file-earmark-word file-earmark-pdf
file-earmark-spreadsheet file-earmark-check file-earmark-arrow-up folder2-open inbox calendar-event calendar-week clock
clock-history hourglass-split telephone envelope envelope-open key shield-check shield-lock lock eye eye-slash
clipboard clipboard-check card-checklist list-check copy link-45deg qr-code chat-left-text megaphone send reply
diagram-3 kanban graph-up bar-chart table gear sliders cloud-check cloud-slash wifi-off cash-coin wallet2 gift heart
award patch-check flag star tag tags hash briefcase mortarboard easel box-seam collection layers pause-circle
play-circle slash-circle cpu database-check life-preserver signpost-2 save moon sun circle-half
""".split()

PACKAGES = {
    "bootstrap": {"version": "5.3.9", "licence": "MIT"},
    "bootstrap-icons": {"version": "1.13.2", "licence": "MIT"},
    "htmx": {"package": "htmx.org", "version": "2.0.11", "licence": "0BSD"},
}


def symbol(name, source):
    """One ``<symbol>``: the drawing of an icon file without its own frame."""
    view_box = re.search(r'viewBox="([^"]+)"', source).group(1)
    drawing = re.search(r"<svg[^>]*>(.*)</svg>", source, re.S).group(1)
    drawing = re.sub(r">\s+<", "><", drawing.strip())
    return f'<symbol id="{name}" viewBox="{view_box}">{drawing}</symbol>'


def sprite(folder):
    files = {name: folder / f"{name}.svg" for name in NAMES}
    files |= {path.stem: path for path in sorted((ROOT / "scripts" / "own_icons").glob("*.svg"))}
    symbols = [symbol(name, path.read_text("utf-8")) for name, path in sorted(files.items())]
    return '<svg xmlns="http://www.w3.org/2000/svg" fill="currentColor">\n' + "\n".join(symbols) + "\n</svg>\n"


def manifest():
    rows = []
    for path in sorted(VENDOR.rglob("*")):
        if not path.is_file() or path.parent == VENDOR:
            continue
        folder = path.relative_to(VENDOR).parts[0]
        package = PACKAGES[folder]
        rows.append(
            {
                "name": package.get("package", folder),
                "version": package["version"],
                "licence": package["licence"],
                "file": str(path.relative_to(VENDOR)),
                "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            }
        )
    return json.dumps(rows, indent=2) + "\n"


def main():
    if len(sys.argv) > 1:
        (ROOT / "static" / "icons.svg").write_text(sprite(Path(sys.argv[1])), "utf-8")
    (VENDOR / "manifest.json").write_text(manifest(), "utf-8")
    print(f"{len(json.loads(manifest()))} vendored files written down")


if __name__ == "__main__":
    main()
