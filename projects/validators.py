"""What a record's facts have to be, whoever enters them: page, API or list. Sentences, so that forms can show them."""

import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAX_MINUTES = 24 * 60
MANY_PARTICIPANTS = 1000  # beyond this the form asks back
MAX_PARTICIPANTS = 1_000_000
EARLIEST_YEAR = 2000


def validate_start(starts_at, now):
    """A record tells what has happened: at most a day ahead of ``now`` (clocks differ), and within living memory."""
    if starts_at > now + datetime.timedelta(days=1):
        raise ValidationError(_("This is in the future. Record the activity once it has taken place."))
    if starts_at.year < EARLIEST_YEAR:
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
