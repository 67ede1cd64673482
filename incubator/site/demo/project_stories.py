"""Projects of the demonstration: why each was opened, what it wants, who takes over. All people are invented.

Days are counted from today, the past is negative. A plan names the activity (``activity_stories``) that fulfilled it, or
nothing: then it is still to come, or overdue.
"""

# key: organization, name, lead, stage, first day, length, further organizations, admission, goal
PROJECTS = {
    "patrol": ("patrol", "治安服务队培育计划", "worker1", "cultivation", -240, 365, (), False,
        "从靠面子聚人，走到有制度、能自己做项目：定下值班制度、带出三名骨干、递一份公益微创投申请。"),
    "growth": ("council", "助力成长计划", "worker1", "summary", -400, 430, ("silver", "opera", "reading", "repair"), False,
        "五家组织一起上路：学会策划一场活动，彼此认得、互相帮得上，能坐到社区议事的桌前。"),
    "silver": ("silver", "银龄互助队陪伴计划", "worker1", "cultivation", -150, 300, (), False,
        "结对名册完整，互助队能自己排班、自己开会。"),
    "opera": ("opera", "秦腔自乐班起步计划", "worker1", "preparation", -40, 240, (), False,
        "弄清大家想不想往公益走，先把成员名册和活动固定下来。"),
    "mending": ("repair", "便民修补摊起步计划", "demo-former1", "closed", -420, 240, (), False,
        "让石师傅的摊子每月准时摆起来，有人搭手、有人接班。"),
    "green": ("green", "环保志愿队重整计划", "worker1", "terminated", -300, 300, (), False,
        "把停下来的清山队伍重新聚起来。"),
    "river": ("river", "护河队骨干培养计划", "worker2", "cultivation", -200, 365, (), False,
        "副队长能独立带班，学会写活动方案。"),
    "mend": ("mend", "便民维修队起步计划", "worker2", "preparation", -30, 240, (), False,
        "摸清服务对象，排出第一张服务表。"),
    "farm": ("farm", "一米菜园自治计划", "demo-hangzhou", "cultivation", -180, 365, (), True,
        "菜园公约和轮值由居民自己定、自己管；三张清单里认领一个项目。"),
    "garden": ("garden", "邻里花园陪伴计划", "demo-nanjing", "cultivation", -210, 365, ("hall",), False,
        "社工从主导退到协助：花园社自己开会、自己记账、自己招新。"),
    "court": ("court", "胡同议事厅培育计划", "demo-beijing", "summary", -380, 400, (), False,
        "议题有来有回，办结的事贴在墙上。"),
}  # fmt: skip

# project: (level, need, how it was found)
NEEDS = {
    "patrol": (
        ("individual", "队长样样自己来，副队长和小组长没独立带过班", "两次走访和一次骨干谈话"),
        ("interpersonal", "队里靠交情，谁值班谁不值班说不清，闹过两次别扭", "值班本和队员座谈"),
        ("social", "居民只当他们是看门的，社区议事没请过他们", "居民问卷 42 份，和社区书记的谈话"),
    ),
    "growth": (
        ("individual", "组织骨干不会写方案，也不敢在会上发言", "五家组织负责人访谈"),
        ("interpersonal", "五家队伍各忙各的，不知道旁边有谁能帮上忙", "关系图工作坊，18 人参加"),
        ("social", "社区有事想不到找社会组织，组织也不知道从哪里参与", "社区书记座谈、居民代表座谈"),
    ),
    "silver": (
        ("individual", "队员不会量血压、不会处理突发情况", "随队走访三次"),
        ("interpersonal", "结对靠熟人，搬家断了就没人补", "结对名册核对"),
    ),
    "opera": (
        ("individual", "班子里老人多，没人会用手机通知大家", "排练时聊天"),
        ("social", "想去敬老院演出，不知道找谁联系", "骨干座谈"),
    ),
    "mending": (("social", "坏锅钝刀没处修，石师傅一个人张罗不过来", "入户走访二十户"),),
    "green": (("interpersonal", "队长搬走后没人召集", "电话走访八名队员"),),
    "river": (
        ("individual", "副队长能干但没单独带过班", "夏季值守观察"),
        ("social", "冬天没有事做，队伍容易散", "队员座谈"),
    ),
    "mend": (("social", "独居老人家里小修没人上门", "入户十二家"),),
    "farm": (
        ("interpersonal", "浇水轮值总是那几个人，年轻住户有意见", "居民议事会"),
        ("social", "屋顶闲着一半，社区需求清单里排在第三", "社区需求清单"),
    ),
    "garden": (
        ("individual", "骨干习惯等社工拿主意", "社工两个月的工作记录"),
        ("social", "社工一半时间在帮社区填表，花园社的事要自己能办", "双重角色的讨论"),
    ),
    "court": (("social", "议了没人办，居民不愿再来", "上一年议题办理情况"),),
}

