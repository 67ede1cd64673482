"""What a record's facts have to be, whoever enters them: page, API or list. Sentences, so that forms can show them."""

import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAX_MINUTES = 24 * 60
MANY_PARTICIPANTS = 1000  # beyond this the form asks back
MAX_PARTICIPANTS = 1_000_000
EARLIEST_YEAR = 2000
FARTHEST_DAYS = 366
CLOCKS_DIFFER = datetime.timedelta(minutes=15)
AHEAD = "ahead"  # the code of "this is in the future": pages offer to plan it instead
LONG_DAY = 12 * 60  # minutes of one person on one day beyond which the form asks back


def validate_start(starts_at, now, *, took_place=True):
    """A record tells what has happened, within living memory; that something was called off may be told before."""
    if took_place and starts_at > now + CLOCKS_DIFFER:
        raise ValidationError(_("This is in the future. Record it once it has taken place."), code=AHEAD)
    if starts_at > now + datetime.timedelta(days=FARTHEST_DAYS) or starts_at.year < EARLIEST_YEAR:
        raise ValidationError(_("Please check the year."))


def validate_minutes(minutes):
    if minutes < 1:
        raise ValidationError(_("An activity lasts at least one minute."))
    if minutes > MAX_MINUTES:
        raise ValidationError(
            _("That is longer than 24 hours (1440 minutes). Please record each day as an activity of its own.")
        )


def validate_participants(participants):
    if participants < 0 or participants > MAX_PARTICIPANTS:
        raise ValidationError(_("Please check the number of participants."))


def validate_day(minutes, already):
    """``already``: what the person has recorded of that day besides."""
    if minutes + already > MAX_MINUTES:
        raise ValidationError(
            _(
                "With this one you would have recorded %(total)s hours on that day (%(already)s hours before). A day has "
                "24; please check the length and the day."
            )
            % {"total": in_hours(minutes + already), "already": in_hours(already)}
        )


def in_hours(minutes):
    """ "2.5" of 150, "3" of 180."""
    return f"{minutes / 60:.1f}".removesuffix(".0")


def is_far_more(participants, usual):
    """Whether a number of participants looks like a slip beside the largest of the last ones (None: none yet)."""
    if participants > MANY_PARTICIPANTS:
        return True
    return bool(usual) and participants > 100 and participants > 5 * usual


def parse_day(text):
    """The day of "2026-11-08"; None for what is no day."""
    try:
        return datetime.date.fromisoformat(text or "")
    except ValueError:
        return None
