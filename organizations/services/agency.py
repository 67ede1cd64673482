"""Agencies and the places they serve."""

from django.db import transaction
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from organizations.models import Agency, AgencyServiceArea

FIELDS = ("name", "kind", "credit_code", "contact_name", "contact_phone", "is_active")
PERSONAL = {"contact_name", "contact_phone"}


def area_of(agency):
    """The division whose history the agency stands in: its first service area, or None."""
    area = agency.service_areas.select_related("division").order_by("division__code").first()
    return area.division if area else None


@transaction.atomic
def add_agency(*, uuid, actor, name, kind, credit_code="", contact_name="", contact_phone="", division=None):
    """Refuse a name or code that exists; write the agency and, where given, its first service area; audit once."""
    agency = Agency(
        uuid=uuid, name=name, kind=kind, credit_code=credit_code, contact_name=contact_name, contact_phone=contact_phone
    )
    agency.check_rules()
    agency.save()
    if division is not None:
        AgencyServiceArea.objects.create(agency=agency, division=division)
    audit.record(
        "agency.added",
        target=agency,
        actor=actor,
        area=division,
        data={"kind": kind, "serves": division.code if division else ""},
    )
    return agency


@transaction.atomic
def update_agency(*, agency_id, actor, **values):
    """Lock; write the given ``FIELDS``; audit what changed, the contact person masked."""
    agency = Agency.objects.select_for_update(of=("self",)).get(pk=agency_id)
    before = audit.snapshot(agency, FIELDS)
    for field in FIELDS:
        if field in values:
            setattr(agency, field, values[field])
    found = audit.changes(agency, before, personal=PERSONAL)
    if not found["changes"]:
        return agency
    agency.check_rules()
    agency.save(update_fields=[*FIELDS, "updated_at"])
    audit.record("agency.updated", target=agency, actor=actor, area=area_of(agency), data=found)
    return agency


@transaction.atomic
def add_service_area(*, agency_id, actor, division):
    """Lock the agency; refuse a place that it serves already, by itself or within a larger one; write; audit."""
    agency = Agency.objects.select_for_update(of=("self",)).get(pk=agency_id)
    holder = AgencyServiceArea.objects.filter(agency=agency, division__code__in=division.ancestor_codes).first()
    if holder:
        raise RuleViolation(_("The agency serves %(place)s already.") % {"place": holder.division})
    area = AgencyServiceArea.objects.create(agency=agency, division=division)
    audit.record("service_area.added", target=agency, actor=actor, area=division, data={"division": division.code})
    return area


@transaction.atomic
def remove_service_area(*, area_id, actor):
    """Lock the agency; delete the row (nothing points at it, the history keeps it); audit."""
    area = AgencyServiceArea.objects.select_related("agency", "division").filter(pk=area_id).first()
    if area is not None:
        Agency.objects.select_for_update(of=("self",)).get(pk=area.agency_id)
    if area is None or not area.delete()[0]:
        raise RuleViolation(_("This place was taken off the list already."))
    audit.record(
        "service_area.removed",
        target=area.agency,
        actor=actor,
        area=area.division,
        data={"division": area.division.code},
    )
