"""What happens by itself: ids in, one service call."""

import datetime

from incubator.jobs.registries import daily_job
from linkage.services import schedule


# Each batch is its own transaction, and what is done is left alone, so that a second run goes on.
@daily_job("linkage.meetings_of_the_day", atomic=False, lease=datetime.timedelta(minutes=20))
def meetings_of_the_day(day):
    schedule.run_day(today=datetime.date.fromisoformat(day))
