"""What was recorded before the incubation of an organization and since, and the records behind the numbers."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.base.views import DetailPage
from linkage.policies.network import check_view_project_change
from linkage.services.project_change import FEWEST, change_of, records_behind
from linkage.views.change_picture import change_picture
from projects.models import IncubationProject

MEASURES = {
    "all": _("All records of the organization"),
    "services": _("Service activities"),
    "resources": _("Resources linked"),
    "led": _("Led by the organization itself"),
    "main": _("Of the main field"),
}


class ProjectChangePage(DetailPage):
    model = IncubationProject
    policy = staticmethod(check_view_project_change)
    context_object_name = "project"

    def get_queryset(self):
        return super().get_queryset().select_related("organization__community")


class ProjectChangeView(ProjectChangePage):
    """Also what the project's page fetches into its panel."""

    template_name = "linkage/project_change_detail.html"

    def get_context_data(self, **kwargs):
        change = change_of(self.object, today=timezone.localdate())
        picture = change_picture(self.object, change) if change else None
        return super().get_context_data(change=change, picture=picture, fewest=FEWEST, **kwargs)


class ProjectChangeRecordsView(ProjectChangePage):
    template_name = "linkage/project_change_records.html"

    def get_context_data(self, **kwargs):
        asked, today = self.request.GET, timezone.localdate()
        measure = asked.get("measure", "") if asked.get("measure", "") in MEASURES else "all"
        span = "before" if asked.get("span") == "before" else "after"
        change = change_of(self.object, today=today)
        days = getattr(change, span) if change else None
        found, unread = records_behind(days, self.request.user, measure=measure) if days else ([], 0)
        return super().get_context_data(
            title=MEASURES[measure],
            days=days,
            activities=found,
            unread=unread,
            **kwargs,
        )
