"""The records behind the numbers before and after incubation."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.base.views import DetailPage
from linkage.policies.network import check_view_project_change
from linkage.services.project_change import change_of, rows_behind
from projects.models import IncubationProject

MEASURES = {
    "all": _("All records of the organization"),
    "services": _("Service activities"),
    "resources": _("Resources linked"),
    "led": _("Led by the organization itself"),
    "main": _("Of the main field"),
}


class ProjectChangeRecordsView(DetailPage):
    model = IncubationProject
    policy = staticmethod(check_view_project_change)
    template_name = "linkage/project_change_records.html"

    def get_queryset(self):
        return super().get_queryset().select_related("organization__community")

    def get_context_data(self, **kwargs):
        asked, today = self.request.GET, timezone.localdate()
        measure = asked.get("measure", "") if asked.get("measure", "") in MEASURES else "all"
        span = "before" if asked.get("span") == "before" else "after"
        change = change_of(self.object, today=today)
        found, unread = rows_behind(self.object, self.request.user, today=today, measure=measure, span=span)
        return super().get_context_data(
            title=MEASURES[measure],
            days=getattr(change, span) if change else None,
            activities=found,
            unread=unread,
            project=self.object,
            **kwargs,
        )
