"""What happens by itself: ids in, one service call."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.jobs.registries import daily_job, job
from projects.services import announcement, follow_up
from projects.services.activity_review import accept_due_activities
from projects.services.month import lock_due_months


# Both write in chunks of their own transaction and leave alone what is done, so that a second run goes on.
@daily_job(
    "projects.accept_activities",
    label=_("Accept records nobody returned"),
    text=_("Records that were handed in are accepted when the days in which they may be returned are over."),
    at="00:05", atomic=False,
)  # fmt: skip
def accept_activities(day):
    return accept_due_activities(now=timezone.now())


@daily_job(
    "projects.lock_months",
    label=_("Close months"),
    text=_("The records of a month are closed on the day that the street's rules name."),
    at="00:15", atomic=False,
)  # fmt: skip
def lock_months(day):
    return lock_due_months(now=timezone.now())


@daily_job(
    "projects.remind_follow_ups",
    label=_("Remind of tasks"),
    text=_("Whoever is to do a task is told on the day it is due."),
    at="00:25",
)  # fmt: skip
def remind_follow_ups(day):
    follow_up.ask_for_reminders(today=timezone.localdate())


@job("projects.remind_follow_up")
def remind_follow_up(follow_up_id, due_on):
    follow_up.remind_of_follow_up(follow_up_id=follow_up_id, due_on=due_on)


@job("projects.remind_announcement")
def remind_announcement(announcement_id):
    announcement.remind_of_announcement(announcement_id=announcement_id)


@job("projects.announcement_due")
def announcement_due(announcement_id):
    announcement.tell_of_silence(announcement_id=announcement_id)
