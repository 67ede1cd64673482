"""When a schedule runs, asked so that nobody has to know cron."""

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incubator.base.forms import EditionForm
from incubator.jobs import clock

DAILY, WEEKLY, MONTHLY, OFTEN = "day", "week", "month", "often"
HOWS = (
    (DAILY, gettext_lazy("Every day")),
    (WEEKLY, gettext_lazy("On days of the week")),
    (MONTHLY, gettext_lazy("On days of the month")),
    (OFTEN, gettext_lazy("Several times an hour or a day")),
)
# Minutes; they divide a day, so that each day has the same times.
FREQUENCIES = (5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720)
LAST_DAY = 28


def frequencies():
    return [(minutes, clock.every(minutes)) for minutes in FREQUENCIES]


class ScheduleForm(EditionForm):
    how = forms.ChoiceField(label=gettext_lazy("How often"), choices=HOWS, widget=forms.RadioSelect)
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Days of the week"), choices=[(day + 1, name) for day, name in WEEKDAYS.items()],
        coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    days = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Days of the month"), choices=[(day, day) for day in range(1, LAST_DAY + 1)], coerce=int,
        required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Up to the 28th: not every month has more days."),
        error_messages={"invalid_choice": gettext_lazy("Please choose days from the 1st to the 28th.")},
    )  # fmt: skip
    at = forms.TimeField(
        label=gettext_lazy("At what time"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": gettext_lazy("Please write the time like 08:30.")},
    )  # fmt: skip
    minutes = forms.TypedChoiceField(
        label=gettext_lazy("Interval"), choices=frequencies, coerce=int, required=False, empty_value=0
    )

    def clean(self):
        data = super().clean()
        how = data.get("how")
        if how == OFTEN:
            if not data.get("minutes") and "minutes" not in self.errors:
                self.add_error("minutes", _("Please choose how often."))
        elif how and not data.get("at") and "at" not in self.errors:
            self.add_error("at", _("Please say at what time."))
        if how == WEEKLY and not data.get("weekdays") and "weekdays" not in self.errors:
            self.add_error("weekdays", _("Please choose at least one day of the week."))
        if how == MONTHLY and not data.get("days") and "days" not in self.errors:
            self.add_error("days", _("Please choose at least one day of the month."))
        return data

    def rule(self):
        """What was chosen, as incubator.jobs.schedules.rule takes it; answers to questions that do not show count not."""
        data = self.cleaned_data
        if data["how"] == OFTEN:
            return {"minutes": data["minutes"]}
        return {
            "at": f"{data['at']:%H:%M}",
            "weekdays": tuple(data["weekdays"]) if data["how"] == WEEKLY else (),
            "days": tuple(data["days"]) if data["how"] == MONTHLY else (),
        }


def initial_of(beat):
    """The form's values for a row of django-celery-beat."""
    if beat.interval_id:
        return {"how": OFTEN, "minutes": int(clock.length(beat.interval).total_seconds() // 60)}
    weekdays, days = clock.chosen_weekdays(beat), clock.chosen_days(beat)
    how = WEEKLY if weekdays else MONTHLY if days else DAILY
    at = f"{int(beat.crontab.hour):02}:{int(beat.crontab.minute):02}" if clock.is_daily(beat) else ""
    return {"how": how, "weekdays": weekdays, "days": days, "at": at}
