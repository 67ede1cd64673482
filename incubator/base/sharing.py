"""What is handed on in chat groups: a short notice, and a picture with a code that leads to the page."""

import io
from functools import lru_cache
from pathlib import Path

import segno
from django.utils.safestring import mark_safe
from PIL import Image, ImageDraw, ImageFont

MOST_CHARACTERS = 200
QUIET, WIDTH = 4, 720
FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/noto/NotoSansCJK-Regular.ttc",
)
SIMPLIFIED = 2  # the face within the collection: JP, KR, SC, TC, HK
LINES = 3


def group_notice(what, when, where, url):
    """At most 200 characters: what, when, where and the link, each on a line of its own; the link is never cut, the rest
    is, the longest first."""
    url = str(url or "")
    parts = [" ".join(str(part or "").split()) for part in (what, when, where)]
    room = max(MOST_CHARACTERS - len(url), 0)
    while sum(len(part) + 1 for part in parts if part) > room:
        longest = max(range(len(parts)), key=lambda index: len(parts[index]))
        if not parts[longest]:
            break
        parts[longest] = f"{parts[longest][:-2].rstrip('…')}…" if len(parts[longest]) > 2 else ""
    return "\n".join([*(part for part in parts if part), *([url] if url else [])])[:MOST_CHARACTERS]


def qr_inline(url, scale=6):
    """The code of ``url`` as SVG: attributes alone, no style, since the content security policy allows none."""
    code = segno.make(url, error="m", micro=False)
    return mark_safe(code.svg_inline(scale=scale, border=3, dark="#111", light="#fff", omitsize=True))


def qr_picture(title, url):
    """A PNG with the code of ``url`` and ``title`` below it; without the title where no Chinese font is there."""
    code = segno.make(url, error="m", micro=False)
    modules = code.symbol_size(border=QUIET)[0]
    drawn = io.BytesIO()
    code.save(drawn, kind="png", scale=max(WIDTH // modules, 1), border=QUIET)
    square = Image.open(drawn).convert("RGB")
    lines = _lines(" ".join(str(title or "").split()), square.width - 60) if _font() else []
    picture = Image.new("RGB", (square.width, square.height + (52 * len(lines) + 36 if lines else 0)), "white")
    picture.paste(square, (0, 0))
    pen = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        width = pen.textlength(line, font=_font())
        pen.text(((picture.width - width) / 2, square.height - 8 + 52 * number), line, fill="#1c2b22", font=_font())
    written = io.BytesIO()
    picture.save(written, "PNG", optimize=True)
    return written.getvalue()


@lru_cache(maxsize=1)
def _font():
    path = next((path for path in FONTS if Path(path).is_file()), None)
    return ImageFont.truetype(path, 36, index=SIMPLIFIED) if path else None


def _lines(text, width):
    """The title broken into at most three lines of this width."""
    lines, rest = [], text
    while rest and len(lines) < LINES:
        cut = len(rest)
        while cut > 1 and _font().getlength(rest[:cut]) > width:
            cut -= 1
        lines.append(rest[:cut])
        rest = rest[cut:].lstrip()
    if rest and lines:
        lines[-1] = f"{lines[-1][:-1]}…"
    return lines
