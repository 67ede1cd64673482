import re

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from incubator.base.forms import CreateOnceForm, EditionForm, PageForm
from organizations.choices import LeaveReason, Position
from organizations.forms.phone import DayField, PhoneField
from organizations.validators import tidy_phone

NAME_LENGTH = 60
MAX_LINES = 200
SEPARATORS = re.compile(r"[,，、;；\t]")
# Without a comma the number is what follows the last word: "Wang Fang 138 1234 5678".
TRAILING_NUMBER = re.compile(r"^(.*?\S)[\s　]+(\+?[0-9０-９][0-9０-９\s\-()（）]{4,})$")


class MemberFields(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=NAME_LENGTH, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    phone = PhoneField(label=_("Phone"), required=False)
    joined_on = DayField(label=_("Member since"), required=False)
    skills = forms.CharField(label=_("Good at"), max_length=200, required=False)
    is_backbone = forms.BooleanField(
        label=_("Backbone member"), required=False, help_text=_("Carries the activities together with the leader.")
    )
    is_successor = forms.BooleanField(label=_("Could take over as leader"), required=False)
    is_reserve_talent = forms.BooleanField(
        label=_("Reserve talent"), required=False, help_text=_("Somebody to be trained for a later task.")
    )

    def clean_joined_on(self):
        return not_to_come(self.cleaned_data["joined_on"])


def not_to_come(day):
    if day and day > timezone.localdate():
        raise forms.ValidationError(gettext("This day is still to come."))
    return day


class MembershipAddForm(MemberFields, CreateOnceForm):
    position = forms.ChoiceField(label=_("Position"), choices=Position.choices, initial=Position.MEMBER)

    field_order = ("name", "phone", "position", "joined_on")


class MembershipUpdateForm(MemberFields, EditionForm):
    pass


class MembershipAppointForm(PageForm):
    position = forms.ChoiceField(label=_("Position"), choices=Position.choices, widget=forms.RadioSelect)


class MembershipEndForm(PageForm):
    left_on = DayField(label=_("Left on"), initial=timezone.localdate)
    reason = forms.ChoiceField(label=_("Reason (if known)"), choices=LeaveReason.choices, required=False)

    def clean_left_on(self):
        return not_to_come(self.cleaned_data["left_on"])


class MembershipAddSeveralForm(CreateOnceForm):
    people = forms.CharField(
        label=_("One person per line"),
        widget=forms.Textarea(attrs={"rows": 10, "autocomplete": "off"}),
        max_length=20_000,
        help_text=_("Name, then the phone if you have it, with a comma or a space between."),
    )
    joined_on = DayField(label=_("Members since"), required=False)

    def clean_joined_on(self):
        return not_to_come(self.cleaned_data["joined_on"])

    def clean_people(self):
        """[(line, name, phone)] of the lines that are not empty; an error names every line that cannot be read."""
        people, problems = [], []
        for line, text in enumerate(self.cleaned_data["people"].splitlines(), start=1):
            if not text.strip():
                continue
            try:
                people.append((line, *read_line(text)))
            except forms.ValidationError as error:
                problems.append(gettext("Line %(line)s: %(problem)s") % {"line": line, "problem": error.messages[0]})
        if len(people) > MAX_LINES:
            problems.append(gettext("Please add at most %(number)s people at a time.") % {"number": MAX_LINES})
        if not people and not problems:
            problems.append(gettext("Please write at least one name."))
        if problems:
            raise forms.ValidationError(problems)
        return people


def read_line(text):
    """(name, phone) of one line."""
    parts = [part.strip() for part in SEPARATORS.split(text.strip()) if part.strip()]
    if len(parts) == 1 and (match := TRAILING_NUMBER.match(parts[0])):
        parts = [match[1], match[2]]
    if not parts or len(parts) > 2:
        raise forms.ValidationError(gettext("there should be a name and at most one phone number."))
    name, phone = parts[0], parts[1] if len(parts) > 1 else ""
    if len(name) > NAME_LENGTH:
        raise forms.ValidationError(gettext("the name is too long."))
    if not re.search(r"[^\W\d_]", name):
        raise forms.ValidationError(gettext("the name is missing."))
    try:
        return name, tidy_phone(phone)
    except ValueError as error:
        raise forms.ValidationError(gettext("this is no phone number.")) from error
