"""When something may go: pure functions of the clock. All moments are aware; hours are those of the site's time zone."""

import datetime

from django.utils import timezone


def after_quiet(moment, quiet_from, quiet_to):
    """``moment``, or the end of the quiet hours (two times of day, over midnight too; None: none) that it falls into. The
    beginning is quiet, the end is not."""
    if quiet_from is None or quiet_to is None:
        return moment
    local = timezone.localtime(moment)
    time = local.time()
    over_midnight = quiet_from > quiet_to
    is_quiet = (time >= quiet_from or time < quiet_to) if over_midnight else quiet_from <= time < quiet_to
    if not is_quiet:
        return moment
    day = local.date() + datetime.timedelta(days=1 if over_midnight and time >= quiet_from else 0)
    return timezone.make_aware(datetime.datetime.combine(day, quiet_to), local.tzinfo)


def next_digest(moment, hour):
    """The next full ``hour`` (0–23) of the day after ``moment``; exactly at the hour it is the next day's, since today's
    digest is on its way."""
    local = timezone.localtime(moment)
    at = datetime.datetime.combine(local.date(), datetime.time(hour))
    found = timezone.make_aware(at, local.tzinfo)
    return found if found > moment else timezone.make_aware(at + datetime.timedelta(days=1), local.tzinfo)


def due_email(moment, rhythm, *, waits_for_digest):
    """(when, whether in the digest) an e-mail goes to a person of this rhythm (None: at once)."""
    if rhythm is None:
        return moment, False
    if waits_for_digest and rhythm.digest_hour is not None:
        return after_quiet(next_digest(moment, rhythm.digest_hour), rhythm.quiet_from, rhythm.quiet_to), True
    return after_quiet(moment, rhythm.quiet_from, rhythm.quiet_to), False
