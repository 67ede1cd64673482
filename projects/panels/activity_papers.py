"""What can be printed from one record, and the notice for the chat group."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.base.panels import Panel, panels
from incubator.base.policies import verdict
from incubator.reporting.registries import papers
from organizations.policies.talent import check_add_talent
from projects.policies.activity import check_view_activity


@panels.register
class ActivityPapers(Panel):
    code = "activity-papers"
    target = "projects.activity"
    label = _("Print as Word")
    template = "projects/panels/activity_papers.html"
    policy = staticmethod(check_view_activity)
    order = 60

    @classmethod
    def context(cls, user, thing):
        rows = [{"label": _("Record form"), "url": reverse("projects:activity-record", args=[thing.uuid])}]
        for paper in papers:
            if paper.target != cls.target or not paper.is_in_panel:
                continue
            if paper.code == "brief-report":
                url = reverse("projects:paper-brief", args=[thing.uuid])
            else:
                url = reverse("projects:activity-paper", args=[thing.uuid, paper.code])
            rows.append({"label": paper.label, "url": url})
        found = {
            "found_at": f"{timezone.localtime(thing.starts_at):%Y-%m-%d} {thing}",
            "community": thing.community.code,
        }
        return {
            "activity": thing,
            "papers": rows,
            "talent_url": f"{reverse('organizations:talent-add')}?{urlencode(found)}",
            "may_add_talent": verdict(check_add_talent, user, thing.community),
        }
