"""Ids in, one service call. Mail servers and robots are tried six times over some five hours."""

from datetime import timedelta

from incubator.jobs.registries import job
from incubator.notifications import services
from incubator.notifications.errors import ChannelError

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))


@job("notifications.deliver", retry_on=(ChannelError, OSError), atomic=False, pauses=PAUSES, gave_up=services.give_up)
def deliver(delivery_id):
    services.deliver(delivery_id=delivery_id)


@job(
    "notifications.digest", retry_on=(ChannelError, OSError), atomic=False, pauses=PAUSES,
    gave_up=services.give_digest_up,
)  # fmt: skip
def deliver_digest(user_id):
    services.deliver_digest(user_id=user_id)
