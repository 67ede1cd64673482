"""Forms of surveys: plan, change, open, open again, personal links."""

import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from evaluations.choices import LinkedBy, Subject, WaveKind
from evaluations.models import Instrument, InstrumentVersion, Wave
from evaluations.policies.wave import check_create_wave
from evaluations.services import wave as services
from incubator.base.forms import OWN_WORDS, CreateOnceForm, EditionForm, PageForm
from incubator.base.policies import verdict
from incubator.divisions.choices import Level
from incubator.divisions.models import Division
from organizations.models import SocialOrganization
from organizations.querysets import served_divisions
from projects.models import Activity, IncubationProject
from projects.querysets import LOGGERS, organizations_in_roles

DAYS_OPEN = 14
MOST_OFFERED = 300
ABOUT = {
    Activity: (Subject.ACTIVITY,),
    Division: (Subject.RESIDENT,),
}
DAY_INPUT = {"type": "date"}


def _day():
    return forms.DateInput(attrs=DAY_INPUT, format="%Y-%m-%d")


def target_code(target):
    """ "project:<uuid>" and so on, as it stands in the address."""
    if isinstance(target, Division):
        return f"community:{target.code}"
    names = {IncubationProject: "project", SocialOrganization: "organization", Activity: "activity"}
    return f"{names[type(target)]}:{target.uuid}"


def find_target(user, text):
    """The thing that "project:<uuid>" names, if the person sees it and may hold a survey there; else None."""
    kind, _colon, name = (text or "").partition(":")
    sets = {
        "project": lambda: IncubationProject.objects.visible_to(user).select_related("organization", "community"),
        "organization": lambda: SocialOrganization.objects.visible_to(user).select_related("community"),
        "activity": lambda: Activity.objects.visible_to(user).select_related("organization", "community"),
    }
    if kind == "community":
        found = Division.objects.filter(code=name, level=Level.COMMUNITY).first()
    else:
        try:
            found = sets[kind]().filter(uuid=forms.UUIDField().clean(name)).first()
        except (KeyError, forms.ValidationError):
            return None
    return found if found is not None and verdict(check_create_wave, user, found) else None


class WaveTargetForm(PageForm):
    """About whom? One list, by kind."""

    about = forms.ChoiceField(label=_("About whom"), widget=forms.Select(attrs={**OWN_WORDS, "class": "form-select"}))

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        organizations = organizations_in_roles(user, LOGGERS).order_by("name", "pk")[:MOST_OFFERED]
        projects = IncubationProject.objects.visible_to(user).running().order_by("name", "pk")
        projects = projects.select_related("organization", "community")[:MOST_OFFERED]
        places = [*user.access.divisions(*LOGGERS, "street_staff", "district_admin"), *served_divisions(user)]
        communities = Division.objects.current().communities().within(places).order_by("code")[:MOST_OFFERED]
        rows = [
            (_t("Projects"), [each for each in projects if verdict(check_create_wave, user, each)]),
            (_t("Organizations"), list(organizations)),
            (_t("Whole communities"), list(communities)),
        ]
        self.fields["about"].choices = [
            (label, [(target_code(each), str(each)) for each in found]) for label, found in rows if found
        ]

    @property
    def is_empty(self):
        return not self.fields["about"].choices