# project: (number of its need or None, level, objective, ((indicator, unit, kinds, target, reached), …))
# ``reached`` is written for own measures alone; all others are counted from the records.
OBJECTIVES = {
    "patrol": (
        (0, "individual", "三名骨干能独立带班、会写值班小结",
            (("一对一督导", "sessions", ["org_supervision"], 8, None), ("能独立带班的骨干", "own", [], 3, 2))),
        (1, "interpersonal", "值班制度和收支公示写成文字，人人知道",
            (("制度讨论会", "sessions", ["internal_meeting", "workshop"], 4, None),
             ("贴出来的制度", "own", [], 3, 2))),
        (2, "social", "社区联席时有治安服务队的座位，递出一份微创投申请",
            (("公开活动参加人次", "person_times", ["service"], 200, None), ("服务小时", "hours", ["service"], 40, None))),
    ),
    "growth": (
        (0, "individual", "每家至少两名骨干能写一份活动方案",
            (("策划课", "sessions", ["training"], 4, None), ("交出的方案", "own", [], 10, 9))),
        (1, "interpersonal", "五家组织彼此支持，每季度碰头一次",
            (("联络会", "sessions", ["liaison"], 4, None), ("一起办的活动", "sessions", ["service", "salon"], 3, None))),
        (2, "social", "每家都参加过一次社区议事，接过一件事",
            (("参与的组织", "organizations", [], 5, None), ("链接到的资源", "sessions", ["resource_link"], 4, None))),
    ),
    "silver": (
        (0, "individual", "队员会量血压、会照应急卡片做", (("培训", "sessions", ["training"], 3, None),)),
        (1, "interpersonal", "结对名册每月核对，断了的一周内补上",
            (("走访", "sessions", ["visit"], 10, None), ("保持结对的老人", "own", [], 18, 16))),
    ),
    "opera": ((1, "social", "去敬老院演出一次", (("公益演出", "sessions", ["service"], 1, None),)),),
    "mending": ((0, "social", "每月固定摆摊一次，有人搭手", (("摆摊", "sessions", ["service"], 3, None),)),),
    "river": (
        (0, "individual", "副队长独立带班一个月", (("一对一督导", "sessions", ["org_supervision"], 6, None),)),
        (1, "social", "冬季有三场面向居民的活动", (("居民参加人次", "person_times", ["service", "salon"], 90, None),)),
    ),
    "mend": ((0, "social", "排出第一张上门服务表", (("上门服务", "sessions", ["service"], 6, None),)),),
    "farm": (
        (0, "interpersonal", "轮值表由各楼层自己排", (("菜园议事", "sessions", ["internal_meeting"], 6, None),)),
        (1, "social", "从项目清单里认领“屋顶课堂”", (("屋顶课堂", "sessions", ["service", "training"], 5, None),)),
    ),
    "garden": (
        (0, "individual", "骨干自己主持例会、自己写记录", (("组织自己开的会", "sessions", ["internal_meeting"], 6, None),)),
        (1, "social", "社工的行政协助每月不超过 20 小时", (("行政协助小时", "hours", ["admin_assist"], 120, None),)),
    ),
    "court": ((0, "social", "议题全部有回音", (("议事会", "sessions", ["internal_meeting"], 10, None),)),),
}  # fmt: skip

