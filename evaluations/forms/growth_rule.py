from django import forms
from django.utils.translation import gettext as _

from evaluations.policies.review import POSSIBLE_DECIDERS
from incubator.accounts.choices import Role
from incubator.base.forms import PageForm
from organizations.choices import RATED_STAGES

RECOMMENDS = "recommends_"


class GrowthRuleUpdateForm(PageForm):
    """Two questions per stage; nothing ticked leaves it to the place above, or to the usual."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for stage in RATED_STAGES:
            self.fields[stage.value] = forms.MultipleChoiceField(
                label=_("Who decides that an organization is of the stage “%(stage)s”?") % {"stage": stage.label},
                choices=[(role.value, Role(role).label) for role in POSSIBLE_DECIDERS],
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text=_("Nothing ticked: as in the place above, or as usual."),
            )
            self.fields[f"{RECOMMENDS}{stage.value}"] = forms.BooleanField(
                label=_("“%(stage)s”: the service centre recommends first") % {"stage": stage.label}, required=False
            )

    def clean(self):
        data = super().clean()
        for stage in RATED_STAGES:
            if data.get(f"{RECOMMENDS}{stage.value}") and not data.get(stage.value):
                self.add_error(stage.value, _("Please tick who decides as well, when the centre recommends first."))
        return data

    def values(self):
        data = self.cleaned_data
        return {
            "roles": {stage: data[stage.value] for stage in RATED_STAGES},
            "recommended": [stage for stage in RATED_STAGES if data[f"{RECOMMENDS}{stage.value}"]],
        }
