import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from incubator.base.forms import OWN_WORDS, CreateOnceForm
from incubator.divisions.models import Division
from organizations.forms.phone import DayField
from organizations.models import Agency
from projects.querysets import HANDOVER_OFFICES
from projects.services.handover import possible_leads

USUAL_DAYS = 30


class HandoverAddForm(CreateOnceForm):
    """Which work goes from whom to whom. ``seen`` is the hash of the list that the person looked through."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    from_agency = forms.ModelChoiceField(
        label=_("Agency until now"),
        queryset=Agency.objects.none(),
        to_field_name="uuid",
        empty_label=_("Please choose"),
    )
    division = forms.ModelChoiceField(
        label=_("Place"), queryset=Division.objects.none(), to_field_name="code", empty_label=_("Please choose")
    )
    to_agency = forms.ModelChoiceField(
        label=_("Agency from now on"),
        queryset=Agency.objects.none(),
        to_field_name="uuid",
        empty_label=_("Please choose"),
        help_text=_("Where it does not serve the place yet, it does from now on."),
    )
    lead = forms.ChoiceField(
        label=_("Who takes over"),
        widget=forms.Select(attrs=OWN_WORDS),
        help_text=_("A social worker of the new agency with an account."),
    )
    reads_until = DayField(
        label=_("The old agency reads until"),
        help_text=_("Its people read what they themselves wrote there, and can save it."),
    )
    note = forms.CharField(label=_("Note"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        agencies = Agency.objects.visible_to(user).order_by("name", "pk")
        self.fields["from_agency"].queryset = agencies
        self.fields["to_agency"].queryset = agencies.filter(is_active=True)
        roots = [place.pk for place in user.access.divisions(*HANDOVER_OFFICES)]
        parts = Division.objects.filter(parent__in=roots).values_list("pk", flat=True)
        self.fields["division"].queryset = Division.objects.current().filter(pk__in=[*roots, *parts]).order_by("code")
        self.workers = {str(row.user.uuid): row for row in possible_leads(agencies.values("pk"))}
        self.fields["lead"].choices = [
            ("", _("Please choose")),
            *((code, f"{row.name} · {row.agency}") for code, row in self.workers.items()),
        ]
        self.fields["reads_until"].initial = timezone.localdate() + datetime.timedelta(days=USUAL_DAYS)

    def clean_reads_until(self):
        day = self.cleaned_data["reads_until"]
        if day < timezone.localdate():
            raise forms.ValidationError(gettext("The day until which the old agency reads is over already."))
        return day

    def clean(self):
        values = super().clean()
        if not {"from_agency", "to_agency", "lead"} <= values.keys():
            return values
        if values["from_agency"] == values["to_agency"]:
            self.add_error("to_agency", gettext("Please choose another agency."))
        worker = self.workers[values["lead"]]
        if worker.agency_id != values["to_agency"].pk:
            self.add_error("lead", gettext("Who takes over has to work for the new agency and have an account."))
        values["lead"] = worker.user
        return values