# project: (number of its objective or None, kind, title, day, hour or None, place, expected, activity key or "")
# A day as text means: cancelled, for that reason.
PLANS = {
    "patrol": (
        (0, "org_supervision", "和队长理一理分工", -205, 15, "值班室", 3, "patrol-coach-1"),
        (1, "workshop", "值班制度怎么定", -110, 14, "社区会议室", 18, "patrol-rules"),
        (0, "training", "夜间巡逻与消防常识", -38, 14, "社区会议室", 20, "patrol-fire"),
        (0, "org_supervision", "副队长带班后的复盘", -30, 15, "值班室", 2, "patrol-coach-4"),
        (2, "service", "冬季平安敲门行动", 6, 14, "家属院各单元", 40, ""),
        (1, "internal_meeting", "收支公示与新年值班表", 12, 19, "值班室", 20, ""),
        (2, "resource_link", "与消防站谈器材借用", -4, None, "消防站", 3, ""),
        (0, "org_supervision", "微创投申请书第一稿", 20, 15, "值班室", 3, ""),
        (2, "service", "反诈宣传快闪", 45, 10, "小广场", 60, ""),
    ),
    "growth": (
        (0, "training", "策划课第一讲：从一个需要开始", -300, 14, "五泉街道培训室", 20, "course-1"),
        (0, "training", "策划课第二讲：目标和步骤", -286, 14, "五泉街道培训室", 20, "course-2"),
        (0, "training", "策划课第三讲：算一算花多少钱", -272, 14, "五泉街道培训室", 20, "course-3"),
        (0, "training", "策划课第四讲：讲给别人听", -258, 14, "五泉街道培训室", 20, "course-4"),
        (1, "workshop", "画一张我们的关系图", -330, 14, "和平新村 8 号院", 18, "map"),
        (1, "liaison", "第一季度联络会", -240, 9, "街道会议室", 12, "liaison-1"),
        (1, "liaison", "第二季度联络会", -150, 9, "街道会议室", 12, "liaison-2"),
        (1, "liaison", "第三季度联络会", -58, 9, "街道会议室", 12, "liaison-3"),
        (2, "salon", "主题沙龙：社区的事我能做什么", -190, 14, "禄家巷社区活动室", 30, "salon-1"),
        (2, "resource_link", "资源平台：驻区单位认领会", -120, 10, "街道会议室", 25, "platform"),
        (1, "service", "五队联办重阳敬老", -33, 9, "和平新村广场", 120, "chongyang"),
        (1, "liaison", "第四季度联络会暨总结", 9, 9, "街道会议室", 15, ""),
    ),
    "silver": (
        (0, "training", "怎样和高龄老人说话", -26, 14, "禄家巷社区活动室", 18, "silver-talk"),
        (0, "training", "量血压与应急小卡片", 3, 14, "禄家巷社区活动室", 18, ""),
        (1, "visit", "结对名册核对", -6, 10, "禄家巷", 2, ""),
        (1, "salon", "老伙伴茶话会", 16, 14, "禄家巷社区活动室", 25, ""),
    ),
    "opera": (
        (0, "internal_meeting", "要不要备案，大家一起说", 0, 15, "家属院凉亭", 14, ""),
        (0, "service", "敬老院专场", 30, 14, "五泉敬老院", 80, ""),
    ),
    "mending": (
        (0, "service", "第一次修补日", -268, 9, "社区院内", 30, "mending-1"),
        (0, "service", "第二次修补日", -238, 9, "社区院内", 30, "mending-2"),
        (0, "service", "第三次修补日", -208, 9, "社区院内", 30, "mending-3"),
    ),
    "river": (
        (0, "training", "水边救护与心肺复苏", -55, 14, "滨河东路驿站", 24, "river-rescue"),
        (0, "org_supervision", "副队长排班复盘", 4, 10, "驿站", 2, ""),
        (1, "service", "冬季护河清岸", 11, 9, "滨河东路", 40, ""),
    ),
    "mend": ((0, "service", "第一次上门维修日", 8, 9, "民勤街", 12, ""),),
    "farm": (
        (0, "internal_meeting", "菜园公约第二稿", -48, 19, "屋顶平台", 30, "farm-rules"),
        (1, "training", "屋顶菜园的水和土", -40, 14, "屋顶平台", 30, "farm-soil"),
        (1, "service", "屋顶课堂：认识一棵菜", 5, 10, "屋顶平台", 25, ""),
    ),
    "garden": (
        (0, "internal_meeting", "花园社自己主持的例会", -20, 19, "18 号院", 16, "garden-meeting"),
        (0, "training", "怎样写一份活动方案", -66, 14, "社区会议室", 18, "garden-plan"),
        (0, "internal_meeting", "冬季轮值与公共账本", 10, 19, "18 号院", 16, ""),
        (1, "other", "社工时间分配双月讨论", "社区书记出差，并到下次联席", None, "社区办公室", 4, ""),
    ),
    "court": (
        (0, "internal_meeting", "第一次会：坐下来说", -360, 14, "南门仓 5 号院", 20, "court-first"),
        (0, "internal_meeting", "停车议题办结通报", -25, 14, "南门仓 5 号院", 20, "court-parking"),
        (0, "internal_meeting", "总结会：墙上的清单", 14, 14, "南门仓 5 号院", 20, ""),
    ),
}

