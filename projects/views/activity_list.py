"""Many activities: the list, the same as a file, and counts of which every number opens exactly its records."""

import datetime
import tempfile
from collections import defaultdict
from typing import NamedTuple

import xlsxwriter
from django.db.models import Count, Sum
from django.http import FileResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from incubator.base.paging import KeysetPaginator
from incubator.base.policies import verdict
from incubator.base.views import ListPage, PageView, PolicyMixin
from incubator.reporting.tables import TEXT_STAYS_TEXT, csv_lines, inert
from projects.choices import ActivityStatus, Outcome
from projects.filters import COUNTED_OPTION, ActivityFilter, parse_month
from projects.models import Activity
from projects.policies import activity as policies
from projects.querysets import counted_communities
from projects.services.kind import all_labels, labels_of

BATCH = 2000
COMMUNITIES_PER_PAGE = 200
OPTIONS = {"constant_memory": True, **TEXT_STAYS_TEXT}
ROW = (
    "pk", "uuid", "kind", "title", "starts_at", "minutes", "participants", "status", "outcome", "organization__name",
    "community__name", "recorded_by__name",
)  # fmt: skip
TONES = {"submitted": "info", "returned": "warning", "accepted": "success", "locked": "neutral"}


class ActivityRow(NamedTuple):
    """One line of the list with everything said already, so that the template only sets it in."""

    url: str
    title: str
    organization: str
    when: str
    kind: str
    community: str
    participants: str
    by: str
    tone: str
    status: str


class ActivityListView(ListPage):
    model = Activity
    filterset_class = ActivityFilter
    policy = staticmethod(policies.check_list_activities)
    template_name = "projects/activity_list.html"
    sorts = {
        "newest": (gettext_lazy("newest first"), ("-starts_at", "-pk")),
        "oldest": (gettext_lazy("oldest first"), ("starts_at", "pk")),
    }

    def get_queryset(self):
        return Activity.objects.visible_to(self.request.user, drafts=False).values(*ROW)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        query = self.request.GET.copy()
        query.pop("page", None)
        user = self.request.user
        return context | {
            "rows": self._rows(context["page"]),
            "query": f"?{query.urlencode()}" if query else "",
            "may_log": verdict(policies.check_log_activity, user),
            "may_count": verdict(policies.check_count_activities, user),
            "drafts": Activity.objects.drafts_of(user).count(),
            "may_tell_ours": verdict(policies.check_log_ours, user),
        }

    @staticmethod
    def _rows(page):
        """Ready-made words: the template of a long list does as little as possible per row."""
        base = reverse("projects:activity-list")
        kinds = labels_of({row["kind"] for row in page})
        states = {code: str(label) for code, label in ActivityStatus.choices}
        outcomes = {code: str(label) for code, label in Outcome.choices}
        return [
            ActivityRow(
                url=f"{base}{row['uuid']}/",
                title=row["title"] or kinds.get(row["kind"], row["kind"]),
                organization=row["organization__name"] or "",
                when=timezone.localtime(row["starts_at"]).strftime("%Y-%m-%d %H:%M"),
                kind=kinds.get(row["kind"], row["kind"]),
                community=row["community__name"] or "",
                participants="" if row["participants"] is None else str(row["participants"]),
                by=row["recorded_by__name"],
                tone=TONES[row["status"]] if row["outcome"] == Outcome.HELD else "neutral",
                status=states[row["status"]] if row["outcome"] == Outcome.HELD else outcomes[row["outcome"]],
            )
            for row in page
        ]


