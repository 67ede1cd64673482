"""The organizations of the demonstration and what happened with them.

Each is told by what the founding studies report of such groups: the patrol of study 000 that grew from strong ties to a
weak organization at the sapling stage; the accompanied groups of 001; the community of 002 where the social worker also
keeps the minutes; the centre and the courtyard meeting of 004. All people are invented.
"""

# key, name, community, type, legal status, growth stage, form, years old, leader, phone, purpose, venue, members, party
ORGANIZATIONS = (
    ("patrol", "力行新村治安服务队", "620102006003", "public_safety", "filed", "sapling", "weak_organization", 6, "马永福",
     "13800010006", "邻里守望，夜间巡逻，劝解小纠纷，让老家属院住得安心。", "力行新村社区一楼值班室", 23, ("joint", 6, "王秀英")),
    ("opera", "力行新村秦腔自乐班", "620102006003", "culture_sports", "unfiled", "seedling", "strong_ties", 4, "白玉山",
     "13800010031", "爱唱秦腔的老邻居每周三、周六聚在一起，逢年过节给社区演出。", "家属院凉亭", 14, None),
    ("repair", "力行新村便民修补摊", "620102006003", "life_service", "unfiled", "seed", "strong_ties", 1, "石守仁",
     "13800010032", "几位退休钳工每月一次给邻居修锅、磨刀、配钥匙。", "社区院内", 5, None),
    ("silver", "禄家巷银龄互助队", "620102006001", "mutual_aid", "filed", "seedling", "weak_organization", 3, "韩玉萍",
     "13800010033", "低龄老人结对看望高龄独居老人，打电话、代买药、陪聊天。", "禄家巷社区活动室", 18, ("joint", 4, "韩玉萍")),
    ("council", "和平新村院落议事会", "620102006005", "deliberation", "filed", "sapling", "weak_organization", 5, "苏志刚",
     "13800010034", "楼院的事大家商量着办：停车、加装电梯、楼道堆物。", "8 号院议事亭", 15, ("joint", 5, "苏志刚")),
    ("reading", "兰山村亲子读书会", "620102006004", "charity", "unfiled", "seed", "strong_ties", 1, "魏小芳",
     "13800010035", "年轻妈妈带着孩子一起读绘本，轮流当故事妈妈。", "社区图书角", 9, None),
    ("green", "五泉环保志愿队", "620102006006", "charity", "filed", "seedling", "weak_organization", 7, "唐永红",
     "13800010036", "周末清理登山步道，劝导垃圾分类。", "五泉村社区", 11, None),
    ("river", "黄河沿护河志愿队", "620102009001", "charity", "filed", "sapling", "weak_organization", 8, "李桂兰",
     "13800010007", "沿滨河路捡拾垃圾、劝阻野泳，夏天轮流值守。", "滨河东路驿站", 26, ("independent", 9, "马淑芬")),
    ("class", "新华巷四点半课堂", "620102009004", "life_service", "registered", "tree", "strong_organization", 9, "田守义",
     "13800010041", "放学后两小时，退休教师看护写作业，寒暑假开托管班。", "新华巷社区三楼", 16, ("joint", 3, "田守义")),
    ("taiji", "大教梁太极队", "620102009005", "culture_sports", "unfiled", "seedling", "strong_ties", 10, "冯国强",
     "13800010042", "每天清晨在小广场打太极，教新来的邻居。", "大教梁小广场", 31, None),
    ("mend", "民勤街便民维修队", "620102009006", "life_service", "filed", "seedling", "weak_organization", 2, "尚建国",
     "13800010043", "小修小补不出巷，优先照顾独居老人。", "民勤街社区", 10, None),
    ("photo", "南城根老街影像社", "620102009002", "culture_sports", "unfiled", "seed", "strong_ties", 1, "毛志远",
     "13800010044", "用手机记录老街，替邻居拍全家福。", "南城根社区", 7, None),
    ("garden", "金陵路邻里花园社", "320104002009", "mutual_aid", "filed", "sapling", "weak_organization", 4, "吴芸",
     "13800010051", "把楼前荒地变成共享花园，轮值浇水，收成分给独居老人。", "金陵路 18 号院", 20, None),
    ("hall", "金陵路居民议事厅", "320104002009", "deliberation", "unfiled", "seedling", "weak_organization", 3, "濮永泉",
     "13800010052", "每月一次说事，社区、社工和居民一起找办法。", "社区会议室", 12, None),
    ("farm", "始版桥一米菜园社", "330102010053", "mutual_aid", "filed", "sapling", "weak_organization", 3, "章慧",
     "13800010053", "回迁居民在屋顶种菜，教孩子认菜，周末开分享市集。", "始版桥屋顶平台", 34, ("joint", 7, "章慧")),
    ("meals", "近江东园为老送餐队", "330102010063", "charity", "registered", "tree", "strong_organization", 7, "骆文娟",
     "13800010054", "给高龄独居老人送午餐，顺手量血压、看看有没有事。", "近江东园食堂", 28, ("joint", 8, "骆文娟")),
    ("choir", "婺江银龄合唱团", "330102010065", "culture_sports", "filed", "seedling", "weak_organization", 5, "竺美云",
     "13800010055", "从唱歌开始，现在每季度去养老院演一场。", "婺江社区文化家园", 42, None),
    ("court", "南门仓胡同议事厅", "110101006001", "deliberation", "filed", "sapling", "weak_organization", 6, "佟永安",
     "13800010061", "胡同里的事坐下来说：停车、晾晒、公厕，议定了就有人办。", "南门仓 5 号院", 17, ("joint", 6, "佟永安")),
    ("letters", "南门仓居民读报组", "110101006001", "culture_sports", "unfiled", "seed", "strong_ties", 2, "关桂珍",
     "13800010062", "每周二上午读报、拉家常，帮看不清字的老人念信。", "社区活动站", 8, None),
    ("chess", "禄家巷楚河汉界棋友会", "620102006001", "culture_sports", "unfiled", "seed", "strong_ties", 1, "秦德林",
     "13800010063", "棋摊摆了好几年，棋友们想教放学的孩子下棋。", "禄家巷口凉棚", 8, None),
    ("hair", "和平新村爱心理发角", "620102006005", "life_service", "unfiled", "seed", "strong_ties", 1, "邓秀琴",
     "13800010064", "三位退休理发师每月一次给老人免费理发，卧床的上门理。", "8 号院门房", 6, None),
)  # fmt: skip