class WaveCreateForm(CreateOnceForm):
    kind = forms.ChoiceField(label=pgettext_lazy("wave", "When"), choices=WaveKind.choices)
    version = forms.ModelChoiceField(
        InstrumentVersion.objects.none(), to_field_name="uuid", label=_("Questionnaire"), empty_label=_("Please choose")
    )
    earlier = forms.ModelChoiceField(
        Wave.objects.none(), to_field_name="uuid", label=_("Compared with"), required=False,
        empty_label=_("nothing, this is the first"),
        help_text=_("The same people are asked once more. Use the same edition of the questionnaire then."),
    )  # fmt: skip
    confirm_edition = forms.BooleanField(
        label=_("I want another edition all the same"), required=False, widget=forms.HiddenInput
    )
    title = forms.CharField(
        label=_("Title"), max_length=120, required=False,
        help_text=_("People read it above the questions. Empty: the questionnaire's own."),
    )  # fmt: skip
    linked_by = forms.ChoiceField(
        label=_("How answers of one person find each other"), choices=LinkedBy.choices, widget=forms.RadioSelect,
        help_text=_("Before and after can be compared person by person only if answers are linked, both times alike."),
    )  # fmt: skip
    asks_age_group = forms.BooleanField(label=_("Ask for the age group"), required=False)
    expected = forms.IntegerField(
        label=_("How many are asked"), min_value=1, max_value=1_000_000, required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    opens_on = forms.DateField(label=_("From"), widget=_day())
    closes_on = forms.DateField(label=_("Until"), widget=_day())

    def __init__(self, *args, user, target, **kwargs):
        super().__init__(*args, **kwargs)
        self.target = target
        instruments = Instrument.objects.visible_to(user).active().published()
        self.earlier = services.waves_about(target).exclude(status="planned").order_by("-opens_on", "-pk")
        self.fields["earlier"].queryset = self.earlier.select_related("version__instrument")
        versions = InstrumentVersion.objects.filter(pk__in=instruments.values("current")) | (
            InstrumentVersion.objects.filter(pk__in=self.earlier.order_by().values("version"))
        )
        fitting = ABOUT.get(type(target), (Subject.MEMBER, Subject.ORGANIZATION))
        self.fields["version"].queryset = versions.select_related("instrument").order_by("instrument__code", "-number")
        self.fields["version"].choices = _by_fit(self.fields["version"].queryset, fitting)
        if isinstance(target, Activity):
            for name in ("kind", "earlier", "linked_by"):
                del self.fields[name]
        elif isinstance(target, Division):
            ways = [pair for pair in LinkedBy.choices if pair[0] in (LinkedBy.NOTHING, LinkedBy.SELF_CODE)]
            self.fields["linked_by"].choices = ways

    @staticmethod
    def initial_of(target, kind):
        """What a new survey begins with: like the one that it is compared with."""
        today = timezone.localdate()
        earlier = services.proposed_earlier(target, kind)
        return {
            "kind": kind,
            "earlier": earlier.uuid if earlier else None,
            "version": earlier.version.uuid if earlier else None,
            "linked_by": earlier.linked_by if earlier else (
                LinkedBy.NOTHING if isinstance(target, Division) or kind == WaveKind.ONCE else LinkedBy.SELF_CODE
            ),
            "asks_age_group": earlier.asks_age_group if earlier else not isinstance(target, Activity),
            "expected": services.expected_of(target),
            "opens_on": today,
            "closes_on": today + datetime.timedelta(days=DAYS_OPEN),
        }  # fmt: skip

    def clean(self):
        values = super().clean()
        version, earlier = values.get("version"), values.get("earlier")
        if version and not values.get("title"):
            values["title"] = str(version.instrument)
        if version and earlier and version.pk != earlier.version_id and not values.get("confirm_edition"):
            self.fields["confirm_edition"].widget = forms.CheckboxInput()
            self.add_error("version", self._compared(version, earlier))
        values.setdefault("kind", WaveKind.ONCE)
        values.setdefault("linked_by", LinkedBy.NOTHING)
        return values

    def _compared(self, version, earlier):
        kept, lost = services.compared_scales(version, earlier.version)
        comma = _t(", ")
        words = {
            "kept": comma.join(str(scale) for scale in kept) or _t("none"),
            "lost": comma.join(str(scale) for scale in lost) or _t("none"),
        }
        return _t(
            "This is another edition than in the earlier survey. Scales that stay comparable: %(kept)s. Not comparable: "
            "%(lost)s. Choose the same edition, or tick that you want this one."
        ) % words  # fmt: skip


def _by_fit(versions, fitting):
    """Options in two groups: made for such people, and the rest."""
    first, rest = [], []
    for version in versions:
        told = _t("%(title)s · edition %(number)s") % {"title": version.instrument, "number": version.number}
        (first if version.instrument.subject in fitting else rest).append((version.uuid, told))
    groups = [(_t("Made for this"), first), (_t("Others"), rest)]
    return [("", _t("Please choose")), *((label, rows) for label, rows in groups if rows)]


class WaveUpdateForm(EditionForm):
    title = forms.CharField(label=_("Title"), max_length=120)
    expected = forms.IntegerField(label=_("How many are asked"), min_value=1, max_value=1_000_000, required=False)
    closes_on = forms.DateField(label=_("Until"), widget=_day())


class WaveOpenForm(PageForm):
    consent_text = forms.CharField(
        label=_("What people agree to"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Change it as you like. From the opening on it stays as it is; everybody ticks it before answering."),
        error_messages={"required": _("People read what they agree to before they answer.")},
    )  # fmt: skip


class WaveReopenForm(PageForm):
    until = forms.DateField(label=_("Until"), widget=_day())


class TicketMakeForm(PageForm):
    names = forms.CharField(
        label=_("People who are not on the list of members"), required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}), help_text=_("One name per line. Members get their links anyway."),
    )  # fmt: skip

    def clean_names(self):
        return self.cleaned_data["names"].splitlines()