class ActivityExportView(PolicyMixin, View):
    """The list as filtered, as a file; rows are read in batches and never all held in memory."""

    policy = staticmethod(policies.check_export_activities)
    http_method_names = ["get", "head", "options"]

    def get(self, request, extension):
        name = f"activities-{timezone.localdate():%Y%m%d}.{extension}"
        if extension == "csv":
            lines = self._lines()
            stream = csv_lines(next(lines), lines)
            return StreamingHttpResponse(
                stream, content_type="text/csv; charset=utf-8",
                headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"},
            )  # fmt: skip
        return FileResponse(self._workbook(), as_attachment=True, filename=name)

    def _queryset(self):
        queryset = Activity.objects.visible_to(self.request.user, drafts=False)
        queryset = ActivityFilter(self.request.GET, queryset=queryset, request=self.request).qs
        columns = (*ROW, "place_text", "summary", "next_step", "led_by", "outcome_reason", "community__parent__name")
        return queryset.values(*columns).order_by("-starts_at", "-pk")

    def _lines(self):
        yield [
            _("Date"), _("Begin"), _("Minutes"), _("Kind"), _("Title"), _("Organization"), _("Street"), _("Community"),
            _("Where"), _("Participants"), _("What happened"), _("Agreed next step"), _("Recorded by"), _("State"),
            _("Did it take place?"), _("Why not"),
        ]  # fmt: skip
        kinds = all_labels()
        states = {code: str(label) for code, label in ActivityStatus.choices}
        outcomes = {code: str(label) for code, label in Outcome.choices}
        for row in self._queryset().iterator(chunk_size=BATCH):
            begin = timezone.localtime(row["starts_at"])
            yield [
                f"{begin:%Y-%m-%d}", f"{begin:%H:%M}", row["minutes"], kinds.get(row["kind"], row["kind"]),
                row["title"], row["organization__name"], row["community__parent__name"] or "",
                row["community__name"], row["place_text"], row["participants"], row["summary"],
                row["next_step"], row["recorded_by__name"], states[row["status"]], outcomes[row["outcome"]],
                row["outcome_reason"],
            ]  # fmt: skip

    def _workbook(self):
        target = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
        with xlsxwriter.Workbook(target, OPTIONS) as book:
            sheet = book.add_worksheet(_("Activities")[:31])
            sheet.freeze_panes(1, 0)
            for number, line in enumerate(self._lines()):
                sheet.write_row(number, 0, [inert(value) for value in line])
        target.seek(0)
        return target


class ActivityCountsView(PageView):
    """One row per community in code order, never by value; every number opens exactly the records it counts."""

    policy = staticmethod(policies.check_count_activities)
    template_name = "projects/activity_counts.html"

    def get(self, request, *args, **kwargs):
        wanted = request.GET.get("month", "")
        if wanted and parse_month(wanted) is None:
            return HttpResponseRedirect(reverse("projects:activity-counts"))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        month = parse_month(self.request.GET.get("month")) or timezone.localdate().replace(day=1)
        user = self.request.user
        counted = Activity.objects.visible_to(user, drafts=False).counted().in_month(month)
        communities = counted_communities(user).select_related("parent")
        page = KeysetPaginator(communities, ("code",), COMMUNITIES_PER_PAGE).page(self.request.GET.get("page"))
        cells = defaultdict(lambda: [0, 0])  # (community, kind) → activities, person-times
        everywhere = defaultdict(lambda: [0, 0])
        for kind, number, people in (
            counted.order_by().values_list("kind").annotate(n=Count("pk"), p=Sum("participants"))
        ):
            everywhere[kind] = [number, people or 0]
        here = counted.filter(community__in=[community.pk for community in page]).order_by()
        grouped = here.values_list("community", "kind").annotate(n=Count("pk"), p=Sum("participants"))
        for community, kind, number, people in grouped:
            cells[community, kind] = [number, people or 0]
        link = _Links(month)
        kinds = [(code, label) for code, label in labels_of(everywhere).items()]  # those that have any this month
        return super().get_context_data(
            month=month,
            previous=f"{month - datetime.timedelta(days=1):%Y-%m}",
            next=f"{month + datetime.timedelta(days=32):%Y-%m}",
            is_current=month == timezone.localdate().replace(day=1),
            kinds=[label for _code, label in kinds],
            page=page,
            rows=[
                {"place": community, "street": community.parent}
                | _row([cells[community.pk, code] for code, _label in kinds], kinds, link, community.code)
                for community in page
            ],
            total=_row([everywhere[code] for code, _label in kinds], kinds, link, ""),
            **kwargs,
        )


class _Links:
    def __init__(self, month):
        self.base = f"{reverse('projects:activity-list')}?month={month:%Y-%m}&status={COUNTED_OPTION}"

    def to(self, area="", kind=""):
        return self.base + (f"&area={area}" if area else "") + (f"&kind={kind}" if kind else "")


def _row(cells, kinds, link, place):
    return {
        "cells": [
            {"number": number, "url": link.to(place, code), "label": label}
            for (number, _people), (code, label) in zip(cells, kinds, strict=True)
        ],
        "number": sum(number for number, _people in cells),
        "people": sum(people for _number, people in cells),
        "url": link.to(place),
    }
