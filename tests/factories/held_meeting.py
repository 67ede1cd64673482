"""A joint meeting that was held and whose minutes are confirmed, as short or as long as is asked for."""

import datetime

from django.utils import timezone

from linkage.choices import Party
from linkage.models import (
    ActionItem,
    AgendaItem,
    ItemOpinion,
    JointMeeting,
    MeetingAttendance,
    Resolution,
    SeriesMember,
)
from linkage.services import minutes
from tests.factories.linkage_minutes import HeldMeetingFactory, MinutesSeriesFactory

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
BODIES = ("清泰街道城市管理办公室", "上城区清泰社区卫生服务中心", "清泰夜巡队", "杭州市清泰第二小学", "")
TOPICS = (
    "三号楼至五号楼楼道堆物清理", "独居老人冬季探访分工", "社区微花园浇水轮值与工具存放", "非机动车充电桩选址",
    "老旧小区加装电梯居民意见征集情况通报及下一步入户沟通、协商议事、施工期间临时出行保障安排",
)  # fmt: skip
SAID = (
    "同意先在三号楼试点，一个月后看效果。",
    "居民反映夜间无照明，老人上下楼不便，建议物业先装感应灯，费用从公共收益列支；社区组织楼道长逐户征求意见，"
    "对确有困难的家庭由志愿者上门搬运，避免一清了之、清后反弹。同时请街道城管办协调大件垃圾清运车辆，每周五下午到"
    "小区北门集中收运，清运时间提前三天在楼道张贴并发到居民群。",
)
DECIDED = (
    "本月内完成清理。",
    "由社区牵头成立工作小组，物业、楼道长、志愿服务队参加，本月二十五日前完成摸底登记，次月十日前完成集中清理，"
    "清理后由居民代表验收，并将长期堆放的具体情形、处置方式、居民意见一并报街道备案；对拒不配合的，由社区会同"
    "街道依法依规处理。",
)


def person(number):
    return f"{SURNAMES[number % 20]}{'建国秀英志强海燕'[number % 8]}{'' if number % 3 else '平'}"


def hold_meeting(*, division, chair, recorder, people=3, items=1, long=False, title="三社联动联席会", guests=0):
    """The meeting, confirmed. Every fifth person sent somebody, every seventh is excused, every eleventh stayed away."""
    series = MinutesSeriesFactory(division=division, title=title, chair=chair, recorder=recorder)
    members = SeriesMember.objects.bulk_create(
        SeriesMember(
            series=series, party=list(Party)[n % len(Party)], name=person(n), body=BODIES[n % 5] or f"第{n}小组"
        )
        for n in range(people)
    )
    meeting = HeldMeetingFactory(
        series=series, in_session=True, chair=chair, recorder=recorder, place_text="社区党群服务中心二楼议事厅",
        title=f"{division.name}联席会议",
    )  # fmt: skip
    MeetingAttendance.objects.bulk_create(_attendance(meeting, n, member) for n, member in enumerate(members))
    MeetingAttendance.objects.bulk_create(
        MeetingAttendance(meeting=meeting, party=Party.RESIDENTS, name=person(n + 3), body=f"{n + 1}号楼")
        for n in range(guests)
    )
    for number in range(items):
        _treat(series, meeting, members, number, recorder, long=long)
    JointMeeting.objects.filter(pk=meeting.pk).update(
        summary="会议强调，各方要把议定事项落到人、落到日。" if long else ""
    )
    closed = minutes.close_meeting(meeting_id=meeting.pk, actor=recorder)
    return minutes.confirm_minutes(meeting_id=closed.pk, edition=closed.edition, actor=chair)


def _attendance(meeting, number, member):
    row = MeetingAttendance(meeting=meeting, member=member, party=member.party, name=member.name, body=member.body)
    if number % 11 == 10:
        row.presence = "absent"
    elif number % 7 == 6:
        row.presence, row.excuse = "excused", "外出培训"
    elif number % 5 == 4:
        row.presence, row.proxy_name = "proxy", person(number + 7)
    return row


def _treat(series, meeting, members, number, recorder, *, long):
    item = AgendaItem.objects.create(
        series=series, title=TOPICS[number % 5], party=Party.COMMUNITY, proposed_by=recorder, position=number + 1
    )
    texts = SAID if long else SAID[:1]
    ItemOpinion.objects.bulk_create(
        ItemOpinion(meeting=meeting, item=item, party=party, text=text, written_by=recorder)
        for party, text in zip((Party.COMMUNITY, Party.ORGANIZATION), texts, strict=False)
    )
    month = f"{meeting.period:%Y-%m}"
    resolution = Resolution.objects.create(
        series=series, meeting=meeting, item=item, number=f"{month}-{number + 1:02d}",
        text=DECIDED[number % 2 if long else 0],
    )  # fmt: skip
    owner = members[number % len(members)]
    ActionItem.objects.create(
        series=series, resolution=resolution, title=f"{TOPICS[number % 5]}：入户登记、集中清理和复查", owner=owner,
        owner_party=owner.party, due_on=timezone.localdate() + datetime.timedelta(days=20 + number),
        helpers="物业、楼道长" if long else "",
    )  # fmt: skip
