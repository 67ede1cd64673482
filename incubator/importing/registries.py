"""Importers: how a list in a spreadsheet becomes records. A manual for whoever writes one.

1. **A row form** (``<app>/forms.py`` or beside the importer): a subclass of
   ``incubator.importing.row_forms.RowForm``, an ordinary Django form for one row. Its field names are the keys of the
   columns. It gets text as people typed it: numbers come without a trailing ``.0``, dates that the spreadsheet knows
   as dates come as ``2026-10-01``, a merged cell's text is in each of its rows. What is wrong with the row is a form
   error; its sentence reaches the person beside the row's number. ``self.shared`` is what ``prepare`` returned: look
   things up there, never in the database (5,000 rows would be 5,000 queries). A row that is there already sets
   ``self.is_known = True``: it is counted and left alone.

2. **The importer** in ``<app>/importers/<code>.py``, found automatically::

       @importers.register
       class OrganizationImporter(Importer):
           code = "organizations"
           label = _("Organizations")
           columns = (
               Column("name", _("Name"), aliases=("社区社会组织名称",), required=True, sample="清泰门读书会"),
               Column("phone", _("Phone"), aliases=("联系电话", "手机", "负责人联系电话")),
           )
           row_form = OrganizationRowForm
           policy = staticmethod(policies.check_import_organizations)   # (user): raises PermissionDenied

           @classmethod
           def areas(cls, user):               # places that a list may be uploaded for; none: the page does not ask
               return Division.objects.within(user.access.divisions(Role.STREET_STAFF)).filter(level=Level.STREET)

           @classmethod
           def prepare(cls, rows, *, actor, area):     # everything the row forms look up, in a fixed number of queries
               return {"communities": {...}}

           @classmethod
           def confirm(cls, rows, *, actor, batch):    # rows: valid RowForms, none of them known; returns how many
           were made
               return create_many_organizations(rows=[row.cleaned_data for row in rows], actor=actor)

   ``confirm`` runs inside the transaction of the whole batch, calls services and raises ``RuleViolation`` when the
   batch cannot be taken: then nothing of it is kept. A heading is known by the column's label, key or aliases;
   spaces, line breaks, brackets and their content do not count; of a heading in two lines the upper and lower text
   are also read together (``负责人`` over ``联系电话`` is ``负责人联系电话``, ``联系电话`` or ``负责人``).

3. **A test** with a sample file: rows that are fine, rows that are wrong, and that a second upload makes nothing new.

The pages (upload, preview, take over, rejected rows, empty form to fill in), the reading of xlsx and CSV, the refusal
of broken files and of the same file twice, the audit events and the file's storage come from ``incubator.importing``.
"""

from dataclasses import dataclass

from incubator.base.registry import Registry

importers = Registry("importers", required=("label", "columns", "row_form", "policy"))

NOTE_BEGINNINGS = (
    "合计",
    "总计",
    "小计",
    "共计",
    "注：",
    "注:",
    "备注：",
    "说明",
    "填表",
    "填报",
    "制表",
    "审核",
    "total",
    "note:",
)


@dataclass(frozen=True)
class Column:
    """``key`` is the row form's field; ``aliases`` are headings that people use; ``sample`` fills the example row."""

    key: str
    label: str
    aliases: tuple = ()
    required: bool = False
    sample: str = ""
    hint: str = ""


class Importer:
    """One kind of list; never instantiated. See the manual above."""

    code = label = ""
    columns = ()
    row_form = None
    policy = None
    order = 100
    address = None  # (batch) -> the page of a batch, for a kind of list that has pages of its own (no columns then)

    @classmethod
    def areas(cls, user):
        """Divisions that this person may upload a list for (a queryset), or None when the list names its places
        itself."""
        return

    @classmethod
    def prepare(cls, rows, *, actor, area):
        """What all row forms share; ``rows`` are the readers' SheetRows. Queries belong here."""
        return {}

    @classmethod
    def is_note(cls, cells):
        """Whether a row below the head is a sum or a remark; ``cells`` are its texts."""
        first = next((cell for cell in cells if cell), "")
        return first.replace(" ", "").casefold().startswith(NOTE_BEGINNINGS)

    @classmethod
    def confirm(cls, rows, *, actor, batch):
        raise NotImplementedError
