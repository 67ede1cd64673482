"""On the organization's page: what is missing to the next stage, live, the review under way, and past decisions."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evaluations.models import GrowthReview
from evaluations.policies.review import check_open_review, check_view_growth, decided_by_whom
from evaluations.services.growth import outlook_of, past_of
from evaluations.services.review import turn_of
from incubator.base.panels import Panel, panels
from incubator.base.policies import verdict


@panels.register
class OrganizationGrowthPanel(Panel):
    code = "organization-growth"
    target = "organizations.socialorganization"
    label = _("Growth")
    template = "evaluations/panels/organization_growth.html"
    policy = staticmethod(check_view_growth)
    column = "growth"
    order = 5

    @classmethod
    def context(cls, user, thing):
        outlook = outlook_of(thing)
        running = GrowthReview.objects.running().of_growth().filter(organization=thing).order_by("pk").first()
        open_url = reverse("evaluations:review-open", args=[thing.uuid])
        rows = outlook.ladder.rows if outlook.ladder else []
        may = {check: verdict(check, user, thing) for check in {row.check for row in rows if row.check}}
        for row in rows:
            if row.url == open_url and running:
                row.url = running.get_absolute_url()
            elif not may.get(row.check, True):
                row.url = ""
        return {
            "organization": thing,
            "outlook": outlook,
            "running": running,
            "decided_by": decided_by_whom(thing.community, turn_of(thing)),
            "may_open": verdict(check_open_review, user, thing),
            "open_url": open_url,
            "past": past_of(thing),
        }
