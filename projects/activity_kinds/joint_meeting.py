"""三社联动联席会议: a confirmed joint meeting is its activity; it is never entered here."""

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.registries import ActivityKind, activity_kinds, long_answer, short_answer


class JointMeetingDetailsForm(forms.Form):
    met = short_answer(_("Who took part"), 500)
    resolutions = long_answer(_("What was resolved"), 3000)


@activity_kinds.register
class JointMeeting(ActivityKind):
    code = "joint_meeting"
    label = _("joint meeting")
    icon = "people-fill"
    order = 95
    default_minutes = 90
    details_form = JointMeetingDetailsForm
    template = "projects/activity_kinds/joint_meeting.html"
    paper = "projects/papers/joint_meeting.docx"
    required_questions = ("summary",)
    labels = {"summary": _("Matters discussed")}
    why_closed = _("Comes with joint meetings, by itself.")
