"""Forms of a project's plan; short ones, since they stand on the plan's page and on the phone."""

import uuid as uuids

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from incubator.accounts.models import User
from incubator.base.forms import OWN_WORDS, CreateOnceForm, EditionForm, PageForm
from projects.choices import IndicatorUnit, NeedLevel, Rhythm
from projects.forms.project import DayInput
from projects.services.kind import choices_to_log
from projects.services.plan import MOST_AT_ONCE, rhythm_days
from projects.services.project import people_of
from projects.validators import MAX_PARTICIPANTS

ROWS = 8
RHYTHMS = [choice for choice in Rhythm.choices if choice[0] != Rhythm.ONCE]


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self):
        super().__init__(format="%H:%M")


def reason_field(label):
    return forms.CharField(label=label, max_length=200, error_messages={"required": gettext_lazy("Please say why.")})


class _NeedFields(PageForm):
    level = forms.ChoiceField(label=gettext_lazy("Level"), choices=NeedLevel.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=pgettext_lazy("of a project", "Need"),
        help_text=gettext_lazy("What is lacking, in one sentence; without names of residents."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Please write the need in a sentence.")},
    )
    seen_at = forms.CharField(
        label=gettext_lazy("How it was found"),
        help_text=gettext_lazy("A visit, a questionnaire, a meeting …"),
        max_length=200,
        required=False,
    )


class NeedAddForm(_NeedFields, CreateOnceForm):
    pass


class NeedUpdateForm(_NeedFields, EditionForm):
    pass


class _ObjectiveFields(PageForm):
    level = forms.ChoiceField(label=gettext_lazy("Level"), choices=NeedLevel.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=gettext_lazy("Objective"),
        help_text=gettext_lazy("What will be different at the end."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Please write the objective in a sentence.")},
    )


class ObjectiveAddForm(_ObjectiveFields, CreateOnceForm):
    need = forms.ModelChoiceField(
        label=gettext_lazy("From the need"), queryset=None, to_field_name="uuid", required=False,
        empty_label=gettext_lazy("no particular one"),
    )  # fmt: skip

    def __init__(self, *args, project, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["need"].queryset = project.needs.order_by("pk")


class ObjectiveUpdateForm(_ObjectiveFields, EditionForm):
    order = forms.IntegerField(
        label=gettext_lazy("Place in the list"), help_text=gettext_lazy("Small numbers stand first."),
        min_value=0, max_value=30_000,
    )  # fmt: skip


class ObjectiveDropForm(PageForm):
    reason = reason_field(gettext_lazy("Why is the objective dropped?"))


class _IndicatorFields(PageForm):
    name = forms.CharField(
        label=gettext_lazy("What shows it"),
        help_text=gettext_lazy("For example: meetings that the organization held by itself."),
        max_length=120,
        error_messages={"required": gettext_lazy("Please name what shows it.")},
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("Counted in"),
        choices=IndicatorUnit.choices,
        help_text=gettext_lazy("All but “own measure” are counted from the activities by themselves."),
    )
    target = forms.IntegerField(
        label=gettext_lazy("Target"), min_value=1, max_value=1_000_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": gettext_lazy("Please give the number to be reached.")},
    )  # fmt: skip
    due_on = forms.DateField(label=gettext_lazy("By"), widget=DayInput, required=False)
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Count these kinds only"),
        help_text=gettext_lazy("None ticked: all kinds."),
        choices=choices_to_log,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("unit") == IndicatorUnit.OWN:
            cleaned["kinds"] = []
        return cleaned


class IndicatorAddForm(_IndicatorFields, CreateOnceForm):
    pass


class IndicatorUpdateForm(_IndicatorFields, EditionForm):
    pass


class IndicatorMeasureForm(PageForm):
    value = forms.IntegerField(
        label=gettext_lazy("Reached"), min_value=0, max_value=1_000_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    on = forms.DateField(label=gettext_lazy("As of"), widget=DayInput, initial=timezone.localdate)

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return on


class _PlannedFields(forms.Form):
    """The columns of a planned activity."""

    title = forms.CharField(
        label=gettext_lazy("Title"), max_length=120,
        error_messages={"required": gettext_lazy("Please say what is planned.")},
    )  # fmt: skip
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=choices_to_log)
    planned_on = forms.DateField(
        label=gettext_lazy("Planned for"),
        widget=DayInput,
        error_messages={"required": gettext_lazy("Please give the day.")},
    )
    starts_time = forms.TimeField(label=gettext_lazy("At"), widget=TimeInput, required=False)
    objective = forms.ModelChoiceField(
        label=gettext_lazy("For the objective"), queryset=None, to_field_name="uuid", required=False,
        empty_label=gettext_lazy("no particular one"),
    )  # fmt: skip
    expected_participants = forms.IntegerField(
        label=gettext_lazy("Expected participants"), min_value=0, max_value=MAX_PARTICIPANTS, required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    place_text = forms.CharField(label=gettext_lazy("Where"), max_length=120, required=False)
    responsible = forms.ModelChoiceField(
        label=gettext_lazy("Who sees to it"), queryset=None, to_field_name="uuid", required=False,
        empty_label=gettext_lazy("the lead worker"),
    )  # fmt: skip

    def offer(self, project, also=None):
        """Objectives and people of the project; ``also`` the ones that the record holds already."""
        kept = project.objectives.filter(dropped_at__isnull=True)
        people = {person.pk for person in people_of(project)}
        if also is not None:
            kept = kept | project.objectives.filter(pk=also.objective_id)
            people.add(also.responsible_id)
        self.fields["objective"].queryset = kept.order_by("order", "pk")
        self.fields["responsible"].queryset = User.objects.filter(pk__in=people).order_by("name", "pk")


class PlanUpdateForm(_PlannedFields, EditionForm):
    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer(plan.project, also=plan)


class PlanCancelForm(PageForm):
    reason = reason_field(gettext_lazy("Why will it not be held?"))


class PlanRepeatForm(_PlannedFields, CreateOnceForm):
    """The same again and again: a rhythm and a number of times."""

    rhythm = forms.ChoiceField(label=gettext_lazy("How often"), choices=RHYTHMS, initial=Rhythm.WEEKLY)
    times = forms.IntegerField(
        label=gettext_lazy("How many times"), min_value=1, max_value=MOST_AT_ONCE, initial=4,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip

    field_order = [
        "title", "kind", "planned_on", "rhythm", "times", "starts_time", "place_text", "objective",
        "expected_participants", "responsible",
    ]  # fmt: skip

    def __init__(self, *args, project, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["planned_on"].label = _("First time")
        self.offer(project)

    def rows(self):
        values = dict(self.cleaned_data)
        batch, rhythm, times = values.pop("uuid"), values.pop("rhythm"), values.pop("times")
        days = rhythm_days(values.pop("planned_on"), rhythm, times)
        return [
            values | {"planned_on": day, "uuid": uuids.uuid5(batch, str(number))} for number, day in enumerate(days)
        ]


class PlanRowForm(_PlannedFields):
    use_required_attribute = False

    def __init__(self, *args, offered, **kwargs):
        super().__init__(*args, empty_permitted=True, **kwargs)
        for name in ("place_text", "responsible"):
            del self.fields[name]
        field = self.fields["objective"]
        field.queryset = offered.queryset
        field.widget.choices = offered.choices  # read once for all rows
        field.widget.attrs.update(OWN_WORDS)
        for item in self.fields.values():
            css = "form-select" if isinstance(item.widget, forms.Select) else "form-control"
            item.widget.attrs["class"] = css

    def has_changed(self):
        """A row begins with its title or its day; a kind alone is none."""
        return any(str(self.data.get(self.add_prefix(name), "")).strip() for name in ("title", "planned_on"))


class PlanAddForm(CreateOnceForm):
    """Up to ``ROWS`` planned activities in one grid; empty rows are left out."""

    def __init__(self, *args, project, objective=None, **kwargs):
        super().__init__(*args, **kwargs)
        data = self.data if self.is_bound else None
        offered = forms.ModelChoiceField(
            queryset=project.objectives.filter(dropped_at__isnull=True).order_by("order", "pk"),
            to_field_name="uuid", required=False, empty_label=_("no particular one"),
        )  # fmt: skip
        offered.choices = list(offered.choices)
        start = {"objective": objective} if objective else {}
        self.rows = [
            PlanRowForm(data, prefix=f"row{number}", initial=start, offered=offered) for number in range(1, ROWS + 1)
        ]

    def clean(self):
        cleaned = super().clean()
        filled = [(number, row) for number, row in enumerate(self.rows, 1) if row.has_changed()]
        if not filled:
            self.add_error(None, _("Please fill in at least one row."))
        for number, row in filled:
            if not row.is_valid():
                for name, errors in row.errors.items():
                    label = row.fields[name].label if name in row.fields else ""
                    self.add_error(
                        None,
                        _("Row %(row)s, %(field)s: %(error)s")
                        % {"row": number, "field": label, "error": " ".join(errors)},
                    )
        return cleaned

    def planned(self):
        batch = self.cleaned_data["uuid"]
        return [
            row.cleaned_data | {"uuid": uuids.uuid5(batch, str(number))}
            for number, row in enumerate(row for row in self.rows if row.has_changed())
        ]
