"""行政协助: hours lent to somebody's administration, so that they show beside the professional ones (study 002)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.registries import ActivityKind, activity_kinds, short_answer

PARTIES = [
    ("community", _("the community committee")),
    ("street", _("the street office")),
    ("hub", _("the service centre")),
    ("agency", _("the own agency")),
    ("other", _("somebody else")),
]


class AdminAssistDetailsForm(forms.Form):
    asked_by = forms.ChoiceField(
        label=_("Who asked for it"), choices=PARTIES, initial="community", widget=forms.RadioSelect
    )
    task = short_answer(_("What for"))
    with_whom = short_answer(_("Done together with"))


@activity_kinds.register
class AdminAssist(ActivityKind):
    code = "admin_assist"
    label = _("administrative assistance")
    icon = "briefcase"
    order = 70
    default_minutes = 60
    details_form = AdminAssistDetailsForm
    template = "projects/activity_kinds/admin_assist.html"
    paper = "projects/papers/admin_assist.docx"
    required_questions = ("summary",)
    repeated_details = ("asked_by",)
    labels = {"summary": _("What was done")}

    @classmethod
    def title_from(cls, details):
        return details.get("task", "")
