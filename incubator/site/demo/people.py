"""Accounts of the demonstration: (username, name, role, where). ``where`` is a division code, an organization's key from
``stories.ORGANIZATIONS``, the agency, or "" for the platform. Names are invented."""

from incubator.accounts.choices import Role

WUQUAN, GUANGWUMEN, CHENGGUAN = "620102006", "620102009", "620102"
WANGJIANG = "330102010"
AGENCY, CENTER = "agency:qingchuan", "agency:wangjiang"
CENTER_BEFORE, TONGXING, HUTONG = "agency:qiaoliang", "agency:tongxing", "agency:hutong"

ACCOUNTS = (
    ("worker1", "林晓燕", Role.SOCIAL_WORKER, WUQUAN),
    ("worker2", "马文博", Role.SOCIAL_WORKER, GUANGWUMEN),
    ("staff1", "张建军", Role.STREET_STAFF, WUQUAN),
    ("staff2", "杨丽华", Role.STREET_STAFF, GUANGWUMEN),
    ("community1", "王秀英", Role.COMMUNITY_STAFF, "620102006003"),
    ("leader1", "马永福", Role.ORGANIZATION_LEADER, "patrol"),
    ("leader2", "李桂兰", Role.ORGANIZATION_LEADER, "river"),
    ("expert1", "陈志强", Role.EXPERT, CHENGGUAN),
    ("expert2", "刘海燕", Role.EXPERT, CHENGGUAN),
    ("expert3", "吴立新", Role.EXPERT, CHENGGUAN),
    ("expert4", "何淑珍", Role.EXPERT, CHENGGUAN),
    ("funder1", "周海平", Role.FUNDER, CHENGGUAN),
    ("funder2", "徐春霞", Role.FUNDER, CHENGGUAN),
    ("district1", "何立文", Role.DISTRICT_ADMIN, CHENGGUAN),
    ("admin", "平台管理员", Role.PLATFORM_ADMIN, ""),
    ("hub1", "沈春华", Role.HUB_CENTER, WANGJIANG),
    ("supervisor1", "高敏", Role.AGENCY_SUPERVISOR, AGENCY),
    ("evaluator1", "郑文", Role.EVALUATOR, CHENGGUAN),
    ("finance1", "孙玉梅", Role.FINANCE, CHENGGUAN),
)

# Colleagues without an account to sign in with: they wrote the records of the other places.
COLLEAGUES = (
    ("demo-nanjing", "许静", Role.SOCIAL_WORKER, "320104002"),
    ("demo-hangzhou", "沈一鸣", Role.SOCIAL_WORKER, WANGJIANG),
    ("demo-beijing", "佟雪", Role.SOCIAL_WORKER, "110101006"),
    ("demo-community2", "马淑芬", Role.COMMUNITY_STAFF, "620102009001"),
    ("demo-community3", "吴芸", Role.COMMUNITY_STAFF, "320104002009"),
    ("demo-community4", "苏志刚", Role.COMMUNITY_STAFF, "620102006005"),
    ("demo-community5", "韩玉萍", Role.COMMUNITY_STAFF, "620102006001"),
    ("demo-staff3", "侯立民", Role.STREET_STAFF, "110101006"),
    ("demo-worker3", "韩雪", Role.SOCIAL_WORKER, WUQUAN),
    ("demo-worker4", "丁一凡", Role.SOCIAL_WORKER, WUQUAN),
    ("demo-staff4", "贺建宁", Role.STREET_STAFF, "320104002"),
)

# Who once worked here: no role any more. (username, name)
FORMER = (("demo-former1", "赵晨"),)

# (key, agency name, kind, contact, phone, places served)
AGENCIES = (
    (AGENCY, "兰州晴川社会工作服务中心", "agency", "高敏", "13800010017", [WUQUAN, GUANGWUMEN]),
    (CENTER, "望江街道社会组织服务中心", "center", "沈春华", "13800010016", [WANGJIANG]),
    (CENTER_BEFORE, "兰州桥梁社会工作服务中心", "agency", "武静", "13800010020", []),
    (TONGXING, "南京同行社会工作服务社", "agency", "许静", "13800010018", ["320104002"]),
    (HUTONG, "北京胡同里社会工作事务所", "agency", "佟雪", "13800010019", ["110101006"]),
)

