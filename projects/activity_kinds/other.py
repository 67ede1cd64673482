"""其他: whatever has no kind of its own."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.registries import ActivityKind, activity_kinds, short_answer


class OtherDetailsForm(forms.Form):
    what = short_answer(_("What was it"), required=True)


@activity_kinds.register
class Other(ActivityKind):
    code = "other"
    label = pgettext_lazy("kind of activity", "other")
    icon = "three-dots"
    order = 90
    default_minutes = 60
    details_form = OtherDetailsForm
    template = "projects/activity_kinds/other.html"
    paper = "projects/papers/other.docx"
    first_questions = ("participants",)
    required_questions = ("summary",)

    @classmethod
    def title_from(cls, details):
        return details.get("what", "")
