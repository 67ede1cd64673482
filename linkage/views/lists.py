"""三张清单 of a community, a street, or all that one sees."""

from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from incubator.base.policies import verdict
from incubator.base.views import PageView, PolicyMixin
from incubator.divisions.models import Division
from incubator.reporting.views import table_answer
from linkage.policies import match as policies
from linkage.services.three_lists import ThreeLists, finding
from organizations.choices import AgeGroup
from organizations.filters import area_choices
from organizations.policies.need import check_raise_need
from organizations.policies.resource import check_add_resource
from organizations.querysets import NEED_READERS

TABS = ("needs", "resources", "organizations")
COLUMNS = (
    gettext_lazy("Kind of need"), *(age.label for age in AgeGroup), gettext_lazy("Open"),
    gettext_lazy("Organizations that serve it"), gettext_lazy("Resources for it"), gettext_lazy("Nobody serves it"),
)  # fmt: skip


class _OfPlace(PolicyMixin):
    policy = staticmethod(policies.check_list_three_lists)

    def lists(self):
        """The place of ``?area=``, one of those that the person is offered; else all that they see."""
        user, wanted = self.request.user, self.request.GET.get("area", "")
        self.areas = area_choices(user, wanted, NEED_READERS)
        place = None
        if wanted:
            if wanted not in {code for code, _name in self.areas}:
                raise Http404
            place = Division.objects.filter(code=wanted).first()
        return ThreeLists(user, place, timezone.localdate())


class ThreeListsView(_OfPlace, PageView):
    template_name = "linkage/three_lists.html"

    def get_context_data(self, **kwargs):
        lists, user = self.lists(), self.request.user
        rows, found = lists.gaps(), lists.lists()
        tab = self.request.GET.get("list", "")
        area = {"area": lists.place.code} if lists.place else {}
        return super().get_context_data(
            place=lists.place,
            areas=self.areas,
            rows=rows,
            ages=[age.label for age in AgeGroup],
            finding=finding(rows),
            found={name: {"number": number, "rows": shown} for name, (number, shown) in found.items()},
            tab=tab if tab in TABS else TABS[0],
            query=urlencode(area),
            all_urls={
                "needs": f"{reverse('organizations:need-list')}?{urlencode(area | {'status': 'open', 'sort': 'oldest'})}",
                "resources": f"{reverse('organizations:resource-list')}?{urlencode(area | {'show': 'free'})}",
                "organizations": f"{reverse('organizations:organization-list')}?{urlencode(area | {'state': 'active'})}",
                "projects": f"{reverse('projects:project-list')}?{urlencode(area)}",
            },
            may_raise=verdict(check_raise_need, user),
            may_add=verdict(check_add_resource, user),
            today=lists.today,
            **kwargs,
        )


class GapExportView(_OfPlace, View):
    http_method_names = ["get", "head", "options"]

    def get(self, request, extension):
        rows = [
            [
                str(row.category),
                *(cell.number for cell in row.cells),
                row.total,
                row.organizations,
                row.resources,
                _("yes") if row.is_gap else "",
            ]
            for row in self.lists().gaps()
        ]
        title = _("Open needs and what serves them")
        return table_answer(title, COLUMNS, rows, f"{title} {timezone.localdate():%Y-%m-%d}.{extension}")
