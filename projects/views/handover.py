"""Hand-over of an agency's work in a place: look through what moves, hand over, read and print the list."""

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from incubator.base.hashes import content_sha256
from incubator.base.policies import verdict
from incubator.base.views import CreateOncePage, DetailPage, ListPage, VisibleMixin
from incubator.reporting.views import table_answer, zip_answer
from incubator.reporting.views.paper import RegisteredPaperView
from projects.forms.handover import HandoverAddForm
from projects.models import AgencyHandover
from projects.policies import handover as policies
from projects.services import handover as services
from projects.services.paper import MOST_IN_A_BATCH, records_of
from projects.views.paper import printed_records


class HandoverListView(ListPage):
    model = AgencyHandover
    policy = staticmethod(policies.check_list_handovers)
    template_name = "projects/handover_list.html"
    sorts = {"newest": (_("newest first"), ("-handed_over_on", "-pk"))}

    def get_queryset(self):
        return super().get_queryset().select_related("from_agency", "to_agency", "division", "lead")

    def get_context_data(self, **kwargs):
        return super().get_context_data(may_add=verdict(policies.check_add_handover, self.request.user), **kwargs)


class HandoverAddView(CreateOncePage):
    """Two steps on one page: what was chosen leads to the list of what moves; sending that list hands over."""

    model = AgencyHandover
    policy = staticmethod(policies.check_add_handover)
    form_class = HandoverAddForm
    template_name = "projects/handover_add.html"
    success_message = _("Handed over. Now look after the roles of those who leave and of those who come.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_initial(self):
        return {"from_agency": self.request.GET.get("from", "")}

    def post(self, request, *args, **kwargs):
        """The second of two clicks: the old agency may not serve the place any more, so the form would not hold."""
        field = HandoverAddForm.base_fields["uuid"]
        try:
            identifier = field.clean(request.POST.get("uuid"))
        except ValidationError:
            identifier = None
        done = AgencyHandover.objects.visible_to(request.user).filter(uuid=identifier).first() if identifier else None
        if done is not None:
            self.object = done
            return self.lead_on()
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        values = form.cleaned_data
        policies.check_add_handover(self.request.user, values["division"])
        moving = services.Moving(values["from_agency"], values["division"], timezone.now())
        digest = content_sha256(moving.listing())
        if moving.is_empty:
            form.add_error(None, _now("This agency has nothing open in this place; there is nothing to hand over."))
            return self.form_invalid(form)
        if values["seen"] != digest:
            return self.look_through(form, moving, digest)
        return super().form_valid(form)

    def look_through(self, form, moving, digest):
        is_new = bool(form.cleaned_data["seen"])
        form.data = form.data.copy()
        form.data["seen"] = digest
        lead, place = form.cleaned_data["lead"], form.cleaned_data["division"]
        context = self.get_context_data(
            form=form,
            moving=moving,
            has_changed=is_new,
            stays=[
                area.division
                for area in moving.agency.service_areas.select_related("division").order_by("pk")
                if area.division.contains(place) and area.division != place
            ],
            lead=lead,
            lead_has_role=any(root.contains(place) for root in lead.access.divisions()),
        )
        return self.render_to_response(context)

    def perform(self, form):
        values = dict(form.cleaned_data)
        self.object = services.hand_over(
            actor=self.request.user, now=timezone.now(), today=timezone.localdate(), **values
        )


class _OfHandover:
    model = AgencyHandover
    context_object_name = "handover"

    def get_queryset(self):
        return super().get_queryset().select_related("from_agency", "to_agency", "division", "lead", "done_by")


class HandoverDetailView(_OfHandover, DetailPage):
    policy = staticmethod(policies.check_view_handover)
    template_name = "projects/handover_detail.html"

    def get_context_data(self, **kwargs):
        user, handover = self.request.user, self.object
        return super().get_context_data(
            parts=[
                {"label": label, "rows": handover.listing[part]}
                for part, label in (
                    ("projects", _now("Projects")),
                    ("follow_ups", _now("Open follow-ups")),
                    ("plans", _now("Planned activities")),
                    ("announcements", _now("Open announcements")),
                    ("requests", _now("Stage requests")),
                )
            ],
            is_intact=content_sha256(handover.listing) == handover.listing_sha256,
            may_export=verdict(policies.check_export_own_records, user, handover),
            may_hand_over=verdict(policies.check_add_handover, user, handover.division),
            people_url=reverse("accounts:user-list"),
            **kwargs,
        )


class HandoverListingView(_OfHandover, RegisteredPaperView):
    """交接清单 as Word."""

    policy = staticmethod(policies.check_view_handover)
    paper_code = "handover"


class HandoverOwnTableView(_OfHandover, VisibleMixin, View):
    """What the person wrote there, as a table."""

    policy = staticmethod(policies.check_export_own_records)
    http_method_names = ["get", "head", "options"]

    def get(self, request, *args, **kwargs):
        columns = [
            _now("Date"), _now("Begin"), _now("Minutes"), _now("Kind"), _now("Title"), _now("Organization"),
            _now("Community"), _now("Where"), _now("Participants"), _now("What happened"), _now("Agreed next step"),
        ]  # fmt: skip
        return table_answer(
            _now("My records"), columns, self._rows(), f"{_now('My records')} {self.object.division}.xlsx"
        )

    def _rows(self):
        for record in services.own_records(self.request.user, self.object).select_related("kind_version"):
            begin = timezone.localtime(record.starts_at)
            yield [
                begin.date(), f"{begin:%H:%M}", record.minutes, record.get_kind_display(), record.title,
                record.organization.name, record.community.name, record.place_text, record.participants,
                record.summary, record.next_step,
            ]  # fmt: skip


class HandoverOwnFormsView(_OfHandover, VisibleMixin, View):
    """The record forms of what the person wrote there, the newest of one batch."""

    policy = staticmethod(policies.check_export_own_records)
    http_method_names = ["get", "head", "options"]

    def get(self, request, *args, **kwargs):
        own = services.own_records(request.user, self.object)
        newest = own.filter(
            pk__in=list(own.order_by("-starts_at", "-pk").values_list("pk", flat=True)[:MOST_IN_A_BATCH])
        )
        records = records_of(newest) if newest.exists() else ()
        return zip_answer(printed_records(records, request.user), f"{_now('My records')} {self.object.division}.zip")
