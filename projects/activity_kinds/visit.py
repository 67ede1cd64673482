"""走访: the worker meets the organization or one of its people where they are, or calls them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.registries import ActivityKind, activity_kinds


class VisitDetailsForm(forms.Form):
    way = forms.ChoiceField(
        label=_("How was the visit made"),
        choices=[("on_site", _("on the spot")), ("phone", _("by phone")), ("online", _("online"))],
        initial="on_site",
        widget=forms.RadioSelect,
    )
    met = forms.CharField(label=_("Whom met"), max_length=120, required=False)
    needs = forms.CharField(
        label=_("Needs found"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    handling = forms.CharField(
        label=_("How they were handled"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    pass_on = forms.BooleanField(
        label=_("Something is to be passed on to the community or the joint meeting"), required=False
    )


@activity_kinds.register
class Visit(ActivityKind):
    code = "visit"
    label = _("visit")
    icon = "chat-left-text"
    order = 10
    default_minutes = 60
    details_form = VisitDetailsForm
    template = "projects/activity_kinds/visit.html"
    paper = "projects/papers/visit.docx"
    required_questions = ("summary",)
    first_details = ("way",)
    labels = {"summary": _("What was found")}
