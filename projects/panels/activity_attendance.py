"""Who came, on the page of the activity: numbers for everybody who reads it, names for those who serve these people."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.base.panels import Panel, panels
from incubator.base.policies import verdict
from organizations.policies.membership import check_see_names
from projects.choices import AgeGroup, AttendanceStatus, HoursSource
from projects.models import Attendance
from projects.policies.activity import check_view_activity
from projects.policies.attendance import check_take_attendance
from projects.services.attendance import count_attendance
from projects.services.sign_in import is_time_to_open

MAX_NAMES = 300


@panels.register
class ActivityAttendance(Panel):
    code = "activity-attendance"
    target = "projects.activity"
    label = _("Who came")
    template = "projects/panels/activity_attendance.html"
    policy = staticmethod(check_view_activity)
    order = 30

    @classmethod
    def context(cls, user, thing):
        count, now = count_attendance(thing), timezone.now()
        minutes = thing.attendances.minutes_by_source() if count.named else {}
        names = Attendance.objects.visible_to(user).filter(activity=thing).with_names().order_by("pk")
        names = list(names[:MAX_NAMES]) if count.is_anything else []
        door = getattr(thing, "sign_in_code", None)
        door = door if door and door.closes_at > now else None
        return {
            "activity": thing,
            "count": count,
            "groups": [(AgeGroup(group).label, number) for group, number in count.groups.items()],
            "hours": [(HoursSource(source).label, spent / 60) for source, spent in minutes.items() if spent],
            "present": [row for row in names if row.status == AttendanceStatus.PRESENT],
            "away": [row for row in names if row.status != AttendanceStatus.PRESENT],
            "door": door,
            "is_time": bool(door) or is_time_to_open(thing, now),
            "may_take": verdict(check_take_attendance, user, thing),
            "may_print_names": verdict(check_see_names, user, thing.organization),
        }
