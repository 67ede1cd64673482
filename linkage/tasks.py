"""What happens by itself: ids in, one service call."""

import datetime

from django.utils.translation import gettext_lazy as _

from incubator.jobs.registries import daily_job
from linkage.services import schedule


# Each batch is its own transaction, and what is done is left alone, so that a second run goes on.
@daily_job(
    "linkage.meetings_of_the_day",
    label=_("Joint meetings of the day"),
    text=_("Makes the meetings of this month and the next, opens agendas, and tells people what is near or due."),
    words={"meetings": _("meetings made"), "reminders": _("notices written")},
    at="00:30", atomic=False, lease=datetime.timedelta(minutes=20),
)  # fmt: skip
def meetings_of_the_day(day):
    return schedule.run_day(today=datetime.date.fromisoformat(day))
