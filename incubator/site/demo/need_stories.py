"""Needs of residents and resources of the demonstration: what was raised, by which door, and what became of it. All
people and words are invented. Days are counted back from today."""

LIXING, LUJIAXIANG, HEPING, BINHE, XINHUA = (
    "620102006003",
    "620102006001",
    "620102006005",
    "620102009001",
    "620102009004",
)
JINLING, SHIBAN, JINJIANG, NANMEN = "320104002009", "330102010053", "330102010063", "110101006001"

# key, community, title, more, kind, age, door, days ago, state, what belongs to the state
NEEDS = (
    ("shopping", LIXING, "五楼没电梯，想有人帮老人代买菜和药", "老两口都八十多了，子女在外地，下楼一趟要歇三回。",
     "elderly", "over_60", "visit", 96, "rated",
     {"organization": "silver", "accepted": 95, "assigned": 92, "met": 70, "stars": 5,
      "how": "互助队结了对子，每周二、周五上门，代买菜和取药，已经连续四周。", "words": "来的人很有耐心，还帮着量血压。",
      "found": "patrol", "met_by": "silver"}),
    ("homework", LIXING, "放学后孩子没地方写作业", "三点半放学，家里大人六点才下班。", "children", "from_26", "resident", 61, "met",
     {"agency": "agency:qingchuan", "worker": "林晓燕", "accepted": 60, "assigned": 55, "met": 12,
      "how": "社区活动室周一到周四下午开放自习桌，读书会的妈妈轮流看着。"}),
    ("night", LIXING, "三号楼后面晚上太黑，想多巡几趟", "", "safety", "from_46", "resident", 33, "rated",
     {"organization": "patrol", "accepted": 32, "assigned": 31, "met": 20, "stars": 4,
      "how": "夜巡路线加了三号楼后，路灯也报修好了。", "words": "亮堂多了。"}),
    ("stairs", LIXING, "楼道里堆的旧家具没人管", "两家说法不一样，想有人来劝一劝。", "neighbourhood", "from_46", "grid", 26, "assigned",
     {"organization": "council", "accepted": 25, "assigned": 18}),
    ("chess", LIXING, "想要个能下棋打牌又不吵人的地方", "", "culture_sports", "over_60", "resident", 19, "accepted",
     {"accepted": 17}),
    ("jobs", LIXING, "照看完孩子想找份半天的活", "做过超市收银，也会做饭。", "employment", "from_26", "desk", 15, "accepted",
     {"accepted": 15}),
    ("wheel", LIXING, "腿脚不便，想借轮椅去医院复查", "", "hardship", "over_60", "resident", 9, "assigned",
     {"agency": "agency:qingchuan", "accepted": 8, "assigned": 8}),
    ("heating", LIXING, "暖气不热", "", "facilities", "from_46", "resident", 14, "referred",
     {"to": "12345", "accepted": 14, "reply": "供热站已上门排气，室温恢复到 20 度。"}),
    ("parking", LIXING, "小区大门口乱停车，消防通道堵着", "", "safety", "from_26", "resident", 7, "referred",
     {"to": "property", "accepted": 6, "reply": ""}),
    ("pet", LIXING, "希望禁止所有人养狗", "", "neighbourhood", "from_46", "resident", 40, "declined",
     {"reason": "养犬由城市管理条例规定，社区不能一概禁止；遛狗牵绳的事已转给院落议事会商量。"}),
    ("homework2", LIXING, "有没有晚托班", "", "children", "from_26", "resident", 50, "merged", {"into": "homework"}),
    ("doctor", LIXING, "希望医生每月来社区看一次慢病", "高血压、糖尿病的老人多。", "health", "over_60", "resident", 2, "raised", {}),
    ("screen", LIXING, "老年人不会用手机挂号", "", "elderly", "over_60", "resident", 1, "raised", {}),
    ("calls", LUJIAXIANG, "独居老人希望每天有人打个电话", "", "elderly", "over_60", "visit", 30, "assigned",
     {"organization": "silver", "accepted": 30, "assigned": 27}),
    ("hair", LUJIAXIANG, "卧床老人理发难", "", "elderly", "over_60", "desk", 48, "met",
     {"organization": "hair", "accepted": 47, "assigned": 40, "met": 22, "how": "理发角上门理了三位，以后每月第一个周六来。"}),
    ("youth", LUJIAXIANG, "初中生周末想有人带着打球", "", "children", "up_to_25", "resident", 21, "accepted", {"accepted": 20}),
    ("lift", HEPING, "加装电梯，一楼和五楼谈不拢", "", "facilities", "from_46", "desk", 75, "assigned",
     {"organization": "council", "accepted": 74, "assigned": 70}),
    ("cvs", HEPING, "失业半年，想学点手艺", "", "employment", "from_26", "resident", 11, "accepted", {"accepted": 10}),
    ("river", BINHE, "夏天孩子下河玩水，希望有人看着", "", "safety", "up_to_25", "grid", 130, "rated",
     {"organization": "river", "accepted": 129, "assigned": 128, "met": 90, "stars": 5,
      "how": "护河队暑期每天下午轮值，发了安全卡。", "words": "今年没出事，放心。"}),
    ("class", XINHUA, "暑假两个月孩子没人管", "", "children", "from_26", "resident", 140, "rated",
     {"organization": "class", "accepted": 139, "assigned": 135, "met": 100, "stars": 5,
      "how": "四点半课堂办了六周托管班，二十四个孩子。", "words": "老师负责。"}),
    ("garden", JINLING, "楼前荒地垃圾没人清", "", "environment", "over_60", "desk", 160, "met",
     {"organization": "garden", "accepted": 159, "assigned": 158, "met": 120, "how": "改成了共享花园，轮值表贴在门口。"}),
    ("autism", JINLING, "孩子有自闭症，家长想有个喘口气的地方", "", "hardship", "from_26", "resident", 13, "accepted", {"accepted": 12}),
    ("meals", JINJIANG, "住院回来的老人一时做不了饭", "", "elderly", "over_60", "desk", 35, "met",
     {"organization": "meals", "accepted": 35, "assigned": 34, "met": 30, "how": "送餐队送了三周午餐，现在能自己做了。"}),
    ("dry", NANMEN, "胡同里没地方晒被子", "", "facilities", "over_60", "desk", 44, "assigned",
     {"organization": "court", "accepted": 43, "assigned": 40}),
)  # fmt: skip

