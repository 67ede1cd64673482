"""Joint meetings of the demonstration: where they meet, by which rule, who belongs to them, what is proposed. Names are
invented."""

from incubator.site.demo.people import WUQUAN

# code: (title, rule (kind, number, weekday), months, begin, where, convener, chair, recorder); "" for nobody.
SERIES = {
    "620102006003": ("力行新村三社联动联席会", ("nth_weekday", 2, 3), 1, 14, "党群服务中心二楼议事厅", "力行新村社区党委",
                     "community1", "worker1"),
    "620102006001": ("禄家巷社区联席会", ("nth_weekday", 3, 1), 1, 15, "社区一楼会议室", "禄家巷社区居委会",
                     "demo-community5", "demo-worker3"),
    "620102006005": ("和平新村社区联席会", ("workday", -2, None), 1, 10, "居民议事室", "和平新村社区党委",
                     "demo-community4", "demo-worker4"),
    "620102009001": ("滨河三社联动联席会", ("day", 25, None), 1, 14, "滨河驿站", "滨河社区党委", "demo-community2", "worker2"),
    "620102009004": ("新华巷社区联席会", ("nth_weekday", -1, 4), 1, 9, "社区二楼", "新华巷社区居委会", "", "worker2"),
    "330102010053": ("始版桥社区联席会议", ("nth_weekday", 4, 2), 1, 14, "邻里中心共享会客厅", "始版桥社区党委", "",
                     "demo-hangzhou"),
    "110101006001": ("南门仓胡同议事会", ("nth_weekday", 3, 5), 1, 9, "胡同里活动站", "南门仓社区居委会", "", "demo-beijing"),
    "320104002009": ("金陵路社区联席会", ("workday", 10, None), 1, 14, "社区花园工具房", "金陵路社区党委", "demo-community3",
                     "demo-nanjing"),
    WUQUAN: ("五泉街道三社联动联席会议", ("nth_weekday", 4, 4), 3, 14, "街道三楼会议室", "五泉街道办事处", "staff1", "worker1"),
}  # fmt: skip
BEGAN = 8  # months before

# code: [(party, username or "", name, body, key of the organization or "")]
ROSTER = {
    "620102006003": [
        ("community", "community1", "王秀英", "", ""), ("social_worker", "worker1", "林晓燕", "晴川社工", ""),
        ("organization", "leader1", "马永福", "", "patrol"), ("street", "staff1", "张建军", "", ""),
        ("police", "", "陈警官", "五泉派出所", ""), ("hospital", "", "刘医生", "社区卫生服务站", ""),
        ("volunteers", "", "赵大姐", "红马甲志愿队", ""),
    ],
    "620102006001": [
        ("community", "demo-community5", "韩玉萍", "", ""), ("social_worker", "demo-worker3", "韩雪", "晴川社工", ""),
        ("enterprise", "", "孙经理", "巷口便利店", ""),
    ],
    "620102006005": [
        ("community", "demo-community4", "苏志刚", "", ""), ("social_worker", "demo-worker4", "丁一凡", "晴川社工", ""),
        ("school", "", "白老师", "和平小学", ""),
    ],
    "620102009001": [
        ("community", "demo-community2", "马淑芬", "", ""), ("social_worker", "worker2", "马文博", "晴川社工", ""),
        ("organization", "leader2", "李桂兰", "", "river"), ("police", "", "许警官", "广武门派出所", ""),
    ],
    "620102009004": [
        ("community", "", "田守义", "新华巷社区", ""), ("social_worker", "worker2", "马文博", "晴川社工", ""),
    ],
    "330102010053": [
        ("community", "", "章慧", "始版桥社区", ""), ("social_worker", "demo-hangzhou", "沈一鸣", "服务中心", ""),
        ("street", "hub1", "沈春华", "望江街道社会组织服务中心", ""),
    ],
    "110101006001": [
        ("community", "", "佟永安", "南门仓社区", ""), ("social_worker", "demo-beijing", "佟雪", "胡同里社工", ""),
        ("residents", "", "金大爷", "5 号院", ""),
    ],
    "320104002009": [
        ("community", "demo-community3", "吴芸", "", ""), ("social_worker", "demo-nanjing", "许静", "同行社工", ""),
    ],
    WUQUAN: [
        ("street", "staff1", "张建军", "", ""), ("community", "community1", "王秀英", "力行新村社区", ""),
        ("community", "demo-community4", "苏志刚", "和平新村社区", ""), ("social_worker", "worker1", "林晓燕", "晴川社工", ""),
    ],
}  # fmt: skip

# (code, what, more, kind, source, party, proposed by, key of the organization or "", days ago)
ITEMS = (
    ("620102006003", "12 号楼楼道堆放杂物，老人进出不便", "三楼到五楼堆放旧家具和电动车电池，夜间照明也坏了两处。",
     "issue", "resident", "community", "community1", "", 6),
    ("620102006003", "冬季夜巡路线要不要延长到铁路局二号院", "巡逻队现有 9 人，延长后每晚多走约 20 分钟，想请派出所一起定路线。",
     "coordination", "organization", "organization", "leader1", "patrol", 4),
    ("620102006003", "元旦前的敬老活动由谁牵头", "", "plan", "", "social_worker", "worker1", "", 2),
    ("620102006001", "巷口非机动车停放划线", "便利店愿意让出门口一侧。", "coordination", "visit", "social_worker",
     "demo-worker3", "", 5),
    ("620102009001", "护河队冬季巡河的手套和反光背心", "现有背心 6 件，缺 5 件。", "issue", "organization", "organization",
     "leader2", "river", 3),
    ("330102010053", "共享会客厅晚间开放的值守安排", "", "plan", "", "social_worker", "demo-hangzhou", "", 7),
    ("110101006001", "5 号院公用水管老化", "居民已两次反映，需要产权单位到场。", "issue", "resident", "social_worker",
     "demo-beijing", "", 9),
    ("320104002009", "社区花园过冬养护分工", "", "progress", "", "community", "demo-community3", "", 3),
)  # fmt: skip
