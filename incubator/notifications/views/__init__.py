from incubator.notifications.views.inbox import (
    NotificationBadgeView,
    NotificationListView,
    NotificationOpenView,
    NotificationQrView,
    NotificationReadAllView,
    NotificationShareView,
    PreferenceEditView,
)
from incubator.notifications.views.robot import (
    RobotCreateView,
    RobotDetailView,
    RobotListView,
    RobotPauseView,
    RobotResumeView,
    RobotTryView,
    RobotUpdateView,
)

__all__ = [
    "NotificationBadgeView",
    "NotificationListView",
    "NotificationOpenView",
    "NotificationQrView",
    "NotificationReadAllView",
    "NotificationShareView",
    "PreferenceEditView",
    "RobotCreateView",
    "RobotDetailView",
    "RobotListView",
    "RobotPauseView",
    "RobotResumeView",
    "RobotTryView",
    "RobotUpdateView",
]
