"""Small promises that hold everywhere: nothing unused, nothing untranslated, nothing from elsewhere, nothing banned."""

import re
import subprocess
from io import StringIO
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import override

ROOT = Path(__file__).parents[1]
PACKAGES = ("incubator", "organizations", "projects", "evaluations", "funding", "linkage")
TEMPLATES = ROOT / "templates"
CATALOGUE = "locale/zh_Hans/LC_MESSAGES/django.po"
# Templates that Django or a third party looks for by these names, and those named by a stem.
FOUND_BY_NAME = re.compile(r"^(400|403|403_csrf|404|500)\.html$|^(account|bootstrap5|django|rest_framework|allauth)/")
AUTOMATIC_NAME = re.compile(r"_auto_\d{8}|^\d{4}_(alter|rename|remove|delete)_\w+_and_more$|_more$")
PROPER_NAMES = {"Chinese", "English", "Party", "Party-building"}
# Columns that Django's user and django-fsm bring along.
FROM_DJANGO = {"password", "last_login", "is_superuser", "username", "is_staff", "is_active", "date_joined"}
# Nobody is ranked, nobody is watched (docs/product: no burden, no formalism).
BANNED_NAMES = {
    "leaderboard", "last_login", "online_time", "login_count", "check_in_required", "gps_required", "photo_required",
    "person_rank", "worker_rank",
}  # fmt: skip

pytestmark = pytest.mark.no_db


def tracked(*patterns):
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "--", *patterns],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def own_models():
    return [model for model in apps.get_models() if model.__module__.split(".")[0] in PACKAGES]


def read(paths):
    return {path: path.read_text(encoding="utf-8") for path in paths}


def relative(path):
    return str(path.relative_to(ROOT))


def own_templates():
    return read(tracked("templates/*.html", "templates/*.txt"))


def test_no_template_is_unused():
    """A template is used when its name, or the stem from which its name is made, stands in code or in a template."""
    code = "\n".join(read(tracked(*(f"{package}/*.py" for package in PACKAGES))).values())
    texts = own_templates()
    unused = []
    for path in texts:
        name = str(path.relative_to(TEMPLATES))
        stem = re.sub(r"(_subject|_body)?\.(txt|html)$", "", name)
        elsewhere = code + "".join(text for other, text in texts.items() if other != path)
        made_of_code = f"{Path(name).parent}/" in code and re.search(rf"[\"']{re.escape(Path(stem).name)}[\"']", code)
        if not (FOUND_BY_NAME.search(name) or name in elsewhere or f'"{stem}"' in code or made_of_code):
            unused.append(name)
    assert unused == []


def test_verbose_names_are_set_translated_and_lower_case():
    wrong = []
    with override("en"):
        for model in own_models():
            meta = model._meta
            for kind in ("verbose_name", "verbose_name_plural"):
                if not isinstance(getattr(meta, kind), Promise):
                    wrong.append(f"{meta.label}.{kind} is not set")
            for field in meta.local_fields:
                if field.primary_key or field.name in FROM_DJANGO:
                    continue
                if not isinstance(field.verbose_name, Promise):
                    wrong.append(f"{meta.label}.{field.name} has no verbose name")
                    continue
                first = str(field.verbose_name).split()[0]
                if first != first.lower() and first.upper() != first and first not in PROPER_NAMES:
                    wrong.append(f"{meta.label}.{field.name}: “{field.verbose_name}” begins with a capital")
    assert wrong == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    out = StringIO()
    try:
        call_command("makemigrations", "--check", "--dry-run", stdout=out, stderr=out)
    except SystemExit:
        pytest.fail(out.getvalue())


def test_migrations_are_named_after_what_they_do():
    wrong = [
        relative(path)
        for path in tracked("*/migrations/[0-9]*.py", "incubator/*/migrations/[0-9]*.py")
        if AUTOMATIC_NAME.search(path.stem)
    ]
    assert wrong == []


def catalogues():
    paths = tracked("locale/*.po")
    if not paths and not tracked("locale"):
        pytest.skip("the catalogue has not landed yet")
    return paths


def test_the_chinese_catalogue_is_complete():
    paths = catalogues()
    assert ROOT / CATALOGUE in paths, f"{CATALOGUE} is missing"
    catalogue = polib.pofile(str(ROOT / CATALOGUE))
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []


def test_translations_keep_their_placeholders():
    named = re.compile(r"%\((\w+)\)[sd]")
    wrong = [
        f"{path.parent.parent.name}: {entry.msgid}"
        for path in catalogues()
        for entry in polib.pofile(str(path))
        if not entry.obsolete
        for text in [entry.msgstr or "".join(entry.msgstr_plural.values())]
        if text and set(named.findall(text)) != set(named.findall(entry.msgid + entry.msgid_plural))
    ]
    assert wrong == []


