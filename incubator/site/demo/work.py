"""The second half of the demonstration: projects, what was done, and the filings under way."""

import datetime
import random

from incubator.accounts.choices import Role
from incubator.audit import services as audit
from incubator.site.demo import people, stories
from incubator.site.demo.seed import identifier
from organizations.models import Filing
from organizations.models import SocialOrganization
from projects.models import Activity, IncubationProject

# What an ordinary visit says when it has no story of its own.
EVERYDAY = (
    ("例行走访，看看活动照常不照常。大家精神头都好，说下月想多约几位邻居来。", "下次带上活动登记表"),
    ("到活动场地坐了一会儿，听他们商量下个月的安排，分工比上次清楚。", "把分工贴出来"),
    ("核对了成员名册，新来两位，退出一位。", "名册更新后发给社区"),
    ("聊了聊最近的难处，主要是场地时间和别的队撞了。", "和社区商量错开时间"),
    ("看了最近的活动照片和记录，提醒写上人数和时间。", "帮着理一次记录"),
)


def write_work(demo):
    projects(demo)
    activities(demo)
    filings(demo)


def projects(demo):
    rows = []
    for key, name, lead, stage, ago, length, goal in stories.PROJECTS:
        begin = demo.today - datetime.timedelta(days=ago)
        rows.append(
            IncubationProject(
                uuid=identifier("project", key),
                name=name,
                organization=demo.bodies[key],
                community=demo.bodies[key].community,
                lead=demo.users[lead],
                stage=stage,
                starts_on=begin,
                ends_on=begin + datetime.timedelta(days=length),
                goal=goal,
                created_by=demo.users[lead],
            )
        )
    demo.projects = {row.organization_id: row for row in IncubationProject.objects.bulk_create(rows)}
    demo.add("projects", rows)


def activities(demo):
    draw, rows = random.Random(f"miaopu {demo.today}"), []
    for key, ago, minutes, met, text, step, need in stories.VISITS:
        details = {"way": "on_site", "met": met, "needs": need, "handling": "", "pass_on": bool(need)}
        rows.append(_activity(demo, "visit", key, ago, draw.choice([9, 10, 15, 16]), minutes, text, step, details, 3))
    for key, ago, minutes, number, topic, trainer, gains, follow_up in stories.TRAININGS:
        details = {"topic": topic, "trainer": trainer, "goals": "", "agenda": "", "materials": "",
                   "feedback": "", "gains": gains, "follow_up": follow_up}  # fmt: skip
        rows.append(_activity(demo, "training", key, ago, 14, minutes, gains, follow_up, details, number, topic))
    for number, organization in enumerate(demo.bodies[row[0]] for row in stories.ORGANIZATIONS):
        key = stories.ORGANIZATIONS[number][0]
        for month in range(1, 9):
            if key in {"green", "repair", "reading", "photo"} and month < 5:
                continue
            text, step = EVERYDAY[(number + month) % len(EVERYDAY)]
            ago = 30 * month + draw.randrange(-9, 10)
            details = {"way": "on_site", "met": organization.responsible_person, "needs": "", "handling": "",
                       "pass_on": False}  # fmt: skip
            rows.append(_activity(demo, "visit", key, ago, draw.choice([9, 10, 15, 16]),
                                  draw.choice([30, 40, 50]), text, step, details, 2, salt=month))
    Activity.objects.bulk_create(rows)
    demo.stamp(rows, [row.submitted_at for row in rows])
    demo.add("activities", rows)
    submitted = [row for row in rows if row.status == "submitted"]
    if submitted:
        late = submitted[0]
        late.return_for_changes(by=demo.users["supervisor1"], at=demo.ago(1), reason="请补上到场人数和具体地点。")
        late.save(update_fields=["status", "reviewed_by", "reviewed_at", "returned_reason"])
    _draft(demo)
    by_chain = {}
    for row in rows:
        by_chain.setdefault(row.community.code[:6], []).append((row, {"kind": row.kind}))
    for targets in by_chain.values():
        audit.record_many("activity.submitted", targets=targets, actor=None, area=targets[0][0].community)


