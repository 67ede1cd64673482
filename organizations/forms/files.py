"""A field for one kept file: looks at the bytes and says at the field what is wrong with them."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from incubator.base.errors import RuleViolation
from incubator.base.files import PAPERS, inspect_upload


class UploadField(forms.FileField):
    widget = forms.FileInput

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("File"))
        kwargs.setdefault("help_text", _("PDF, Word, Excel or a picture, up to 20 MB."))
        super().__init__(allow_empty_file=True, **kwargs)
        self.widget.attrs["accept"] = ",".join(f".{extension}" for extension in PAPERS)

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        if upload:
            try:
                inspect_upload(upload)
            except RuleViolation as error:
                raise ValidationError(str(error)) from error
        return upload
