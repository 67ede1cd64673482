"""What a record form prints besides what was typed into the record."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from projects.choices import AgeGroup, AttendanceStatus, StaffRole

RELATED = ("staff__user", "attendances", "headcounts")  # what many records fetch at once before they are printed


def record_extras(activity):
    """{name: text} in the active language; empty where nothing is known."""
    people = [str(row.user) for row in activity.staff.all() if row.role == StaffRole.SUPERVISED]
    return {
        "worker_role": str(activity.get_worker_role_display()) if activity.worker_role else "",
        "outcome": "" if activity.took_place else str(activity.get_outcome_display()),
        "outcome_reason": "" if activity.took_place else activity.outcome_reason,
        "attendance": attendance_line(activity),
        "supervised": pgettext("between the items of a list", ", ").join(people),
        "boxes": activity.kind_class.boxes(activity.details),
    }


def attendance_line(activity):
    """Named people and the crowd without names, apart from each other; numbers alone."""
    present = [row for row in activity.attendances.all() if row.status == AttendanceStatus.PRESENT]
    members = sum(row.membership_id is not None for row in present)
    groups = {row.age_group: row.number for row in activity.headcounts.all()}
    parts = []
    if present:
        named = {"members": members, "guests": len(present) - members}
        parts.append(_("signed in: %(members)d members, %(guests)d others") % named)
    if groups:
        each = [f"{label} {groups[code]}" for code, label in AgeGroup.choices if code in groups]
        crowd = {"number": sum(groups.values()), "groups": pgettext("between the items of a list", ", ").join(each)}
        parts.append(_("counted without names: %(number)d (%(groups)s)") % crowd)
    return pgettext("between parts of a sentence", "; ").join(parts)
