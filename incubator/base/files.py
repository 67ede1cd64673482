"""Uploaded files: what they really are, how big they may be, and where they lie.

The name and the type that a browser sends are claims; the first bytes decide. Files lie in private storage under a random
name and are served only by views that asked a policy.
"""

import hashlib
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath

import filetype
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incubator.base.errors import RuleViolation
from incubator.base.models import Record

MEGABYTE = 1024 * 1024
OFFICE = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PICTURES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
PAPERS = {"pdf": "application/pdf", **OFFICE, **PICTURES}
# Endings that say what a file is: when the bytes say something else, something went wrong on the way.
ENDINGS = {
    "exe", "doc", "xls", "ppt", "pptx", "wps", "et", "csv", "tsv", "txt", "json", "xml", "htm", "html", "svg", "js", "zip",
    "rar", "7z", "gif", "bmp", "tif", "tiff", "heic", "mp3", "mp4", "ofd", "rtf", "odt", "ods",
}  # fmt: skip
# A .docx or .xlsx that unpacks to more than this is no office paper.
MAX_UNPACKED = 200 * MEGABYTE


# What is larger is not even written to the disk while it comes in; the person still reads a sentence about it.
MAX_UPLOAD = 20 * MEGABYTE


class CappedUploadHandler(FileUploadHandler):
    """The first of the upload handlers: of a file beyond every limit of the house only the size is kept.

    The connection is not cut, since a browser would show an error of its own instead of ours.
    """

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data, start):
        self.received += len(raw_data)
        return raw_data if self.received <= MAX_UPLOAD else None

    def file_complete(self, file_size):
        if file_size <= MAX_UPLOAD:
            return None
        file = SimpleUploadedFile(self.file_name or "file", b"", self.content_type or "application/octet-stream")
        file.size = file_size
        return file


@dataclass(frozen=True)
class FileFacts:
    """What the bytes say: extension, content type, size in bytes, SHA-256 as hexadecimal digits, and a safe name."""

    extension: str
    content_type: str
    size: int
    sha256: str
    name: str


def inspect_upload(upload, *, allowed=None, max_bytes=20 * MEGABYTE):
    """Look at an uploaded file and return its FileFacts; RuleViolation with a sentence for what cannot be taken.

    ``allowed`` maps extensions to content types (default: PDF, Word, Excel and pictures).
    """
    allowed = allowed or PAPERS
    name = PurePath(upload.name or "").name[-120:] or "file"
    if not upload.size:
        raise RuleViolation(_("“%(name)s” is empty (0 bytes). Please choose the file again.") % {"name": name})
    if upload.size > max_bytes:
        raise RuleViolation(
            _("“%(name)s” is larger than %(limit)s MB. Please make it smaller or split it.")
            % {"name": name, "limit": max_bytes // MEGABYTE}
        )
    upload.seek(0)
    guess = filetype.guess(upload.read(8192))
    extension = {"jpeg": "jpg"}.get(guess.extension, guess.extension) if guess else ""
    if extension == "zip":
        extension = _office_kind(upload)
    if extension == "heic":
        raise RuleViolation(
            _("“%(name)s” is a HEIC picture. Please send it as JPG: set the phone's camera to “most compatible”.")
            % {"name": name}
        )
    claimed = PurePath(name).suffix.lstrip(".").lower().replace("jpeg", "jpg")
    if extension not in allowed:
        raise RuleViolation(
            _("“%(name)s” is not a file of a kind that can be kept here. Possible are: %(kinds)s.")
            % {"name": name, "kinds": ", ".join(sorted(allowed))}
        )
    if claimed and claimed in {*allowed, *PAPERS, *ENDINGS} and claimed != extension:
        raise RuleViolation(
            _("“%(name)s” is called .%(claimed)s but holds %(real)s. Please save it in the right form and try again.")
            % {"name": name, "claimed": claimed, "real": extension}
        )
    digest = hashlib.sha256()
    upload.seek(0)
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return FileFacts(extension, allowed[extension], upload.size, digest.hexdigest(), name)


def _office_kind(upload):
    """ "docx" or "xlsx" for a sound office file, else "zip"."""
    upload.seek(0)
    try:
        with zipfile.ZipFile(upload) as archive:
            names = archive.namelist()
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
                return "zip"
    except (zipfile.BadZipFile, OSError, ValueError):
        return "zip"
    if any(name.startswith("word/") for name in names):
        return "docx"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    return "zip"


def private_path(instance, filename):
    """<app>/<year>/<two hex digits>/<uuid>.<ext>: nothing of the person's file name reaches the disk."""
    extension = PurePath(filename).suffix.lower()
    identifier = str(instance.uuid)
    return f"{instance._meta.app_label}/{identifier[:2]}/{identifier}{extension}"


class StoredFile(Record):
    """A kept file with the facts of its bytes."""

    file = models.FileField(gettext_lazy("file"), upload_to=private_path, max_length=200)
    original_name = models.CharField(gettext_lazy("file name"), max_length=120)
    content_type = models.CharField(gettext_lazy("content type"), max_length=100)
    extension = models.CharField(gettext_lazy("file extension"), max_length=8)
    size = models.PositiveBigIntegerField(gettext_lazy("size in bytes"))
    sha256 = models.CharField(gettext_lazy("content hash"), max_length=64)

    class Meta:
        abstract = True

    def take(self, upload, facts):
        """Set the file and its facts from an inspected upload; the caller saves."""
        self.original_name, self.content_type, self.extension = facts.name, facts.content_type, facts.extension
        self.size, self.sha256 = facts.size, facts.sha256
        self.file.save(f"{self.uuid}.{facts.extension}", upload, save=False)


@contextmanager
def kept_with(field_file):
    """What a record's file belongs to is written inside; when that fails, the file goes from the disk as the rows go
    from the database."""
    try:
        yield
    except BaseException:
        field_file.storage.delete(field_file.name)
        raise
