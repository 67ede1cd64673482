"""指标完成情况表 of a service contract."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.reporting.papers import chinese_day
from incubator.reporting.registries import Paper, papers
from projects.policies.contract import check_view_contract
from projects.services.contract import area_of, progress_of
from projects.services.kind import label_of

FEN = 100


def kind_labels(codes):
    """The names of kinds, "all kinds" for none."""
    return "、".join(label_of(code) for code in codes)


@papers.register
class IndicatorTable(Paper):
    code = "indicator-table"
    label = _("table of indicators")
    target = "projects.servicecontract"
    template = "projects/papers/indicator_table.docx"
    policy = staticmethod(check_view_contract)
    fields = (
        ("name", _("name of the contract")),
        ("number", _("contract number")),
        ("purchaser", _("purchaser")),
        ("agency", _("agency")),
        ("period", _("period")),
        ("amount", _("amount")),
        ("places", _("places")),
        ("until_day", _("counted until")),
        ("rows[].number", _("number of the line")),
        ("rows[].name", _("indicator")),
        ("rows[].kinds", _("kinds that count")),
        ("rows[].unit", _("unit")),
        ("rows[].target", _("target")),
        ("rows[].done", _("done")),
        ("rows[].percent", _("percent")),
        ("rows[].expected", _("expected by now")),
        ("rows[].due", _("by")),
    )

    @classmethod
    def place(cls, thing):
        return area_of(thing)

    @classmethod
    def file_name(cls, thing):
        return f"{thing.name} {cls.label}"

    @classmethod
    def context(cls, thing, user, *, today=None, **options):
        today = today or timezone.localdate()
        return {
            "name": thing.name,
            "number": thing.number,
            "purchaser": thing.purchaser,
            "agency": thing.agency.name,
            "period": f"{chinese_day(thing.starts_on)}至{chinese_day(thing.ends_on)}",
            "amount": f"{thing.amount_fen // FEN:,}.{thing.amount_fen % FEN:02d}元" if thing.amount_fen else "",
            "places": "、".join(place.name for place in sorted(thing.places.all(), key=lambda place: place.code)),
            "until_day": chinese_day(min(today, thing.ends_on)),
            "rows": [
                {
                    "number": number, "name": row.indicator.name, "kinds": kind_labels(row.indicator.kinds) or "全部",
                    "unit": str(row.indicator.get_unit_display()), "target": row.target, "done": row.done,
                    "percent": f"{row.percent}%", "expected": row.expected,
                    "due": f"{row.indicator.due_on or thing.ends_on:%Y-%m-%d}",
                }
                for number, row in enumerate(progress_of(thing, today), start=1)
            ],
        }  # fmt: skip
