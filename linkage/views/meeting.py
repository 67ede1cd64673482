"""Pages of meetings before they begin: the list, one, move, cancel, a special one; who has not met; papers, the code."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import View

from incubator.base.months import add_months
from incubator.base.policies import verdict
from incubator.base.sharing import group_notice, qr_picture
from incubator.base.views import (
    CreateOncePage,
    DetailPage,
    ListPage,
    ObjectFormPage,
    PageView,
    TransitionView,
    VisibleMixin,
)
from incubator.calendars.months import read_month
from incubator.divisions.models import Division
from incubator.reporting.views.paper import RegisteredPaperView
from linkage.choices import RUNNING
from linkage.forms.meeting import MeetingCancelForm, MeetingMoveForm, SpecialCreateForm
from linkage.models import JointMeeting, MeetingSeries
from linkage.policies import meeting as policies
from linkage.policies.series import check_create_series, has_left
from linkage.services import meeting as services
from linkage.services.month_board import month_rows
from linkage.services.official_day import WorkCalendar
from linkage.services.schedule import minutes_due_on
from organizations.querysets import communities_visible_to

TABS = {
    "coming": gettext_lazy("to come"),
    "open": gettext_lazy("minutes open"),
    "done": gettext_lazy("minutes confirmed"),
    "all": pgettext_lazy("meetings", "all"),
}
MOST_PLACES = 500


class MeetingListView(ListPage):
    """Without a series that they read, people are told how to set one up."""

    policy = staticmethod(policies.check_list_meetings)
    model = JointMeeting
    template_name = "linkage/meeting_list.html"
    sorts = {
        "soonest": (gettext_lazy("soonest first"), ("starts_at", "pk")),
        "newest": (gettext_lazy("newest first"), ("-starts_at", "-pk")),
    }

    @property
    def tab(self):
        wanted = self.request.GET.get("tab", "")
        return wanted if wanted in TABS else "coming"

    def get_sort(self):
        return super().get_sort() if self.request.GET.get("sort") or self.tab == "coming" else "newest"

    def get_queryset(self):
        rows = super().get_queryset().with_names()
        if month := self.request.GET.get("month"):
            rows = rows.filter(period=read_month(month, timezone.localdate()))
        return {
            "coming": rows.coming,
            "open": rows.with_open_minutes,
            "done": rows.confirmed,
            "all": rows.all,
        }[self.tab]()

    def get_context_data(self, **kwargs):
        month = self.request.GET.get("month", "")
        kept = f"&{urlencode({'month': month})}" if month else ""
        return super().get_context_data(
            tabs=[
                {"url": f"?tab={tab}{kept}", "label": label, "current": tab == self.tab} for tab, label in TABS.items()
            ],
            month=month,
            tab=self.tab,
            today=timezone.localdate(),
            may_create=verdict(check_create_series, self.request.user),
            may_list_missing=verdict(policies.check_list_missing, self.request.user),
            **kwargs,
        )


class MeetingMissingView(PageView):
    """Which communities have not held their meeting of a month, in code order; every one of them by ``?show=all``."""

    policy = staticmethod(policies.check_list_missing)
    template_name = "linkage/meeting_missing.html"

    def get_context_data(self, **kwargs):
        today = timezone.localdate()
        month, show = read_month(self.request.GET.get("month"), today), self.request.GET.get("show", "")
        places = communities_visible_to(self.request.user).select_related("parent").order_by("code")
        area = self.request.GET.get("area", "")
        if area.isascii() and area.isdigit():
            places = places.filter(pk__in=Division.objects.within_codes([area]).values("pk"))
        rows = month_rows(list(places[:MOST_PLACES]), month, today)
        shown = rows if show == "all" else [row for row in rows if row.is_missing]
        query = {"area": area} if area else {}
        more = {"show": show} if show else {}
        return super().get_context_data(
            month=month,
            rows=shown,
            number=len(rows),
            missing=sum(row.is_missing for row in rows),
            show=show,
            previous_url="?" + urlencode(query | more | {"month": f"{add_months(month, -1):%Y-%m}"}),
            next_url="?" + urlencode(query | more | {"month": f"{add_months(month, 1):%Y-%m}"}),
            tabs=[
                {"url": "?" + urlencode(query | {"month": f"{month:%Y-%m}"}), "label": _("not held"),
                 "current": show != "all"},
                {"url": "?" + urlencode(query | {"month": f"{month:%Y-%m}", "show": "all"}), "label": _("all places"),
                 "current": show == "all"},
            ],
            **kwargs,
        )  # fmt: skip


class OfMeetingMixin:
    model = JointMeeting
    context_object_name = "meeting"

    def get_queryset(self):
        return super().get_queryset().with_names()


class MeetingDetailView(OfMeetingMixin, DetailPage):
    """The meeting: when, where, who; everything else are panels."""

    policy = staticmethod(policies.check_view_meeting)
    template_name = "linkage/meeting_detail.html"

    def get_context_data(self, **kwargs):
        meeting, user, calendar = self.object, self.request.user, WorkCalendar()
        day = timezone.localdate(meeting.starts_at)
        chair_left = bool(meeting.chair and meeting.status in RUNNING and has_left(meeting.chair, meeting.series))
        return super().get_context_data(
            keeps=verdict(policies.check_keep_meeting, user, meeting),
            may_move=verdict(policies.check_move_meeting, user, meeting),
            may_cancel=verdict(policies.check_cancel_meeting, user, meeting),
            chair_left=chair_left,
            is_passed=meeting.is_coming and day < timezone.localdate(),
            is_of_another_month=services.is_of_another_month(meeting),
            is_day_off=meeting.is_coming and not calendar.is_workday(day),
            is_provisional=meeting.is_coming and calendar.is_provisional(day.year),
            minutes_due=minutes_due_on(meeting, calendar) if meeting.with_minutes_open else None,
            notice=notice_of(meeting, self.request) if meeting.is_coming else "",
            qr_url=reverse("linkage:meeting-qr", args=[meeting.uuid]),
            today=timezone.localdate(),
            **kwargs,
        )


def notice_of(meeting, request):
    """复制群通知: what, when, where and the address."""
    when = f"{timezone.localtime(meeting.starts_at):%Y-%m-%d %H:%M}"
    where = meeting.place_text or meeting.series.division.name
    address = request.build_absolute_uri(meeting.get_absolute_url())
    return group_notice(_("Invitation: %(title)s") % {"title": meeting.title}, when, where, address)


class MeetingOpenView(OfMeetingMixin, TransitionView):
    """Opens the agenda before its day."""

    policy = staticmethod(policies.check_open_agenda)
    success_message = gettext_lazy("The agenda is open. Everybody on the roster is told.")

    def run(self):
        services.open_agenda(meeting_id=self.object.pk, actor=self.request.user)


class MeetingMoveView(OfMeetingMixin, ObjectFormPage):
    policy = staticmethod(policies.check_move_meeting)
    form_class = MeetingMoveForm
    template_name = "linkage/meeting_move.html"

    def get_initial(self):
        return MeetingMoveForm.initial_of(self.object)

    def get_context_data(self, **kwargs):
        first, end = (None, None)
        if self.object.kind == "regular":
            first, end = services.place_between(self.object)
        return super().get_context_data(first=first, end=end, **kwargs)

    def perform(self, form):
        self.object = services.move_meeting(
            meeting_id=self.object.pk, actor=self.request.user, **form.cleaned_data
        )  # fmt: skip

    def get_success_message(self):
        meeting, said = self.object, [_("Moved. Everybody on the roster is told.")]
        if services.is_of_another_month(meeting):
            said.append(
                _("It is now in another month and stays the meeting of %(month)s.")
                % {"month": f"{meeting.period:%Y-%m}"}
            )
        if not WorkCalendar().is_workday(timezone.localdate(meeting.starts_at)):
            said.append(_("Nobody works on that day; please make sure that people come."))
        return " ".join(said)


class MeetingCancelView(OfMeetingMixin, ObjectFormPage):
    policy = staticmethod(policies.check_cancel_meeting)
    form_class = MeetingCancelForm
    template_name = "linkage/meeting_cancel.html"
    success_message = gettext_lazy("Cancelled. Everybody on the roster is told.")

    def perform(self, form):
        services.cancel_meeting(meeting_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class SpecialCreateView(VisibleMixin, CreateOncePage):
    """A meeting besides the regular ones of the series in the address."""

    model, made = MeetingSeries, JointMeeting
    policy = staticmethod(policies.check_create_special)
    form_class = SpecialCreateForm
    template_name = "linkage/special_create.html"
    success_message = gettext_lazy("Called. Everybody on the roster is invited.")

    def get_queryset(self):
        return super().get_queryset().select_related("division__parent")

    def get_initial(self):
        series = self.object
        return {"minutes": series.minutes, "place_text": series.place_text}

    def perform(self, form):
        self.created = services.call_meeting(series=self.object, actor=self.request.user, **form.cleaned_data)

    def get_context_data(self, **kwargs):
        return super().get_context_data(series=self.object, **kwargs)

    def get_success_url(self):
        return self.created.get_absolute_url()


class MeetingQrView(OfMeetingMixin, VisibleMixin, View):
    """保存二维码图片."""

    policy = staticmethod(policies.check_share_meeting)
    http_method_names = ["get", "head", "options"]

    def get(self, request, uuid):
        meeting = self.object
        picture = qr_picture(meeting.title, request.build_absolute_uri(meeting.get_absolute_url()))
        response = HttpResponse(picture, content_type="image/png")
        response["Content-Disposition"] = content_disposition_header(True, f"{meeting.title}.png"[-80:])
        response["Cache-Control"] = "private, no-store"
        return response


class MeetingNoticeView(OfMeetingMixin, RegisteredPaperView):
    """会议通知 as Word."""

    policy = staticmethod(policies.check_view_meeting)
    paper_code = "meeting-notice"


class MeetingSheetView(OfMeetingMixin, RegisteredPaperView):
    """会议签到表 as Word."""

    policy = staticmethod(policies.check_view_meeting)
    paper_code = "meeting-sign-in"
