"""The surveys of the demonstration: who was asked what and when, and how answers are spread. Days are counted from today,
the past is negative. All answers are invented."""

LIXING, RIVERSIDE = "620102006003", "620102009001"
MEMBERS, RESIDENTS, SATISFIED = "needs-three-levels", "resident-needs", "satisfaction"

# key: questionnaire, when, title, about (kind of thing, key), first and last day, linked by, how many are asked, who
# planned it, compared with
WAVES = {
    "patrol-before": (MEMBERS, "baseline", "治安服务队成员需求问卷（前测）", ("project", "patrol"), -226, -214, "self_code", 24,
                      "demo-former1", ""),
    "silver-before": (MEMBERS, "baseline", "银龄互助队成员问卷（前测）", ("project", "silver"), -138, -130, "self_code", 18, "worker1", ""),
    "riverside": (RESIDENTS, "once", "黄河沿社区居民需求调查", ("community", RIVERSIDE), -96, -82, "nothing", 60, "worker2", ""),
    "fire": (SATISFIED, "once", "夜间巡逻与消防常识 · 活动满意度", ("activity", "patrol-fire"), -38, -35, "nothing", 19, "worker1", ""),
    "chongyang": (SATISFIED, "once", "五队联办重阳敬老 · 活动满意度", ("activity", "chongyang"), -33, -30, "nothing", None, "worker1", ""),
    "silver-talk": (SATISFIED, "once", "怎样和高龄老人说话 · 活动满意度", ("activity", "silver-talk"), -26, -23, "nothing", 15, "worker1", ""),
    "silver-mid": (MEMBERS, "midterm", "银龄互助队成员问卷（中期）", ("project", "silver"), -24, -15, "self_code", 18, "worker1",
                   "silver-before"),
    "patrol-after": (MEMBERS, "endline", "治安服务队成员需求问卷（后测）", ("project", "patrol"), -21, -9, "self_code", 24, "worker1",
                     "patrol-before"),
    "residents": (RESIDENTS, "once", "力行新村居民需求调查", ("community", LIXING), -9, 12, "nothing", 60, "worker1", ""),
    "opera-before": (MEMBERS, "baseline", "秦腔自乐班成员问卷（前测）", ("project", "opera"), -5, 6, "self_code", 15, "worker1", ""),
}  # fmt: skip
OPEN = {"residents", "opera-before"}

# Who answered the questions about members: numbers of people (the same number is the same person), how they stand at the
# three levels, and by how much they changed since the survey before
LEVELS = ("individual", "interpersonal", "social")
ANSWERED = {
    "patrol-before": (range(24), (2.8, 3.1, 2.5), None),
    "patrol-after": ((*range(19), 24, 25), (2.8, 3.1, 2.5), (0.5, 0.35, 0.25)),  # 24 is new, 25 made another code than before
    "silver-before": (range(7), (2.6, 3.4, 2.7), None),
    "silver-mid": ((*range(5), 7), (2.6, 3.4, 2.7), (0.4, 0.1, 0.2)),
    "opera-before": (range(9), (2.3, 3.5, 2.2), None),
}  # fmt: skip
PERSON, CHANGE, ITEM = 0.45, 0.3, 0.55  # how far people, changes and items differ
LEFT_OUT = 0.03  # share of questions that nobody answers
PAPER_EVERY = 4  # each fourth sheet comes on paper
CODE_LETTERS = "BCFGHLMQSTWXZ"
SAME_CODE = ("opera-before", 3, 7)  # two sheets that came in with the same code

# Comparisons that were asked for: before, after, days ago
ANALYSES = (("patrol-before", "patrol-after", 7), ("silver-before", "silver-mid", 13))

# Satisfaction: how many answered, and their mean
SATISFACTION = {"fire": (13, 4.4), "chongyang": (31, 4.6), "silver-talk": (9, 4.5)}
MORE = {
    "fire": ("灭火器第一次自己按，心里有底了。", "下次能不能在楼道里练？"),
    "chongyang": ("面好吃，戏没听够。", "厕所远了点。", "希望明年还办。", "给卧床的老人也送一碗去。"),
    "silver-talk": ("刘护士讲得实在。", "小卡片多印几张。"),
}

