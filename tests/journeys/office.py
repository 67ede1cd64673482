"""What an office does with a printed paper: read it in Word, make a PDF of it, look at where the words stand."""

import html
import re
import shutil
import subprocess
from dataclasses import dataclass

import docx
import pytest

INSTALL = "is missing: `python scripts/debian.py tests` installs it"
_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')


def paper_text(path):
    document = docx.Document(path)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def convert(path):
    """LibreOffice's PDF of the file."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.fail(f"LibreOffice {INSTALL} (libreoffice-writer-nogui).")
    profile = (path.parent / "office").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    done = subprocess.run(
        [*command, "--outdir", path.parent, path], capture_output=True, text=True, timeout=110, check=False
    )
    assert (done.returncode, "Error" in done.stdout + done.stderr) == (0, False), done.stdout + done.stderr
    return path.with_suffix(".pdf")


@dataclass(frozen=True)
class Line:
    """A line of a page; its edges in points from the page's upper left corner."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


def pages_of(pdf):
    """The lines of each page, from above."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.fail(f"pdftotext {INSTALL} (poppler-utils).")
    command = [program, "-bbox", pdf, "-"]
    told = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout
    return [_lines(page) for page in told.split("<page ")[1:]]


def _lines(page):
    rows = []
    for found in _WORD.findall(page):
        left, top, right, bottom = map(float, found[:4])
        for row in rows:
            if abs(row[0][3] - bottom) < 3:
                row.append((left, top, right, bottom, html.unescape(found[4])))
                break
        else:
            rows.append([(left, top, right, bottom, html.unescape(found[4]))])
    lines = []
    for row in sorted(rows, key=lambda words: words[0][3]):
        words = sorted(row)
        lefts, tops, rights, bottoms, texts = zip(*words, strict=True)
        lines.append(Line(" ".join(texts), min(lefts), max(rights), min(tops), max(bottoms)))
    return lines
