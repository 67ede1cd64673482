"""Forms of the questionnaire builder: the questionnaire, a section, a question of each kind, a scale, a file."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from evaluations.choices import Subject
from evaluations.forms.edition import PlaceFields, WorkbookFields, both, unfold
from evaluations.services.instrument_sheet import read_questionnaire
from evaluations.validators import MAX_LINE, MAX_NAME, MAX_TEXT
from incubator.base.forms import CreateOnceForm, EditionForm, PageForm
from projects.choices import NeedLevel


def line(label, **options):
    return forms.CharField(label=label, **{"max_length": MAX_LINE, **options})


def english(label, **options):
    return line(label, required=False, **options)


def paragraph(label, **options):
    return forms.CharField(
        label=label, max_length=MAX_TEXT, required=False, widget=forms.Textarea(attrs={"rows": 3}), **options
    )


class InstrumentPlaceFields(PlaceFields):
    place_help = gettext_lazy("It is used and read in this place and all that lies in it.")


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


class InstrumentCreateForm(InstrumentPlaceFields, HeadFields, CreateOnceForm):
    field_order = ("title", "title_en", "division")


class InstrumentUpdateForm(HeadFields, EditionForm):
    pass


class InstrumentCopyForm(InstrumentPlaceFields, CreateOnceForm):
    title = line(gettext_lazy("Title"), max_length=120)
    title_en = english(gettext_lazy("Title in English"), max_length=120)


class FileFields(WorkbookFields):
    file = forms.FileField(
        label=gettext_lazy("Excel file"), allow_empty_file=True, widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=gettext_lazy("An .xlsx as the export of a questionnaire gives it, of at most 2 MB."),
        error_messages={"required": gettext_lazy("Please choose the file.")},
    )  # fmt: skip

    read = staticmethod(read_questionnaire)


class InstrumentImportForm(InstrumentPlaceFields, FileFields, CreateOnceForm):
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
