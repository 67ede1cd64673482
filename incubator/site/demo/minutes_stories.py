"""What the joint meetings of the demonstration resolved in the last months. Names are invented.

``MEETINGS``: {code of the place: [(months ago, absent (name: excuse), proxies (name: who came), guests (party, name, body),
matters, summary)]}; a matter is (title, party, opinions (party: text), resolutions (key, result, text, key of the one that it
supersedes, actions (key, title, party, name on the roster, who helps, days until it is due))).
``LOOKS``: {(code, months ago): [(key of the action, state, said about it, verifying party)]}.
``DONE``: {key of the action: (username, what was done, days after the meeting that gave it)}.
"""

LIXIN, SHIBAN, NANMEN, JINLING = "620102006003", "330102010053", "110101006001", "320104002009"

MEETINGS = {
    LIXIN: [
        (4, {"刘医生": "门诊值班"}, {}, [("residents", "何桂芳", "12 号楼")], [
            ("3 号大门门禁坏了一个多月", "community",
             {"community": "物业说要等总部批维修费。", "residents": "老人晚上进出害怕，想先装一把能反锁的门。",
              "police": "门禁录像也断了，建议一起修。"},
             [("gate", "adopted", "由社区督促物业修复 3 号大门门禁和录像，修好前由治安服务队晚间值守。", "",
               [("gate-repair", "督促物业修复 3 号大门门禁和录像", "community", "王秀英", "五泉派出所", 20)])]),
            ("夜巡时间怎么排", "organization",
             {"organization": "队员白天上班的多，想排单双日。", "social_worker": "班表贴出来，居民知道找谁。"},
             [("patrol-hours", "adopted", "夜巡定为每周一、三、五 20:00 至 22:00，班表张贴在值班室。", "",
               [("patrol-rota", "排出夜巡班表并张贴", "organization", "马永福", "社工", 14)])]),
        ], "各方商定先把门禁和夜巡两件事办起来，下次会上逐项核对。"),
        (3, {}, {"张建军": "街道小李"}, [], [
            ("楼道里给电动车充电", "police",
             {"police": "上月劝离 7 次，治标不治本。", "community": "东侧空地可以装充电桩。",
              "organization": "巡逻时可以顺路劝导。"},
             [("charging", "adopted", "在 5 号楼东侧增设充电桩 6 个，装好前由巡逻队劝导。", "",
               [("charging-survey", "协调供电所到 5 号楼东侧勘察", "street", "张建军", "社区", 30)])]),
        ], ""),
        (2, {"陈警官": "全区安保"}, {}, [], [
            ("天冷了夜巡要不要改时间", "organization",
             {"organization": "十点太晚，队员吃不消。", "community": "放学放工时段更需要人。"},
             [("patrol-winter", "adopted", "入冬起夜巡改为每晚 19:30 至 21:30，原定单日时间不再执行。", "patrol-hours",
               [("patrol-police", "每周安排一名民警随队巡逻一次", "police", "陈警官", "治安服务队", 25)])]),
            ("凉亭夜间唱戏扰民", "residents", {"social_worker": "先请自乐班负责人来谈一次。"},
             [("opera-quiet", "deferred", "请自乐班负责人参加下次会议后再议。", "", [])]),
        ], ""),
        (1, {}, {"刘医生": "护士小周"}, [("residents", "白玉山", "秦腔自乐班")], [
            ("独居老人过冬走访怎么分工", "social_worker",
             {"social_worker": "名单 41 人，三方各认一片。", "hospital": "可以顺带量血压。",
              "volunteers": "红马甲每周二有空。"},
             [("winter-visits", "adopted", "独居老人过冬走访按楼栋分到社区、社工、志愿队，每两周一次。", "",
               [("winter-list", "按楼栋分好走访名单并发给三方", "social_worker", "林晓燕", "社区卫生服务站", 16)])]),
        ], "门禁一事已连续三次未办结，请街道出面协调。"),
    ],
    SHIBAN: [
        (1, {}, {}, [("organization", "章慧", "一米菜园社")], [
            ("屋顶菜园浇水管漏到七楼", "residents", {"community": "漏点找到了，在检修口。"},
             [("leak", "adopted", "由菜园社更换水管接头，社区请物业复验。", "",
               [("leak-check", "请物业复验屋顶检修口", "community", "章慧", "菜园社", 15)])]),
        ], ""),
    ],
    NANMEN: [
        (2, {}, {}, [], [
            ("公厕门口夜里没有灯", "residents", {"residents": "老人起夜摔过一次。", "social_worker": "拍了照片，已报街道。"},
             [("lamp", "adopted", "请产权单位在公厕门口加装声控灯。", "",
               [("lamp-ask", "联系产权单位加装声控灯", "community", "佟永安", "", 25)])]),
        ], ""),
        (1, {"金大爷": "住院"}, {}, [], [
            ("胡同里晾衣绳划到停车位上", "residents", {"community": "两边都让一点。"},
             [("lines", "rejected", "拆除全部晾衣绳。", "", []),
              ("lines-move", "adopted", "晾衣绳移到东墙，车位往西让半米。", "",
               [("lines-paint", "重画车位线", "community", "佟永安", "居民", 20)])]),
        ], ""),
    ],
    JINLING: [
        (1, {}, {}, [], [
            ("共享花园秋收怎么分", "community", {"social_worker": "先留出给独居老人的份。"},
             [("harvest", "adopted", "收成三分之一送独居老人，其余按轮值次数分。", "",
               [("harvest-list", "列出受赠老人名单", "social_worker", "许静", "花园社", 10)])]),
        ], ""),
    ],
}  # fmt: skip

LOOKS = {
    (LIXIN, 3): [
        ("gate-repair", "in_progress", "物业报了维修单，等总部批。", ""),
        ("patrol-rota", "verified", "班表贴在值班室，居民认可。", "community"),
    ],
    (LIXIN, 2): [
        ("gate-repair", "in_progress", "配件已订，物业答应月底装。", ""),
        ("charging-survey", "in_progress", "供电所约在下周。", ""),
    ],
    (LIXIN, 1): [
        ("gate-repair", "blocked", "厂家停产，物业要另选型号。", ""),
        ("charging-survey", "in_progress", "勘察已做，等报价。", ""),
        ("patrol-police", "in_progress", "随队两次。", ""),
    ],
    (NANMEN, 1): [("lamp-ask", "in_progress", "产权单位答应本月装好。", "")],
}
DONE = {
    "patrol-rota": ("leader1", "班表排到年底，贴在值班室和各楼门口。", 9),
}
