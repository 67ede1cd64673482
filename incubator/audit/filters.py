import datetime

import django_filters
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.audit.models import AuditEvent
from incubator.audit.registries import all_verbs
from incubator.base.forms import page_helper


def verb_choices():
    return [(verb.code, verb.label) for verb in all_verbs()]


class AuditEventFilter(django_filters.FilterSet):
    verb = django_filters.ChoiceFilter(label=_("What"), choices=(), empty_label=_("everything"))
    who = django_filters.CharFilter(label=_("Who (name or user name)"), method="filter_who")
    since = django_filters.DateFilter(
        label=_("From"), method="filter_since", widget=forms.DateInput(attrs={"type": "date"})
    )
    until = django_filters.DateFilter(
        label=_("Until"), method="filter_until", widget=forms.DateInput(attrs={"type": "date"})
    )

    class Meta:
        model = AuditEvent
        fields = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["verb"].extra["choices"] = verb_choices()

    @property
    def form(self):
        form = super().form
        form.helper = page_helper()
        return form

    def filter_who(self, queryset, name, value):
        return queryset.filter(Q(actor__username__iexact=value) | Q(actor__name__icontains=value))

    def filter_since(self, queryset, name, value):
        return queryset.filter(at__gte=_midnight(value))

    def filter_until(self, queryset, name, value):
        return queryset.filter(at__lt=_midnight(value) + datetime.timedelta(days=1))


def _midnight(day):
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
