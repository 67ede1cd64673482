"""Answers that are files: the right type, a name that survives every browser, and never a guess about the content."""

import io
import zipfile
from pathlib import PurePath

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from incubator.base.files import OFFICE
from incubator.reporting.tables import csv_lines, xlsx_file

# Kinds of kept files that a browser may show in its own window; everything else is saved.
SHOWN = {"application/pdf", "image/jpeg", "image/png", "image/webp"}
KINDS = OFFICE | {
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
    "png": "image/png",
    "zip": "application/zip",
}
MOST_CHARACTERS = 80  # of a name within a zip


def _guarded(response, name, *, save):
    response["Content-Disposition"] = content_disposition_header(save, _plain(name))
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _plain(name):
    """The name without what file systems refuse or a header could be broken with."""
    kept = "".join("_" if char in '\\/:*?"<>|' or not char.isprintable() else char for char in str(name))
    return kept.strip(" .") or "file"


def file_answer(content, name):
    """Bytes made for this answer, to be saved as ``name``; its extension decides the type."""
    kind = KINDS[PurePath(name).suffix.lstrip(".").lower()]
    return _guarded(HttpResponse(content, content_type=kind), name, save=True)


def table_answer(title, columns, rows, name):
    """A table made row by row while it is sent (CSV) or before (a workbook on disk); the extension decides which."""
    extension = PurePath(name).suffix.lstrip(".").lower()
    if extension == "csv":
        return _guarded(StreamingHttpResponse(csv_lines(columns, rows), content_type=KINDS["csv"]), name, save=True)
    return _guarded(FileResponse(xlsx_file(title, columns, rows), content_type=KINDS["xlsx"]), name, save=True)


def guarded_file(opened, content_type, name):
    """A file that no StoredFile describes; its type was found when it came in. The view asked the policy."""
    return _guarded(FileResponse(opened, content_type=content_type), name, save=content_type not in SHOWN)


def kept_file_answer(stored):
    """A kept file (base.files.StoredFile): pictures and PDF are shown, the rest saved. The view asked the policy."""
    response = FileResponse(stored.file.open("rb"), content_type=stored.content_type)
    return _guarded(response, stored.original_name, save=stored.content_type not in SHOWN)


def zip_answer(parts, name):
    """A zip made while it is sent: ``parts`` gives (name within the zip, bytes) one after the other, so no batch is held
    in memory. Names lose what file systems refuse; a second file of a name gets a number."""
    return _guarded(StreamingHttpResponse(_zipped(parts), content_type=KINDS["zip"]), name, save=True)


def _zipped(parts):
    sink, taken = _Sink(), set()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(_unique(name, taken), content)
            yield sink.take()
    yield sink.take()


def _unique(name, taken):
    *folders, last = name.split("/")
    last = PurePath(_plain(last))
    stem, suffix = last.stem[:MOST_CHARACTERS], last.suffix
    wanted = "/".join([*(_plain(folder)[:MOST_CHARACTERS] for folder in folders), f"{stem}{suffix}"])
    number = 1
    while wanted.lower() in taken:
        number += 1
        wanted = "/".join([*(_plain(folder)[:MOST_CHARACTERS] for folder in folders), f"{stem} ({number}){suffix}"])
    taken.add(wanted.lower())
    return wanted


class _Sink(io.RawIOBase):
    """A file that cannot be gone back in and hands on what was written."""

    def __init__(self):
        self._parts = []

    def writable(self):
        return True

    def write(self, data):
        self._parts.append(bytes(data))
        return len(data)

    def take(self):
        parts, self._parts = self._parts, []
        return b"".join(parts)
