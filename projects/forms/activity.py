"""The one form of all kinds: few questions first, the rest behind "more", a kind's own questions among them."""

import uuid as uuids

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incubator.base.forms import CreateOnceForm, PageForm
from projects.choices import LedBy
from projects.models import Activity
from projects.querysets import organizations_to_log
from projects.registries import DETAILS
from projects.validators import MANY_PARTICIPANTS, MAX_MINUTES, validate_minutes, validate_participants, validate_start

IN_ONE_LIST = 100  # with more organizations in reach one searches instead of scrolling
SUGGESTED = 20
ALWAYS_FIRST = ("organization", "organization_search", "starts_at", "minutes")
LAST_OF_FIRST = ("participants", "participants_confirmed", "place_text", "summary")
BETWEEN = {"participants_confirmed": "participants"}  # stands with the question it belongs to
MINUTE_STEP = 5
DATETIME_LOCAL = "%Y-%m-%dT%H:%M"


def rounded(now):
    """The clock's time, down to five minutes, in the local zone: what people would type."""
    now = timezone.localtime(now)
    return now.replace(minute=now.minute - now.minute % MINUTE_STEP, second=0, microsecond=0)


class OrganizationField(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return f"{obj.name} · {obj.community}"


class ActivityForm(CreateOnceForm):
    """``kind`` is the plug-in class, ``user`` who records; ``now`` the moment of opening."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    tab = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    organization = OrganizationField(
        label=gettext_lazy("Organization"),
        queryset=None,
        to_field_name="uuid",
        error_messages={
            "required": gettext_lazy("Please choose the organization."),
            "invalid_choice": gettext_lazy(
                "You cannot record activities of this organization. Please choose one of your own."
            ),
        },
    )
    organization_search = forms.CharField(
        label=gettext_lazy("Find an organization"),
        help_text=gettext_lazy("Part of its name, or its initials in pinyin."),
        max_length=60,
        required=False,
    )
    starts_at = forms.DateTimeField(
        label=gettext_lazy("When it began"),
        input_formats=[DATETIME_LOCAL, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=DATETIME_LOCAL),
        error_messages={
            "required": gettext_lazy("Please say when it began."),
            "invalid": gettext_lazy("Please give day and time, such as 2026-11-08 14:30."),
        },
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"),
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 1, "max": MAX_MINUTES}),
    )
    place_text = forms.CharField(label=gettext_lazy("Where"), max_length=120, required=False)
    participants = forms.IntegerField(
        label=gettext_lazy("Participants"),
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 0}),
        error_messages={"required": gettext_lazy("Please say how many people came.")},
    )
    participants_confirmed = forms.BooleanField(label=gettext_lazy("Yes, that many"), required=False)
    summary = forms.CharField(
        label=gettext_lazy("What happened"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Please tell in a sentence or two what happened.")},
    )
    next_step = forms.CharField(label=gettext_lazy("Agreed next step"), max_length=300, required=False)
    led_by = forms.ChoiceField(
        label=gettext_lazy("Led by"), choices=LedBy.choices, required=False, initial="", widget=forms.RadioSelect
    )

    def __init__(self, *args, kind, user, now=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind, self.user, self.now = kind, user, now or timezone.now()
        self.fields["version"].initial = 0
        self.fields["starts_at"].initial = rounded(self.now)
        self.fields["minutes"].initial = kind.default_minutes
        for name in kind.required_questions:
            self.fields[name].required = True
        for name, label in kind.labels.items():
            self.fields[name].label = label
        if not self._many_participants():
            del self.fields["participants_confirmed"]
        self._offer_organizations()
        self.details = kind.details_form(self.data if self.is_bound else None, prefix=DETAILS)
        for name, field in self.details.fields.items():
            self.fields[f"{DETAILS}-{name}"] = field
        for field in self.fields.values():
            field.widget.use_required_attribute = lambda initial: False

    def _many_participants(self):
        raw = self.data.get("participants", "") if self.is_bound else self.initial.get("participants") or ""
        raw = str(raw).strip()
        return raw.isdecimal() and (len(raw) > 6 or int(raw) > MANY_PARTICIPANTS)

    def _offer_organizations(self):
        """All in one list while that can be scrolled; else the one chosen, and a search."""
        field, everything = self.fields["organization"], organizations_to_log(self.user).select_related("community")
        everything = everything.order_by("pinyin", "pk")
        offered = list(everything[: IN_ONE_LIST + 1])
        self.searches_organizations = len(offered) > IN_ONE_LIST
        field.queryset = everything
        if self.searches_organizations:
            offered = self._chosen(everything)
        else:
            del self.fields["organization_search"]
            if len(offered) == 1:
                field.initial = offered[0].uuid
        self.suggest(offered)

    def suggest(self, organizations):
        field = self.fields["organization"]
        pairs = [(str(item.uuid), field.label_from_instance(item)) for item in organizations]
        field.widget.choices = [("", _("Please choose")), *pairs]

    def _chosen(self, everything):
        value = self.data.get("organization") if self.is_bound else self.initial.get("organization")
        try:
            return list(everything.filter(uuid=uuids.UUID(str(value))))
        except ValueError:
            return []

    # --- how the page shows it ---
    @property
    def first_fields(self):
        own = [
            f"{DETAILS}-{name}"
            for name, field in self.kind.details_form.base_fields.items()
            if field.required or name in self.kind.first_details
        ]
        asked = {*self.kind.first_questions, *self.kind.required_questions, "summary"}
        common = [name for name in LAST_OF_FIRST if BETWEEN.get(name, name) in asked]
        names = [*ALWAYS_FIRST, *own, *common]
        return [self[name] for name in names if name in self.fields]

    @property
    def more_fields(self):
        first = {field.name for field in self.first_fields}
        hidden = {"uuid", "version", "tab"} | {field.name for section in self.sections for field in section["fields"]}
        own = [name for name in self.fields if name.startswith(f"{DETAILS}-")]
        common = [name for name in self.fields if name not in own]
        return [self[name] for name in (*own, *common) if name not in first | hidden]

    @property
    def sections(self):
        """The kind's tabs, each with its questions; open is the one with something to correct, else the first."""
        sections = [
            {"code": code, "label": label, "fields": [self[f"{DETAILS}-{name}"] for name in names]}
            for code, label, names in self.kind.sections
        ]
        wrong = (row for row in sections if any(field.errors for field in row["fields"]))
        opened = next(wrong, sections[0] if sections else None)
        return [row | {"is_open": row is opened} for row in sections]

    @property
    def more_is_open(self):
        return any(field.errors for field in self.more_fields)

    # --- checking ---
    def clean_version(self):
        return self.cleaned_data["version"] or 0

    def clean_starts_at(self):
        starts_at = self.cleaned_data["starts_at"]
        validate_start(starts_at, timezone.now())
        return starts_at

    def clean_minutes(self):
        minutes = self.cleaned_data["minutes"]
        if minutes is None:
            return self.kind.default_minutes
        validate_minutes(minutes)
        return minutes

    def clean_participants(self):
        participants = self.cleaned_data["participants"]
        if participants is not None:
            validate_participants(participants)
        return participants

    def clean(self):
        cleaned = super().clean()
        if not self.details.is_valid():
            for name, errors in self.details.errors.items():
                target = None if name == "__all__" else f"{DETAILS}-{name}"
                if target is None or target not in self.errors:
                    self.add_error(target, errors)
        if (cleaned.get("participants") or 0) > MANY_PARTICIPANTS and not cleaned.get("participants_confirmed"):
            self.add_error("participants", _("More than 1000 people? If that is right, tick “Yes, that many”."))
        if "organization" in self.errors and not cleaned.get("organization") and cleaned.get("organization_search"):
            self._search_organization(cleaned)
        return cleaned

    def _search_organization(self, cleaned):
        """Without scripts the search is answered by the form itself: one match is taken, of several one is chosen."""
        found = list(self.fields["organization"].queryset.search(cleaned["organization_search"])[: SUGGESTED + 1])
        del self._errors["organization"]
        if len(found) == 1:
            cleaned["organization"] = found[0]
            self.suggest(found)
        elif found:
            self.suggest(found[:SUGGESTED])
            self.add_error("organization", _("Several organizations match. Please choose one from the list."))
        else:
            self.add_error("organization", _("No organization of yours matches. Please search by another word."))

    def values(self):
        """What the services take."""
        names = ("organization", "starts_at", "minutes", "place_text", "participants", "summary", "next_step", "led_by")
        return {name: self.cleaned_data.get(name) for name in names} | {
            "details": self.kind.as_details(self.details.cleaned_data)
        }

    # --- what it starts with ---
    @staticmethod
    def initial_of(activity):
        """The record's values, or what was typed when it is a draft, by field name."""
        start = {"uuid": activity.uuid, "version": activity.version}
        if activity.is_draft:
            return start | {name: value for name, value in activity.payload.items() if name != "tab"}
        return (
            start
            | ActivityForm._common(activity)
            | {
                "starts_at": activity.starts_at,
                "summary": activity.summary,
                "next_step": activity.next_step,
                **{f"{DETAILS}-{name}": value for name, value in activity.details.items()},
            }
        )

    @staticmethod
    def repeat_of(activity):
        """Once more: what stays the same from time to time; the time is now and the texts are new."""
        return ActivityForm._common(activity)

    @staticmethod
    def _common(activity):
        return {
            "organization": activity.organization.uuid,
            "place_text": activity.place_text,
            "participants": activity.participants,
            "led_by": activity.led_by,
            "minutes": activity.minutes,
        }


class ActivityReturnForm(PageForm):
    reason = forms.CharField(
        label=gettext_lazy("What should be changed?"),
        help_text=gettext_lazy("The person who recorded it reads this."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Please say what to change.")},
    )


def readable(form, raw):
    """{label: text} of raw values by field name, as people read them: for showing two versions side by side."""
    shown = {}
    for name, field in form.fields.items():
        if name in {"uuid", "version", "tab", "organization_search", "participants_confirmed"}:
            continue
        value = raw.get(name)
        if name == "starts_at" and hasattr(value, "astimezone"):
            value = timezone.localtime(value)
        if name == "starts_at" and hasattr(value, "strftime"):
            value = value.strftime("%Y-%m-%d %H:%M")
        elif name == "starts_at":
            value = str(value or "").replace("T", " ")
        elif name == "organization":
            value = _organization_name(field, value)
        elif isinstance(field, forms.BooleanField):
            value = _("yes") if value not in (None, "", False, "false") else _("no")
        elif isinstance(field, forms.ChoiceField):
            value = dict(field.choices).get(value or "", value)
        shown[str(field.label)] = "" if value is None else str(value)
    return shown


def _organization_name(field, value):
    try:
        found = field.queryset.filter(uuid=uuids.UUID(str(value))).first()
    except ValueError:
        return ""
    return found.name if found else ""


def conflict_rows(form, current):
    """[(label, mine, theirs)] of what differs between what was sent and the record as it is now."""
    mine, theirs = readable(form, form.data), readable(form, ActivityForm.initial_of(current))
    return [(label, text, theirs[label]) for label, text in mine.items() if text != theirs[label]]


def recent_pairs(user, limit=4):
    """The author's last different pairs of kind and organization that they may record: [Activity], newest first."""
    recent = (
        Activity.objects.handed_in()
        .filter(recorded_by=user, organization__in=organizations_to_log(user).values("pk"))
        .select_related("organization")
        .only("uuid", "kind", "kind_version", "title", "organization__name", "organization__uuid", "updated_at")
        .order_by("-updated_at", "-pk")[:50]
    )
    found = {}
    for activity in recent:
        found.setdefault((activity.kind, activity.organization_id), activity)
    return list(found.values())[:limit]
