import factory

from incubator.notifications.models import GroupRobot
from tests.factories.accounts import UserFactory
from tests.factories.divisions import DivisionFactory


class GroupRobotFactory(factory.django.DjangoModelFactory):
    """A WeCom robot that takes everything, at any hour; ``dingtalk`` and ``feishu`` are traits."""

    class Meta:
        model = GroupRobot

    class Params:
        dingtalk = factory.Trait(
            kind="dingtalk", address="https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdefsecret",
            secret="SEC-sign-me",
        )  # fmt: skip
        feishu = factory.Trait(
            kind="feishu", address="https://open.feishu.cn/open-apis/bot/v2/hook/aaaa-bbbb-secret",
            secret="fs-sign-me",
        )  # fmt: skip

    division = factory.SubFactory(DivisionFactory)
    kind = "wecom"
    label = factory.Sequence(lambda n: f"居民群{n}")
    address = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx-secret-key"
    quiet_from = None
    quiet_to = None
    created_by = factory.SubFactory(UserFactory)