# Registered ones have a credit code: synthetic, with a right check character.
CREDIT_CODES = {"class": "52620102000000001A", "meals": "5262010200000000A6"}

# Members beside the leader: key → ((name, position, backbone, successor, skills), …)
MEMBERS = {
    "patrol": (
        ("赵铁柱", "deputy", True, True, "会调解，跟谁都说得上话"), ("王桂香", "treasurer", True, False, "退休会计"),
        ("何建设", "group_head", True, False, "懂消防"), ("白玉山", "member", False, False, "秦腔"),
        ("石守仁", "member", False, False, "修理"), ("孙玉珍", "member", True, False, "写字好看"),
        ("陈有才", "member", False, False, ""), ("丁福", "member", False, False, ""), ("康秀莲", "member", False, False, ""),
    ),
    "silver": (
        ("刘淑贤", "deputy", True, True, "退休护士"), ("薛翠英", "secretary", True, False, "会用手机"),
        ("田桂花", "member", False, False, ""), ("郝爱莲", "member", False, False, "做饭"),
    ),
    "council": (
        ("曹国庆", "deputy", True, True, "懂物业条例"), ("党玉琴", "secretary", True, False, "记录"),
        ("雷长生", "member", True, False, ""),
    ),
    "river": (
        ("包永寿", "deputy", True, True, "水性好，懂急救"), ("高秀兰", "treasurer", True, False, ""),
        ("丑小军", "group_head", True, False, "开船"), ("谈文秀", "member", False, False, ""),
    ),
    "class": (("郭玉洁", "deputy", True, True, "小学语文"), ("辛志明", "secretary", True, True, "数学")),
    "opera": (("李凤霞", "deputy", True, False, "板胡"), ("孟祥林", "member", False, False, "司鼓")),
    "reading": (
        ("蒲慧", "member", False, False, "讲故事"), ("段丽娜", "member", False, False, ""), ("崔晓萍", "member", False, False, "画画"),
        ("安彩霞", "member", False, False, ""), ("温静", "member", False, False, ""),
    ),
    "garden": (("周素云", "deputy", True, True, "园艺"), ("陶阿根", "member", True, False, "木工")),
    "court": (("关桂珍", "deputy", True, True, ""), ("金振海", "member", True, False, "电工")),
}  # fmt: skip

# Who left: (organization, name): days ago
LEFT = {("reading", "崔晓萍"): 74, ("reading", "安彩霞"): 52}