def _activity(demo, kind, key, ago, hour, minutes, text, step, details, number, title="", salt=""):  # noqa: PLR0913
    organization = demo.bodies[key]
    starts_at = demo.ago(ago, hour)
    recent = ago < 14
    author = demo.author(organization)
    reviewer = demo.users["supervisor1"] if author.username.startswith("worker") else demo.users["hub1"]
    return Activity(
        uuid=identifier("activity", kind, key, ago, salt),
        kind=kind,
        organization=organization,
        community=organization.community,
        project=demo.projects.get(organization.pk),
        title=title,
        starts_at=starts_at,
        minutes=minutes,
        place_text=organization.venue,
        participants=number,
        summary=text,
        next_step=step,
        led_by="assisted" if kind == "visit" else "worker",
        details=details,
        status="submitted" if recent else "accepted",
        recorded_by=author,
        submitted_at=starts_at + datetime.timedelta(hours=5),
        reviewed_by=None if recent else reviewer,
        reviewed_at=None if recent else starts_at + datetime.timedelta(days=4),
    )


def _draft(demo):
    organization, now = demo.bodies["silver"], demo.ago(0, 9, 20)
    draft = Activity.objects.create(
        uuid=identifier("activity", "draft"),
        kind="visit",
        organization=organization,
        community=organization.community,
        recorded_by=demo.users["worker1"],
        payload={"kind": "visit", "organization": str(organization.uuid),
                 "summary": "社区卫生站同意来教一次量血压，时间待定。"},
    )  # fmt: skip
    demo.stamp([draft], [now])


def filings(demo):
    rows = []
    staff = {place: demo.users[name] for name, _n, role, place in people.ACCOUNTS if role == Role.STREET_STAFF}
    community = demo.users["community1"]
    for key, *_rest in stories.ORGANIZATIONS:
        organization = demo.bodies[key]
        if organization.legal_status != "filed":
            continue
        day = datetime.datetime.combine(organization.filed_on, datetime.time(10), demo.noon.tzinfo)
        rows.append(
            Filing(
                uuid=identifier("filing", key, "new"),
                organization=organization,
                kind="new",
                status="filed",
                created_by=demo.author(organization),
                content=_content(organization),
                submitted_at=day - datetime.timedelta(days=9),
                submitted_by=demo.author(organization),
                checked_at=day - datetime.timedelta(days=5),
                checked_by=community,
                check_opinion="名册与实际一致，同意报街道备案。",
                decided_at=day,
                decided_by=staff.get(organization.community.code[:9], demo.users["district1"]),
                number=organization.filing_number,
            )
        )
    for key, kind, status, ago, remark in stories.FILINGS:
        rows.append(_open_filing(demo, staff, key, kind, status, ago, remark))
    Filing.objects.bulk_create(rows)
    demo.stamp(rows, [row.decided_at or row.checked_at or row.submitted_at or demo.ago(3) for row in rows])
    demo.add("filings", rows)


def _open_filing(demo, staff, key, kind, status, ago, remark):
    organization = SocialOrganization.objects.get(pk=demo.bodies[key].pk)
    organization.community = demo.bodies[key].community
    author, officer = demo.author(organization), staff.get(organization.community.code[:9])
    filing = Filing(
        uuid=identifier("filing", key, kind),
        organization=organization,
        kind=kind,
        year=demo.today.year - 1 if kind == "annual" else None,
        reason=remark,
        created_by=author,
    )
    if kind == "change":
        filing.content = {"changes": {"responsible_person": "郝春生"}}
    if status != "draft":
        content = _content(organization) | filing.content
        filing.submit(by=author, at=demo.ago(ago + 2), content=content)
    if status in {"checked", "filed"}:
        checker = demo.users["community1" if organization.community.code.startswith("620102006") else "demo-community2"]
        filing.check_first(by=checker, at=demo.ago(ago + 1), opinion="情况属实，同意上报。")
    if status == "returned":
        filing.return_for_changes(by=officer, at=demo.ago(ago), reason="成员名册缺三位成员的联系方式；章程请用示范文本。",
                                  missing_papers=["charter", "roster"])
    if status == "filed":
        filing.file(by=officer, at=demo.ago(ago))
    return filing


def _content(organization):
    """What the street files: the items of a local filing rule (name, responsible person, venue, funds, area …)."""
    return {
        "name": organization.name,
        "type": organization.type.code,
        "responsible_person": organization.responsible_person,
        "contact_phone": organization.contact_phone,
        "venue": organization.venue,
        "members": organization.declared_members,
        "purpose": organization.purpose,
        "activity_scope": organization.activity_scope,
        "funds_fen": organization.funds_fen,
    }
