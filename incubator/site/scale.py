"""Synthetic districts, cities and countries on real divisions, for the bench and for trying the house under load.

Everything is drawn from one seeded generator and written with bulk operations, past the services: these rows are for
measuring, not for working with. Sizes are skewed as life is: a few organizations have a hundred times the median of
activities.
"""

import datetime
import random

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from incubator.accounts.models import User
from incubator.divisions.choices import Level
from incubator.divisions.models import Division
from incubator.divisions.services import import_divisions
from organizations.choices import GrowthStage, LegalStatus, Position
from organizations.models import Membership, OrganizationType, SocialOrganization
from projects.models import Activity, ActivityLink
from projects.services.activity_link import main_links

DATA = settings.BASE_DIR / "data" / "divisions-2023.csv.gz"
DISTRICT, CITY = "620102", "3301"
DISTRICT_LIMIT, CITY_LIMIT = 3_000, 30_000
BATCH = 5_000

THINGS = (
    "银龄", "和声", "丝路", "暖巷", "小雨点", "绿芽", "邻里", "红砂", "白塔", "一杯水", "晨光", "巧手", "书香", "守望", "拾光",
    "四点半", "花间", "老街", "同心", "微光",
)  # fmt: skip
DOINGS = (
    "合唱队", "互助队", "治安巡逻队", "议事会", "读书会", "舞蹈队", "志愿服务队", "调解队", "太极队", "手工坊", "环保队",
    "助老队", "棋社", "书画社", "维修队",
)  # fmt: skip
SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗"
GIVEN = "秀英桂兰建国玉梅志强丽华海燕文军淑珍永福春霞立新"
SENTENCES = (
    "上门看望骨干，了解近期活动安排，大家对下个月的安排有新的想法。",
    "活动按计划进行，居民参加踊跃，结束后一起收拾了场地。",
    "讨论分工和值班表，约定下周把名单报给社区。",
    "反映活动场地时间冲突，准备和社区协商错开。",
    "骨干提出想学习写项目申报书，约好下次一起看范例。",
)


def seed_scale(*, organizations, activities, seed=1, members_per_organization=8, today=None, echo=lambda line: None):
    """Write ``organizations`` organizations with members and ``activities`` activities over the 12 months before
    ``today``; returns {"organizations": n, "members": n, "activities": n}. The same arguments on an empty database give
    the same rows but for their random public identifiers."""
    draw = random.Random(seed)
    today = today or timezone.localdate()
    under = _needed_divisions(organizations)
    echo(f"divisions: {under or 'the whole country'}")
    if not Division.objects.communities().within(_roots(under)).exists():
        import_divisions(DATA, under=under)
    communities = list(Division.objects.current().communities().within(_roots(under)).values_list("pk", "name"))
    types = list(OrganizationType.objects.filter(is_active=True))
    author, _is_new = User.objects.get_or_create(username="scale", defaults={"name": "示例数据", "is_active": False})
    with transaction.atomic():
        made = _organizations(draw, organizations, communities, types, today)
        echo(f"organizations: {len(made)}")
        members = _members(draw, made, members_per_organization, today)
        echo(f"members: {members}")
    count = _activities(draw, made, activities, author, today, echo)
    return {"organizations": len(made), "members": members, "activities": count}


def _needed_divisions(organizations):
    if organizations <= DISTRICT_LIMIT:
        return [DISTRICT]
    return [CITY] if organizations <= CITY_LIMIT else []


def _roots(under):
    if under:
        return list(Division.objects.filter(code__in=under))
    return list(Division.objects.filter(level=Level.PROVINCE))


def _person(draw):
    return draw.choice(SURNAMES) + draw.choice(GIVEN) + draw.choice(GIVEN)


