"""What a record form prints besides what was typed into the record."""

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from projects.choices import AgeGroup, AttendanceStatus, StaffRole


def record_extras(activity):
    """{name: text} in the active language; empty where nothing is known. Two or three queries."""
    people = activity.staff.filter(role=StaffRole.SUPERVISED).select_related("user").order_by("pk")
    return {
        "worker_role": str(activity.get_worker_role_display()) if activity.worker_role else "",
        "outcome": "" if activity.took_place else str(activity.get_outcome_display()),
        "outcome_reason": "" if activity.took_place else activity.outcome_reason,
        "attendance": attendance_line(activity),
        "supervised": pgettext("between the items of a list", ", ").join(str(row.user) for row in people),
        "boxes": activity.kind_class.boxes(activity.details),
    }


def attendance_line(activity):
    """Named people and the crowd without names, apart from each other; numbers alone."""
    present = Q(status=AttendanceStatus.PRESENT)
    named = activity.attendances.order_by().aggregate(
        members=Count("pk", filter=present & Q(membership__isnull=False)),
        guests=Count("pk", filter=present & Q(membership__isnull=True)),
    )
    groups = dict(activity.headcounts.order_by().values_list("age_group", "number"))
    parts = []
    if any(named.values()):
        parts.append(_("signed in: %(members)d members, %(guests)d others") % named)
    if groups:
        each = [f"{label} {groups[code]}" for code, label in AgeGroup.choices if code in groups]
        crowd = {"number": sum(groups.values()), "groups": pgettext("between the items of a list", ", ").join(each)}
        parts.append(_("counted without names: %(number)d (%(groups)s)") % crowd)
    return pgettext("between parts of a sentence", "; ").join(parts)
