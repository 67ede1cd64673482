"""工作坊: people try something out together, guided by somebody."""

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.registries import ActivityKind, activity_kinds, long_answer, short_answer


class WorkshopDetailsForm(forms.Form):
    topic = short_answer(_("Topic"), required=True)
    host = short_answer(_("Who guided it"), required=True)
    goals = long_answer(_("Goals"))
    steps = long_answer(_("Steps and exercises"), 3000)
    materials = long_answer(_("Materials"), 1000)
    results = long_answer(_("What was made or decided"))
    gains = long_answer(_("What people took home"))
    follow_up = long_answer(_("What follows from it"), 1000)


@activity_kinds.register
class Workshop(ActivityKind):
    code = "workshop"
    label = _("workshop")
    icon = "lightbulb"
    order = 25
    default_minutes = 120
    details_form = WorkshopDetailsForm
    template = "projects/activity_kinds/workshop.html"
    paper = "projects/papers/workshop.docx"
    first_questions = ("participants",)
    required_questions = ("participants", "summary")
    labels = {"summary": _("How it went")}

    @classmethod
    def title_from(cls, details):
        return details.get("topic", "")