def _organizations(draw, number, communities, types, today):
    stages = [GrowthStage.SEED] * 30 + [GrowthStage.SEEDLING] * 40 + [GrowthStage.SAPLING] * 22 + [GrowthStage.TREE] * 8
    rows, begin = [], timezone.now() - datetime.timedelta(days=365)
    for index in range(number):
        community, place = communities[index % len(communities)]
        status = draw.choices([LegalStatus.UNFILED, LegalStatus.FILED, LegalStatus.REGISTERED], [35, 60, 5])[0]
        short = place.removesuffix("居委会").removesuffix("村委会")
        filed = status == LegalStatus.FILED
        rows.append(
            SocialOrganization(
                name=f"{short}{draw.choice(THINGS)}{draw.choice(DOINGS)}{index // len(communities) + 1}",
                pinyin=f"zuzhi{index:07d} zz{index:07d}",
                community_id=community,
                type=draw.choice(types),
                legal_status=status,
                filing_number=f"示备〔{today.year}〕{index + 1:07d}号" if filed else "",
                filed_on=today - datetime.timedelta(days=draw.randrange(30, 900)) if filed else None,
                growth_stage=draw.choice(stages),
                founded_on=today - datetime.timedelta(days=draw.randrange(60, 4000)),
                responsible_person=_person(draw),
                contact_phone=f"138{draw.randrange(10**8):08d}",
                declared_members=draw.randrange(6, 60),
            )
        )
    made = SocialOrganization.objects.bulk_create(rows, batch_size=BATCH)
    # Spread the times of change: auto_now wrote one moment for all, and gives no other while it saves.
    spread = [begin + datetime.timedelta(seconds=draw.randrange(365 * 86_400)) for _row in made]
    adapt = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE organizations_socialorganization SET updated_at = %s WHERE id = %s",
            [(adapt(at), row.pk) for at, row in zip(spread, made, strict=True)],
        )
    return made


def _members(draw, organizations, each, today):
    rows, count = [], 0
    for organization in organizations:
        for number in range(each):
            rows.append(
                Membership(
                    organization=organization,
                    name=organization.responsible_person if number == 0 else f"{_person(draw)}{number}",
                    phone=f"139{draw.randrange(10**8):08d}",
                    position=Position.LEADER if number == 0 else Position.MEMBER,
                    is_backbone=number < 3,
                    is_successor=number == 1 and draw.random() < 0.4,
                    joined_on=today - datetime.timedelta(days=draw.randrange(1, 900)),
                )
            )
        if len(rows) >= BATCH:
            count += len(Membership.objects.bulk_create(rows, batch_size=BATCH))
            rows = []
    return count + len(Membership.objects.bulk_create(rows, batch_size=BATCH))


def _activities(draw, organizations, number, author, today, echo):
    """Zipf-like: organization k of n gets a share in proportion to 1 / (k + 10)."""
    weights = [1 / (index + 10) for index in range(len(organizations))]
    shuffled = organizations[:]
    draw.shuffle(shuffled)
    zone, count = timezone.get_current_timezone(), 0
    midnight = datetime.datetime.combine(today, datetime.time.min, zone)
    while count < number:
        size = min(BATCH, number - count)
        rows = []
        for organization in draw.choices(shuffled, weights, k=size):
            starts_at = midnight - datetime.timedelta(minutes=draw.randrange(12 * 60, 365 * 24 * 60))
            kind = "visit" if draw.random() < 0.7 else "training"
            rows.append(
                Activity(
                    kind=kind,
                    organization=organization,
                    community_id=organization.community_id,
                    title="" if kind == "visit" else "能力培训",
                    starts_at=starts_at,
                    minutes=draw.choice([30, 45, 60, 90, 120]),
                    participants=draw.randrange(1, 40),
                    summary=draw.choice(SENTENCES),
                    status="submitted" if draw.random() < 0.4 else "accepted",
                    recorded_by=author,
                    submitted_at=starts_at + datetime.timedelta(hours=draw.randrange(1, 48)),
                    reviewed_by=author,
                    reviewed_at=starts_at + datetime.timedelta(days=3),
                )
            )
        with transaction.atomic():
            count += len(Activity.objects.bulk_create(rows, batch_size=BATCH))
            ActivityLink.objects.bulk_create(main_links(rows), batch_size=BATCH)
        echo(f"activities: {count}")
    return count