# Residents: age group, how many answered, weight of each wish (c1 … c11), of each time (c1 … c5), of each way (c1 … c7)
AGES = (
    ("up_to_25", 7, (1, 2, 2, 6, 1, 1, 2, 2, 5, 1, 4), (0, 2, 4, 2, 2), (5, 4, 3, 1, 0, 0, 2)),
    ("from_26", 12, (3, 9, 3, 4, 3, 2, 3, 3, 3, 1, 2), (0, 3, 7, 2, 3), (6, 3, 2, 1, 2, 1, 4)),
    ("from_46", 11, (5, 3, 5, 5, 5, 4, 5, 4, 3, 2, 1), (2, 3, 4, 2, 1), (6, 5, 3, 2, 3, 1, 2)),
    ("over_60", 16, (9, 1, 8, 6, 7, 4, 6, 3, 0, 3, 3), (8, 1, 3, 0, 0), (8, 5, 3, 2, 4, 1, 1)),
)
SAYINGS = {"residents": (
    "楼道里的旧家具早点清走。", "晚上路口再亮一点。", "孩子放学到大人下班那两个钟头，没地方去。", "想有个能坐下来喝茶的地方。", "电动车别再往楼里推了。",
    "老人一个人在家，希望有人敲敲门。", "院子里能种点花。", "停车的事商量出个办法。", "家里水管坏了不知道找谁。", "凉亭冬天太冷，想挡挡风。",
    "多办几次量血压。", "打麻将的声音晚上小一点。",
), "riverside": (
    "河边路灯坏了两盏。", "夏天有人在河里游，看着揪心。", "想有个地方教孩子写字。", "楼道扶手松了。", "老同事们想凑在一起唱唱歌。", "垃圾桶离楼门太近。",
)}  # fmt: skip

PURPOSE = "你的回答用来安排接下来的服务，也用来看这些服务有没有用。"
FREE = "参加自愿，哪一题不想答可以空着，不参加也没有任何影响。"
WAYS = {
    "nothing": "答卷不记姓名。",
    "self_code": "代码由你自己编，只用来把你前后两次的答卷连起来，不能说明你是谁，平台只留打乱后的样子。",
}
READERS = (
    "你的回答由服务你们的人看：社工和他们的督导、社区工作人员、服务中心。"
    "其他人，比如街道办和组织负责人，只能在调查结束一天之后看到整体的数字，不到五个人的数字不显示。"
)

# The questionnaire that the district made of the platform's own: title, days since it was published, and what it added
OWN_TITLE = ("城关区社区社会组织培育需求问卷", "Chengguan: what community organizations need")
OWN_PUBLISHED = 75
OWN_SOURCE = "由平台自编的三层面需求问卷改编，城关区增加一节，未经信效度检验。"
OWN_INTRO = {
    "zh-hans": "这份问卷在全区各街道通用，前 18 题和平台问卷相同，方便前后对照；最后一节是区里想多问的两题。大约 6 分钟，不想答的可以空着。",
    "en": "Used in all streets of the district. The first 18 questions are the platform's, so that results can be compared; "
    "the last part is two questions of the district. About six minutes; leave out what you do not want to answer.",
}
OWN_SECTION = {
    "id": "s4",
    "title": {"zh-hans": "区里还想问", "en": "Two more questions"},
    "text": {"zh-hans": "", "en": ""},
    "items": [
        {
            "id": "help", "kind": "multiple", "required": False,
            "text": {"zh-hans": "今后半年最希望得到哪些支持？", "en": "Which support would help most in the next six months?"},
            "help": {"zh-hans": "可以选几项。", "en": "Several are possible."},
            "options": [
                {"id": "place", "text": {"zh-hans": "固定的活动场地", "en": "A fixed place to meet"}, "services": ["resource_link"]},
                {"id": "course", "text": {"zh-hans": "写方案、记账的培训", "en": "Training in planning and accounts"},
                 "services": ["training"]},
                {"id": "company", "text": {"zh-hans": "社工常来坐坐、帮着理一理", "en": "A social worker who comes by regularly"},
                 "services": ["visit", "org_supervision"]},
                {"id": "friends", "text": {"zh-hans": "认识别的队伍和单位", "en": "To get to know other groups and employers"},
                 "services": ["liaison"]},
                {"id": "money", "text": {"zh-hans": "一小笔活动经费", "en": "A little money for activities"},
                 "services": ["resource_link"]},
            ],
        },
        {
            "id": "wish", "kind": "text", "required": False,
            "text": {"zh-hans": "有什么话想带给区里？", "en": "Is there anything you want to tell the district?"},
            "help": {"zh-hans": "", "en": ""},
        },
    ],
}  # fmt: skip
