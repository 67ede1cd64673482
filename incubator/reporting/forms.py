from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from incubator.base.errors import RuleViolation
from incubator.base.files import OFFICE, inspect_upload
from incubator.base.forms import CreateOnceForm
from incubator.divisions.models import Division
from incubator.reporting.policies import PAPER_KEEPERS
from incubator.reporting.services import MAX_BYTES


class PaperTemplateUploadForm(CreateOnceForm):
    division = forms.ModelChoiceField(
        label=_("For which place"),
        queryset=Division.objects.none(),
        to_field_name="code",
        required=False,
        help_text=_("It is used for everything in this place."),
    )
    file = forms.FileField(
        label=_("Word file"),
        help_text=_("A .docx of at most 5 MB, best made from the paper that ships."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        codes = [place.code for place in user.access.divisions(*PAPER_KEEPERS)]
        self.fields["division"].queryset = Division.objects.current().filter(code__in=codes).order_by("code")
        self.fields["division"].empty_label = _("everybody") if user.access.is_platform_admin else _("Please choose")
        self.fields["division"].required = not user.access.is_platform_admin

    def clean_file(self):
        try:
            inspect_upload(self.cleaned_data["file"], allowed={"docx": OFFICE["docx"]}, max_bytes=MAX_BYTES)
        except RuleViolation as error:
            raise ValidationError(str(error)) from error
        return self.cleaned_data["file"]
