"""What the forms of questionnaires and of growth standards share: the place, words in both languages, a workbook."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incubator.base.forms import OWN_WORDS
from incubator.divisions.models import Division
from incubator.importing.readers import FileRefused, SheetRefused

MAX_FILE = 2 * 1024 * 1024


def both(data, name):
    """{language: text} of the fields ``name`` and ``name_en``."""
    return {"zh-hans": data.get(name, ""), "en": data.get(f"{name}_en", "")}


def unfold(row, **names):
    """The initial values of such pairs of fields: field=key of the content's row."""
    found = {}
    for name, key in names.items():
        value = row.get(key) or {}
        found |= {name: value.get("zh-hans", ""), f"{name}_en": value.get("en", "")}
    return found


class PlaceFields(forms.Form):
    """``places`` are those that the person may choose among."""

    division = forms.ModelChoiceField(
        label=gettext_lazy("For which place?"), queryset=Division.objects.none(), to_field_name="code",
        empty_label=gettext_lazy("Please choose"), widget=forms.Select(attrs=OWN_WORDS),
    )  # fmt: skip
    place_help = ""

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["division"]
        field.help_text = self.place_help
        field.queryset = Division.objects.filter(pk__in=[place.pk for place in places]).order_by("code")
        if len(places) == 1:
            field.initial = places[0].code


class WorkbookFields(forms.Form):
    """The field ``file`` comes out as the content that ``read(bytes)`` finds in it; what is wrong is told row by row."""

    read = None

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload.size > MAX_FILE:
            raise forms.ValidationError(_("The file is larger than 2 MB. Please save only the tables."))
        try:
            return self.read(upload.read())
        except SheetRefused as refused:
            raise forms.ValidationError(refused.sentences) from refused
        except FileRefused as refused:
            raise forms.ValidationError(str(refused)) from refused
