from django import forms
from django.apps import apps
from django.utils.translation import gettext_lazy as _

from incubator.base.forms import PageForm
from incubator.notifications.registries import kinds

CHANNELS = {"in_inbox": _("On the site"), "by_email": _("By e-mail")}
HOURS = [("", _("Each as it comes")), *((hour, f"{hour:02}:00") for hour in range(24))]


class PreferenceEditForm(PageForm):
    """When e-mails go, and two boxes per kind; a duty kind has only the one for e-mail."""

    digest_hour = forms.TypedChoiceField(
        label=_("E-mails"), choices=HOURS, required=False, coerce=int, empty_value=None,
        help_text=_("With an hour: one e-mail a day, then. What is urgent or part of your duty does not wait."),
    )  # fmt: skip
    quiet_from = forms.TimeField(
        label=_("Quiet from"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    quiet_to = forms.TimeField(
        label=_("Quiet until"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("E-mails of these hours come when they are over. Leave both empty for none."),
    )  # fmt: skip

    def __init__(self, *args, chosen, rhythm, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("digest_hour", "quiet_from", "quiet_to"):
            self.fields[name].initial = getattr(rhythm, name)
        for kind in kinds:
            row = chosen[kind.code]
            for channel, label in CHANNELS.items():
                if kind.duty and channel == "in_inbox":
                    continue
                self.fields[self.field_name(kind, channel)] = forms.BooleanField(
                    label=label, required=False, initial=getattr(row, channel)
                )

    @staticmethod
    def field_name(kind, channel):
        return f"{kind.code.replace('.', '-')}-{channel}"

    def groups(self):
        """(heading, [(kind, box of the site or None, box of e-mail)]) for the page: the kinds by the app they come from."""
        found = {}
        for kind in kinds:
            names = [self.field_name(kind, channel) for channel in CHANNELS]
            inbox, email = (self[name] if name in self.fields else None for name in names)
            app = apps.get_app_config(kind.template.partition("/")[0])
            found.setdefault(app.label, (app.verbose_name, []))[1].append((kind, inbox, email))
        return list(found.values())

    def clean(self):
        values = super().clean()
        begin, end = values.get("quiet_from"), values.get("quiet_to")
        if "quiet_from" in values and "quiet_to" in values and (begin is None) != (end is None):
            self.add_error("quiet_to" if end is None else "quiet_from", _("Quiet hours need a beginning and an end."))
        elif begin is not None and begin == end:
            self.add_error("quiet_to", _("Quiet hours that end when they begin would never end."))
        return values

    def chosen(self):
        """What :func:`incubator.notifications.services.set_preferences` takes."""
        return {
            kind.code: {
                channel: self.cleaned_data.get(self.field_name(kind, channel), kind.duty) for channel in CHANNELS
            }
            for kind in kinds
        }

    def rhythm(self):
        return {name: self.cleaned_data[name] for name in ("digest_hour", "quiet_from", "quiet_to")}
