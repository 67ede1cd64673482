"""A picture as it is kept: upright, of a size for screens and paper, without place, camera or other hidden words."""

import io
import warnings
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from incubator.base.errors import RuleViolation
from incubator.base.files import MEGABYTE, PICTURES, FileFacts, inspect_upload

MAX_PICTURE = 10 * MEGABYTE
MAX_FILE = 20 * MEGABYTE
MAX_PIXELS = 64_000_000  # what unpacks to more is no photo of an activity
MAX_SIDE, SMALL_SIDE = 2560, 480
QUALITY, SMALL_QUALITY = 88, 80
NOISE = 1  # of 255: brighter by no more is not brighter
FORMATS = ("JPEG", "PNG", "WEBP")


@dataclass(frozen=True)
class Prepared:
    """An upload that was looked at: what to keep, its facts, and what tells that the same picture is elsewhere."""

    content: ContentFile
    facts: FileFacts
    source_sha256: str
    look: str = ""
    width: int | None = None
    height: int | None = None
    thumbnail: ContentFile | None = None

    @property
    def is_picture(self):
        return self.thumbnail is not None


def prepare(upload):
    """Look at an upload (RuleViolation with a sentence) and make of it what is kept. Needs no database: done before the
    transaction, since unpacking a picture takes its time."""
    if isinstance(upload, Prepared):
        return upload
    facts = inspect_upload(upload, max_bytes=MAX_FILE)
    if facts.extension not in PICTURES:
        return Prepared(content=upload, facts=facts, source_sha256=facts.sha256)
    if facts.size > MAX_PICTURE:
        raise RuleViolation(
            _("“%(name)s” is larger than %(limit)s MB. Please make it smaller or split it.")
            % {"name": facts.name, "limit": MAX_PICTURE // MEGABYTE}
        )
    image = _upright(_unpacked(upload, facts.name))
    image.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    kept = _as_jpeg(image, QUALITY)
    small = image.copy()
    small.thumbnail((SMALL_SIDE, SMALL_SIDE), Image.Resampling.LANCZOS)
    name = f"{PurePath(facts.name).stem[:110] or 'photo'}.jpg"
    return Prepared(
        content=kept, facts=replace(inspect_upload(kept), name=name), source_sha256=facts.sha256,
        look=look_of(image), width=image.width, height=image.height, thumbnail=_as_jpeg(small, SMALL_QUALITY),
    )  # fmt: skip


def look_of(image):
    """The 64-bit difference hash of a picture as 16 hexadecimal digits, "" for one without any shape.

    Shrunk to 9 × 8 grey points, each bit says whether a point is brighter than its right neighbour: copies, other sizes
    and other qualities of the same photo look the same. Method: "dHash" by David Oftedahl, described by Neal Krawetz,
    "Kind of Like That" (The Hacker Factor Blog, 21 January 2013). ``NOISE`` is ours: an even wall stays even when it is
    saved anew.
    """
    points = image.convert("L").resize((9, 8), Image.Resampling.LANCZOS).tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            place = row * 9 + column
            bits = bits << 1 | (points[place] > points[place + 1] + NOISE)
    return f"{bits:016x}" if bits not in (0, 2**64 - 1) else ""


def _unpacked(upload, name):
    """The picture in memory. Twice opened: verify() reads the whole file and leaves it unusable."""
    broken = RuleViolation(
        _("“%(name)s” cannot be opened: the picture is damaged. Please take it or send it again.") % {"name": name}
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about damaged remarks inside; the picture itself decides
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            upload.seek(0)
            Image.open(upload, formats=FORMATS).verify()
            upload.seek(0)
            image = Image.open(upload, formats=FORMATS)
            if image.width * image.height > MAX_PIXELS:
                raise Image.DecompressionBombError
            image.draft("RGB", (MAX_SIDE, MAX_SIDE))
            image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise RuleViolation(
            _("“%(name)s” has too many points (more than %(limit)s million). Please send a smaller picture.")
            % {"name": name, "limit": MAX_PIXELS // 1_000_000}
        ) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError) as error:
        raise broken from error
    finally:
        upload.seek(0)
    return image


def _upright(image):
    """Turned as its hidden word says, in plain colours, on white where it was transparent."""
    profile = image.info.get("icc_profile")
    with suppress(Exception):  # a damaged remark about the turning; the picture itself is sound
        image = ImageOps.exif_transpose(image)
    if image.has_transparency_data:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(ground, image)
    elif profile and image.mode == "RGB":
        image = _in_common_colours(image, profile)
    return image.convert("RGB")


def _in_common_colours(image, profile):
    """Phones photograph in wider colours and say so in a profile that is not kept."""
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image


def _as_jpeg(image, quality):
    """Written from the points alone: nothing that stood beside them comes along."""
    bare = Image.frombytes("RGB", image.size, image.tobytes())
    written = io.BytesIO()
    bare.save(written, "JPEG", quality=quality, optimize=True, progressive=True)
    return ContentFile(written.getvalue(), name="photo.jpg")
