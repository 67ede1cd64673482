"""The recorder's screen, and the minutes: open, close, return, confirm, print."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incubator.base.policies import verdict
from incubator.base.views import DetailPage, EditionMixin, ObjectFormPage, TransitionView
from incubator.reporting.views.paper import RegisteredPaperView
from linkage.choices import MeetingStatus
from linkage.forms.minutes import MeetingCallOffForm, MinutesConfirmForm, MinutesReturnForm
from linkage.papers.minutes import MinutesPaper
from linkage.policies import minutes as policies
from linkage.policies.meeting import check_view_meeting
from linkage.services import minutes as services
from linkage.services.minutes_content import content_of, is_intact
from linkage.services.minutes_reading import minutes_read
from linkage.views.minutes_piece import OfMeetingMixin
from linkage.views.record_page import page_of


class MinutesRecordView(OfMeetingMixin, DetailPage):
    policy = staticmethod(policies.check_record_meeting)
    template_name = "linkage/minutes_record.html"

    def get_context_data(self, **kwargs):
        user, meeting = self.request.user, self.object
        return super().get_context_data(**page_of(user, meeting), **kwargs)


class MinutesDetailView(OfMeetingMixin, DetailPage):
    """The minutes as they are read: as confirmed, or as they stand."""

    policy = staticmethod(check_view_meeting)
    template_name = "linkage/minutes_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("confirmed_by", "activity__community", "activity__organization")

    def get_context_data(self, **kwargs):
        user, meeting = self.request.user, self.object
        is_confirmed = meeting.status == MeetingStatus.CONFIRMED
        confirmed_as = policies.confirms_as(meeting) if not is_confirmed else ""
        content = meeting.content if is_confirmed else content_of(meeting, confirmed_as=confirmed_as)
        return super().get_context_data(
            minutes=minutes_read(meeting, content),
            is_confirmed=is_confirmed,
            is_draft=meeting.status == MeetingStatus.MINUTES_DRAFT,
            is_intact=is_confirmed and is_intact(meeting),
            may_confirm=verdict(policies.check_confirm_minutes, user, meeting),
            may_return=verdict(policies.check_return_minutes, user, meeting),
            may_record=verdict(policies.check_record_meeting, user, meeting),
            may_print=verdict(policies.check_print_minutes, user, meeting),
            edition=meeting.edition,
            **kwargs,
        )


class MeetingConveneView(OfMeetingMixin, TransitionView):
    policy = staticmethod(policies.check_convene_meeting)
    success_message = gettext_lazy("The meeting is open. Who is there?")

    def run(self):
        services.convene_meeting(meeting_id=self.object.pk, actor=self.request.user)

    def get_success_url(self):
        return reverse("linkage:minutes-record", args=[self.object.uuid])


class MeetingRecorderView(OfMeetingMixin, TransitionView):
    policy = staticmethod(policies.check_change_minutes)
    success_message = gettext_lazy("You are the recorder now.")

    def run(self):
        services.take_over_recording(meeting_id=self.object.pk, actor=self.request.user)

    def get_success_url(self):
        return reverse("linkage:minutes-record", args=[self.object.uuid])


class MeetingCloseView(OfMeetingMixin, TransitionView):
    policy = staticmethod(policies.check_close_meeting)
    success_message = gettext_lazy("Closed. The minutes wait for their confirmation.")

    def run(self):
        self.closed = services.close_meeting(meeting_id=self.object.pk, actor=self.request.user)

    def get_success_url(self):
        name = "minutes-detail" if hasattr(self, "closed") else "minutes-record"
        return reverse(f"linkage:{name}", args=[self.object.uuid])


class MeetingCallOffView(OfMeetingMixin, ObjectFormPage):
    policy = staticmethod(policies.check_call_off_meeting)
    form_class = MeetingCallOffForm
    template_name = "linkage/meeting_call_off.html"
    success_message = gettext_lazy("Written down. What was on the agenda stands on the next meeting.")

    def perform(self, form):
        services.call_off_meeting(meeting_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class MinutesReturnView(OfMeetingMixin, ObjectFormPage):
    policy = staticmethod(policies.check_return_minutes)
    form_class = MinutesReturnForm
    template_name = "linkage/minutes_return.html"
    success_message = gettext_lazy("Returned. The recorder was told.")

    def perform(self, form):
        services.return_minutes(meeting_id=self.object.pk, actor=self.request.user, **form.cleaned_data)

    def get_success_url(self):
        return reverse("linkage:minutes-detail", args=[self.object.uuid])


class MinutesConfirmView(OfMeetingMixin, EditionMixin, ObjectFormPage):
    """What is confirmed is what was read: the form carries the edition."""

    policy = staticmethod(policies.check_confirm_minutes)
    form_class = MinutesConfirmForm
    template_name = "linkage/minutes_confirm.html"

    def get_context_data(self, **kwargs):
        confirmed_as = policies.confirms_as(self.object)
        content = content_of(self.object, confirmed_as=confirmed_as)
        return super().get_context_data(
            minutes=minutes_read(self.object, content), confirmed_as=confirmed_as, is_confirmed=False, **kwargs
        )

    def get_success_message(self):
        return _("Confirmed. The roster has been told, and the minutes are closed.")

    def perform(self, form):
        services.confirm_minutes(
            meeting_id=self.object.pk, edition=form.cleaned_data["edition"], actor=self.request.user
        )

    def get_success_url(self):
        return reverse("linkage:minutes-detail", args=[self.object.uuid])


class MinutesPaperView(OfMeetingMixin, RegisteredPaperView):
    """会议纪要 as Word."""

    policy = staticmethod(policies.check_print_minutes)

    def get_paper(self):
        return MinutesPaper
