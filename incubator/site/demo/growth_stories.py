"""How the organizations of the demonstration grew: what was decided over eighteen months, and what waits to be decided.

Days are counted from today, backwards. People are invented; the last decision of an organization is its stage and form in
``stories.ORGANIZATIONS``, which a test holds against each other.
"""

from incubator.accounts.choices import Role
from incubator.site.demo.people import GUANGWUMEN, WANGJIANG, WUQUAN

BEIJING, NANJING = "110101006", "320104002"
BOTH = (Role.COMMUNITY_STAFF, Role.STREET_STAFF)

# Who decides where it is not as usual: place, stages, roles
RULES = (
    (WUQUAN, ("seed", "seedling"), BOTH),
    (GUANGWUMEN, ("seed", "seedling"), BOTH),
    (BEIJING, ("seed", "seedling"), BOTH),
    (NANJING, ("seed", "seedling"), BOTH),
    (WANGJIANG, ("seed", "seedling", "sapling", "tree"), (Role.HUB_CENTER,)),
)

# When a street asks what is the matter: place, days without an activity, share of members lost in percent
FADING_RULES = ((WUQUAN, 30, 20), (GUANGWUMEN, 45, 25))

# What a street made of the sample: place, titles, author, days since it was published; then what it changed
OWN_STANDARD = (GUANGWUMEN, ("广武门街道社区社会组织成长标准", "Guangwumen: how organizations grow"), "staff2", 21)
# What neighbours think of them weighs more there than a well-written plan; dimensions and indicators
OWN_POINTS = {"capacity": 18, "planning": 3, "governance": 17, "recognition": 7}
OWN_RULES = {
    "members": {"value": 8, "label": {"zh-hans": "成员不少于 8 人（老街院落人少）", "en": "At least 8 members (old courtyards are small)"}},
    "form_members": {"value": 8, "label": {"zh-hans": "成员不少于 8 人", "en": "At least 8 members"}},
}  # fmt: skip

# Who speaks for a community, and for an organization: only those with an account
COMMUNITY_STAFF = {
    "620102006003": "community1", "620102006001": "demo-community5", "620102006005": "demo-community4",
    "620102009001": "demo-community2", "320104002009": "demo-community3",
}  # fmt: skip
LEADERS = {"patrol": "leader1", "river": "leader2"}
# Who leads the organization and sits in the residents' committee stands aside.
STANDS_ASIDE = {"silver", "council", "garden"}

OPENED_BEFORE = 22  # days before the decision: the usual 15 working days

