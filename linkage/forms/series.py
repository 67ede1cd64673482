"""Forms of series and their roster."""

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext_lazy

from incubator.accounts.choices import Role
from incubator.accounts.models import RoleGrant, User
from incubator.base.forms import OWN_WORDS, CreateOnceForm, EditionForm, PageForm
from incubator.calendars.months import FIRST_YEAR, LAST_YEAR
from incubator.divisions.models import Division
from linkage.choices import Party, RuleKind, Shift
from linkage.policies.series import COMMUNITY_KEEPERS, organizations_of
from linkage.services.rule_words import WHICH
from organizations.models import SocialOrganization
from projects.forms.project import DayInput

EVERY = (1, 2, 3, 4, 6, 12)
EXAMPLE = "2027-10-01 至 2027-10-07 休 国庆节\n2027-10-09 班"
REMINDERS = (31, 14, 10, 7, 5, 3, 2, 1, 0)


def _months(number):
    if number == 1:
        return gettext_lazy("every month")
    return ngettext_lazy("every %(number)d month", "every %(number)d months", number) % {"number": number}


def _reminder(days):
    if not days:
        return gettext_lazy("on the day")
    return ngettext_lazy("%(number)d day before", "%(number)d days before", days) % {"number": days}


class MonthInput(forms.DateInput):
    input_type = "month"

    def __init__(self):
        super().__init__(format="%Y-%m")


class MonthField(forms.DateField):
    """A month as its first day."""

    widget = MonthInput

    def __init__(self, **kwargs):
        super().__init__(input_formats=["%Y-%m", "%Y-%m-%d"], **kwargs)

    def clean(self, value):
        day = super().clean(value)
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(_("Please choose a month of this century."))
        return day.replace(day=1) if day else day


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return obj.name or obj.username


def people_of(division, *also):
    """Accounts that may stand on the roster of a place: those with a role there, above it up to the street, or for an
    organization of it; and those of ``also`` (keys), who are named already."""
    codes = [division.code, *([division.parent.code] if division.parent_id else [])]
    granted = RoleGrant.objects.active().filter(division__code__in=codes).exclude(role=Role.PLATFORM_ADMIN)
    organizations = SocialOrganization.objects.existing().in_places([division])
    leaders = RoleGrant.objects.active().filter(body_uuid__in=organizations.values("uuid"))
    people = User.objects.filter(is_active=True, pk__in=granted.values("user_id"))
    people |= User.objects.filter(is_active=True, pk__in=leaders.values("user_id"))
    people |= User.objects.filter(pk__in=[key for key in also if key])
    return people.order_by("name", "pk")


