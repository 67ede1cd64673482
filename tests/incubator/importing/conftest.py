import io
import uuid
import zipfile

import pytest
import xlsxwriter
from django import forms
from django.core.exceptions import PermissionDenied

from incubator.audit.registries import get_verb
from incubator.base.errors import RuleViolation
from incubator.divisions.models import Division
from incubator.importing import services
from incubator.importing.registries import Column, Importer, importers
from incubator.importing.row_forms import RowForm

assert get_verb("importing.uploaded")
taken = []


class ToyForm(RowForm):
    name = forms.CharField(max_length=10)
    phone = forms.RegexField(r"^\d{11}$", required=False, error_messages={"invalid": "A phone has 11 digits."})

    def clean_name(self):
        name = self.cleaned_data["name"]
        self.is_known = name in self.shared["known"]
        return name


class ToyImporter(Importer):
    """Takes rows into a list; one named "bang" cannot be taken."""

    code = "toys"
    label = "Toys"
    columns = (
        Column(
            "name",
            "Name",
            aliases=("组织名称", "社区社会组织名称"),
            required=True,
            sample="清泰门读书会",
            hint="in full",
        ),
        Column("phone", "Phone", aliases=("联系电话", "手机")),
    )
    row_form = ToyForm

    @staticmethod
    def policy(user):
        if not user.access.grants:
            raise PermissionDenied("Toys are for people with a role.")

    @classmethod
    def prepare(cls, rows, *, actor, area):
        return {"known": set(taken)}

    @classmethod
    def confirm(cls, rows, *, actor, batch):
        for row in rows:
            if row.cleaned_data["name"] == "bang":
                raise RuleViolation("This one cannot be taken.")
        taken.extend(row.cleaned_data["name"] for row in rows)
        return len(rows)


class PlacedToyImporter(ToyImporter):
    code = "placed-toys"

    @classmethod
    def areas(cls, user):
        return Division.objects.within(user.access.divisions())


@pytest.fixture
def toys():
    taken.clear()
    importers.register(ToyImporter)
    importers.register(PlacedToyImporter)
    yield ToyImporter
    importers.unregister(ToyImporter.code)
    importers.unregister(PlacedToyImporter.code)


@pytest.fixture
def upload(toys, personas):
    def run(content="Name,Phone\n读书会,\n", actor=None, importer=toys, **values):
        return services.upload_batch(
            uuid=uuid.uuid4(),
            importer=importer,
            content=content.encode() if isinstance(content, str) else content,
            file_name="toys.csv",
            actor=actor or personas.staff,
            **values,
        )

    return run


def xlsx(rows, merge=(), sheets=1):
    """So many sheets with these rows."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        for _each in range(sheets):
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            for top, left, bottom, right, text in merge:
                sheet.merge_range(top, left, bottom, right, text)
    return target.getvalue()


def repacked(content, change):
    """The archive with ``change(name, data)`` applied to each part; None leaves the part out."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = change(part, old.read(part))
            if data is not None:
                new.writestr(part, data)
    return target.getvalue()
