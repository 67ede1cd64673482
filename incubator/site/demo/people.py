"""Accounts of the demonstration: (username, name, role, where). ``where`` is a division code, an organization's key from
``stories.ORGANIZATIONS``, the agency, or "" for the platform. Names are invented."""

from incubator.accounts.choices import Role

WUQUAN, GUANGWUMEN, CHENGGUAN = "620102006", "620102009", "620102"
WANGJIANG = "330102010"
AGENCY = "agency:qingchuan"

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
)

# (key, agency name, kind, contact, phone, places served)
AGENCIES = (
    (AGENCY, "兰州晴川社会工作服务中心", "agency", "高敏", "13800010017", [WUQUAN, GUANGWUMEN]),
    ("agency:wangjiang", "望江街道社会组织服务中心", "center", "沈春华", "13800010016", [WANGJIANG]),
)

# (agency, name, licence, employment, username or "")
WORKERS = (
    (AGENCY, "林晓燕", "social_worker", "full_time", "worker1"),
    (AGENCY, "马文博", "assistant", "full_time", "worker2"),
    (AGENCY, "高敏", "senior", "full_time", "supervisor1"),
    (AGENCY, "韩雪", "assistant", "part_time", ""),
    (AGENCY, "丁一凡", "", "intern", ""),
    (AGENCY, "石磊", "", "intern", ""),
    ("agency:wangjiang", "沈一鸣", "social_worker", "full_time", "demo-hangzhou"),
    ("agency:wangjiang", "裘可", "", "part_time", ""),
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
