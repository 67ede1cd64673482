"""Announcements, tasks, contracts and rules of the demonstration. Days are counted from today, the past is negative."""

# (organization, kind, title, day, hour, minutes, where, expected, concerns, days since announced, answered by or "",
#  days since the answer, state, answer, purpose, safety plan)
ANNOUNCEMENTS = (
    ("council", "service", "五队联办重阳敬老", -33, 9, 180, "和平新村广场", 120, ["large", "outdoor", "frail"], 45,
     "demo-community4", 43, "agreed", "同意。现场请留一条救护车通道，社区出两名工作人员。", "让老人吃一碗寿面、看一场戏、量一次血压。",
     "两名退休护士值守；设临时休息区；广场东口留救护通道；下雨改到活动室分两场。"),
    ("patrol", "service", "平安敲门第一次", -125, 19, 150, "家属院七个单元", 96, [], 132, "community1", 130, "agreed",
     "同意，已在楼门口贴通知。", "提醒锁好电动车，收集紧急联系人。", ""),
    ("patrol", "service", "冬季平安敲门行动", 6, 14, 150, "家属院各单元", 40, ["frail"], 1, "", None, "filed", "",
     "雪天前把独居老人家的门敲一遍，看暖气、看煤气报警器。", "两人一组；进门先亮证；发现异常先打社区值班电话，不自行处置。"),
    ("opera", "service", "敬老院专场排练公开日", 4, 15, 90, "家属院凉亭", 30, ["outdoor"], 1, "", None, "filed", "",
     "请居民来挑节目，看哪几段老人爱听。", "大风降温就改到社区活动室。"),
    ("repair", "service", "岁末修补日", 13, 9, 150, "社区院内", 30, [], 2, "", None, "filed", "", "修锅、磨刀、配钥匙，最后一个周六。", ""),
    ("patrol", "training", "夜间巡逻与消防常识", -38, 14, 90, "社区会议室", 20, [], 52, "", None, "filed", "", "学会用灭火器，先报警再疏散。", ""),
    ("opera", "salon", "戏迷茶座", -16, 15, 60, "家属院凉亭", 20, ["outdoor"], 26, "", None, "filed", "", "喝茶、听戏、认识新邻居。", ""),
    ("opera", "service", "广场夜场演出", -20, 20, 120, "社区小广场", 80, ["outdoor", "large"], 29, "community1", 27, "objected",
     "当晚家属院有高考复习的孩子，八点后音响扰民。请改到周六下午，或者换到街道礼堂，社区帮忙联系。", "入冬前给居民唱一场。",
     "音响九点前关；两名队员看线路。"),
    ("patrol", "service", "元旦集中夜巡", 40, 20, 120, "家属院周边", 25, [], 3, "", None, "withdrawn", "", "节日夜巡加一班。", ""),
    ("silver", "training", "量血压与应急小卡片", 3, 14, 90, "禄家巷社区活动室", 18, [], 6, "demo-community5", 4, "agreed",
     "同意，卫生站李大夫到场。", "队员学会量血压。", ""),
    ("river", "service", "冬季护河清岸", 11, 9, 120, "滨河东路", 40, ["outdoor", "minors"], 4, "demo-community2", 2, "agreed",
     "同意，学生须有家长同去。", "清岸并劝阻下冰。", "不上冰面；学生由家长带；驿站备姜汤和毛毯。"),
)  # fmt: skip

# (key, kind, title, due, owner or "" for the place, organization, project, activity, months after, state, days since closed,
#  closed by the activity, why dropped)
FOLLOW_UPS = (
    ("vest", "promise", "帮忙联系反光背心，到货送过去", 0, "worker1", "patrol", "patrol", "patrol:23", None, "open", None, "", ""),
    ("pressure", "promise", "联系社区卫生站来教一次量血压", -2, "worker1", "silver", "silver", "silver:9", None, "open", None, "", ""),
    ("rest-home", "promise", "问问敬老院哪天方便", 1, "worker1", "opera", "opera", "opera:12", None, "open", None, "", ""),
    ("rules", "promise", "议事规则再改一稿", 5, "worker1", "council", "growth", "council:18", None, "open", None, "", ""),
    ("accounts", "task", "重阳活动收支公示拍照存档", -27, "worker1", "council", "growth", "chongyang", None, "done", 29, "", ""),
    ("fire", "promise", "约消防站练一次疏散", 18, "worker1", "patrol", "patrol", "patrol-fire", None, "open", None, "", ""),
    ("handover", "task", "把资源表交给和平新村社区", 5, "worker1", "council", "growth", "", None, "open", None, "", ""),
    ("sign", "task", "请社区在路口画线", 9, "worker1", "patrol", "patrol", "patrol-quarrel", None, "open", None, "", ""),
    ("after-3", "visit_after", "便民修补摊 结项后 3 个月回访", -88, "", "repair", "mending", "", 3, "done", 88, "repair:88", ""),
    ("after-6", "visit_after", "便民修补摊 结项后 6 个月回访", 3, "", "repair", "mending", "", 6, "open", None, "", ""),
    ("after-12", "visit_after", "便民修补摊 结项后 12 个月回访", 185, "", "repair", "mending", "", 12, "open", None, "", ""),
    ("poster", "task", "给读书会借投影", -40, "worker1", "reading", "", "", None, "dropped", 42, "", "图书角漏水，场地先修"),
    ("winter", "promise", "一起写冬季活动方案", -1, "worker2", "river", "river", "river:6", None, "open", None, "", ""),
    ("table", "promise", "排第一张上门服务表", 2, "worker2", "mend", "mend", "mend:15", None, "open", None, "", ""),
    ("account-book", "task", "公共账本谁来记，下次例会定下来", 10, "demo-nanjing", "garden", "garden", "garden-meeting", None, "open", None, "", ""),
    ("charger", "task", "充电桩的事问电力公司", 4, "demo-beijing", "court", "court", "court-parking", None, "open", None, "", ""),
    ("poster-market", "task", "市集照片做成墙报", 0, "demo-hangzhou", "farm", "farm", "farm-market", None, "open", None, "", ""),
)  # fmt: skip

# The agency's contract: (indicator, kinds, unit, target), in the order of the contract.
INDICATORS = (
    ("督导", ["org_supervision", "supervision"], "sessions", 24),
    ("课程与工作坊", ["training", "workshop"], "sessions", 10),
    ("走访", ["visit"], "sessions", 120),
    ("服务组织", [], "organizations", 6),
    ("居民参加", ["service", "salon"], "person_times", 600),
    ("联络会", ["liaison"], "sessions", 4),
)

# The office's own kind: code, Chinese and English name, picture, minutes, and its questions: name, type, Chinese, English,
# whether it has to be answered, whether the answer is long
OWN_KIND = ("own-festival-visit", "节日慰问", "Festival visit", "gift", 60, (
    ("festival", "text", "什么节日", "Which festival", True, False),
    ("families", "number", "走了几户", "How many families", True, False),
    ("gifts", "text", "带了什么", "What was brought", False, False),
    ("found", "text", "家里有什么难处", "Difficulties found", False, True),
))  # fmt: skip

# What the centre handed over with its projects: organization, what was open, days after the hand-over
HANDED_OVER = (
    ("patrol", "值班制度第一稿", 20),
    ("council", "五家组织资源表", 30),
    ("repair", "修补摊回访", 14),
)
