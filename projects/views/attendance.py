"""Who came: the roll, the signed sheet, two numbers that differ, the sheet to print."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incubator.base.policies import verdict
from incubator.base.views import ObjectFormPage, TransitionView
from incubator.reporting.views.paper import RegisteredPaperView
from projects.forms.attendance import AttendanceSheetAddForm, AttendanceTakeForm
from projects.models import Activity, ActivityPlan, Attendance
from projects.papers.attendance import PlanSignInSheet, SignInNames
from projects.policies import attendance as policies
from projects.services import attendance as services


def told(count):
    """What is said after the list was written."""
    if count.differs:
        return _("Noted. The record tells of %(told)s participants, counted are %(total)s.") % {
            "told": count.told, "total": count.total,
        }  # fmt: skip
    return _("Noted. Participants in all: %(total)s.") % {"total": count.total}


class _OfActivity:
    model = Activity

    def get_queryset(self):
        return super().get_queryset().with_names()

    def get_success_url(self):
        return f"{self.object.get_absolute_url()}#activity-attendance"


class AttendanceTakeView(_OfActivity, ObjectFormPage):
    policy = staticmethod(policies.check_take_attendance)
    form_class = AttendanceTakeForm
    template_name = "projects/attendance_take.html"
    fill = False

    def get_form_kwargs(self):
        activity, user = self.object, self.request.user
        self.count = services.count_attendance(activity)
        rows = Attendance.objects.visible_to(user).filter(activity=activity).present().with_names().order_by("pk")
        return super().get_form_kwargs() | {
            "roll": services.roll_of(activity, user), "count": self.count, "rows": rows,
        }  # fmt: skip

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        form = context["form"]
        return context | {
            "count": self.count,
            "guests": [row for row in form.rows if not row.membership_id],
            "has_others": len({line.member.organization_id for line in form.roll}) > 1,
            "is_on_the_day": timezone.localdate() == timezone.localdate(self.object.starts_at),
        }

    def perform(self, form):
        _activity, self.count = services.take_attendance(
            activity_id=self.object.pk, actor=self.request.user, **form.values(fill=self.fill)
        )

    def get_success_message(self):
        return told(self.count)


class AttendanceFillView(AttendanceTakeView):
    """全员到场 in one tap: what was tapped before is sent along, and whoever nobody noted is there."""

    policy = staticmethod(policies.check_fill_attendance)
    fill = True


class AttendanceRemoveView(TransitionView):
    model = Attendance
    policy = staticmethod(policies.check_remove_attendance)
    success_message = gettext_lazy("Taken off the list.")

    def get_queryset(self):
        return super().get_queryset().select_related("activity__organization", "activity__community")

    def get_success_url(self):
        return reverse("projects:attendance-take", args=[self.object.activity.uuid])

    def run(self):
        services.remove_attendance(attendance_id=self.object.pk, actor=self.request.user)


class AttendanceFollowView(_OfActivity, TransitionView):
    policy = staticmethod(policies.check_follow_attendance)
    success_message = gettext_lazy("The record now has the number that was counted.")

    def run(self):
        services.follow_attendance(activity_id=self.object.pk, actor=self.request.user)


class AttendanceCompleteView(_OfActivity, TransitionView):
    policy = staticmethod(policies.check_complete_attendance)
    success_message = gettext_lazy("The others are counted without names. Both numbers agree.")

    def run(self):
        services.complete_attendance(activity_id=self.object.pk, actor=self.request.user)


class AttendanceSheetAddView(_OfActivity, ObjectFormPage):
    policy = staticmethod(policies.check_add_attendance_sheet)
    form_class = AttendanceSheetAddForm
    template_name = "projects/attendance_sheet_add.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            may_print=verdict(policies.check_print_sign_in_sheet, self.request.user, self.object), **kwargs
        )

    def perform(self, form):
        _activity, self.count = services.add_attendance_sheet(
            activity_id=self.object.pk, upload=form.cleaned_data["file"], total=form.cleaned_data["total"],
            actor=self.request.user,
        )  # fmt: skip

    def get_success_message(self):
        return told(self.count)


class SignInSheetView(RegisteredPaperView):
    """签到表 with empty lines, for an activity."""

    model = Activity
    policy = staticmethod(policies.check_print_sign_in_sheet)
    paper_code = "sign-in-sheet"

    def get_queryset(self):
        return super().get_queryset().handed_in().with_names()


class SignInNamesView(SignInSheetView):
    """签到表 with the members' names printed, to be signed."""

    policy = staticmethod(policies.check_print_sign_in_names)

    def get_paper(self):
        return SignInNames


class PlanSignInSheetView(RegisteredPaperView):
    """签到表 for an activity that is planned."""

    model = ActivityPlan
    policy = staticmethod(policies.check_print_plan_sign_in_sheet)

    def get_queryset(self):
        return super().get_queryset().select_related("project__organization", "project__community__parent")

    def get_paper(self):
        return PlanSignInSheet