def strings_in_code():
    """Texts of the code and the templates that xgettext would find by their plain form."""
    call = re.compile(r"\b(?:_|_lazy|gettext|gettext_lazy)\(\s*\"((?:[^\"\\]|\\.)+)\"\s*\)")
    tag = re.compile(r"{%\s*translate\s+\"([^\"]+)\"[^%]*%}")
    code = read(tracked(*(f"{package}/*.py" for package in PACKAGES)))
    found = {text for content in code.values() for text in call.findall(content)}
    # A percent sign of a template stands twice in the catalogue.
    return found | {text.replace("%", "%%") for content in own_templates().values() for text in tag.findall(content)}


def test_no_text_of_the_code_is_missing_from_the_catalogue():
    """`make messages` was run: what the code says today is in the catalogue."""
    catalogues()
    known = {entry.msgid for entry in polib.pofile(str(ROOT / CATALOGUE)) if not entry.obsolete}
    assert sorted(text for text in strings_in_code() if text.replace('\\"', '"') not in known) == []


def test_no_text_to_translate_is_put_together_before_translation():
    """An f-string or .format inside gettext never matches the catalogue; ruff (INT) finds these in code."""
    wrong = [
        f"{relative(path)}: {match[0]}"
        for path, text in read(tracked(*(f"{package}/*.py" for package in PACKAGES))).items()
        for match in re.finditer(r"\b(?:_|gettext|gettext_lazy|_lazy|ngettext)\(\s*f[\"']", text)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        (
            "inline script",
            re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*type=[\"']application/(?:ld\+)?json)[^>]*>", re.I),
        ),
        ("inline style sheet", re.compile(r"<style\b", re.I)),
        ("style attribute", re.compile(r"<[^>]*\sstyle\s*=", re.I)),
        ("event attribute", re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=\s*[\"']", re.I)),
        ("javascript address", re.compile(r"[\"']javascript:", re.I)),
        ("asset of another host", re.compile(r"(?:src|srcset|poster|action)\s*=\s*[\"']\s*(?:https?:)?//", re.I)),
        ("style sheet of another host", re.compile(r"<link\b[^>]*href\s*=\s*[\"']\s*(?:https?:)?//", re.I)),
    ],
    ids=lambda value: value.replace(" ", "-") if isinstance(value, str) else "",
)
def test_templates_keep_the_content_security_policy(what, pattern):
    wrong = [
        f"{relative(path)}: {match[0][:80]}"
        for path, text in own_templates().items()
        if path.suffix == ".html" and "/email/" not in relative(path)
        for match in pattern.finditer(text)
    ]
    assert wrong == [], what


def test_style_sheets_load_nothing_from_another_host():
    address = re.compile(r"(?:url\(|@import)\s*[\"']?\s*(?:https?:)?//[^)]*", re.I)
    wrong = [
        f"{relative(path)}: {match[0][:80]}"
        for path, text in read(tracked("static/*.css")).items()
        for match in address.finditer(text)
    ]
    assert wrong == []


def test_scripts_name_no_missing_map():
    """collectstatic would look for the file and fail."""
    wrong = [
        relative(path)
        for path, text in read(tracked("static/*.js", "static/*.css")).items()
        if "sourceMappingURL=" in text
    ]
    assert wrong == []


def test_the_public_files_are_there():
    for name in ("README.md", "README.zh-hans.md", "CHANGELOG.md", "docs/architecture.md", "docs/operations.md"):
        assert (ROOT / name).is_file(), f"{name} is missing"


def test_no_table_ranks_or_watches_people():
    """Django keeps ``last_login`` for the sign-in itself; nothing else may be named like this."""
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in own_models()
        for field in model._meta.get_fields()
        if field.name in BANNED_NAMES and field.name != "last_login"
    ]
    assert wrong == []


def test_no_page_shows_when_somebody_signed_in():
    wrong = [
        f"{relative(path)}: {name}"
        for path, text in own_templates().items()
        for name in BANNED_NAMES
        if re.search(rf"\b{name}\b", text)
    ]
    assert wrong == []


def test_the_schema_names_nothing_that_ranks_or_watches_people():
    from drf_spectacular.generators import SchemaGenerator

    schema = SchemaGenerator().get_schema(request=None, public=True)
    names = set()

    def walk(node):
        if isinstance(node, dict):
            names.update(node.get("properties", {}))
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(schema)
    assert names & BANNED_NAMES == set()
    # Integer keys never leave the server.
    assert names & {"id", "pk"} == set()


def test_money_is_never_a_float():
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in own_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.FloatField) and re.search(r"amount|price|cost|fee|money|budget", field.name)
    ]
    assert wrong == []


def test_every_command_of_the_makefile_is_explained():
    """`make` alone tells what there is."""
    text = (ROOT / "Makefile").read_text()
    targets = set(re.search(r"^\.PHONY: (.+)$", text, re.M)[1].split()) - {"help"}
    explained = set(re.findall(r'@echo "make ([\w-]+)', text))
    assert targets == explained


@pytest.mark.no_db
def test_the_state_diagrams_say_what_the_code_says():
    from scripts.state_diagrams import ROOT, diagrams

    assert (ROOT / "docs" / "states.md").read_text(encoding="utf-8") == diagrams(), (
        "run: python -m scripts.state_diagrams"
    )
