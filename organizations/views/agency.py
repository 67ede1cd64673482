"""Agencies, their staff structure and the places they serve."""

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from incubator.base.policies import verdict
from incubator.base.views import CreateOncePage, DetailPage, ListPage, ObjectFormPage, TransitionView
from incubator.divisions.models import Division
from organizations.choices import Employment
from organizations.filters import AgencyFilterSet
from organizations.forms.agency import AgencyAddForm, AgencyUpdateForm, ServiceAreaAddForm, ServiceAreaSearchForm
from organizations.models import Agency
from organizations.policies import agency as policies
from organizations.policies import social_worker as worker_policies
from organizations.policies.organization import masked_phone
from organizations.services import agency as services

FOUND_AT_MOST = 20


class AgencyListView(ListPage):
    policy = staticmethod(policies.check_list_agencies)
    model = Agency
    template_name = "organizations/agency_list.html"
    filterset_class = AgencyFilterSet
    sorts = {
        "name": (_("by name"), ("name", "pk")),
        "recent": (_("last changed first"), ("-updated_at", "-pk")),
    }

    def get_queryset(self):
        return super().get_queryset().with_structure()

    def get_context_data(self, **kwargs):
        return super().get_context_data(may_add=verdict(policies.check_add_agency, self.request.user), **kwargs)


class AgencyDetailView(DetailPage):
    policy = staticmethod(policies.check_view_agency)
    model = Agency
    template_name = "organizations/agency_detail.html"

    def get_queryset(self):
        return super().get_queryset().with_places()

    def get_context_data(self, **kwargs):
        agency, user = self.object, self.request.user
        may_update = verdict(policies.check_update_agency, user, agency)
        workers = list(agency.workers.select_related("user"))
        for worker in workers:
            worker.shown_phone = worker.phone if may_update else masked_phone(worker.phone)
        current = [worker for worker in workers if worker.left_on is None]
        return super().get_context_data(
            workers=current,
            former=[worker for worker in workers if worker.left_on is not None],
            structure=staff_structure(current),
            contact_phone=agency.contact_phone if may_update else masked_phone(agency.contact_phone),
            areas=agency.service_areas.all(),
            may_update=may_update,
            may_add_worker=verdict(worker_policies.check_add_social_worker, user, agency),
            may_change_areas=verdict(policies.check_change_service_areas, user, agency),
            **kwargs,
        )


def staff_structure(workers):
    """{parts: [{kind, label, number, start, width}], total}: the bar is 100 wide, every person counts the same."""
    total, parts, seen = len(workers), [], 0
    for kind, label in Employment.choices:
        number = sum(worker.employment == kind for worker in workers)
        start = 100 * seen // total if total else 0
        seen += number
        end = 100 * seen // total if total else 0
        parts.append({"kind": kind, "label": label, "number": number, "start": start, "width": end - start})
    return {"parts": parts, "total": total}


class AgencyAddView(CreateOncePage):
    policy = staticmethod(policies.check_add_agency)
    model = Agency
    form_class = AgencyAddForm
    template_name = "organizations/agency_add.html"
    success_message = _("The agency is on the list. Now add its social workers.")

    def get_initial(self):
        return {"division": self.request.GET.get("division", "")}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"needs_place": not self.request.user.access.is_platform_admin}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**place_search(self.request.GET), **kwargs)

    def perform(self, form):
        policies.check_add_agency(self.request.user, form.cleaned_data["division"])
        self.object = services.add_agency(actor=self.request.user, **form.cleaned_data)


class AgencyUpdateView(ObjectFormPage):
    policy = staticmethod(policies.check_update_agency)
    model = Agency
    form_class = AgencyUpdateForm
    template_name = "organizations/agency_update.html"
    success_message = _("Saved.")

    def get_initial(self):
        return {name: getattr(self.object, name) for name in services.FIELDS}

    def perform(self, form):
        services.update_agency(agency_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class ServiceAreaAddView(ObjectFormPage):
    """Search by name or code, then take one of what was found, or type the code."""

    policy = staticmethod(policies.check_add_service_area)
    model = Agency
    form_class = ServiceAreaAddForm
    template_name = "organizations/service_area_add.html"
    success_message = _("The place is on the list. The agency's supervisors see the organizations there.")

    def get_initial(self):
        return {"division": self.request.GET.get("division", "")}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**place_search(self.request.GET), **kwargs)

    def perform(self, form):
        division = form.cleaned_data["division"]
        policies.check_add_service_area(self.request.user, self.object, division)
        services.add_service_area(agency_id=self.object.pk, actor=self.request.user, division=division)


def place_search(data):
    """{search, searched, places} for the search box of places: by beginning of the code or part of the name."""
    search = ServiceAreaSearchForm(data if "q" in data else None)
    text = search.cleaned_data["q"].strip() if search.is_bound and search.is_valid() else ""
    places = []
    if text:
        found = Division.objects.current().filter(Q(code=text) | Q(name__icontains=text))
        places = list(found.select_related("parent__parent").order_by("level", "code")[:FOUND_AT_MOST])
    return {"search": search, "searched": text, "places": places}


class ServiceAreaRemoveView(TransitionView):
    policy = staticmethod(policies.check_change_service_areas)
    model = Agency
    success_message = _("The agency does not serve this place any more.")

    def run(self):
        area = (
            self.object.service_areas.select_related("agency", "division")
            .filter(division__code=self.kwargs["code"])
            .first()
        )
        if area is None:
            raise Http404
        policies.check_remove_service_area(self.request.user, area)
        services.remove_service_area(area_id=area.pk, actor=self.request.user)
