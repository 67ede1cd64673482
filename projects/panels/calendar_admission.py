"""In the calendar: by when applications for incubation are to be checked, and when an incubation ends."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incubator.calendars.registries import CalendarEntry, CalendarSource, calendar_sources
from projects.choices import AdmissionStatus
from projects.models import Admission

MOST = 500


@calendar_sources.register
class AdmissionDays(CalendarSource):
    """``mine``: first checks in places where the person makes them, as long as they are not made."""

    code = "admissions"
    label = gettext_lazy("Admissions")
    icon = "box-arrow-in-right"
    order = 60

    @classmethod
    def entries(cls, user, first, after, *, mine=False):
        admissions = Admission.objects.visible_to(user)
        due = Q(status=AdmissionStatus.APPLIED, check_due_on__gte=first, check_due_on__lt=after)
        ends = Q(status=AdmissionStatus.ADMITTED, until_on__gte=first, until_on__lt=after)
        admissions = admissions.waiting_for(user).filter(due) if mine else admissions.filter(due | ends)
        return [cls.entry(admission) for admission in admissions.with_names().order_by("check_due_on", "pk")[:MOST]]

    @classmethod
    def entry(cls, admission):
        is_check = admission.status == AdmissionStatus.APPLIED
        name = admission.organization.name
        title = _("First check: %(organization)s") if is_check else _("Incubation ends: %(organization)s")
        return CalendarEntry(
            uid=f"admission-{'check' if is_check else 'end'}-{admission.uuid}",
            title=title % {"organization": name},
            starts_at=admission.check_due_on if is_check else admission.until_on,
            place=str(admission.community),
            url=admission.get_absolute_url(),
            tone="warning" if is_check else "info",
            source=cls.code,
            sequence=int(admission.updated_at.timestamp()),
        )
