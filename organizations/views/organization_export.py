"""The organization list as a file: what is shown, filtered and sorted the same, row by row."""

import tempfile
from itertools import islice

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.generic import View

from incubator.base.views import PolicyMixin
from incubator.reporting.tables import TEXT_STAYS_TEXT, csv_lines, inert
from organizations.choices import GrowthStage, LegalStatus, OrganizationForm, OrganizationState
from organizations.filters import OrganizationFilterSet
from organizations.models import SocialOrganization
from organizations.policies import organization as policies
from organizations.views.organization import OrganizationListView

CHUNK = 2000
SHEET_ROWS = 1_048_575  # what a sheet holds below its heading
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FEN = 100


class OrganizationExport(PolicyMixin, View):
    policy = staticmethod(policies.check_export_organizations)
    http_method_names = ["get", "head", "options"]

    columns = (
        "uuid", "name", "community__code", "community__name", "community__parent__name", "type_id", "state",
        "legal_status", "filing_number", "filed_on", "credit_code", "growth_stage", "form", "founded_on",
        "responsible_person", "contact_phone", "venue", "declared_members", "funds_fen", "updated_at",
    )  # fmt: skip

    def headings(self):
        return [
            pgettext("thing", "name"), _("community"), _("street"), _("type"), _("state"), _("legal status"),
            _("filing number"), _("filed on"), _("unified social credit code"), _("growth stage"), _("form of organization"),
            _("founded on"), _("responsible person"), _("contact phone"), _("venue"), _("members as told"),
            _("funds (yuan)"), _("changed on"),
        ]  # fmt: skip

    def get_queryset(self):
        """The list's own rows: same visibility, filters and order; a filter that means nothing is left out as there."""
        queryset = SocialOrganization.objects.visible_to(self.request.user)
        self.filterset = OrganizationFilterSet(self.request.GET, queryset=queryset, request=self.request)
        sorts, wanted = OrganizationListView.sorts, self.request.GET.get("sort", "")
        order = sorts[wanted if wanted in sorts else next(iter(sorts))][1]
        return self.filterset.qs.order_by(*order).values(*self.columns)

    def rows(self):
        queryset = self.get_queryset()
        reads = policies.contact_reader(self.request.user)
        types = {pk: label for pk, _code, label in self.filterset.types}
        labels = [dict(enum.choices) for enum in (OrganizationState, LegalStatus, GrowthStage, OrganizationForm)]
        labels = [{code: str(label) for code, label in found.items()} for found in labels]
        return self._lines(queryset, reads, types, labels)

    @staticmethod
    def _lines(queryset, reads, types, labels):
        states, legal, stages, forms = labels
        for row in queryset.iterator(chunk_size=CHUNK):
            phone = row["contact_phone"]
            funds = row["funds_fen"]
            yield [
                row["name"], row["community__name"], row["community__parent__name"], types.get(row["type_id"], ""),
                states[row["state"]], legal[row["legal_status"]], row["filing_number"],
                row["filed_on"].isoformat() if row["filed_on"] else "", row["credit_code"],
                stages[row["growth_stage"]], forms[row["form"]],
                row["founded_on"].isoformat() if row["founded_on"] else "", row["responsible_person"],
                phone if reads(row["uuid"], row["community__code"]) else policies.masked_phone(phone),
                row["venue"], "" if row["declared_members"] is None else row["declared_members"],
                "" if funds is None else f"{funds // FEN}.{funds % FEN:02d}",
                timezone.localtime(row["updated_at"]).strftime("%Y-%m-%d"),
            ]  # fmt: skip

    def file_name(self, extension):
        return f"organizations-{timezone.localdate():%Y%m%d}.{extension}"


class OrganizationExportCsvView(OrganizationExport):
    def get(self, request):
        lines = csv_lines(self.headings(), self.rows())
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{self.file_name("csv")}"'
        return response


class OrganizationExportXlsxView(OrganizationExport):
    def get(self, request):
        target = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 - the response closes it when it is sent
        options = {"constant_memory": True, **TEXT_STAYS_TEXT}
        with xlsxwriter.Workbook(target, options) as book:
            sheet = book.add_worksheet(_("Organizations")[:31])
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, 0, 32)
            sheet.set_column(1, len(self.headings()) - 1, 16)
            sheet.write_row(0, 0, self.headings(), book.add_format({"bold": True}))
            for number, row in enumerate(islice(self.rows(), SHEET_ROWS), start=1):
                for column, value in enumerate(row):
                    if isinstance(value, str):
                        sheet.write_string(number, column, inert(value))
                    else:
                        sheet.write_number(number, column, value)
        target.seek(0)
        return FileResponse(target, as_attachment=True, filename=self.file_name("xlsx"), content_type=XLSX)
