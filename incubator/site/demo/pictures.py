"""Small pictures of the demonstration, drawn here: lanterns, tables, stairs and snow, nobody on them."""

import hashlib
import io
import random

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from incubator.base.files import inspect_upload
from incubator.site.demo import activity_stories
from incubator.site.demo.board import identifier
from projects.models import Evidence

WIDTH, HEIGHT, SMALL = 960, 720, 320
CAPTIONS = ("重阳敬老现场的灯笼和长桌", "寿面摊位", "平安敲门走过的楼道", "路口划好的停车线")
GROUNDS = ((250, 236, 210), (232, 242, 236), (226, 232, 242), (240, 240, 238))


def write_pictures(demo):
    rows = []
    for story in activity_stories.ALL:
        for number in story.get("photos", ()):
            rows.append(_evidence(demo.activities[story["key"]], number))
    Evidence.objects.bulk_create(rows)
    demo.add("pictures", rows)


def _evidence(activity, number):
    picture = _draw(number)
    content = _jpeg(picture)
    upload = ContentFile(content, name=f"{CAPTIONS[number]}.jpg")
    evidence = Evidence(
        uuid=identifier("evidence", activity.uuid, number), activity=activity, kind="photo", caption=CAPTIONS[number],
        consent="public" if number < 2 else "internal", source_sha256=hashlib.sha256(content).hexdigest(),
        look=_look(picture), width=WIDTH, height=HEIGHT, uploaded_by=activity.recorded_by,
    )  # fmt: skip
    evidence.take(upload, inspect_upload(upload))
    small = picture.copy()
    small.thumbnail((SMALL, SMALL))
    evidence.thumbnail.save("small.jpg", ContentFile(_jpeg(small)), save=False)
    return evidence


def _jpeg(picture):
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=82)
    return written.getvalue()


def _look(picture):
    """The difference hash: of nine by eight grey dots, which is brighter than the one to its right."""
    dots = picture.convert("L").resize((9, 8), Image.Resampling.LANCZOS).tobytes()
    bits = "".join("1" if dots[9 * y + x] > dots[9 * y + x + 1] else "0" for y in range(8) for x in range(8))
    return f"{int(bits, 2):016x}"


def _draw(number):
    picture = Image.new("RGB", (WIDTH, HEIGHT), GROUNDS[number])
    (_lanterns, _tables, _stairs, _snow)[number](ImageDraw.Draw(picture), random.Random(number))
    return picture


def _lanterns(pen, draw):
    pen.rectangle((0, 520, WIDTH, HEIGHT), fill=(196, 160, 116))
    for x in range(80, WIDTH, 150):
        y = 90 + draw.randrange(70)
        pen.line((x, 0, x, y), fill=(120, 70, 50), width=4)
        pen.ellipse((x - 48, y, x + 48, y + 110), fill=(196, 52, 38), outline=(232, 178, 72), width=6)
        pen.rectangle((x - 5, y + 112, x + 5, y + 165), fill=(232, 178, 72))
    pen.rectangle((90, 470, WIDTH - 90, 520), fill=(150, 98, 60))


def _tables(pen, draw):
    pen.rectangle((0, 430, WIDTH, HEIGHT), fill=(206, 222, 208))
    for x in range(120, WIDTH - 60, 210):
        pen.ellipse((x - 80, 470, x + 80, 560), fill=(255, 255, 252), outline=(15, 118, 110), width=8)
        pen.arc((x - 50, 430, x + 50, 520), 200, 340, fill=(15, 118, 110), width=8)
        for _steam in range(3):
            at = x + draw.randrange(-30, 30)
            pen.arc((at - 14, 330, at + 14, 430), 60, 260, fill=(170, 190, 178), width=5)


def _stairs(pen, draw):
    for step in range(9):
        pen.rectangle(
            (90 * step, 640 - 62 * step, WIDTH, 702 - 62 * step),
            fill=(214 - 12 * step, 222 - 10 * step, 234 - 8 * step),
        )
    pen.rectangle((650, 60, 860, 400), fill=(104, 128, 112), outline=(60, 80, 70), width=8)
    pen.ellipse((680, 220, 712, 252), fill=(232, 178, 72))
    for y in range(60, 500, 90):
        pen.rectangle((70, y, 250, y + 56), fill=(252, 244, 214) if draw.random() < 0.6 else (180, 192, 206))


def _snow(pen, draw):
    pen.polygon(((0, HEIGHT), (340, 260), (620, 260), (WIDTH, HEIGHT)), fill=(128, 132, 134))
    for row in range(6):
        width = 30 + 26 * row
        pen.rectangle((480 - width // 2, 280 + 72 * row, 480 + width // 2, 300 + 72 * row), fill=(255, 255, 255))
    for _flake in range(140):
        x, y, size = draw.randrange(WIDTH), draw.randrange(HEIGHT), draw.randrange(3, 9)
        pen.ellipse((x, y, x + size, y + size), fill=(255, 255, 255))
