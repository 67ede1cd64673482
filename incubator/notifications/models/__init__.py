from incubator.notifications.models.delivery import ChannelRest, Delivery
from incubator.notifications.models.notification import Notification
from incubator.notifications.models.preference import NotificationPreference, NotificationRhythm
from incubator.notifications.models.robot import GroupRobot

__all__ = [
    "ChannelRest",
    "Delivery",
    "GroupRobot",
    "Notification",
    "NotificationPreference",
    "NotificationRhythm",
]
