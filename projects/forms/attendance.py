"""The roll of an activity. What somebody else noted meanwhile stays: only what this person changed is sent on."""

import json
import uuid as uuids

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incubator.base.forms import PageForm
from organizations.forms.files import UploadField
from projects.choices import AgeGroup, AttendanceStatus
from projects.registries import printable
from projects.services.attendance import MAX_GUESTS
from projects.validators import MANY_PARTICIPANTS, MAX_MINUTES, MAX_PARTICIPANTS

MANY = gettext_lazy("More than 1000 people? If that is right, tick “Yes, that many”.")


def _number_field(label, **kwargs):
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=MAX_PARTICIPANTS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 0}),
        error_messages={
            "min_value": gettext_lazy("Please check the number of participants."),
            "max_value": gettext_lazy("Please check the number of participants."),
        },
        **kwargs,
    )


class AttendanceTakeForm(PageForm):
    """``roll`` are the lines that the person may read, ``count`` the numbers as they are. The states and minutes of the
    lines are no fields of the form (there may be hundreds): ``status-<member>`` and ``minutes-<row>`` in what is sent,
    beside ``seen``, what stood there when the page was opened."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200_000)
    guests = forms.CharField(
        label=gettext_lazy("Who else came"),
        help_text=gettext_lazy(
            "One name per line. They are no members; whoever has the name of a member is that member."
        ),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    many_confirmed = forms.BooleanField(label=gettext_lazy("Yes, that many"), required=False)

    def __init__(self, *args, roll, count, rows=(), **kwargs):
        self.roll, self.count, self.rows = roll, count, list(rows)
        super().__init__(*args, **kwargs)
        for group in AgeGroup:
            self.fields[f"group-{group}"] = _number_field(group.label)
            self.initial[f"group-{group}"] = count.groups.get(group)
        self.initial["seen"] = json.dumps(self._as_it_is())
        if not (self.is_bound and self._is_many()):
            del self.fields["many_confirmed"]

    def _as_it_is(self):
        return {
            "status": {str(line.member.uuid): line.status for line in self.roll},
            "groups": {str(group): self.count.groups.get(group, 0) for group in AgeGroup},
            "minutes": {str(row.uuid): row.minutes for row in self.rows},
        }

    def _is_many(self):
        numbers = [str(self.data.get(f"group-{group}", "")).strip() for group in AgeGroup]
        return sum(int(text) for text in numbers if text.isdecimal() and len(text) < 9) > MANY_PARTICIPANTS

    # --- how the page shows it ---
    @property
    def lines(self):
        """[(line, state, whether its organization is another than that of the line before)], as sent or as kept."""
        shown, before = [], None
        for line in self.roll:
            status = self.data.get(f"status-{line.member.uuid}", "") if self.is_bound else line.status
            shown.append((line, status, line.member.organization_id != before))
            before = line.member.organization_id
        return shown

    @property
    def timed(self):
        """[(row, minutes as sent or kept)] of those who are there."""
        return [
            (row, self.data.get(f"minutes-{row.uuid}", "") if self.is_bound else row.minutes or "") for row in self.rows
        ]

    @property
    def states(self):
        return AttendanceStatus.choices

    @property
    def groups(self):
        return [self[f"group-{group}"] for group in AgeGroup]

    # --- checking ---
    def clean_seen(self):
        try:
            seen = json.loads(self.cleaned_data["seen"] or "{}")
        except ValueError:
            seen = {}
        return seen if isinstance(seen, dict) else {}

    def clean_guests(self):
        names = [" ".join(printable(line).split()) for line in self.cleaned_data["guests"].splitlines()]
        names = list(dict.fromkeys(name for name in names if name))
        if any(len(name) > 60 for name in names):
            raise forms.ValidationError(_("One of the lines is longer than a name. Please write one name per line."))
        if len(names) > MAX_GUESTS:
            raise forms.ValidationError(_("That are too many names. Please count further people without names."))
        return names

    def clean(self):
        cleaned = super().clean()
        if "many_confirmed" in self.fields and not cleaned.get("many_confirmed"):
            self.add_error(None, MANY)
        seen = cleaned.get("seen") or {}
        cleaned["marks"] = self._marks(seen.get("status") or {})
        cleaned["minutes"] = self._minutes(seen.get("minutes") or {})
        cleaned["groups"] = self._groups(seen.get("groups") or {})
        return cleaned

    def _marks(self, seen):
        marks = {}
        for line in self.roll:
            key = str(line.member.uuid)
            status = self.data.get(f"status-{key}", "")
            if status in AttendanceStatus.values and status != seen.get(key, ""):
                marks[line.member.pk] = status
        return marks

    def _minutes(self, seen):
        minutes = {}
        for key, before in seen.items():
            if (text := str(self.data.get(f"minutes-{key}", before or "")).strip()) == str(before or ""):
                continue
            if text and not (text.isdecimal() and len(text) < 6 and 1 <= int(text) <= MAX_MINUTES):
                self.add_error(None, _("Minutes are between 1 and 1440."))
                break
            try:
                minutes[uuids.UUID(key)] = int(text) if text else None
            except ValueError:
                continue
        return minutes

    def _groups(self, seen):
        groups = {}
        for group in AgeGroup:
            number = self.cleaned_data.get(f"group-{group}") or 0
            if f"group-{group}" in self.data and number != seen.get(str(group), 0):
                groups[group] = number
        return groups

    def values(self, *, fill=False):
        """What the service takes; ``fill``: whoever nobody noted is there."""
        cleaned = self.cleaned_data
        return {
            "marks": cleaned["marks"], "guests": cleaned["guests"], "groups": cleaned["groups"],
            "minutes": cleaned["minutes"], "fill": [line.member.pk for line in self.roll] if fill else (),
        }  # fmt: skip


class AttendanceSheetAddForm(PageForm):
    file = UploadField(
        label=gettext_lazy("Photo of the signed sheet"),
        help_text=gettext_lazy("One photo, up to 10 MB, or a PDF. Nobody has to type the names."),
    )
    total = forms.IntegerField(
        label=gettext_lazy("How many people came in all?"),
        min_value=1,
        max_value=MAX_PARTICIPANTS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 1}),
        error_messages={
            "required": gettext_lazy("Please say how many people came."),
            "min_value": gettext_lazy("Please check the number of participants."),
            "max_value": gettext_lazy("Please check the number of participants."),
        },
    )
    many_confirmed = forms.BooleanField(label=gettext_lazy("Yes, that many"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        raw = str(self.data.get("total", "")).strip() if self.is_bound else ""
        if not (raw.isdecimal() and len(raw) < 9 and int(raw) > MANY_PARTICIPANTS):
            del self.fields["many_confirmed"]

    def clean(self):
        cleaned = super().clean()
        if "many_confirmed" in self.fields and not cleaned.get("many_confirmed"):
            self.add_error("total", MANY)
        return cleaned
