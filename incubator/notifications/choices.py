from django.db import models
from django.utils.translation import gettext_lazy as _


class DeliveryState(models.TextChoices):
    QUEUED = "queued", _("waiting")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed, is tried again")
    DEAD = "dead", _("not delivered")
    SKIPPED = "skipped", _("not wanted any more")


# Of these nothing has gone out, and a try may still be made.
OPEN_STATES = (DeliveryState.QUEUED, DeliveryState.FAILED, DeliveryState.DEAD)


class RobotKind(models.TextChoices):
    WECOM = "wecom", _("WeCom group robot")
    DINGTALK = "dingtalk", _("DingTalk group robot")
    FEISHU = "feishu", _("Feishu group robot")


# The one host of each service, and the path of its robots there.
ROBOT_HOSTS = {
    RobotKind.WECOM: "qyapi.weixin.qq.com",
    RobotKind.DINGTALK: "oapi.dingtalk.com",
    RobotKind.FEISHU: "open.feishu.cn",
}
ROBOT_PATHS = {
    RobotKind.WECOM: "/cgi-bin/webhook/send",
    RobotKind.DINGTALK: "/robot/send",
    RobotKind.FEISHU: "/open-apis/bot/v2/hook/",
}

# Roles whose holders keep the robots of their place. By their codes: people stand above notices in the house.
ROBOT_KEEPERS = ("community_staff", "street_staff", "hub_center", "district_admin")
