"""Chat groups of the demonstration's streets, and when some of its people want to hear. The robots are invented and paused:
nothing of the demonstration ever leaves it."""

import datetime

from incubator.notifications.models import GroupRobot, NotificationPreference, NotificationRhythm
from incubator.site.demo.board import identifier
from incubator.site.demo.people import GUANGWUMEN, WANGJIANG, WUQUAN

# (place, service, name of the group, address, signing secret, added by)
ROBOTS = (
    (WUQUAN, "dingtalk", "五泉街道联席会工作群",
     "https://oapi.dingtalk.com/robot/send?access_token=demo0620102006", "SEC-demo", "staff1"),
    ("620102006003", "wecom", "力行新村社区议事群",
     "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=demo-620102006003", "", "community1"),
    (GUANGWUMEN, "wecom", "广武门街道社区工作群",
     "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=demo-620102009", "", "staff2"),
    (WANGJIANG, "feishu", "望江街道三社联动群",
     "https://open.feishu.cn/open-apis/bot/v2/hook/demo-330102010", "fs-demo", "hub1"),
    ("110101006", "feishu", "东四街道社区共建群",
     "https://open.feishu.cn/open-apis/bot/v2/hook/demo-110101006", "fs-demo", "demo-staff3"),
    ("320104002", "dingtalk", "夫子庙街道社会工作群",
     "https://oapi.dingtalk.com/robot/send?access_token=demo0320104002", "SEC-demo", "demo-staff4"),
)  # fmt: skip

NIGHT = (datetime.time(22), datetime.time(7))
# (who, hour of the digest or None, quiet hours or None)
RHYTHMS = (
    ("worker1", 8, NIGHT),
    ("staff1", None, NIGHT),
    ("supervisor1", 17, None),
)
# Kinds that somebody reads on the site alone.
NO_EMAIL = (("worker1", "activity.thanked"), ("staff1", "activity.commented"), ("supervisor1", "activity.commented"))


def write_robots(demo):
    robots = [
        GroupRobot(
            uuid=identifier("robot", address), division=demo.division(code), kind=kind, label=label, address=address,
            secret=secret, is_active=False, created_by=demo.users[by],
        )
        for code, kind, label, address, secret, by in ROBOTS
    ]  # fmt: skip
    GroupRobot.objects.bulk_create(robots)
    demo.stamp(robots, [demo.ago(40)] * len(robots))
    for who, hour, quiet in RHYTHMS:
        begin, end = quiet or (None, None)
        NotificationRhythm.objects.create(user=demo.users[who], digest_hour=hour, quiet_from=begin, quiet_to=end)
    for who, kind in NO_EMAIL:
        NotificationPreference.objects.create(user=demo.users[who], kind=kind, by_email=False)
    demo.add("group robots", robots)
