from django.http import Http404
from django.utils.translation import gettext_lazy as _

from incubator.base.views import DetailPage, ListPage
from incubator.divisions import policies
from incubator.divisions.choices import Level
from incubator.divisions.codes import is_code
from incubator.divisions.filters import DivisionFilter
from incubator.divisions.models import Division


class DivisionListView(ListPage):
    """Drill down from the province, or look for a name within a place."""

    policy = staticmethod(policies.check_list_divisions)
    model = Division
    filterset_class = DivisionFilter
    template_name = "divisions/division_list.html"
    sorts = {"code": (_("by code"), ("code",))}

    def get_queryset(self):
        return super().get_queryset().select_related("parent__parent__parent")

    def get_place(self):
        code = self.request.GET.get("place", "")
        if not code:
            return None
        place = Division.objects.visible_to(self.request.user).filter(code=code).first() if is_code(code) else None
        if place is None:
            raise Http404
        return place

    def get_context_data(self, **kwargs):
        place = self.get_place()
        context = super().get_context_data(place=place, **kwargs)
        context["above"] = list(Division.objects.above(place)) if place else []
        context["asks"] = context["filterset"].asks
        return context


class DivisionDetailView(DetailPage):
    policy = staticmethod(policies.check_view_division)
    model = Division
    template_name = "divisions/division_detail.html"
    slug_field = slug_url_kwarg = "code"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            above=list(Division.objects.above(self.object)),
            children=list(self.object.children.order_by("code")),
            is_community=self.object.level == Level.COMMUNITY,
            **kwargs,
        )
