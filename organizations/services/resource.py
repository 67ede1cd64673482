"""What is offered to a place, and who has a venue when."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from organizations.choices import ResourceKind
from organizations.models import Resource, VenueBooking

FIELDS = (
    "title", "text", "owner_text", "organization", "agency", "place_text", "quantity", "unit", "amount_fen",
    "valid_until", "contact_name", "contact_phone", "is_active",
)  # fmt: skip
PERSONAL = {"contact_name", "contact_phone", "text"}
LONGEST_HOURS = 24 * 14


def lock_resource(resource_id):
    names = ("division", "organization", "agency")
    return Resource.objects.select_for_update(of=("self",)).select_related(*names).get(pk=resource_id)


@transaction.atomic
def add_resource(*, uuid, actor, division, kind, categories=(), **values):
    """1. The resource. 2. The kinds of needs it serves. 3. Audit ``resource.added``."""
    resource = Resource(uuid=uuid, division=division, kind=kind, created_by=actor, **values)
    resource.check_rules()
    resource.save_or_refuse(force_insert=True)
    resource.categories.set(categories)
    audit.record("resource.added", target=resource, actor=actor, area=division, data={"kind": kind})
    return resource


@transaction.atomic
def update_resource(*, resource_id, actor, categories=None, edition="", **values):
    """Lock; write the given ``FIELDS``; never less than what was taken already; audit what changed, contacts masked."""
    resource = lock_resource(resource_id)
    resource.check_edition(edition)
    before = audit.snapshot(resource, FIELDS)
    for field in FIELDS:
        if field in values:
            setattr(resource, field, values[field])
    resource.check_rules()
    resource.save(update_fields=[*FIELDS, "updated_at"])
    if categories is not None:
        resource.categories.set(categories)
    found = audit.changes(resource, before, personal=PERSONAL)
    audit.record("resource.updated", target=resource, actor=actor, area=resource.division, data=found)
    return resource


def take(resource, *, quantity=0, fen=0):
    """Called with the row locked: so much more (or, negative, less) is taken; RuleViolation over what is offered."""
    resource.used_quantity += quantity or 0
    resource.used_fen += fen or 0
    resource.check_rules()
    resource.save(update_fields=["used_quantity", "used_fen", "updated_at"])


@transaction.atomic
def book_venue(*, uuid, resource_id, actor, title, starts_at, ends_at, organization=None):
    """1. The venue for this time; its row is locked, so that two people asking at once are asked one after the other.
    RuleViolation for what is no venue, the past, more than two weeks, after the offer's end, and for a time that is
    taken. 2. Audit ``venue.booked``."""
    resource = lock_resource(resource_id)
    if resource.kind != ResourceKind.VENUE or not resource.is_active:
        raise RuleViolation(_("Only a venue that is on offer can be booked."))
    if ends_at <= starts_at:
        raise RuleViolation(_("It ends before it begins."))
    if ends_at <= timezone.now():
        raise RuleViolation(_("This time is over."))
    if (ends_at - starts_at).total_seconds() > LONGEST_HOURS * 3600:
        raise RuleViolation(_("A booking lasts two weeks at most."))
    if resource.valid_until and timezone.localdate(ends_at) > resource.valid_until:
        raise RuleViolation(_("The venue is offered until %(day)s.") % {"day": resource.valid_until.isoformat()})
    taken = resource.bookings.standing().between(starts_at, ends_at).order_by("starts_at").first()
    if taken is not None:
        raise RuleViolation(
            _("The venue is taken from %(start)s to %(end)s: %(title)s.")
            % {
                "start": timezone.localtime(taken.starts_at).strftime("%Y-%m-%d %H:%M"),
                "end": timezone.localtime(taken.ends_at).strftime("%H:%M"),
                "title": taken.title,
            }
        )
    booking = VenueBooking(
        uuid=uuid, resource=resource, title=title, organization=organization, starts_at=starts_at, ends_at=ends_at,
        booked_by=actor,
    )  # fmt: skip
    try:
        with transaction.atomic():
            booking.save(force_insert=True)
    except IntegrityError as error:
        if VenueBooking.objects.filter(uuid=uuid).exists():
            raise
        raise RuleViolation(_("The venue is taken at this time.")) from error
    audit.record(
        "venue.booked", target=booking, actor=actor, area=resource.division, data={"starts_at": starts_at.isoformat()}
    )
    return booking


@transaction.atomic
def cancel_booking(*, booking_id, actor):
    """1. The time is free again; calendars keep the entry as cancelled. 2. Audit ``venue.cancelled``; nothing the second
    time."""
    names = ("resource__division",)
    booking = VenueBooking.objects.select_for_update(of=("self",)).select_related(*names).get(pk=booking_id)
    if booking.cancelled_at is None:
        booking.cancelled_at, booking.cancelled_by = timezone.now(), actor
        booking.sequence += 1
        booking.save(update_fields=["cancelled_at", "cancelled_by", "sequence", "updated_at"])
        audit.record("venue.cancelled", target=booking, actor=actor, area=booking.resource.division)
    return booking


@transaction.atomic
def import_resources(*, actor, rows):
    """Takes over cleaned rows (dicts of the row form) in a bounded number of queries. Returns how many were made."""
    resources, served = [], []
    for row in rows:
        served.append(row.pop("categories"))
        resources.append(Resource(created_by=actor, **row))
    Resource.objects.bulk_create(resources, batch_size=500)
    links = Resource.categories.through
    links.objects.bulk_create(
        links(resource_id=resource.pk, needcategory_id=category.pk)
        for resource, categories in zip(resources, served, strict=True)
        for category in categories
    )
    by_area = {}
    for resource in resources:
        by_area.setdefault(resource.division.code[:6], []).append(resource)
    for group in by_area.values():
        audit.record_many(
            "resource.added", targets=[(one, {"kind": one.kind}) for one in group], actor=actor, area=group[0].division
        )
    return len(resources)
