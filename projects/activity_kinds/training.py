"""培训: a course, with a topic, somebody who gives it, and people who come."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.registries import ActivityKind, activity_kinds


class TrainingDetailsForm(forms.Form):
    topic = forms.CharField(label=_("Topic"), max_length=120)
    trainer = forms.CharField(label=_("Trainer or host"), max_length=120)
    goals = forms.CharField(label=_("Goals"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    agenda = forms.CharField(
        label=_("Agenda"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    materials = forms.CharField(
        label=_("Materials"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    feedback = forms.DecimalField(
        label=_("Average of the feedback"),
        help_text=_("From 1 (poor) to 5 (very good), with one decimal. Leave it empty when nobody was asked."),
        min_value=Decimal(1),
        max_value=Decimal(5),
        max_digits=2,
        decimal_places=1,
        required=False,
    )
    gains = forms.CharField(
        label=_("What people took home"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    follow_up = forms.CharField(
        label=_("What follows from it"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


@activity_kinds.register
class Training(ActivityKind):
    code = "training"
    label = _("training")
    icon = "mortarboard"
    order = 20
    default_minutes = 120
    details_form = TrainingDetailsForm
    template = "projects/activity_kinds/training.html"
    paper = "projects/papers/training.docx"
    first_questions = ("participants", "place_text")
    required_questions = ("participants", "summary")
    first_details = ("topic", "trainer")
    labels = {"summary": _("How it went")}

    @classmethod
    def title_from(cls, details):
        return details.get("topic", "")
