"""Without a comparison group nothing is said about causes: not by a sentence, a page, a paper, nor by a translation."""

import ast
import re
import uuid

import polib
import pytest
from django.conf import settings
from docx import Document

from evaluations.services import effect as services
from tests.factories.effects import fill, make_pair

ROOT = settings.BASE_DIR
# What may be said beside a comparison group only.
BESIDE_A_GROUP = {"effect_comparison_words.py", "effect_comparison_partial.html"}
CLAIMS = re.compile(
    r"caus(e|es|ed|al|ing)\b|\bimprov|\bbecause of|\bthanks to|\bdue to|\beffects? of\b|\bled to\b|\bresulted in|"
    r"\bimpact|\bbrought about|\bowing to|\beffective",
    re.I,
)
CLAIMS_ZH = re.compile(
    "导致|提升了|使得|促使|因为本项目|由于本项目|得益于|归功于|使.{0,6}提高|带来了|成效显著|促进了|改善了|归因于"
)


def texts_of(path):
    """The English sentences of a file that are shown to people."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        found = re.findall(r"{%\s*translate\s+\"([^\"]+)\"", source)
        return found + re.findall(r"{%\s*blocktranslate[^%]*%}(.*?){%\s*endblocktranslate", source, re.S)
    docs = {
        ast.get_docstring(node, clean=False)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef))
    }
    constants = (node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
    return [text for text in constants if isinstance(text, str) and " " in text and text not in docs]


def files():
    """Everything of this app that speaks: its modules, pages and mails."""
    found = [*(ROOT / "evaluations").rglob("*.py"), *(ROOT / "templates" / "evaluations").rglob("*.html")]
    found += (ROOT / "templates" / "evaluations").rglob("*.txt")
    return sorted(path for path in found if path.name not in BESIDE_A_GROUP and "migrations" not in path.parts)


def flat(text):
    return re.sub(r"\s+", " ", re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", text)).strip()


@pytest.mark.no_db
def test_no_sentence_claims_a_cause():
    texts = {(path.name, text) for path in files() for text in texts_of(path)}
    assert {"effect_words.py", "result_picture.py", "measurement.py", "organization_radar.py"} <= {
        name for name, _ in texts
    }
    assert [found for found in sorted(texts) if CLAIMS.search(found[1])] == []


@pytest.mark.no_db
def test_no_translation_of_them_claims_a_cause():
    spoken = {flat(text) for path in files() for text in texts_of(path)}
    wrong = []
    for path in (ROOT / "locale" / "zh_Hans").rglob("*.po"):
        for entry in polib.pofile(str(path)):
            mine = any("effect" in place for place, _line in entry.occurrences if "comparison" not in place)
            if mine or flat(entry.msgid) in spoken:
                wrong += [text for text in (entry.msgstr, *entry.msgstr_plural.values()) if CLAIMS_ZH.search(text)]
    assert wrong == []


@pytest.mark.no_db
@pytest.mark.parametrize("text", ["本项目使得成员能力提升了", "参与度上升，因为本项目", "培训导致变化"])
def test_the_search_finds_claims(text):
    assert CLAIMS_ZH.search(text)
    assert CLAIMS.search("The project improved their skills")
    assert not CLAIMS.search("The mean rose by 0.6 points; what changed, not why.")


@pytest.mark.no_db
def test_the_paper_itself_claims_no_cause():
    document = Document(ROOT / "templates" / "evaluations" / "papers" / "effect_report.docx")
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    assert not CLAIMS_ZH.search(text)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_page_without_comparison_group_claims_no_cause(place, client, sign_in, language):
    before, after = make_pair(place.organization)
    fill(before, range(14))
    fill(after, range(12), shift=1)
    run = services.ask_analysis(uuid=uuid.uuid4(), before=before, after=after, actor=place.worker)
    services.write_analysis(run_uuid=run.uuid)
    place.worker.language = language
    place.worker.save(update_fields=["language"])
    page = sign_in(place.worker).get(run.get_absolute_url(), headers={"accept-language": language}).content.decode()
    main = re.sub(r"<[^>]+>", " ", page[page.index('id="main"') : page.index('class="foot"')])
    assert not CLAIMS.search(main)
    assert not CLAIMS_ZH.search(main)
