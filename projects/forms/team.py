from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incubator.base.forms import CreateOnceForm, EditionForm, PageForm
from projects.choices import TeamRole
from projects.forms.project import DayInput
from projects.services.team import able, social_workers_at

JOINING = [(role.value, role.label) for role in (TeamRole.MEMBER, TeamRole.SUPERVISOR)]


class ProjectWorkerAddForm(CreateOnceForm):
    role = forms.ChoiceField(
        label=gettext_lazy("Joins as"), choices=JOINING, widget=forms.RadioSelect, initial="member"
    )
    user = forms.ModelChoiceField(
        label=gettext_lazy("Person"),
        help_text=gettext_lazy("Supervisors and social workers who serve the community."),
        queryset=None,
        to_field_name="uuid",
    )
    from_on = forms.DateField(label=gettext_lazy("From"), widget=DayInput, initial=timezone.localdate)

    def __init__(self, *args, project, **kwargs):
        super().__init__(*args, **kwargs)
        self.project = project
        field = self.fields["user"]
        field.queryset = able(project, TeamRole.SUPERVISOR)  # all social workers of the place are among them
        outside = field.queryset.exclude(pk__in=project.team_ids)
        field.widget.choices = [("", _("Please choose")), *((person.uuid, str(person)) for person in outside)]

    def clean_from_on(self):
        from_on = self.cleaned_data["from_on"]
        if from_on < self.project.starts_on:
            raise forms.ValidationError(_("This is before the project begins."))
        return from_on

    def clean(self):
        cleaned = super().clean()
        user, role = cleaned.get("user"), cleaned.get("role")
        if user and role and not able(self.project, role).filter(pk=user.pk).exists():
            self.add_error("user", _("This person can join as a supervisor only."))
        return cleaned


class ProjectWorkerEndForm(PageForm):
    reason = forms.CharField(
        label=gettext_lazy("Why does the work end?"),
        max_length=200,
        error_messages={"required": gettext_lazy("Please say why.")},
    )


class ProjectHandOverForm(EditionForm):
    to = forms.ModelChoiceField(
        label=gettext_lazy("Who takes over"),
        help_text=gettext_lazy("Social workers who serve the community."),
        queryset=None,
        to_field_name="uuid",
    )
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=200)
    note = forms.CharField(
        label=gettext_lazy("What is handed over"),
        help_text=gettext_lazy("Papers, keys, promises, what to look after first."),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Please write what is handed over, so that nothing is lost.")},
    )

    def __init__(self, *args, project, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = social_workers_at(project.community).exclude(pk=project.lead_id)