class SeriesSettings(forms.Form):
    """What a series is set up and changed by. The rule's three fields make one day of the month."""

    title = forms.CharField(
        label=pgettext_lazy("thing", "Title"), max_length=100,
        help_text=gettext_lazy("Such as “Joint meeting of the three societies, Lixing community”."),
    )  # fmt: skip
    rule_kind = forms.ChoiceField(
        label=gettext_lazy("Meets on"), choices=RuleKind.choices, widget=forms.RadioSelect, initial=RuleKind.NTH_WEEKDAY
    )
    rule_number = forms.IntegerField(
        label=gettext_lazy("Which one of the month"), min_value=-10, max_value=31, initial=2,
        help_text=gettext_lazy(
            "2 is the second one, or day 2 of the month; -1 is the last one. A day that a month does not have becomes the "
            "last there is."
        ),
    )  # fmt: skip
    rule_weekday = forms.TypedChoiceField(
        label=gettext_lazy("Weekday"), choices=[("", "—"), *WEEKDAYS.items()], coerce=int, empty_value=None,
        required=False, initial=3, help_text=gettext_lazy("Only for a rule by weekday."),
    )  # fmt: skip
    every_months = forms.TypedChoiceField(
        label=gettext_lazy("How often"), choices=[(number, _months(number)) for number in EVERY], coerce=int, initial=1
    )
    shift = forms.ChoiceField(
        label=gettext_lazy("When nobody works on that day"), choices=Shift.choices, initial=Shift.LATER,
        help_text=gettext_lazy("Weekends and public holidays; weekends that are worked count as working days."),
    )  # fmt: skip
    starts_at = forms.TimeField(
        label=gettext_lazy("Begins at"), initial="14:30", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=15, max_value=480, initial=90)
    place_text = forms.CharField(label=gettext_lazy("Where"), max_length=120, required=False)
    host = forms.CharField(label=gettext_lazy("Convener"), max_length=120, required=False)
    chair = PersonField(
        label=gettext_lazy("Chair"), queryset=User.objects.none(), to_field_name="uuid", required=False,
        help_text=gettext_lazy("Confirms the minutes. Nobody: the staff of the place do."),
    )  # fmt: skip
    recorder = PersonField(
        label=gettext_lazy("Recorder"), queryset=User.objects.none(), to_field_name="uuid", required=False
    )
    agenda_days = forms.IntegerField(
        label=gettext_lazy("Days before on which the agenda opens"), min_value=0, max_value=31, initial=14
    )
    invite_days = forms.IntegerField(
        label=gettext_lazy("Days before on which people are invited"), min_value=0, max_value=31, initial=10
    )
    remind_days = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Reminders"), choices=[(days, _reminder(days)) for days in REMINDERS], coerce=int,
        widget=forms.CheckboxSelectMultiple, required=False, initial=[7, 1, 0],
    )  # fmt: skip
    minutes_days = forms.IntegerField(
        label=gettext_lazy("Working days in which the minutes are due"), min_value=1, max_value=20, initial=3
    )
    carries = forms.IntegerField(
        label=gettext_lazy("Months carried after which the street is told"), min_value=1, max_value=12, initial=3
    )
    quorum_parties = forms.MultipleChoiceField(
        label=gettext_lazy("Parties that must be there"), choices=Party.choices, widget=forms.CheckboxSelectMultiple,
        required=False, initial=["community", "organization", "social_worker"],
    )  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        kind, number = cleaned.get("rule_kind"), cleaned.get("rule_number")
        if kind is None or number is None:
            return cleaned
        if kind == RuleKind.NTH_WEEKDAY:
            if cleaned.get("rule_weekday") is None:
                self.add_error("rule_weekday", _("Please choose a weekday."))
            if number not in WHICH:
                self.add_error("rule_number", _("A weekday comes 1 to 5 times in a month; -1 is the last one."))
        elif kind == RuleKind.DAY and not number > 0:
            self.add_error("rule_number", _("A day of the month is 1 to 31."))
        elif kind == RuleKind.WORKDAY and (number > 15 or not number):
            self.add_error("rule_number", _("A working day is 1 to 15, or -1 to -10 from the end."))
        if kind != RuleKind.NTH_WEEKDAY:
            cleaned["rule_weekday"] = None
        return cleaned

    def lay_out(self, *first):
        """The rule first; what is told when, and what the minutes ask, below it."""
        self.helper.layout = Layout(
            *first,
            Fieldset(
                _("On which day"), "rule_kind", "rule_number", "rule_weekday", "every_months", "shift", "starts_at",
                "minutes", "place_text",
            ),
            Fieldset(_("Who leads it"), "host", "chair", "recorder", "quorum_parties"),
            Fieldset(_("Who is told when"), "agenda_days", "invite_days", "remind_days", "minutes_days", "carries"),
        )  # fmt: skip

    def offer_people(self, people):
        for name in ("chair", "recorder"):
            self.fields[name].queryset = people


