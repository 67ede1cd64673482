from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from incubator.base.forms import OWN_WORDS, CreateOnceForm, PageForm
from incubator.divisions.choices import Setting
from incubator.divisions.codes import is_code
from incubator.divisions.services import edition_of
from incubator.importing.readers import MAX_BYTES

SHIPPED = settings.BASE_DIR / "data" / "divisions-2023.csv.gz"


class BatchUploadForm(CreateOnceForm):
    file = forms.FileField(
        label=_("List"),
        help_text=_(
            "An .xlsx file or CSV, up to 10 MB and 5,000 rows, as you keep it: titles and sums may stay in it."
        ),
        allow_empty_file=True,  # refused by the reader, with a sentence that says what to do
        max_length=200,
    )

    def __init__(self, *args, areas=None, **kwargs):
        super().__init__(*args, **kwargs)
        if areas is not None:
            self.fields["area"] = forms.ModelChoiceField(
                areas.order_by("code"),
                to_field_name="code",
                label=_("For which place"),
                empty_label=None,
                widget=forms.Select(attrs=OWN_WORDS),
            )
            self.order_fields(["area", "file"])

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload.size > MAX_BYTES:
            raise forms.ValidationError(
                _t("The file is larger than 10 MB. Please split the list or remove pictures from it.")
            )
        return upload


class DivisionImportForm(CreateOnceForm):
    source = forms.ChoiceField(
        label=_("Which code list"),
        choices=[("shipped", _("the list of 2023 that comes with the platform")), ("file", _("a file of my own"))],
        widget=forms.RadioSelect,
        initial="shipped",
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,
        max_length=200,
        help_text=_("CSV in UTF-8 with the head <code>code,name</code>, plain or as .gz."),
    )
    under = forms.CharField(
        label=_("Only these places and all in them"),
        required=False,
        max_length=200,
        help_text=_("Codes with spaces between, for example 330102. Empty: the whole list."),
    )
    edition = forms.DateField(
        label=_("Valid as of"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Empty: 30 June of the year in the file's name, else today."),
    )

    def clean_under(self):
        codes = self.cleaned_data["under"].replace(",", " ").replace("，", " ").replace("、", " ").split()
        for code in codes:
            if not is_code(code):
                raise forms.ValidationError(
                    _t("“%(code)s” is not a code of 2, 4, 6, 9 or 12 digits.") % {"code": code[:40]}
                )
        return codes

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("source") == "file" and not cleaned.get("file") and "file" not in self.errors:
            self.add_error("file", _t("Please choose the file."))
        return cleaned

    def content(self):
        """(file name, bytes) of what was chosen."""
        if self.cleaned_data["source"] == "shipped":
            return SHIPPED.name, SHIPPED.read_bytes()
        upload = self.cleaned_data["file"]
        return upload.name, upload.read()

    def edition_for(self, file_name):
        return self.cleaned_data["edition"] or edition_of(file_name, today=timezone.localdate())


class DivisionSettingForm(PageForm):
    setting = forms.ChoiceField(
        label=_("Urban or rural"),
        required=False,
        choices=[
            (Setting.URBAN, Setting.URBAN.label),
            (Setting.RURAL, Setting.RURAL.label),
            ("", _("as its code says")),
        ],
        widget=forms.RadioSelect,
        help_text=_("Decides which target holds: 10 organizations in an urban community, 5 in a rural one."),
    )
