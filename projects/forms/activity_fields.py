"""Fields of the entry form whose choices are records, each named as people know it."""

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils import timezone

from incubator.accounts.models import User
from organizations.models import Place, SocialOrganization
from projects.models import Activity, ActivityPlan, ActivitySeries, Objective


class OrganizationField(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return f"{obj.name} · {obj.community}"


class _Several(forms.ModelMultipleChoiceField):
    """Nobody ticks hundreds; ``widget.choices`` are set once it is known what to offer."""

    model = None
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(queryset=self.model.objects.none(), to_field_name="uuid", required=False, **kwargs)


class OthersField(_Several):
    model = SocialOrganization
    label_from_instance = OrganizationField.label_from_instance


class ObjectivesField(_Several):
    model = Objective


class PeopleField(_Several):
    model = User


class RecordsField(_Several):
    model = Activity

    def label_from_instance(self, obj):
        return f"{timezone.localtime(obj.starts_at):%m-%d} · {obj.organization.name} · {obj}"


class _ReadOnce(ModelChoiceIterator):
    """The page asks whether there is anything to choose before it draws the list: both from one query."""

    def __iter__(self):
        yield ("", self.field.empty_label)
        yield from (self.choice(item) for item in self.queryset)


class _One(forms.ModelChoiceField):
    model = None
    iterator = _ReadOnce

    def __init__(self, **kwargs):
        super().__init__(queryset=self.model.objects.none(), to_field_name="uuid", required=False, **kwargs)


class PlanField(_One):
    model = ActivityPlan

    def label_from_instance(self, obj):
        return f"{obj.planned_on:%m-%d} · {obj.title}"


class PlaceField(_One):
    model = Place


class SeriesField(_One):
    model = ActivitySeries
    widget = forms.HiddenInput
