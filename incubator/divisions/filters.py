import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from incubator.divisions.choices import Level, Setting
from incubator.divisions.codes import is_code
from incubator.divisions.models import Division

VALIDITY = [("", _("today's")), ("closed", _("closed")), ("all", _("today's and closed"))]


class DivisionFilter(django_filters.FilterSet):
    """Without a question: what lies directly in the place. With one (name, level, setting): everything below it."""

    place = django_filters.CharFilter(method="ignore", widget=forms.HiddenInput, label=_("within"))
    q = django_filters.CharFilter(method="ignore", label=_("Name or code"))
    level = django_filters.ChoiceFilter(choices=Level.choices, empty_label=_("every level"), label=_("Level"))
    setting = django_filters.ChoiceFilter(
        method="ignore",
        choices=[("urban", Setting.URBAN.label), ("rural", Setting.RURAL.label), ("unknown", Setting.UNKNOWN.label)],
        empty_label=_("urban and rural"),
        label=_("Urban or rural"),
    )
    validity = django_filters.ChoiceFilter(
        method="ignore", choices=VALIDITY[1:], empty_label=VALIDITY[0][1], label=_("Validity")
    )

    class Meta:
        model = Division
        fields = []

    @property
    def asks(self):
        return any(self.data.get(name, "").strip() for name in ("q", "level", "setting"))

    def filter_queryset(self, queryset):
        queryset = super().filter_queryset(queryset)
        cleaned = self.form.cleaned_data
        place, text = cleaned.get("place", ""), cleaned.get("q", "").strip()
        if place and is_code(place):
            queryset = queryset.within_codes([place]).exclude(code=place) if self.asks else queryset.children_of(place)
        elif not self.asks:
            queryset = queryset.provinces()
        if text:
            queryset = queryset.within_codes([text]) if is_code(text) else queryset.filter(name__contains=text)
        if cleaned.get("setting"):
            queryset = queryset.with_setting(cleaned["setting"])
        if cleaned.get("validity") == "closed":
            return queryset.closed()
        return queryset if cleaned.get("validity") == "all" else queryset.current()

    def ignore(self, queryset, name, value):
        """The fields belong together: see filter_queryset."""
        return queryset
