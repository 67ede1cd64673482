"""组织内部会议: the organization meets by itself (the first meeting of Nanmencang, study 004)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.registries import ActivityKind, activity_kinds, day, long_answer, short_answer


class InternalMeetingDetailsForm(forms.Form):
    came = short_answer(_("Who came"), 300)
    still_open = long_answer(_("What stays open"))
    mood = long_answer(_("How they felt"), 1000)
    next_on = day(_("Next time"))


@activity_kinds.register
class InternalMeeting(ActivityKind):
    code = "internal_meeting"
    label = _("internal meeting of the organization")
    icon = "journal-text"
    order = 35
    default_minutes = 60
    details_form = InternalMeetingDetailsForm
    template = "projects/activity_kinds/internal_meeting.html"
    paper = "projects/papers/internal_meeting.docx"
    first_questions = ("participants",)
    required_questions = ("participants", "summary")
    first_details = ("came", "still_open")
    labels = {"summary": _("What was solved")}
