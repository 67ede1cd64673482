"""Photos and files of activities, and pictures to send."""

import hashlib
import io

import factory
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from projects.choices import EvidenceKind
from projects.models import Evidence
from tests.factories.accounts import UserFactory
from tests.factories.projects import ActivityFactory

GPS, MAKE, MODEL, ORIENTATION, ARTIST = 0x8825, 0x010F, 0x0110, 0x0112, 0x013B


def picture(width=320, height=240, seed=1, mode="RGB"):
    """A picture with shapes in it, another one for each ``seed``."""
    image = Image.new(mode, (width, height), "white" if mode != "RGBA" else (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    for number in range(12):
        left, top = (seed * 37 + number * 53) % width, (seed * 61 + number * 29) % height
        shade = (seed * 83 + number * 47) % 256
        draw.rectangle([left, top, left + width // 4, top + height // 4], fill=(shade, 255 - shade, shade // 2))
    return image


def as_bytes(image, kind="JPEG", **kwargs):
    written = io.BytesIO()
    image.save(written, kind, **kwargs)
    return written.getvalue()


def photo(name="现场.jpg", *, turned=False, **kwargs):
    """A photo as a phone sends it: with place, camera, owner and the remark how to turn it."""
    exif = Image.Exif()
    exif[MAKE], exif[MODEL], exif[ARTIST] = "HUAWEI", "Mate 60", "周队长"
    if turned:
        exif[ORIENTATION] = 6
    place = exif.get_ifd(GPS)
    place[1], place[2], place[3], place[4] = "N", (30.0, 14.0, 22.5), "E", (120.0, 10.0, 11.0)
    exif[GPS] = place
    return SimpleUploadedFile(name, as_bytes(picture(**kwargs), exif=exif), "image/jpeg")


class EvidenceFactory(factory.django.DjangoModelFactory):
    """A kept photo with its small picture; ``sheet=True`` a signed sheet."""

    class Meta:
        model = Evidence

    class Params:
        content = factory.Sequence(lambda n: as_bytes(picture(40, 30, seed=n + 1)))
        sheet = factory.Trait(kind=EvidenceKind.SHEET)

    activity = factory.SubFactory(ActivityFactory)
    uploaded_by = factory.SubFactory(UserFactory)
    original_name = "现场.jpg"
    content_type = "image/jpeg"
    extension = "jpg"
    size = factory.LazyAttribute(lambda o: len(o.content))
    sha256 = factory.LazyAttribute(lambda o: hashlib.sha256(o.content).hexdigest())
    source_sha256 = factory.SelfAttribute("sha256")
    file = factory.LazyAttribute(lambda o: ContentFile(o.content, name="photo.jpg"))
    thumbnail = factory.LazyAttribute(lambda o: ContentFile(o.content, name="small.jpg"))
