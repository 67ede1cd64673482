"""服务活动: what an organization does for residents. Plan and review are two tabs of one record."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.registries import ActivityKind, activity_kinds, long_answer, short_answer, yuan

REACHED = [
    ("fully", _("reached in full")),
    ("mostly", _("reached for the most part")),
    ("partly", _("reached in part")),
    ("not", _("not reached")),
]


class ServiceDetailsForm(forms.Form):
    name = short_answer(_("Name of the activity"), required=True)
    goals = long_answer(_("Goals"))
    for_whom = short_answer(_("For whom"), 200)
    course = long_answer(_("Course"), 3000)
    tasks = long_answer(_("Who does what"))
    budget = yuan(_("Budget in yuan"))
    risks = long_answer(_("Risks and how to meet them"))
    reached = forms.ChoiceField(
        label=_("How far the goals were reached"), choices=REACHED, required=False, widget=forms.RadioSelect
    )
    spending = yuan(_("Spending in yuan"))
    reflection = long_answer(_("Reflection"))


@activity_kinds.register
class Service(ActivityKind):
    code = "service"
    label = _("service activity")
    icon = "heart"
    order = 18
    default_minutes = 120
    details_form = ServiceDetailsForm
    template = "projects/activity_kinds/service.html"
    paper = "projects/papers/service.docx"
    first_questions = ("participants", "place_text")
    required_questions = ("participants", "summary")
    labels = {"summary": _("How it went")}
    sections = (
        ("plan", pgettext_lazy("activity", "Plan"), ("goals", "for_whom", "course", "tasks", "budget", "risks")),
        ("review", pgettext_lazy("activity", "Review"), ("reached", "spending", "reflection")),
    )

    @classmethod
    def title_from(cls, details):
        return details.get("name", "")
