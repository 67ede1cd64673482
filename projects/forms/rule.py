from django import forms
from django.utils.translation import gettext_lazy as _

from incubator.base.forms import EditionForm
from projects.choices import Concern
from projects.services.kind import kind_choices


def _number(label, help_text, smallest, largest):
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=smallest,
        max_value=largest,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class RuleUpdateForm(EditionForm):
    accept_after_days = _number(
        _("Records are accepted by themselves after"), _("Days. Until then a supervisor may return them."), 1, 60
    )
    lock_day = _number(
        _("A month is closed on this day of the next"),
        _("1 to 28. From then on a change is a correction that shows the old value too."),
        1,
        28,
    )
    announcement_days = _number(
        _("Time to answer an announcement"),
        _("Working days. Past them it counts as known, except where an answer is needed."),
        1,
        20,
    )
    concerns_to_answer = forms.MultipleChoiceField(
        label=_("These activities need an answer and a safety plan"),
        choices=Concern.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    kinds_to_answer = forms.MultipleChoiceField(
        label=_("So do all activities of these kinds"),
        choices=kind_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    flexible_staff_percent = _number(
        _("Warn when part-time staff and interns are more than"), _("Percent of an agency's people."), 0, 100
    )