# project: (username, role, first day, last day or None, what was handed over); the lead is added when nobody is told
TEAMS = {
    "patrol": (
        ("demo-former1", "lead", -240, -92, "已完成：需求座谈、值班制度第一稿。没做完：收支公示表。"
         "马队长习惯电话联系，晚上七点后方便；赵铁柱愿意多担一点，可以多鼓励。"),
        ("worker1", "lead", -92, None, ""),
        ("demo-worker4", "member", -80, None, ""),
    ),
    "growth": (
        ("worker1", "lead", -400, None, ""),
        ("demo-worker3", "member", -390, None, ""),
    ),
    "silver": (("worker1", "lead", -150, None, ""), ("demo-worker3", "member", -120, None, "")),
    "river": (
        ("demo-former1", "lead", -200, -160, "副队长包永寿可以培养；救生设备清单在驿站抽屉里。"),
        ("worker2", "lead", -160, None, ""),
        ("supervisor1", "supervisor", -150, None, ""),
    ),
}  # fmt: skip

# project: (task, who takes it over, day, day done or None)
EXIT_STEPS = {
    "patrol": (
        ("召集每月例会", "副队长赵铁柱", -20, -22),
        ("写值班小结", "孙玉珍", 30, None),
        ("对接消防站和派出所", "队长马永福", 90, None),
    ),
    "growth": (
        ("约联络会、写会议纪要", "院落议事会党玉琴", -40, -42),
        ("维护驻区单位资源表", "和平新村社区苏志刚", 5, None),
        ("带新组织写方案", "银龄互助队刘淑贤", 20, None),
    ),
    "mending": (("借桌子、贴通知", "社区便民窗口", -190, -192), ("记修了几件", "石守仁", -185, -186)),
    "garden": (("主持例会", "周素云", -15, -20), ("记公共账", "陶阿根", 25, None)),
    "court": (("主持议事", "佟永安", -60, -61), ("更新办理清单", "关桂珍", 10, None)),
}

# project: (kind, title, day)
PROJECT_DOCUMENTS = {
    "patrol": (
        ("agreement", "治安服务队培育计划孵化协议（签字页）", -232), ("baseline", "培育前需求评估小结", -228),
        ("plan", "治安服务队培育计划书（核定版）", -222), ("midterm", "中期回看：半年小结", -58),
    ),
    "growth": (
        ("agreement", "助力成长计划合作协议", -392), ("baseline", "五家组织前测汇总", -388),
        ("plan", "助力成长计划书（核定版）", -380), ("midterm", "中期评估会议纪要", -205),
        ("endline", "五家组织后测汇总", -24), ("final_report", "助力成长计划总结报告（送审稿）", -12),
    ),
    "silver": (("agreement", "陪伴计划协议", -140), ("plan", "银龄互助队年度计划", -132), ("baseline", "队员能力自评", -136)),
    "opera": (("baseline", "骨干座谈小结", -15), ("agreement", "起步计划协议", -12), ("plan", "起步计划书", -10)),
    "mending": (
        ("agreement", "起步计划协议", -410), ("baseline", "入户需求小结", -408), ("plan", "修补摊计划", -405),
        ("endline", "居民回访小结", -190), ("final_report", "起步计划总结", -186),
    ),
    "river": (("agreement", "骨干培养协议", -190), ("plan", "护河队培养计划", -186), ("baseline", "骨干访谈小结", -188)),
    "farm": (("agreement", "入壳协议", -168), ("plan", "一米菜园自治计划", -160), ("baseline", "三张清单核对记录", -165)),
    "garden": (("agreement", "邻里花园陪伴协议", -205), ("plan", "花园社陪伴计划", -198), ("baseline", "社工角色讨论记录", -200)),
    "court": (
        ("agreement", "议事厅培育协议", -372), ("plan", "议事厅培育计划", -366), ("baseline", "议题办理摸底", -369),
        ("midterm", "半年回看", -190), ("endline", "居民回访小结", -20),
    ),
}  # fmt: skip