# (organization, days ago, outcome, stage, form, who decided, reason, points of the panel); oldest first
DECISIONS = (
    ("patrol", 525, "promote", "seedling", "strong_ties", "staff1",
     "首次评定。队伍靠老面子聚起来，夜巡没断过；规矩还在嘴上，先定为幼苗。平台启用前的活动以社区纸质值班本为准。", (2, 3, 1, 4)),
    ("council", 525, "promote", "seedling", "weak_organization", "staff1",
     "首次评定。议事亭里人坐得住，有三名骨干，记录还不全。", (3, 3, 1, 4)),
    ("green", 525, "promote", "sapling", "weak_organization", "staff1",
     "首次评定。清山三年，每周出队，备案材料齐，居民都认识这件绿马甲。", (4, 4, 3, 5)),
    ("silver", 525, "promote", "seed", "strong_ties", "staff1", "首次评定。六对老姐妹互相照看，先当种子养着。", (2, 3, 0, 3)),
    ("river", 525, "promote", "seedling", "weak_organization", "staff2",
     "首次评定。夏天值守有排班，冬天容易散，先定为幼苗。", (3, 3, 1, 4)),
    ("class", 525, "promote", "sapling", "weak_organization", "staff2",
     "首次评定。教师固定、家长信得过，账目有人管，还缺一个能独立承接的项目。", (4, 4, 3, 5)),
    ("taiji", 525, "promote", "seedling", "strong_ties", "staff2", "首次评定。人多、天天练，只为自己健身，也不想登记。", (2, 4, 1, 3)),
    ("court", 525, "promote", "seedling", "weak_organization", "demo-staff3", "首次评定。胡同里已坐下来议过两回，要看议了有没有人办。",
     (3, 3, 1, 3)),
    ("meals", 525, "promote", "sapling", "weak_organization", "hub1", "首次评定。送餐两年不断，台账清楚，先定小树。", (4, 5, 5, 5)),
    ("choir", 525, "promote", "seed", "strong_ties", "hub1", "首次评定。爱唱的人聚在一起，还没有往外走。", (2, 3, 1, 3)),
    ("garden", 525, "promote", "seed", "strong_ties", "demo-staff4", "首次评定。几户人家凑起来种花，社工张罗得多。", (2, 3, 0, 3)),
    ("opera", 400, "promote", "seed", "strong_ties", "community1", "凉亭里唱了好几年，人熟、情分重，没有名册也没有规矩。", (1, 3, 0, 4)),
    ("hall", 400, "promote", "seed", "strong_ties", "demo-community3", "说事的人固定下来了，先记为种子。", (2, 2, 0, 3)),
    ("farm", 400, "promote", "seedling", "strong_ties", "hub1", "屋顶三十几户轮着浇水，章程写了第一稿。", (3, 3, 1, 4)),
    ("mend", 400, "promote", "seed", "strong_ties", "staff2", "几位师傅愿意上门，先跑起来看。", (2, 3, 0, 4)),
    ("letters", 400, "promote", "seed", "strong_ties", "demo-staff3", "每周二读报没断过，人不多，心齐。", (1, 3, 0, 3)),
    ("river", 400, "promote", "sapling", "weak_organization", "staff2",
     "值守制度上墙，收支季度公布，副队长能顶班；冬天的活动再想一想。", (4, 4, 3, 5)),
    ("class", 290, "promote", "tree", "strong_organization", "staff2",
     "登记满三年，独立做完一个资助项目并验收合格，两名后备负责人都带过班，资金来自三处。", (5, 5, 5, 5)),
    ("garden", 290, "promote", "seedling", "weak_organization", "demo-staff4", "种的菜分给了独居老人，不只是自己种着玩了。", (3, 4, 1, 4)),
    ("choir", 290, "promote", "seedling", "weak_organization", "hub1", "开始去养老院演出，排练有人点名。", (3, 3, 3, 4)),
    ("court", 290, "promote", "sapling", "weak_organization", "demo-staff3",
     "十二次议事都有记录，提的事七成有回音，轮流主持已成习惯。", (4, 4, 3, 5)),
    ("silver", 290, "promote", "seedling", "weak_organization", "staff1", "结对名册满十八对，帮的是队外的高龄老人。", (3, 4, 1, 4)),
    ("patrol", 165, "promote", "sapling", "weak_organization", "staff1",
     "分工从队长一个人手里拆了出来，三名骨干轮流带班，集中夜巡月月有记录，值班制度写了第一稿。大事还多靠队长一人，形态定为弱组织。", (4, 4, 3, 5)),
    ("council", 165, "promote", "sapling", "weak_organization", "staff1",
     "策划课四讲一讲不落，交出两份方案；亭里议的事都有记录。规则还只在嘴上，交办的事要有人盯。", (4, 4, 3, 5)),
    ("opera", 165, "promote", "seedling", "strong_ties", "staff1",
     "人稳定在十四位，逢节演出都到，章程有了草稿；为居民专门办的演出还没有。", (2, 4, 1, 4)),
    ("reading", 165, "promote", "seed", "strong_ties", "staff1", "首次评定。轮流当故事妈妈，孩子爱来，人数还不稳。", (2, 2, 0, 3)),
    ("repair", 165, "promote", "seed", "strong_ties", "staff1", "首次评定。摊子每月摆，靠石师傅一个人，居民离不开。", (1, 2, 1, 5)),
    ("silver", 165, "hold", "seedling", "weak_organization", "staff1",
     "看望没断过，队务会还像聊天，书面制度一项也没有。先把队务会开起来，半年后再看。", (3, 3, 1, 4)),
    ("meals", 150, "promote", "tree", "strong_organization", "hub1",
     "登记满两年，爱心食堂项目验收良好，收支按月公开，后备队长已带班半年。", (5, 5, 5, 5)),
    ("hall", 150, "promote", "seedling", "weak_organization", "demo-community3", "连着八个月都开成了会，停车和晾晒议出了办法。",
     (3, 3, 1, 4)),
    ("green", 95, "lower", "seedling", "weak_organization", "staff1",
     "队长搬走后三次召集不足四人，清山停了。制度和马甲都还在，等有人牵头再往上走。", (2, 2, 3, 3)),
    ("chess", 95, "promote", "seed", "strong_ties", "demo-community5", "首次评定。天天有棋下，劝过两回架，愿意教放学的孩子。", (1, 3, 0, 3)),
    ("hair", 95, "promote", "seed", "strong_ties", "demo-community4", "首次评定。每月一次免费理发，三位师傅都是老街坊。", (2, 3, 0, 5)),
    ("mend", 60, "promote", "seedling", "weak_organization", "staff2", "上门修的都是独居老人，每户记了台账，成员满十人。", (3, 3, 1, 4)),
    ("photo", 60, "promote", "seed", "strong_ties", "staff2", "首次评定。七位老街坊爱拍照，想办小展览，先当种子。", (2, 3, 0, 3)),
    ("taiji", 40, "hold", "seedling", "strong_ties", "staff2", "人还是那么多，也肯教新来的；为居民办的事暂时没有，不勉强登记。", (2, 4, 1, 3)),
    ("chess", 16, "hold", "seed", "strong_ties", "staff1", "年度评审。棋还是天天下，教孩子的事刚开了个头，先不动。", (2, 3, 0, 3)),
    ("reading", 16, "hold", "seed", "strong_ties", "staff1", "年度评审。图书角漏水停了两次，场地落实了再看人数。", (2, 2, 0, 3)),
    ("farm", 10, "promote", "sapling", "weak_organization", "hub1",
     "公约是一层楼一层楼议出来的，轮值没断过，市集对全社区开放。公共账要再细一点。", (4, 4, 3, 4)),
    ("garden", 10, "promote", "sapling", "weak_organization", "demo-staff4",
     "例会自己主持，社工坐到后排；账本谁记定下来，就更稳了。", (4, 4, 3, 5)),
)  # fmt: skip

