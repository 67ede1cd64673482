"""Telling people and groups. A notice and what it sends are written with their cause; jobs send: a crash loses nothing."""

from incubator.notifications.services.delivery import (
    deliver,
    deliver_digest,
    deliver_notification,
    give_digest_up,
    give_up,
    retry_all_deliveries,
    retry_delivery,
)
from incubator.notifications.services.inbox import mark_all_read, mark_read, set_preferences, unread_count
from incubator.notifications.services.notice import notify, notify_group, notify_groups, notify_many
from incubator.notifications.services.rendering import group_text, render, title

__all__ = [
    "deliver",
    "deliver_digest",
    "deliver_notification",
    "give_digest_up",
    "give_up",
    "group_text",
    "mark_all_read",
    "mark_read",
    "notify",
    "notify_group",
    "notify_groups",
    "notify_many",
    "render",
    "retry_all_deliveries",
    "retry_delivery",
    "set_preferences",
    "title",
    "unread_count",
]
