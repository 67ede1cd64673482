"""A week at the desk: ten rows, each a record with an identifier of its own."""

import datetime
import uuid as uuids

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.choices import Outcome
from projects.forms.activity_questions import DATETIME_LOCAL
from projects.querysets import organizations_to_log
from projects.services.activity import minutes_of_day
from projects.services.kind import get_kind
from projects.validators import (
    LONG_DAY,
    MANY_PARTICIPANTS,
    in_hours,
    validate_day,
    validate_minutes,
    validate_participants,
    validate_start,
)  # fmt: skip

ROWS = 10
IN_DATALIST = 500
TYPED = ("organization", "day", "begin", "minutes", "participants", "summary")


class WeekRowForm(forms.Form):
    """Nothing is needed of an empty row; of one that is begun, what a record needs. ``names``: {label: organization}."""

    use_required_attribute = False
    uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    organization = forms.CharField(
        label=gettext_lazy("Organization"), max_length=150, required=False,
        widget=forms.TextInput(attrs={"list": "week-organizations", "autocomplete": "off"}),
    )  # fmt: skip
    day = forms.DateField(
        label=gettext_lazy("Date"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    begin = forms.TimeField(
        label=gettext_lazy("Begin"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"), required=False, widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )
    participants = forms.IntegerField(
        label=gettext_lazy("Participants"), required=False, widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )
    summary = forms.CharField(
        label=gettext_lazy("What happened"), max_length=5000, required=False,
        widget=forms.Textarea(attrs={"rows": 1}),
    )  # fmt: skip
    confirmed = forms.BooleanField(label=gettext_lazy("Yes, that is right"), required=False)

    def __init__(self, *args, user, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.asks_back = user, False
        self.fields["kind"].choices = kinds
        self.fields["uuid"].initial = uuids.uuid4
        for name, field in self.fields.items():
            field.widget.attrs["aria-label"] = str(field.label)
            if name not in {"uuid", "confirmed"}:
                field.widget.attrs["class"] = "form-select" if name == "kind" else "form-control"

    @property
    def is_empty(self):
        return not any(str(self.data.get(self.add_prefix(name)) or "").strip() for name in TYPED)

    def clean_uuid(self):
        return self.cleaned_data["uuid"] or uuids.uuid4()

    def clean_organization(self):
        text = self.cleaned_data["organization"].strip()
        if not text:
            raise ValidationError(_("Please choose the organization."))
        name, _dot, place = (part.strip() for part in text.partition("·"))
        reach = organizations_to_log(self.user).select_related("community")
        found = reach.filter(name=name, **({"community__name": place} if place else {})).order_by("pk")[:2]
        found = list(found) or list(reach.search(text).order_by("pk")[:2])
        if len(found) != 1:
            sentence = _("“%(name)s” is not the name of exactly one of your organizations.")
            raise ValidationError(sentence % {"name": text})
        return found[0]

    def clean(self):
        cleaned = super().clean()
        code = cleaned.get("kind")
        kind = get_kind(code) if code else None
        if kind is None:
            self.add_error("kind", _("Please choose the kind."))
            return cleaned
        for name, sentence in (
            ("day", _("Please give the day.")), ("begin", _("Please say when it began.")),
        ):  # fmt: skip
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        for name in ("participants", "summary"):
            if name in kind.required_questions and cleaned.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, _("This is needed."))
        if "minutes" not in self.errors and cleaned.get("minutes") is None:
            cleaned["minutes"] = kind.default_minutes
        if not self.errors:
            self._check(cleaned)
        return cleaned

    def _check(self, cleaned):
        zone = timezone.get_current_timezone()
        cleaned["starts_at"] = datetime.datetime.combine(cleaned["day"], cleaned["begin"], zone)
        checks = [
            ("day", lambda: validate_start(cleaned["starts_at"], timezone.now())),
            ("minutes", lambda: validate_minutes(cleaned["minutes"])),
            ("minutes", lambda: self._check_day(cleaned)),
        ]
        if cleaned.get("participants") is not None:
            checks.append(("participants", lambda: validate_participants(cleaned["participants"])))
        for name, check in checks:
            try:
                check()
            except ValidationError as error:
                self.add_error(name, error)
                return
        if (cleaned.get("participants") or 0) > MANY_PARTICIPANTS and not cleaned.get("confirmed"):
            self.asks_back = True
            self.add_error("participants", _("More than 1000 people? If that is right, tick “Yes, that is right”."))

    def _check_day(self, cleaned):
        already = minutes_of_day(self.user, cleaned["starts_at"], besides=cleaned["uuid"])
        validate_day(cleaned["minutes"], already)
        total = cleaned["minutes"] + already
        if total > LONG_DAY and not cleaned.get("confirmed"):
            self.asks_back = True
            sentence = _("That makes %(hours)s hours on this day. If that is right, tick “Yes, that is right”.")
            raise ValidationError(sentence % {"hours": in_hours(total)})

    def values(self):
        """What the service takes. Of a kind's own questions the usual answers stand; the rest is told by correcting."""
        cleaned = self.cleaned_data
        return {
            "organization": cleaned["organization"], "starts_at": cleaned["starts_at"], "minutes": cleaned["minutes"],
            "participants": cleaned.get("participants"), "summary": cleaned.get("summary") or "",
            "outcome": Outcome.HELD, "details": get_kind(cleaned["kind"]).as_details(self._usual),
        }  # fmt: skip

    @property
    def _usual(self):
        return {
            name: field.initial for name, field in get_kind(self.cleaned_data["kind"]).details_form.base_fields.items()
        }

    @property
    def lacks_answers(self):
        """Whether the kind has to know something of its own that the row has no room for."""
        return bool(get_kind(self.cleaned_data["kind"]).details_form(self._usual).errors)

    def payload(self):
        """What a draft of it holds: the row as the form of its kind would send it."""
        cleaned, confirmed = self.cleaned_data, "on" if self.cleaned_data.get("confirmed") else ""
        participants = cleaned.get("participants")
        return {
            "organization": str(cleaned["organization"].uuid), "minutes": str(cleaned["minutes"]),
            "starts_at": cleaned["starts_at"].strftime(DATETIME_LOCAL), "summary": cleaned.get("summary") or "",
            "participants": "" if participants is None else str(participants), "outcome": Outcome.HELD.value,
            "participants_confirmed": confirmed, "day_confirmed": confirmed,
        }  # fmt: skip


def organization_names(user):
    """Labels of the organizations in reach, as the list behind the field offers them."""
    found = organizations_to_log(user).order_by("pinyin", "pk").values_list("name", "community__name")[:IN_DATALIST]
    return [f"{name} · {place}" for name, place in found]