# key, offered to, kind, title, more, by whom, organization, kinds of needs, where, number, unit, fen, days it holds on,
# contact, phone
RESOURCES = (
    ("room", LIXING, "venue", "党群服务中心二楼活动室", "四十人，有投影和热水；晚上九点前用完收拾好。", "力行新村社区居委会", "",
     ("culture_sports", "children", "neighbourhood"), "力行新村社区二楼", None, "", None, None, "王秀英", "13800010005"),
    ("duty", LIXING, "people", "夜巡志愿者", "会劝架，熟悉每栋楼。", "", "patrol", ("safety", "neighbourhood"), "", 12, "人", None, None,
     "马永福", "13800010006"),
    ("calls", "620102006", "people", "银龄互助队结对志愿者", "低龄老人陪高龄老人。", "", "silver", ("elderly", "hardship"), "", 18, "人",
     None, None, "韩玉萍", "13800010033"),
    ("chairs", LIXING, "goods", "折叠桌椅", "搬走搬回自己来，坏了说一声。", "五泉街道文化站", "", ("culture_sports", "children"),
     "文化站仓库", 40, "套", None, 220, "罗站长", "13800010081"),
    ("wheelchair", "620102006", "goods", "轮椅和拐杖，可借三个月", "", "兰州市康复辅具服务站", "", ("hardship", "elderly", "health"),
     "街道便民大厅", 6, "件", None, None, "辅具站值班员", "13800010082"),
    ("fund", LIXING, "money", "社区微心愿基金", "每个心愿不超过五百元，凭票报销。", "五泉商会", "", ("elderly", "hardship", "children"), "",
     None, "", 2_000_000, 180, "商会秘书处", "13800010083"),
    ("lawyer", "620102006", "skill", "每月第二个周三免费法律咨询", "邻里、赡养、租房都能问。", "正言律师事务所", "",
     ("neighbourhood", "employment"), "街道司法所", 24, "次", None, 300, "甄律师", "13800010084"),
    ("tailor", LIXING, "skill", "退休钳工：磨刀、换锁、修水龙头", "", "", "repair", ("elderly", "facilities"), "社区院内", 20, "次", None, 60,
     "石守仁", "13800010032"),
    ("hall", "320104002009", "venue", "金陵路议事厅", "", "金陵路社区", "", ("neighbourhood", "facilities"), "社区会议室", None, "", None, None,
     "吴芸", "13800010051"),
    ("kitchen", "330102010063", "venue", "近江东园食堂后厨", "下午空着，可教做饭。", "", "meals", ("elderly",), "近江东园食堂", None, "", None,
     None, "骆文娟", "13800010054"),
)  # fmt: skip

# resource, organization, need, days ago, number, fen, note
USES = (
    ("calls", "silver", "shopping", 80, 2, None, "两位队员结对"),
    ("fund", "silver", "shopping", 70, None, 18_600, "买药盒和防滑垫"),
    ("fund", "patrol", "night", 22, None, 42_000, "强光手电三支"),
    ("duty", "patrol", "night", 21, 4, None, "加一趟夜巡"),
    ("chairs", "opera", None, 34, 16, None, "重阳演出借用"),
    ("wheelchair", "silver", "wheel", 8, 1, None, "借到月底"),
    ("lawyer", "council", "lift", 40, 2, None, "电梯协议看了两稿"),
)  # fmt: skip

# venue, organization, for what, days from today, begins (hour), ends (hour)
BOOKINGS = (
    ("room", "opera", "秦腔排练", 1, 14, 16), ("room", "patrol", "夜巡月度碰头会", 2, 19, 20), ("room", "", "居民议事", 3, 9, 11),
    ("room", "reading", "亲子绘本", 5, 15, 17), ("room", "opera", "秦腔排练", 8, 14, 16), ("hall", "garden", "花园社月会", 4, 19, 20),
)  # fmt: skip

# need, organization, resource, state, days ago, words
MATCHES = (
    ("shopping", "silver", "", "accepted", 93, "你们队正好有结对的经验"),
    ("stairs", "council", "", "accepted", 20, "请出面说一说"),
    ("chess", "", "room", "proposed", 5, "周一到周五上午空着"),
    ("jobs", "", "lawyer", "declined", 10, ""),
    ("night", "patrol", "", "accepted", 31, ""),
    ("chess", "patrol", "", "proposed", 3, "值班室白天能不能借给邻居下棋？"),
)  # fmt: skip
DECLINED = "我们只做法律咨询，找工作请到街道就业窗口。"
PAGES = (LIXING, LUJIAXIANG, JINLING, JINJIANG)
