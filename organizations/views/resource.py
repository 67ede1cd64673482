"""What is offered to a place: the list, one resource, entering and changing it, booking a venue."""

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from incubator.audit.timeline import timeline
from incubator.base.policies import verdict
from incubator.base.views import (
    CreateOncePage,
    DetailPage,
    EditionMixin,
    ListPage,
    ObjectFormPage,
    PolicyMixin,
    TransitionView,
    VisibleMixin,
)
from incubator.reporting.views import table_answer
from organizations.choices import ResourceKind
from organizations.filters import ResourceFilterSet
from organizations.forms.resource import FEN, ResourceAddForm, ResourceUpdateForm, VenueBookForm
from organizations.models import Resource, VenueBooking
from organizations.papers import yuan
from organizations.policies import resource as policies
from organizations.policies.organization import masked_phone
from organizations.services import resource as services

ICONS = {
    ResourceKind.PEOPLE: "people", ResourceKind.VENUE: "building", ResourceKind.MONEY: "cash-coin",
    ResourceKind.GOODS: "box-seam", ResourceKind.SKILL: "lightbulb",
}  # fmt: skip
COLUMNS = (
    gettext_lazy("Kind"), gettext_lazy("What is offered"), gettext_lazy("Offered by"), gettext_lazy("Offered to"),
    gettext_lazy("How much"), gettext_lazy("Taken"), gettext_lazy("Unit"), gettext_lazy("Amount (yuan)"),
    gettext_lazy("Spent (yuan)"), gettext_lazy("Offered until"), gettext_lazy("On offer"),
)  # fmt: skip
PAST_BOOKINGS = datetime.timedelta(days=1)
MOST_BOOKINGS = 30


class ResourceListView(ListPage):
    policy = staticmethod(policies.check_list_resources)
    model = Resource
    filterset_class = ResourceFilterSet
    template_name = "organizations/resource_list.html"
    sorts = {
        "recent": (gettext_lazy("last changed first"), ("-updated_at", "-pk")),
        "title": (gettext_lazy("by name"), ("title", "pk")),
    }

    def get_queryset(self):
        return super().get_queryset().with_names()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            icons=ICONS, may_add=verdict(policies.check_add_resource, self.request.user),
            today=timezone.localdate(), **kwargs,
        )  # fmt: skip


class ResourceExportView(PolicyMixin, View):
    policy = staticmethod(policies.check_list_resources)
    http_method_names = ["get", "head", "options"]

    def get(self, request, extension):
        filterset = ResourceFilterSet(request.GET, queryset=Resource.objects.visible_to(request.user), request=request)
        rows = filterset.qs.with_names().order_by("-updated_at", "-pk")
        table = (self.row(resource) for resource in rows.iterator(chunk_size=1000))
        title = _("Resources")
        return table_answer(title, COLUMNS, table, f"{title} {timezone.localdate():%Y-%m-%d}.{extension}")

    @staticmethod
    def row(resource):
        return [
            resource.get_kind_display(), resource.title, resource.owner, resource.division.name,
            resource.quantity or "", resource.used_quantity, resource.unit, yuan(resource.amount_fen) or "",
            yuan(resource.used_fen) if resource.amount_fen else "", resource.valid_until or "",
            _("yes") if resource.is_active else _("no"),
        ]  # fmt: skip


class ResourceDetailView(DetailPage):
    policy = staticmethod(policies.check_view_resource)
    model = Resource
    template_name = "organizations/resource_detail.html"

    def get_queryset(self):
        return super().get_queryset().with_names()

    def get_context_data(self, **kwargs):
        resource, user, now = self.object, self.request.user, timezone.now()
        may_contact = verdict(policies.check_view_resource_contact, user, resource)
        return super().get_context_data(
            icon_name=ICONS[resource.kind],
            is_free=resource.is_free_on(timezone.localdate(now)),
            phone=resource.contact_phone if may_contact else masked_phone(resource.contact_phone),
            may_contact=may_contact,
            categories=list(resource.categories.all()),
            bookings=self.bookings(now) if resource.kind == ResourceKind.VENUE else [],
            may_book=verdict(policies.check_book_venue, user, resource),
            may_update=verdict(policies.check_update_resource, user, resource),
            events=timeline(resource, user),
            **kwargs,
        )

    def bookings(self, now):
        """[(booking, whether this person may cancel it)] of those to come, in order."""
        user = self.request.user
        coming = self.object.bookings.standing().filter(ends_at__gt=now - PAST_BOOKINGS)
        found = list(coming.select_related("organization", "booked_by").order_by("starts_at", "pk")[:MOST_BOOKINGS])
        for booking in found:
            booking.resource = self.object  # loaded already, with its place
        return [(booking, verdict(policies.check_cancel_booking, user, booking)) for booking in found]


class ResourceAddView(CreateOncePage):
    policy = staticmethod(policies.check_add_resource)
    model = Resource
    form_class = ResourceAddForm
    template_name = "organizations/resource_add.html"
    success_message = gettext_lazy("The resource is on the list.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def perform(self, form):
        policies.check_add_resource(self.request.user, form.cleaned_data["division"])
        self.object = services.add_resource(actor=self.request.user, **form.cleaned_data)


class ResourceUpdateView(EditionMixin, ObjectFormPage):
    policy = staticmethod(policies.check_update_resource)
    model = Resource
    form_class = ResourceUpdateForm
    template_name = "organizations/resource_update.html"
    success_message = gettext_lazy("Saved.")

    def get_queryset(self):
        return super().get_queryset().with_names()

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user, "resource": self.object}

    def get_initial(self):
        resource = self.object
        values = {name: getattr(resource, name) for name in services.FIELDS}
        return values | {
            "yuan": resource.amount_fen / FEN if resource.amount_fen else None,
            "organization": resource.organization and resource.organization.uuid,
            "agency": resource.agency and resource.agency.uuid,
            "categories": [category.code for category in resource.categories.all()],
        }

    def perform(self, form):
        services.update_resource(resource_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class VenueBookView(VisibleMixin, CreateOncePage):
    """Booking: the venue is in the address, the new booking's identifier in the form."""

    policy = staticmethod(policies.check_book_venue)
    model, made = Resource, VenueBooking
    form_class = VenueBookForm
    template_name = "organizations/venue_book.html"
    success_message = gettext_lazy("The venue is booked.")

    def get_queryset(self):
        return super().get_queryset().with_names()

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs):
        coming = self.object.bookings.standing().filter(ends_at__gt=timezone.now())
        return super().get_context_data(
            resource=self.object, taken=coming.order_by("starts_at", "pk")[:MOST_BOOKINGS], **kwargs
        )

    def perform(self, form):
        values, zone = dict(form.cleaned_data), timezone.get_current_timezone()
        day, starts, ends = (values.pop(name) for name in ("day", "starts", "ends"))
        services.book_venue(
            resource_id=self.object.pk, actor=self.request.user,
            starts_at=datetime.datetime.combine(day, starts, zone),
            ends_at=datetime.datetime.combine(day, ends, zone), **values,
        )  # fmt: skip


class VenueCancelView(TransitionView):
    policy = staticmethod(policies.check_cancel_booking)
    model = VenueBooking
    success_message = gettext_lazy("The booking is cancelled; the time is free again.")

    def get_queryset(self):
        return super().get_queryset().select_related("resource__division")

    def get_success_url(self):
        return reverse("organizations:resource-detail", args=[self.object.resource.uuid])

    def run(self):
        services.cancel_booking(booking_id=self.object.pk, actor=self.request.user)
