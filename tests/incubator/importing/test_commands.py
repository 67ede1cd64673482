import gzip

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from incubator.audit.models import AuditEvent
from incubator.divisions.models import Division
from tests.factories.divisions import SAMPLE, sample
from tests.incubator.divisions.conftest import SMALL, as_csv


@pytest.fixture
def written(tmp_path):
    def write(content, name="list-2023.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


def test_import_divisions_prints_counts_per_level(written, capsys):
    path = written(as_csv(SMALL))
    call_command("import_divisions", path)
    assert capsys.readouterr().out.splitlines() == [
        "Edition of 2023-06-30",
        "province: 1 new, 0 renamed, 0 closed, 0 reopened, 0 unchanged",
        "city: 1 new, 0 renamed, 0 closed, 0 reopened, 0 unchanged",
        "district or county: 1 new, 0 renamed, 0 closed, 0 reopened, 0 unchanged",
        "street or town: 2 new, 0 renamed, 0 closed, 0 reopened, 0 unchanged",
        "community or village: 4 new, 0 renamed, 0 closed, 0 reopened, 0 unchanged",
        "together: 9 new, 0 renamed, 0 closed, 0 reopened, 0 unchanged",
    ]
    call_command("import_divisions", path)
    assert capsys.readouterr().out.splitlines()[-1] == "together: 0 new, 0 renamed, 0 closed, 0 reopened, 9 unchanged"
    assert AuditEvent.objects.filter(verb="division.imported").count() == 1


def test_import_divisions_reads_gzip_and_several_parts(written):
    path = written(gzip.compress(SAMPLE.read_bytes()), "part-2023.csv.gz")
    call_command("import_divisions", path, "--under", "330102001", "--under", "620102001", verbosity=0)
    wanted = [c for c in sample() if c.startswith(("330102001", "620102001"))]
    assert Division.objects.count() == len(wanted) + 6


def test_import_divisions_takes_the_edition_that_is_given(written):
    call_command("import_divisions", written(as_csv(SMALL)), "--edition", "2025-01-02")
    assert {str(day) for day in Division.objects.values_list("valid_from", flat=True)} == {"2025-01-02"}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_bad_line_is_named_in_every_language_and_nothing_is_kept(written, language):
    path = written(as_csv(SMALL) + "330103001,孤儿\n")
    with translation.override(language), pytest.raises(CommandError, match=r"^line 11: ") as refusal:
        call_command("import_divisions", path)
    assert (refusal.value.returncode, Division.objects.count(), AuditEvent.objects.count()) == (1, 0, 0)


@pytest.mark.parametrize("arguments", [["missing.csv"], ["."]])
def test_a_file_that_cannot_be_opened_is_told(arguments):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_divisions", *arguments)


def test_under_a_code_that_the_file_lacks_is_told(written):
    with pytest.raises(CommandError, match="620102"):
        call_command("import_divisions", written(as_csv(SMALL)), "--under", "620102")
