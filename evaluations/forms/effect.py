"""Which two surveys are compared, and with whom beside."""

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from evaluations.models import Wave
from incubator.base.forms import CreateOnceForm

MOST_OFFERED = 200


class _WaveField(forms.ModelChoiceField):
    def label_from_instance(self, wave):
        return _t("%(title)s (%(day)s, %(number)s answers)") % {
            "title": wave.title, "day": f"{wave.opens_on:%Y-%m-%d}", "number": wave.answered,
        }  # fmt: skip


def _field(label, **more):
    return _WaveField(label=label, queryset=Wave.objects.none(), to_field_name="uuid", **more)


class EffectCreateForm(CreateOnceForm):
    before = _field(_("Before"), empty_label=None)
    after = _field(_("After"), empty_label=None)
    comparison_before = _field(
        _("Comparison group, before"), required=False, empty_label=_("none"),
        help_text=_("Other people who took no part and answered the same questionnaire. Only with them may one say more "
                    "than what changed."),
    )  # fmt: skip
    comparison_after = _field(_("Comparison group, after"), required=False, empty_label=_("none"))

    def __init__(self, *args, waves, others, **kwargs):
        """``waves``: querysets of the group's own surveys, and of those a comparison group may have answered."""
        super().__init__(*args, **kwargs)
        for name in ("before", "after"):
            self.fields[name].queryset = waves
        for name in ("comparison_before", "comparison_after"):
            self.fields[name].queryset = others

    def clean(self):
        values = super().clean()
        before, after = values.get("before"), values.get("after")
        if before and after and before == after:
            self.add_error("after", _t("Please choose two different surveys."))
        elif before and after and after.opens_on < before.opens_on:
            self.add_error("after", _t("This survey was held before the other one. Please exchange them."))
        pair = [values.get(name) for name in ("comparison_before", "comparison_after")]
        if (pair[0] is None) != (pair[1] is None):
            missing = "comparison_after" if pair[0] else "comparison_before"
            self.add_error(missing, _t("A comparison group needs both surveys, before and after."))
        return values
