"""Telling somebody something, and looking what became of it."""

import datetime
from zoneinfo import ZoneInfo

from incubator.notifications.models import Delivery
from incubator.notifications.services import notify

ROLE, JOINED = "accounts.role_granted", "accounts.invitation_accepted"
DATA = {"role": "social_worker", "place": "清波街道", "name": "小王"}
SHANGHAI = ZoneInfo("Asia/Shanghai")


def tell(person, key="1", kind=JOINED, link="/accounts/profile/"):
    return notify(kind, recipient=person, dedup_key=key, data=DATA, link=link)


def at(day, hour, minute=0):
    return datetime.datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


def states():
    return sorted(Delivery.objects.values_list("state", flat=True))