# (agency, name, licence, employment, username or "", days since the start, days since the end or None)
WORKERS = (
    (AGENCY, "林晓燕", "social_worker", "full_time", "worker1", 1_150, None),
    (AGENCY, "马文博", "assistant", "full_time", "worker2", 620, None),
    (AGENCY, "高敏", "senior", "full_time", "supervisor1", 2_300, None),
    (AGENCY, "韩雪", "assistant", "part_time", "demo-worker3", 410, None),
    (AGENCY, "丁一凡", "", "intern", "demo-worker4", 96, None),
    (AGENCY, "石磊", "", "intern", "", 82, None),
    (AGENCY, "冯琪", "", "part_time", "", 60, None),
    (AGENCY, "赵晨", "social_worker", "full_time", "demo-former1", 1_400, 92),
    (CENTER, "沈一鸣", "social_worker", "full_time", "demo-hangzhou", 900, None),
    (CENTER, "裘可", "", "part_time", "", 320, None),
    (TONGXING, "许静", "social_worker", "full_time", "demo-nanjing", 1_050, None),
    (TONGXING, "陆遥", "assistant", "full_time", "", 380, None),
    (HUTONG, "佟雪", "social_worker", "full_time", "demo-beijing", 760, None),
)

# Trainings of social workers: (name, title, given by, days ago, hours)
TRAININGS = (
    ("林晓燕", "社区社会组织培育实务", "市社会工作协会", 210, "16"),
    ("林晓燕", "参与式会议主持", "晴川社工内部培训", 75, "6"),
    ("林晓燕", "微创投项目书写作", "区社会组织孵化基地", 33, "8"),
    ("马文博", "社工助理岗前培训", "市社会工作协会", 560, "24"),
    ("马文博", "志愿队伍安全管理", "红十字会", 58, "6"),
    ("高敏", "督导者进阶：团体督导", "省社会工作联合会", 130, "24"),
    ("韩雪", "怎样记录一次走访", "晴川社工内部培训", 40, "3"),
    ("丁一凡", "实习生入门：伦理与保密", "晴川社工内部培训", 88, "4"),
    ("沈一鸣", "社区社会组织双孵化服务规范解读", "市社会组织总会", 150, "8"),
    ("许静", "社区花园营造", "同行社工内部培训", 120, "12"),
    ("佟雪", "协商议事方法", "区社工联合会", 95, "8"),
)

# Profiles: code, inhabitants, households, service centre, contact, phone
COMMUNITIES = (
    ("620102006003", 6_120, 2_310, "力行新村 12 号党群服务中心", "王秀英", "13800010005"),
    ("620102006001", 5_480, 2_045, "禄家巷 35 号一楼", "韩玉萍", "13800010021"),
    ("620102006005", 7_350, 2_780, "和平新村 8 号院南侧", "苏志刚", "13800010022"),
    ("620102009001", 4_960, 1_902, "滨河东路黄河沿 3 号", "马淑芬", "13800010023"),
    ("620102009004", 5_230, 2_010, "新华巷 60 号", "田守义", "13800010024"),
    ("330102010053", 9_800, 3_600, "始版桥直街 21 号邻里中心", "章慧", "13800010025"),
    ("110101006001", 8_400, 3_150, "南门仓胡同 5 号", "佟永安", "13800010026"),
    ("320104002009", 6_700, 2_540, "金陵路 18 号", "吴芸", "13800010027"),
)

# Places below a community: code, kind, names
PLACES = (
    ("620102006003", "grid", ("第一网格", "第二网格", "第三网格")),
    ("620102006003", "estate", ("力行新村家属院", "铁路局二号院")),
    ("620102006003", "building", ("12 号楼", "15 号楼")),
    ("620102009001", "grid", ("沿河网格", "东岸网格")),
    ("330102010053", "estate", ("始版桥未来社区", "望江家园")),
)