# (organization, days ago of the decision): (what, due, days since done or None)
CONDITIONS = {
    ("patrol", 165): (("三个月内把收支表按月贴出来", -75, 82), ("再带出一名能独立带班的骨干", 20, None)),
    ("council", 165): (("交办事项列成清单，每周问一遍", -105, 101),),
}

# The session that was held, and the one to come: title, days ago (to come: negative), place, who took part
HELD = ("五泉街道社区社会组织年中评审会", 165, "街道三楼会议室",
        "街道张建军（主持）；区第三方评估郑文；各社区社会组织专干；社工列席，不表决。")  # fmt: skip
PLANNED = ("五泉街道社区社会组织年度评审会", -6, "街道三楼会议室")
IN_HELD = {"patrol", "council", "opera", "reading", "repair", "silver"}

YEARLY_OPENED, OWN_OPENED, ASKED = 38, 40, 6
# Those of the yearly review of Wuquan that the street has decided already: nobody doubted them
YEARLY_DECIDED = {("chess", 16), ("reading", 16)}
# The others, in the session to come: organization, what opinions are for, what the worker says, panel's points
YEARLY = (
    ("opera", "hold", "班里还在商量要不要往公益走，敬老院专场办成了再往上提不迟。", (3, 4, 1, 4)),
    ("repair", "promote", "修补日有了固定日子，也有了学徒，建议看看人数够不够幼苗。", (2, 3, 1, 5)),
    ("council", "hold", "联办重阳很见功夫；收支还没有做到每季公开，建议稳一年。", (4, 4, 3, 5)),
    ("hair", "promote", "每月理发没断，还上门给四位卧床老人理，愿意写名册。", (2, 3, 1, 5)),
)  # fmt: skip
# The one that waits for the street outside of any session
WAITS = (
    "silver",
    "promote",
    "队务会开了三次，都有记录；节日慰问是自己排的。建议升小树，收支公开再盯一盯。",
    (4, 4, 3, 5),
)
WAITS_NOTE = "半年前评审时留下的两件事都做了，互助队想再申请一次。"
# The one whose opinions are still to come: what the leader scored, what the community says
OPINIONS = ("patrol", (4, 4, 4, 5), "hold",
            "夜巡不用催，居民也认。可独立做完一个项目还没有，队长一歇大家就等，建议再扶一年。")  # fmt: skip
