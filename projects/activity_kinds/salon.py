"""主题沙龙: people of several organizations talk about one theme."""

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.registries import ActivityKind, activity_kinds, long_answer, short_answer


class SalonDetailsForm(forms.Form):
    theme = short_answer(_("Theme"), required=True)
    host = short_answer(_("Host"))
    guests = short_answer(_("Organizations and guests"), 300)
    points = long_answer(_("Main points"), 3000)
    agreed = long_answer(_("What was agreed"))
    links = long_answer(_("Contacts and resources that came up"))
    follow_up = long_answer(_("What follows from it"), 1000)


@activity_kinds.register
class Salon(ActivityKind):
    code = "salon"
    label = _("theme salon")
    icon = "people"
    order = 30
    default_minutes = 90
    details_form = SalonDetailsForm
    template = "projects/activity_kinds/salon.html"
    paper = "projects/papers/salon.docx"
    first_questions = ("participants",)
    required_questions = ("participants", "summary")
    first_details = ("host",)
    labels = {"summary": _("How it went")}

    @classmethod
    def title_from(cls, details):
        return details.get("theme", "")
