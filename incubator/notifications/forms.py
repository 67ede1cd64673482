from django import forms
from django.utils.translation import gettext_lazy as _

from incubator.base.forms import PageForm
from incubator.notifications.registries import kinds


class PreferenceEditForm(PageForm):
    """Two boxes per kind; a duty kind has only the one for e-mail."""

    def __init__(self, *args, chosen, **kwargs):
        super().__init__(*args, **kwargs)
        for kind in kinds:
            row = chosen[kind.code]
            if not kind.duty:
                self.fields[self.field_name(kind, "in_inbox")] = forms.BooleanField(
                    label=_("On the site"), required=False, initial=row.in_inbox
                )
            self.fields[self.field_name(kind, "by_email")] = forms.BooleanField(
                label=_("By e-mail"), required=False, initial=row.by_email
            )

    @staticmethod
    def field_name(kind, channel):
        return f"{kind.code.replace('.', '-')}-{channel}"

    def rows(self):
        """(kind, bound fields) for the page."""
        for kind in kinds:
            names = (self.field_name(kind, channel) for channel in ("in_inbox", "by_email"))
            yield kind, [self[name] for name in names if name in self.fields]

    def chosen(self):
        """What :func:`incubator.notifications.services.set_preferences` takes."""
        return {
            kind.code: {
                channel: self.cleaned_data.get(self.field_name(kind, channel), kind.duty)
                for channel in ("in_inbox", "by_email")
            }
            for kind in kinds
        }
