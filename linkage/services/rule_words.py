"""The rule of a series in words, in the language of the moment."""

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from linkage.choices import RuleKind, Shift

WHICH = {
    1: pgettext_lazy("weekday of the month", "first"),
    2: pgettext_lazy("weekday of the month", "second"),
    3: pgettext_lazy("weekday of the month", "third"),
    4: pgettext_lazy("weekday of the month", "fourth"),
    5: pgettext_lazy("weekday of the month", "fifth"),
    -1: pgettext_lazy("weekday of the month", "last"),
}
SHIFTS = {
    Shift.LATER: gettext_lazy("If nobody works on that day, on the next working day."),
    Shift.EARLIER: gettext_lazy("If nobody works on that day, on the working day before."),
}


def rule_words(series):
    """Such as "Each month on the second Thursday, 14:30. If nobody works on that day, on the next working day." """
    when = _("%(months)s %(day)s, %(time)s.") % {
        "months": months_words(series.every_months), "day": day_words(series), "time": f"{series.starts_at:%H:%M}",
    }  # fmt: skip
    if series.rule_kind == RuleKind.WORKDAY:
        return when
    return _("%(when)s %(shift)s") % {"when": when, "shift": SHIFTS[series.shift]}


def months_words(number):
    if number == 1:
        return _("Each month")
    return ngettext("Every %(number)d month", "Every %(number)d months", number) % {"number": number}


def day_words(series):
    number = series.rule_number
    if series.rule_kind == RuleKind.NTH_WEEKDAY:
        return _("on the %(which)s %(weekday)s") % {"which": WHICH[number], "weekday": WEEKDAYS[series.rule_weekday]}
    if series.rule_kind == RuleKind.DAY:
        return _("on day %(number)d") % {"number": number}
    if number == -1:
        return _("on the last working day")
    if number < 0:
        return _("on working day %(number)d from the end") % {"number": -number}
    return _("on working day %(number)d") % {"number": number}
