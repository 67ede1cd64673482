from django import forms
from django.utils.translation import gettext_lazy as _

from evaluations.models.fading_rule import DAYS_RANGE, PERCENT_RANGE
from incubator.base.forms import EditionForm


def _number(label, help_text, limits):
    return forms.IntegerField(
        label=label, help_text=help_text, min_value=limits[0], max_value=limits[1],
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip


class FadingRuleUpdateForm(EditionForm):
    days_without_activity = _number(
        _("An organization is quiet after"),
        _("Days without an activity that counts. Who works seasonally may need more."),
        DAYS_RANGE,
    )
    members_lost_percent = _number(
        _("It loses members when within six months it lost at least"),
        _("Percent of its members, those who joined set off against those who left."),
        PERCENT_RANGE,
    )
