"""What a block of chat text is read as. 20 November 2026 is a Friday."""

import datetime

import pytest

from projects.services.chat_text import number_of, read_chat

pytestmark = pytest.mark.no_db
TODAY = datetime.date(2026, 11, 20)
NAMES = [(1, "治安服务队"), (2, "清泰治安服务队"), (3, "书画社"), (4, "A")]
KINDS = [("visit", ("走访", "入户")), ("training", ("培训", "讲座")), ("salon", ("主题沙龙", "沙龙"))]


def read(text):
    return read_chat(text, today=TODAY, names=NAMES, kinds=KINDS)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("今天下午3点在活动室", "2026-11-20"),
        ("11月8日上午", "2026-11-08"),
        ("１１月８日上午", "2026-11-08"),
        ("十一月八号，队员来了", "2026-11-08"),
        ("2026年11月3日", "2026-11-03"),
        ("2026-11-03 09:30", "2026-11-03"),
        ("2025.12.30 下午", "2025-12-30"),
        ("12月30日开年终会", "2026-12-30"),
        ("2月30日", None),
        ("昨天", "2026-11-19"),
        ("昨晚7点", "2026-11-19"),
        ("前天走访", "2026-11-18"),
        ("大前天走访", "2026-11-17"),
        ("周二晚7点半", "2026-11-17"),
        ("周五上午", "2026-11-20"),
        ("星期六的活动", "2026-11-14"),
        ("上周日", "2026-11-15"),
        ("上周三", "2026-11-11"),
        ("本周一", "2026-11-16"),
        ("礼拜天", "2026-11-15"),
        ("8号下午", "2026-11-08"),
        ("28号下午", "2026-10-28"),
        ("在3号楼会议室", None),
        ("11.8 走访", "2026-11-08"),
        ("11/08走访", "2026-11-08"),
        ("用了2.5小时", None),
        ("一周年庆", None),
        ("大家都很高兴", None),
    ],
)
def test_the_day_is_found(text, day):
    assert read(text).day == (datetime.date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(
    ("text", "begin", "minutes"),
    [
        ("今天下午3点", "15:00", None),
        ("下午三点半", "15:30", None),
        ("周二晚7点半", "19:30", None),
        ("上午9:30-11:00", "09:30", 90),
        ("上午９：３０－１１：００", "09:30", 90),
        ("下午2点到4点", "14:00", 120),
        ("上午十点至下午一点", "10:00", 180),
        ("14:00开始，一个半小时", "14:00", 90),
        ("中午12点", "12:00", None),
        ("中午1点", "13:00", None),
        ("中午11点半", "11:30", None),
        ("19时30分", "19:30", None),
        ("三点一刻", "03:15", None),
        ("3点整，用了2小时", "03:00", 120),
        ("时间：11月8日上午9点", "09:00", None),
        ("聊了40分钟", None, 40),
        ("聊了半个小时", None, 30),
        ("一共1.5小时", None, 90),
        ("两个小时", None, 120),
        ("没有说", None, None),
        ("25点", None, None),
    ],
)
def test_time_and_length_are_found(text, begin, minutes):
    found = read(text)
    assert (found.begin, found.minutes, found.is_rough) == (
        datetime.time.fromisoformat(begin) if begin else None, minutes, False,
    )  # fmt: skip


@pytest.mark.parametrize(("text", "hour"), [("11月8日上午", 9), ("昨天下午", 14), ("昨晚大家", 19), ("今早", 8)])
def test_a_part_of_the_day_is_a_rough_time(text, hour):
    found = read(text)
    assert (found.begin, found.is_rough) == (datetime.time(hour), True)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("共23人", 23),
        ("共２３人", 23),
        ("到场 18 位", 18),
        ("一共来了15个人", 15),
        ("参加人数：32", 32),
        ("居民四十余人参加", 40),
        ("来了二十三位队员", 23),
        ("12名队员参加", 12),
        ("出席12人", 12),
        ("应到20人，实到18人", 18),
        ("服务居民105人次", 105),
        ("参与居民一百零五人", 105),
        ("5人，聊得很好", 5),
        ("工作2个月了", None),
        ("用了3个小时", None),
        ("没人来", None),
    ],
)
def test_the_number_of_people_is_found(text, number):
    assert read(text).participants == number


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("在二楼会议室开了骨干会", "二楼会议室"),
        ("地点：社区三楼多功能厅，共23人", "社区三楼多功能厅"),
        ("地点:文化广场\n时间:下午", "文化广场"),
        ("今天在社区居委会门口摆摊", "社区居委会门口"),
        ("在凉亭谈了反光背心", "凉亭"),
        ("现在大家都有会议室了", ""),
        ("都很高兴", ""),
    ],
)
def test_the_place_is_found(text, place):
    assert read(text).place == place


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("今天走访治安服务队", (1,)),
        ("今天走访清泰治安服务队", (2,)),
        ("书画社和清泰治安服务队一起", (3, 2)),
        ("A计划", ()),
        ("没有提到", ()),
    ],
)
def test_organizations_are_found_the_longer_name_first(text, keys):
    assert read(text).organizations == keys


@pytest.mark.parametrize(
    ("text", "kind"),
    [("走访时谈到培训", "visit"), ("培训之后走访", "training"), ("办了主题沙龙", "salon"), ("吃饭", "")],
)
def test_the_kind_is_the_one_named_first(text, kind):
    assert read(text).kind == kind


def test_a_whole_message_is_read():
    found = read("【活动简讯】11月8日上午9:30—11:00，书画社在社区二楼活动室举办书法培训，共23人参加。大家写了福字。")
    assert (found.day, found.begin, found.minutes) == (datetime.date(2026, 11, 8), datetime.time(9, 30), 90)
    assert (found.place, found.participants, found.organizations, found.kind) == (
        "社区二楼活动室", 23, (3,), "training",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "number"), [("十", 10), ("二十三", 23), ("一百零五", 105), ("两", 2), ("7", 7), ("人", None)]
)
def test_chinese_numerals(text, number):
    assert number_of(text) == number


@pytest.mark.parametrize("text", ["", " ", "\0", "点点点", "年月日", "99月99日99点", "²³人", "1" * 400 + "人"])
def test_odd_text_is_no_error(text):
    assert read(text).day is None