# project: (from, to, state, day asked, who asked, who decided or "", day decided or None, note, reason)
STAGE_REQUESTS = {
    "patrol": (
        ("preparation", "cultivation", "held", -231, "demo-former1", "supervisor1", -229, "需求座谈开完了。",
         "计划里没有写谁来带班、什么时候带，请补上再来。"),
        ("preparation", "cultivation", "passed", -221, "demo-former1", "supervisor1", -219, "已补上带班安排。",
         "需求清楚，计划具体，协议已签。按计划走，先抓值班制度。"),
    ),
    "growth": (
        ("preparation", "cultivation", "passed", -378, "worker1", "supervisor1", -375, "五家都签了协议。",
         "五家组织前测做完，目标和课程对得上。"),
        ("cultivation", "summary", "passed", -62, "worker1", "staff1", -57, "课程、沙龙、联络会都按计划开完。",
         "活动按计划完成，五家都在社区露过面，可以进入总结。重阳敬老照办。"),
        ("summary", "closed", "open", -3, "worker1", "", None, "后测和总结报告已交，退出计划还有两项在交接。", ""),
    ),
    "silver": (("preparation", "cultivation", "passed", -130, "worker1", "supervisor1", -128, "",
                "名册核过一遍，可以开始。"),),
    "opera": (("preparation", "cultivation", "open", -2, "worker1", "", None,
               "班子愿意试试公益演出，名册已有 14 人。", ""),),
    "mending": (
        ("preparation", "cultivation", "passed", -404, "demo-former1", "supervisor1", -402, "", "可以开始。"),
        ("cultivation", "summary", "passed", -200, "demo-former1", "staff1", -197, "", "三次修补日都有记录，居民叫好。"),
        ("summary", "closed", "passed", -184, "demo-former1", "staff1", -180, "", "摊子自己能转了，同意结项，按时回访。"),
    ),
    "river": (("preparation", "cultivation", "passed", -184, "demo-former1", "supervisor1", -182, "", "骨干明确，可以开始。"),),
    "farm": (("preparation", "cultivation", "passed", -158, "demo-hangzhou", "hub1", -156, "",
              "三张清单对得上，入壳评审通过。"),),
    "garden": (("preparation", "cultivation", "passed", -196, "demo-nanjing", "demo-community3", -194, "",
                "分工说清楚了，先试三个月。"),),
    "court": (
        ("preparation", "cultivation", "passed", -364, "demo-beijing", "demo-staff3", -362, "", "第一次会开成了。"),
        ("cultivation", "summary", "passed", -70, "demo-beijing", "demo-staff3", -66, "", "议题办结率高，进入总结。"),
    ),
}  # fmt: skip

# What the platform found when asked: (code, label, detail), by the stage that is left.
CHECKLISTS = {
    "preparation": (
        ("needs", "需求已评估", "三个层次的需求已写明"), ("baseline", "前测已做", "前测材料在案"),
        ("plan", "计划已核定", "目标、指标、日程齐全"), ("agreement", "协议已签", "签字页在案"),
    ),
    "cultivation": (
        ("planned_held", "计划的活动已举办", "到期的计划均已落实"), ("supervision", "有督导", "每月至少一次"),
        ("midterm", "中期已回看", "中期材料在案"),
    ),
    "summary": (
        ("endline", "后测已做", "后测材料在案"), ("final_report", "总结报告已确认", "送审稿在案"),
        ("exit_plan", "社工退出计划已写", "三项，完成一项"), ("follow_ups", "回访已安排", "结项时自动排 3、6、12 个月"),
    ),
}  # fmt: skip
