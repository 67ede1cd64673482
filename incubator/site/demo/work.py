"""The work of the demonstration: projects and what was done."""

import datetime
import random

from incubator.audit import services as audit
from incubator.site.demo import stories
from incubator.site.demo.board import identifier
from projects.models import Activity, ActivityLink, IncubationProject
from projects.services.activity_link import main_links

# What an ordinary visit says when it has no story of its own.
EVERYDAY = (
    ("例行走访，看看活动照常不照常。大家精神头都好，说下月想多约几位邻居来。", "下次带上活动登记表"),
    ("到活动场地坐了一会儿，听他们商量下个月的安排，分工比上次清楚。", "把分工贴出来"),
    ("核对了成员名册，新来两位，退出一位。", "名册更新后发给社区"),
    ("聊了聊最近的难处，主要是场地时间和别的队撞了。", "和社区商量错开时间"),
    ("看了最近的活动照片和记录，提醒写上人数和时间。", "帮着理一次记录"),
)
# Organizations that were seen this week as well, and those not seen for months (in months).
LIVELY = {"council", "class", "mend", "choir", "meals", "hall", "court", "river"}
QUIET = {"green": 5, "repair": 5, "reading": 5, "photo": 5}


def write_work(demo):
    projects(demo)
    activities(demo)


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
                   "feedback": None, "gains": gains, "follow_up": follow_up}  # fmt: skip
        rows.append(_activity(demo, "training", key, ago, 14, minutes, gains, follow_up, details, number, topic))
    for number, organization in enumerate(demo.bodies[row[0]] for row in stories.ORGANIZATIONS):
        key = stories.ORGANIZATIONS[number][0]
        for month in range(9):
            if month < QUIET.get(key, 0 if key in LIVELY else 1):
                continue
            text, step = EVERYDAY[(number + month) % len(EVERYDAY)]
            ago = 30 * month + draw.randrange(-9, 10) if month else draw.randrange(2, 9)
            details = {"way": "on_site", "met": organization.responsible_person, "needs": "", "handling": "",
                       "pass_on": False}  # fmt: skip
            rows.append(
                _activity(
                    demo,
                    "visit",
                    key,
                    ago,
                    draw.choice([9, 10, 15, 16]),
                    draw.choice([30, 40, 50]),
                    text,
                    step,
                    details,
                    2,
                    salt=month,
                )
            )
    Activity.objects.bulk_create(rows)
    ActivityLink.objects.bulk_create(main_links(rows))
    demo.stamp(rows, [row.submitted_at for row in rows])
    demo.add("activities", rows)
    submitted = [row for row in rows if row.status == "submitted"]
    if submitted:
        late = next(row for row in submitted if row.organization == demo.bodies["opera"])
        late.return_for_changes(by=demo.users["supervisor1"], at=demo.ago(1), reason="请补上到场人数和具体地点。")
        late.save(update_fields=["status", "reviewed_by", "reviewed_at", "returned_reason"])
    _draft(demo)
    by_chain = {}
    for row in rows:
        by_chain.setdefault(row.community.code[:6], []).append((row, {"kind": row.kind}))
    for targets in by_chain.values():
        audit.record_many("activity.submitted", targets=targets, actor=None, area=targets[0][0].community)


def _activity(demo, kind, key, ago, hour, minutes, text, step, details, number, title="", salt=""):
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
