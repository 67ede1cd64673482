"""What ties the organizations of the demonstration to others: resources that were found for them, quarter after quarter.
Joint meetings come with the meetings, shared activities with the work. People and bodies are invented."""

from incubator.site.demo.activity_stories import GROWTH, told
from incubator.site.demo.work import activity, history, links
from projects.models import Activity


def linked(key, organization, ago, resource, provider, summary, **more):
    return told(
        key, organization, "resource_link", ago, 10, 60, more.pop("number", 3), resource, summary, "用过以后回个话",
        details={"resource": resource, "provider": provider}, led_by=more.pop("led_by", "assisted"), **more,
    )  # fmt: skip


LINKS = (
    linked("net-council-police", "council", 318, "防诈骗宣传页两百份", "和平派出所", "民警答应每季度来讲一次，第一次先讲冒充客服。"),
    linked("net-council-clinic", "council", 236, "血压计两台", "五泉街道社区卫生服务中心", "议事会门口设了量血压的桌子，周三上午有人。"),
    linked("net-council-police-2", "council", 201, "夏夜巡防讲课一次", "和平派出所", "讲完当场排了六个人的夜巡表。", others=("patrol",)),
    linked("net-council-school", "council", 143, "周末操场", "五泉小学", "学校说周六上午可以借，钥匙在门卫处。", others=("reading",)),
    linked("net-council-shop", "council", 96, "茶水和纸杯", "惠民超市", "开会的茶水有人管了，超市只要一张海报的位置。", led_by="organization"),
    linked("net-council-charity", "council", 47, "助老购物车十辆", "金城慈善会", "十辆车先给腿脚不便的人家，名单由楼长报。", others=GROWTH[:2],
           led_by="organization"),
    linked("net-council-clinic-2", "council", 19, "义诊半天", "五泉街道社区卫生服务中心", "来了两位医生，量血压、看牙，六十多人排队。", led_by="organization"),
    linked("net-patrol-police", "patrol", 110, "巡逻手电六把", "和平派出所", "手电编了号，用完放回岗亭。"),
    linked("net-patrol-estate", "patrol", 33, "岗亭一间", "安居物业", "物业把东门旧岗亭让出来，队里自己刷了墙。", led_by="organization"),
)  # fmt: skip


def write_network(demo):
    rows = [(story, activity(demo, story)) for story in LINKS]
    made = [row for _story, row in rows]
    Activity.objects.bulk_create(made)
    demo.stamp(made, [row.reviewed_at or row.submitted_at for row in made])
    demo.add("activities", made)
    links(demo, rows)
    history(demo, made)
