from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.base.policies import signed_in
from incubator.notifications.channels.robots import stays_here
from incubator.notifications.choices import ROBOT_KEEPERS, DeliveryState


def check_list_notifications(user, thing=None):
    signed_in(user)


def check_open_notification(user, notification):
    signed_in(user)
    if notification.recipient_id != user.pk:
        raise PermissionDenied(_("This notice is for somebody else."))


def check_share_notification(user, notification):
    """What a person may read, they may hand on."""
    check_open_notification(user, notification)


def check_edit_preferences(user, thing=None):
    signed_in(user)


def check_list_robots(user, thing=None):
    signed_in(user)
    if not user.access.has(*ROBOT_KEEPERS):
        raise PermissionDenied(
            _("Robots of chat groups are kept by communities, street offices, service centres and districts.")
        )


def check_view_robot(user, robot):
    """The same rule as ``GroupRobot.objects.visible_to``; a test holds them against each other."""
    check_list_robots(user)
    if not user.access.covers(robot.division, *ROBOT_KEEPERS):
        raise PermissionDenied(_("You have no role in this place."))


def check_create_robot(user, division=None):
    """``division`` None: whether there is any place at all for which the person may."""
    check_list_robots(user)
    if division is not None and not user.access.covers(division, *ROBOT_KEEPERS):
        raise PermissionDenied(_("You have no role in this place."))


def check_update_robot(user, robot):
    check_view_robot(user, robot)


def check_try_robot(user, robot):
    check_view_robot(user, robot)
    if stays_here():
        raise PermissionDenied(_("This is the demonstration: nothing goes from here to a real chat group."))


def check_pause_robot(user, robot):
    check_view_robot(user, robot)
    if not robot.is_active:
        raise PermissionDenied(_("This robot is paused already."))


def check_resume_robot(user, robot):
    check_view_robot(user, robot)
    if robot.is_active:
        raise PermissionDenied(_("This robot is in use."))


def check_list_deliveries(user, thing=None):
    signed_in(user)
    if not user.access.is_platform_admin:
        raise PermissionDenied(_("What was not delivered is looked after by platform admins."))


def check_retry_delivery(user, delivery):
    check_list_deliveries(user)
    if delivery.state != DeliveryState.DEAD:
        raise PermissionDenied(_("Only what was given up can be sent again."))
