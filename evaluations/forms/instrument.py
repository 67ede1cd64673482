"""Forms of the questionnaire builder: the questionnaire, a section, a question of each kind, a scale, a file."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from evaluations.choices import Subject
from evaluations.policies.instrument import places_to_make_in
from evaluations.services.instrument_sheet import SheetRefused, read_questionnaire
from evaluations.validators import MAX_LINE, MAX_NAME, MAX_TEXT
from incubator.base.forms import CreateOnceForm, EditionForm, PageForm
from incubator.divisions.models import Division
from incubator.importing.readers import FileRefused
from projects.choices import NeedLevel

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


def line(label, **options):
    return forms.CharField(label=label, **{"max_length": MAX_LINE, **options})


def english(label, **options):
    return line(label, required=False, **options)


def paragraph(label, **options):
    return forms.CharField(
        label=label, max_length=MAX_TEXT, required=False, widget=forms.Textarea(attrs={"rows": 3}), **options
    )


class PlaceFields(forms.Form):
    division = forms.ModelChoiceField(
        label=gettext_lazy("For which place"), queryset=Division.objects.none(), to_field_name="code",
        empty_label=gettext_lazy("Please choose"),
        help_text=gettext_lazy("It is used and read in this place and all that lies in it."),
    )  # fmt: skip

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        codes = [place.code for place in places_to_make_in(user)]
        self.fields["division"].queryset = Division.objects.filter(code__in=codes).order_by("code")
        if len(codes) == 1:
            self.fields["division"].initial = codes[0]


class HeadFields(forms.Form):
    title = line(
        gettext_lazy("Title"), max_length=120, error_messages={"required": gettext_lazy("Please give it a title.")}
    )
    title_en = english(gettext_lazy("Title in English"), max_length=120)
    subject = forms.ChoiceField(
        label=gettext_lazy("Whom is it about?"),
        choices=Subject.choices,
        initial=Subject.MEMBER,
        widget=forms.RadioSelect,
    )
    intro = paragraph(
        gettext_lazy("Words at the beginning"),
        help_text=gettext_lazy("What it is for, how long it takes, who reads the answers."),
    )
    intro_en = paragraph(gettext_lazy("Words at the beginning in English"))
    is_validated = forms.BooleanField(
        label=gettext_lazy("It was tested for reliability and validity"), required=False,
        help_text=gettext_lazy("Leave it empty for questionnaires of your own: every page then says that it is not tested."),
    )  # fmt: skip
    source = line(
        gettext_lazy("Where it comes from"), required=False,
        help_text=gettext_lazy("Who made it. When it was tested: who tested it, and where one can read it."),
    )  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("is_validated") and not cleaned.get("source"):
            self.add_error("source", _("Who tested it, and where can one read it?"))
        return cleaned

    def values(self):
        names = ("title", "title_en", "subject", "is_validated", "source")
        return {name: self.cleaned_data[name] for name in names} | {"intro": both(self.cleaned_data, "intro")}


class InstrumentCreateForm(PlaceFields, HeadFields, CreateOnceForm):
    field_order = ("title", "title_en", "division")


class InstrumentUpdateForm(HeadFields, EditionForm):
    pass


class InstrumentCopyForm(PlaceFields, CreateOnceForm):
    title = line(gettext_lazy("Title"), max_length=120)
    title_en = english(gettext_lazy("Title in English"), max_length=120)


class FileFields(forms.Form):
    """``file`` comes out as the content that was read from it; what is wrong is told row by row."""

    file = forms.FileField(
        label=gettext_lazy("Excel file"), allow_empty_file=True, widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=gettext_lazy("An .xlsx as the export of a questionnaire gives it, of at most 2 MB."),
        error_messages={"required": gettext_lazy("Please choose the file.")},
    )  # fmt: skip

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload.size > MAX_FILE:
            raise forms.ValidationError(_("The file is larger than 2 MB. Please save only the two sheets."))
        try:
            return read_questionnaire(upload.read())
        except SheetRefused as refused:
            raise forms.ValidationError(refused.sentences) from refused
        except FileRefused as refused:
            raise forms.ValidationError(str(refused)) from refused


class InstrumentImportForm(PlaceFields, FileFields, CreateOnceForm):
    field_order = ("file", "division")
    subject = forms.ChoiceField(
        label=gettext_lazy("Whom is it about?"),
        choices=Subject.choices,
        initial=Subject.MEMBER,
        widget=forms.RadioSelect,
    )


class InstrumentReplaceForm(FileFields, PageForm):
    pass


class SectionFields(forms.Form):
    title = line(pgettext_lazy("of a section", "heading"), required=False)
    title_en = english(pgettext_lazy("of a section", "heading in English"))
    text = paragraph(gettext_lazy("Words below the heading"))
    text_en = paragraph(gettext_lazy("Words below the heading in English"))

    def values(self):
        return {"title": both(self.cleaned_data, "title"), "text": both(self.cleaned_data, "text")}

    @staticmethod
    def initial_of(row):
        return unfold(row, title="title", text="text")


class InstrumentSectionAddForm(SectionFields, CreateOnceForm):
    pass


class InstrumentSectionUpdateForm(SectionFields, PageForm):
    pass


class ScaleFields(forms.Form):
    label = line(
        pgettext_lazy("scale", "Name of the scale"), max_length=MAX_NAME,
        error_messages={"required": gettext_lazy("Please give the scale a name.")},
    )  # fmt: skip
    label_en = english(gettext_lazy("Name in English"), max_length=MAX_NAME)
    level = forms.ChoiceField(
        label=gettext_lazy("Level of needs"), required=False, widget=forms.RadioSelect,
        choices=[("", gettext_lazy("none of them")), *NeedLevel.choices],
    )  # fmt: skip
    min_answered = forms.IntegerField(
        label=gettext_lazy("Answers needed"), min_value=1, max_value=100, initial=1,
        help_text=gettext_lazy("With fewer answers than this a person has no figure on the scale."),
    )  # fmt: skip
    higher_is_better = forms.BooleanField(label=gettext_lazy("Higher is better"), required=False, initial=True)

    def values(self):
        data = self.cleaned_data
        return {name: data[name] for name in ("level", "min_answered", "higher_is_better")} | {
            "label": both(data, "label")
        }

    @staticmethod
    def initial_of(row):
        return unfold(row, label="label") | {name: row[name] for name in ("level", "min_answered", "higher_is_better")}


class InstrumentScaleAddForm(ScaleFields, CreateOnceForm):
    pass


class InstrumentScaleUpdateForm(ScaleFields, PageForm):
    pass
