"""联络会: the parties who work with the organization meet and settle what is up."""

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.registries import ActivityKind, activity_kinds, day, long_answer, short_answer


class LiaisonDetailsForm(forms.Form):
    met = short_answer(_("Who met"), 300, required=True)
    agreed = long_answer(_("What was agreed"))
    open_matters = long_answer(_("What stays open"))
    next_on = day(_("Next time"))


@activity_kinds.register
class Liaison(ActivityKind):
    code = "liaison"
    label = _("liaison meeting")
    icon = "arrow-left-right"
    order = 50
    default_minutes = 60
    details_form = LiaisonDetailsForm
    template = "projects/activity_kinds/liaison.html"
    paper = "projects/papers/liaison.docx"
    required_questions = ("summary",)
    first_details = ("agreed",)
    labels = {"summary": _("Matters discussed")}
