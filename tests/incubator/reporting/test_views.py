"""Files leave with the right type, under their own name, and are never guessed at by the browser."""

from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from incubator.reporting.views import file_answer, kept_file_answer

pytestmark = pytest.mark.no_db
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Kept:
    """What a view needs of a kept file."""

    def __init__(self, name, content_type, content=b"bytes"):
        self.original_name, self.content_type = name, content_type
        self.file = SimpleUploadedFile(name, content)


def test_a_file_is_saved_under_its_chinese_name():
    answer = file_answer(b"word", "治安服务队 备案证.docx")
    assert answer["Content-Type"] == DOCX
    assert answer["Content-Disposition"] == f"attachment; filename*=utf-8''{quote('治安服务队 备案证.docx')}"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


def test_a_name_cannot_break_the_header_or_a_folder():
    answer = file_answer(b"", 'a/b\\c"\r\nSet-Cookie: x=1.csv')
    assert answer["Content-Disposition"] == 'attachment; filename="a_b_c___Set-Cookie_ x=1.csv"'


@pytest.mark.parametrize(
    ("name", "kind", "way"),
    [
        ("scan.pdf", "application/pdf", "inline"),
        ("photo.png", "image/png", "inline"),
        ("list.docx", DOCX, "attachment"),
    ],
)
def test_pictures_and_pdf_are_shown_and_office_files_are_saved(name, kind, way):
    answer = kept_file_answer(Kept(name, kind))
    assert (answer["Content-Type"], answer["Content-Disposition"].split(";")[0]) == (kind, way)
    assert b"".join(answer.streaming_content) == b"bytes"
