"""Forms of leaving a stage."""

from django import forms
from django.utils.translation import gettext_lazy as _

from incubator.accounts.choices import Role
from incubator.base.forms import CreateOnceForm, PageForm
from projects.choices import RUNNING
from projects.policies.stage import POSSIBLE_DECIDERS


def _long(label, *, required=True, rows=4, help_text=""):
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=3000, widget=widget, help_text=help_text)


class StageRequestForm(CreateOnceForm):
    note = _long(
        _("Note to those who decide"),
        required=False,
        help_text=_("What should they know? When items are open: why the stage can be left all the same."),
    )

    def __init__(self, *args, needs_note, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["note"].required = needs_note


class StagePassForm(PageForm):
    reason = _long(_("Reason"), help_text=_("What convinced you? The team reads this, and it stays with the project."))


class StageHoldForm(PageForm):
    reason = _long(_("Reason"), help_text=_("What is to be done first? One point on each line; the team reads this."))


class StageRuleUpdateForm(PageForm):
    """One question per stage; nothing ticked leaves it to the place above, or to the usual."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for stage in RUNNING:
            self.fields[stage.value] = forms.MultipleChoiceField(
                label=_("Who decides on leaving the stage “%(stage)s”?") % {"stage": stage.label},
                choices=[(role.value, Role(role).label) for role in POSSIBLE_DECIDERS],
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text=_("Nothing ticked: as in the place above, or as usual."),
            )