# Visits: organization, days ago, minutes, whom met, what happened, next step, need found
VISITS = (
    (
        "patrol",
        23,
        50,
        "马永福、赵铁柱",
        "到值班室看望。夜巡排班已满三个月没有断，队员反映冬天天黑得早，路口看不清人。马队长希望年轻人也能加入。",
        "帮忙联系反光背心",
        "反光背心 12 件",
    ),
    (
        "patrol",
        61,
        40,
        "马永福",
        "了解暑期巡逻情况，劝开两起停车口角。队长觉得事情都靠他一个人张罗，有点累。",
        "下次请副队长一起谈分工",
        "",
    ),
    (
        "patrol",
        96,
        45,
        "马永福、王桂香",
        "看了收支本，水电费由社区承担，茶水钱大家凑。建议把账公开贴出来。",
        "帮忙设计收支公示表",
        "",
    ),
    (
        "silver",
        9,
        60,
        "韩玉萍、刘淑贤",
        "随队看望三位高龄独居老人，一位老人听力下降，电话常接不到。队员想学量血压。",
        "联系社区卫生站来教一次",
        "量血压培训",
    ),
    ("silver", 45, 50, "韩玉萍", "核对结对名册，18 对里有 2 对因搬家中断，商量了替补。", "更新名册交社区", ""),
    (
        "opera",
        12,
        35,
        "白玉山、李凤霞",
        "听了一下午排练。乐器旧了，板胡的弦快断了；有人愿意去敬老院演。",
        "问问敬老院的时间",
        "板胡和铜锣",
    ),
    ("opera", 33, 30, "白玉山", "初次走访，了解班子怎么来的：从晨练的亭子里唱起来，已有四年。", "带一份成员名册表", ""),
    (
        "council",
        18,
        40,
        "苏志刚",
        "加装电梯的三户意见谈拢了两户。议事会自己写了会议记录，比上次清楚。",
        "把议事规则再改一稿",
        "",
    ),
    (
        "repair",
        88,
        20,
        "石守仁",
        "在院里摆摊，一上午修了九件。石师傅说工具自己带，缺一张结实的桌子。",
        "问社区能否借桌子",
        "工作台一张",
    ),
    (
        "reading",
        52,
        30,
        "魏小芳",
        "读书会人数不稳，孩子一上学就散。妈妈们希望周末有固定的屋子。",
        "看看图书角周日能不能开",
        "周日场地",
    ),
    ("green", 130, 40, "唐永红", "队长搬去和女儿住，队里没人接手，清理步道停了两个月。", "和社区商量谁来接", ""),
    (
        "river",
        6,
        55,
        "李桂兰、包永寿",
        "秋后野泳少了，队里商量冬天做什么。副队长自己排了下个月的班。",
        "一起写冬季活动方案",
        "",
    ),
    ("river", 40, 45, "李桂兰", "救生圈少了两只，驿站的门锁坏了，已告诉社区。", "跟社区问门锁", "救生圈 2 只"),
    ("mend", 15, 35, "尚建国", "跑了十二户，最想要的是换水龙头和修纱窗。", "排第一张服务表", ""),
    ("taiji", 28, 30, "冯国强", "晨练有三十多人，冯师傅愿意带，但不想登记：怕麻烦。", "讲清楚备案有什么用", ""),
    ("photo", 47, 40, "毛志远", "看了拍的老街照片，想办个小展览。", "问社区走廊能不能挂", "展览场地"),
    ("class", 30, 40, "田守义", "秋季班收了二十四个孩子，老师够用。准备年报。", "帮看年报草稿", ""),
    ("farm", 14, 50, "章慧", "屋顶滴灌装好了，轮值表贴出来两周，没有断过。", "商量冬天种什么", ""),
    ("garden", 20, 45, "吴芸、周素云", "花园社自己开了一次会，社工只旁听。", "把会议记录存档", ""),
    ("court", 25, 60, "佟永安", "胡同停车的议题办结，贴了办理结果。", "约下一次议题", ""),
)

# Talents: community, name, skill, found at, willing to, step, organization
TALENTS = (
    ("620102006003", "孙玉珍", "毛笔字、写通知", "治安服务队值班时", "每月写一次黑板报", "backbone", "patrol"),
    ("620102006003", "赵铁柱", "调解、会说话", "劝开停车口角", "带一个巡逻小组", "reserve", "patrol"),
    ("620102006003", "李凤霞", "板胡、教唱", "凉亭排练", "去敬老院演出", "backbone", "opera"),
    ("620102006003", "牛小龙", "拍短视频", "消防培训时帮忙拍照", "给各队拍视频", "talent", ""),
    ("620102006001", "刘淑贤", "护理、量血压", "随队走访", "教队员量血压", "leader", "silver"),
    ("620102009001", "包永寿", "水上急救", "救护培训", "夏天带班", "reserve", "river"),
)

# Filings that are under way: organization, kind, status, days ago, remark
FILINGS = (
    ("opera", "new", "draft", 3, ""),
    ("repair", "new", "submitted", 5, "想备案后借用社区的屋子"),
    ("reading", "new", "checked", 8, "社区已看过名册"),
    ("taiji", "new", "returned", 10, ""),
    ("green", "change", "submitted", 4, "负责人由唐永红变更为郝春生"),
    ("patrol", "annual", "filed", 260, ""),
    ("silver", "annual", "checked", 6, ""),
)

# Documents in dossiers: organization, heading, title, days ago
DOCUMENTS = (
    ("patrol", "identity", "负责人身份信息说明", 800),
    ("patrol", "venue", "值班室使用证明", 790),
    ("patrol", "funds", "活动资金说明", 790),
    ("patrol", "honours", "区级“平安志愿服务队”表扬信", 200),
    ("patrol", "activity_rules", "夜巡值班制度（第一稿）", 190),
    ("patrol", "finance_rules", "收支公示办法（试行）", 78),
    ("patrol", "agreement", "助力成长计划孵化协议", 235),
    ("river", "identity", "负责人身份信息说明", 900),
    ("river", "venue", "滨河驿站借用说明", 880),
    ("silver", "identity", "负责人身份信息说明", 400),
    ("council", "plan", "院落议事会提升计划书", 390),
)
