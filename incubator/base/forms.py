"""What all forms share: the identifier that makes a double click harmless, and the crispy helper."""

import uuid

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext

# On a widget whose options are people's own words (names of places, organizations …), so that nobody takes them for
# untranslated ones.
OWN_WORDS = {"data-user-content": ""}


def page_helper():
    """A crispy helper that renders fields only: the template owns the form tag, the token and the buttons."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.form_show_errors = True
    return helper


class PageForm(forms.Form):
    """A form on a page. ``use_required_attribute`` stays off: the server says what is missing, in one summary."""

    use_required_attribute = False
    required_css_class = "required"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = page_helper()
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.widget.attrs.update(OWN_WORDS)


class EditionForm(PageForm):
    """A form that changes a record. It carries the edition of the record that the person saw (base.models.Record)."""

    edition = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)


def differences(form, fresh):
    """(label, as typed, as kept now) of the fields in which a sent form and one of the record as it is now differ."""
    rows = []
    for bound in form.visible_fields():
        mine, theirs = _told(bound, bound.value()), _told(bound, fresh[bound.name].value())
        if mine != theirs:
            rows.append((bound.label, mine, theirs))
    return rows


def _told(bound, value):
    """A raw value as people read it."""
    field = bound.field
    if isinstance(field, forms.BooleanField):
        return gettext("yes") if field.to_python(value) else gettext("no")
    if isinstance(field, forms.ChoiceField):
        value = "" if value is None else value
        return next((str(label) for code, label in field.choices if str(code) == str(value)), "") if value else ""
    return str(field.widget.format_value(value) or "").strip().replace("\r\n", "\n")


class CreateOnceForm(PageForm):
    """A form that makes a record. Its identifier is minted when the form is shown and comes back with it, so the second
    of two clicks finds the record of the first."""

    uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["uuid"].initial = uuid.uuid4

    def clean_uuid(self):
        return self.cleaned_data["uuid"] or uuid.uuid4()
