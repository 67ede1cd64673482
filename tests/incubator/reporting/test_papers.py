"""Papers are filled in as data: no value becomes markup, none breaks the file, a missing one is an error."""

import io

import pytest
from docx import Document
from jinja2 import UndefinedError

from incubator.reporting.papers import find_paper, render_docx


@pytest.fixture
def template(settings, tmp_path):
    """A paper with one line and one repeated table row."""
    document = Document()
    document.add_paragraph("{{ title }}")
    table = document.add_table(rows=3, cols=1)
    for row, text in zip(table.rows, ("{%tr for row in rows %}", "{{ row }}", "{%tr endfor %}"), strict=True):
        row.cells[0].text = text
    (tmp_path / "papers").mkdir()
    document.save(tmp_path / "papers" / "sheet.docx")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]
    return "papers/sheet.docx"


def render(path, values):
    return render_docx(find_paper(path).read_bytes(), values)


def printed(content):
    document = Document(io.BytesIO(content))
    return document.paragraphs[0].text, [row.cells[0].text for row in document.tables[0].rows]


def test_a_paper_holds_the_values_and_one_row_for_each(template):
    assert printed(render(template, {"title": "备案申请表", "rows": ["张三", "李四"]})) == (
        "备案申请表",
        ["张三", "李四"],
    )


def test_markup_in_a_value_stays_text(template):
    text = "<w:p>&{{ 7 * 7 }}</w:p>"
    assert printed(render(template, {"title": text, "rows": [text]})) == (text, [text])


def test_control_characters_are_left_out_and_none_is_a_blank(template):
    assert printed(render(template, {"title": "一\x00二\x0b\x1f三", "rows": [None]})) == ("一二三", [""])


def test_lines_of_a_text_stay_lines(template):
    assert printed(render(template, {"title": "一\n二", "rows": []})) == ("一\n二", [])


def test_a_value_that_is_not_given_is_an_error(template):
    with pytest.raises(UndefinedError):
        render(template, {"rows": []})


@pytest.mark.no_db
def test_a_paper_that_does_not_exist_is_an_error(settings):
    with pytest.raises(FileNotFoundError):
        find_paper("papers/none.docx")