class SeriesCreateForm(SeriesSettings, CreateOnceForm):
    division = forms.ModelChoiceField(
        label=gettext_lazy("Community or street"), queryset=Division.objects.none(), to_field_name="code"
    )
    starts_on = MonthField(label=gettext_lazy("First month"), initial=timezone.localdate)

    def __init__(self, *args, places, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["division"].queryset = places
        self.lay_out("uuid", "division", "title", "starts_on")
        self.offer_people(_people_around(user, places))


def _people_around(user, places):
    """Accounts with a role in the places that the person keeps; whoever else is wanted is named once the series is
    there."""
    granted = RoleGrant.objects.active().filter(role__in=COMMUNITY_KEEPERS, division__in=places.order_by().values("pk"))
    above = RoleGrant.objects.active().filter(
        role__in=COMMUNITY_KEEPERS, division__in=places.order_by().values("parent_id")
    )
    people = User.objects.filter(pk=user.pk) | User.objects.filter(is_active=True, pk__in=granted.values("user_id"))
    return (people | User.objects.filter(is_active=True, pk__in=above.values("user_id"))).order_by("name", "pk")


class SeriesUpdateForm(SeriesSettings, EditionForm):
    def __init__(self, *args, series, **kwargs):
        super().__init__(*args, **kwargs)
        roster = series.members.current().values_list("user_id", flat=True)
        self.offer_people(people_of(series.division, series.chair_id, series.recorder_id, *roster))
        self.lay_out("edition", "title")
        extra = sorted({*REMINDERS, *series.remind_days}, reverse=True)
        self.fields["remind_days"].choices = [(days, _reminder(days)) for days in extra]

    @staticmethod
    def initial_of(series):
        names = [name for name in SeriesSettings.base_fields if name not in {"chair", "recorder"}]
        people = {name: getattr(series, name) and getattr(series, name).uuid for name in ("chair", "recorder")}
        return {name: getattr(series, name) for name in names} | people


class SeriesEndForm(PageForm):
    ends_on = forms.DateField(
        label=gettext_lazy("Last day"), widget=DayInput, initial=timezone.localdate,
        help_text=gettext_lazy("Meetings planned after it are cancelled, and everybody on the roster is told."),
    )  # fmt: skip


class MemberFields(forms.Form):
    party = forms.ChoiceField(label=gettext_lazy("Speaks for"), choices=Party.choices)
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=60, required=False)
    body = forms.CharField(
        label=gettext_lazy("Of which body"), max_length=120, required=False,
        help_text=gettext_lazy("Such as the police station, the health centre, the school."),
    )  # fmt: skip
    organization = forms.ModelChoiceField(
        label=gettext_lazy("Organization"), queryset=SocialOrganization.objects.none(), to_field_name="uuid",
        required=False,
    )  # fmt: skip


class MemberAddForm(MemberFields, CreateOnceForm):
    """An account of the place, or a name."""

    user = PersonField(
        label=gettext_lazy("Account"), queryset=User.objects.none(), to_field_name="uuid", required=False,
        help_text=gettext_lazy("Gets the invitations. Somebody without an account: write the name below."),
    )  # fmt: skip
    field_order = ("party", "user", "name", "body", "organization")

    def __init__(self, *args, series, **kwargs):
        super().__init__(*args, **kwargs)
        people = people_of(series.division)
        if not self.is_bound:  # the second of two clicks names somebody who is there since the first
            people = people.exclude(pk__in=series.members.current().filter(user__isnull=False).values("user_id"))
        self.fields["user"].queryset = people
        self.fields["organization"].queryset = organizations_of(series.division)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("user") and not (cleaned.get("name") or "").strip():
            self.add_error("name", _("Please choose an account or write a name."))
        return cleaned


class MemberUpdateForm(MemberFields, PageForm):
    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["organization"].queryset = organizations_of(member.series.division)


class OfficialDaysForm(PageForm):
    notice = forms.CharField(
        label=gettext_lazy("Days of the notice"), max_length=6000,
        widget=forms.Textarea(attrs={"rows": 10, **OWN_WORDS, "placeholder": EXAMPLE}),
        help_text=gettext_lazy("One day or period a line, then 休 (off) or 班 (worked), then what it is for."),
    )  # fmt: skip