OPINIONS_NOTE = "马队长想知道离大树还差什么，一起对一遍。"

# What parties say in reviews that are over, by what they are for
SAID = {
    "community": {
        "promote": ("平时看在眼里，社区有事叫得动，同意。", "居民口碑好，同意往上走一步。"),
        "hold": ("再稳一稳，社区继续给场地。",),
        "lower": ("确实没有人召集了，同意先退一步。",),
    },
    "organization": {
        "promote": ("大家商量过，愿意试试。", "队里开会念过一遍，都同意。"),
        "hold": ("我们自己也觉得还差点。",),
        "lower": ("",),
    },
    "social_worker": {
        "promote": ("该有的记录都有，骨干也起来了，建议通过。", "从第一次走访到现在变化看得见，建议通过。"),
        "hold": ("有进步，制度还没落到纸上，建议再等一期。",),
        "lower": ("三次召集都没成，陪伴计划也停了，建议如实下调。",),
    },
}
ASIDE = "我同时是这个组织的负责人，按规定回避。"
ASIDE_DECIDES = "由本社区评定，不另提意见。"

# Why points were lost, by what people look at
LOST = {
    "planning": "方案里的分工和预算还要写细", "cooperation": "大事多由一两个人拿主意",
    "finance": "账记了，还没有定期公开", "recognition": "知道的居民多，遇事先想到的还少",
}  # fmt: skip
FULL = 500  # hundredths

# What the papers of that time said, where the platform had no records yet: by the stage that was granted
PAPERS = {
    "seed": {
        "named_contact": True, "responsible_person": True, "core_team": 1, "activities_12m": 3, "people_reached_12m": 36,
        "public_benefit_activities_12m": 0, "records_complete_share": "0.5", "charter": False,
        "core_documents_missing": 4, "written_rules": 0, "successor_named": False,
    },
    "seedling": {
        "named_contact": True, "responsible_person": True, "core_team": 2, "activities_12m": 7, "people_reached_12m": 130,
        "public_benefit_activities_12m": 2, "records_complete_share": "0.7", "charter": True,
        "core_documents_missing": 3, "written_rules": 0, "successor_named": False, "leadership_share": "0.3",
    },
    "sapling": {
        "named_contact": True, "responsible_person": True, "core_team": 5, "activities_12m": 15,
        "people_reached_12m": 320, "public_benefit_activities_12m": 5, "records_complete_share": "0.9", "charter": True,
        "core_documents_missing": 1, "written_rules": 2, "satisfaction_mean": "4.3", "honours_media_12m": 1,
        "leadership_share": "0.4",
    },
    "tree": {
        "named_contact": True, "responsible_person": True, "core_team": 6, "activities_12m": 40,
        "people_reached_12m": 900, "public_benefit_activities_12m": 12, "records_complete_share": "0.96",
        "charter": True, "core_documents_missing": 0, "written_rules": 3, "satisfaction_mean": "4.6",
        "honours_media_12m": 4, "leadership_share": "0.8", "successor_named": True, "funding_sources": 3,
        "funded_project_accepted": 1, "joint_meetings_attended_12m": 6, "agenda_items_handled_12m": 4,
    },
}  # fmt: skip

# Gates of projects that wait: project: (party, who, what for or "" for standing aside, what they said)
GATES = {
    "growth": (
        ("community", "demo-community4", "", ASIDE),
        ("social_worker", "worker1", "promote", "五家都能自己张罗一摊了，退出计划里剩两件在交接，建议结项，按时回访。"),
    ),
    "opera": (),
}  # fmt: skip
IN_PLANNED = {"growth"}
