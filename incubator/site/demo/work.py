"""The work of the demonstration: what was done, for whom, who came, and what colleagues said to it."""

import datetime
import random

from incubator.audit import services as audit
from incubator.site.demo import activity_stories, stories
from incubator.site.demo.answers import answers_of
from incubator.site.demo.board import identifier
from incubator.site.demo.kinds import details_form
from organizations.models import Membership
from projects.models import (
    Activity,
    ActivityDiscussed,
    ActivityLink,
    ActivityNote,
    ActivitySeries,
    ActivityWorker,
    Attendance,
    Headcount,
)
from projects.services.activity_link import share_out

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
QUIET = {"green": 5, "repair": 5, "reading": 5, "photo": 5, "patrol": 2}
RECENT = 10  # days after which a record is accepted by itself
RUNNING = {"preparation", "cultivation", "summary"}


def write_work(demo):
    draw, rows = random.Random(f"miaopu {demo.today}"), []
    series(demo)
    for key, ago, minutes, met, text, step, need in stories.VISITS:
        details = {"way": "on_site", "met": met, "needs": need, "handling": "", "pass_on": bool(need)}
        hour = draw.choice([9, 10, 15, 16])
        story = activity_stories.told(
            "", key, "visit", ago, hour, minutes, 3, "", text, step, details=details, led_by="assisted"
        )
        rows.append((story, activity(demo, story)))
    rows += [(story, activity(demo, story)) for story in activity_stories.ALL]
    rows += [(story, activity(demo, story)) for story in everyday(demo, draw)]
    made = [row for _story, row in rows]
    Activity.objects.bulk_create(made)
    demo.stamp(made, [row.reviewed_at or row.submitted_at for row in made])
    demo.add("activities", made)
    demo.activities = {story["key"]: row for story, row in rows if story["key"]}
    links(demo, rows)
    people(demo, rows)
    notes(demo)
    drafts(demo)
    history(demo, made)


def everyday(demo, draw):
    for number, (key, *_rest) in enumerate(stories.ORGANIZATIONS):
        organization = demo.bodies[key]
        for month in range(9):
            if month < QUIET.get(key, 0 if key in LIVELY else 1):
                continue
            text, step = EVERYDAY[(number + month) % len(EVERYDAY)]
            ago = 30 * month + draw.randrange(-9, 10) if month else draw.randrange(2, 9)
            details = {"way": "on_site", "met": organization.responsible_person, "needs": "", "handling": "",
                       "pass_on": False}  # fmt: skip
            yield activity_stories.told(
                "", key, "visit", ago, draw.choice([9, 10, 15, 16]), draw.choice([30, 40, 50]), 2, "", text, step,
                details=details, led_by="assisted", salt=month,
            )  # fmt: skip


def activity(demo, story):
    organization, ago = demo.bodies[story["organization"]], story["ago"]
    starts_at = demo.ago(ago, story["hour"])
    author = demo.users[story["by"]] if "by" in story else demo.author(organization)
    plan, held = demo.plan_of.get(story["key"]), story.get("outcome", "held") == "held"
    submitted_at = min(starts_at + datetime.timedelta(minutes=story["minutes"] + 90), demo.ago(0, 23))
    returned = story["key"] == "opera-coach"
    status = "returned" if returned else "submitted" if ago < RECENT else "accepted"
    return Activity(
        uuid=identifier("activity", story["kind"], story["organization"], ago, story.get("salt", story["key"])),
        kind=story["kind"],
        kind_version=demo.editions[story["kind"]],
        organization=organization,
        community=organization.community,
        agency=None if story.get("source") else demo.agency_of(organization.community),
        project=project_of(demo, story),
        plan=plan,
        series=demo.course if story.get("series") else None,
        reaches_out=any(demo.bodies[key].community_id != organization.community_id for key in story.get("others", ())),
        title=story["title"],
        outcome=story.get("outcome", "held"),
        outcome_reason=story.get("outcome_reason", ""),
        starts_at=starts_at,
        minutes=story["minutes"],
        place_text=plan.place_text if plan else organization.venue,
        participants=story["number"],
        summary=story["summary"],
        next_step=story["next_step"] if held else "",
        led_by=story.get("led_by", ""),
        worker_role=story.get("role", ""),
        details=details_of(demo, story),
        status=status,
        source=story.get("source", "worker"),
        recorded_by=author,
        submitted_at=submitted_at,
        reviewed_by=demo.users["supervisor1"] if returned else None,
        reviewed_at=demo.ago(1, 17) if returned else None if status == "submitted" else submitted_at + datetime.timedelta(days=7),
        returned_reason="写得很生动。请补上谈到的七样东西里缺哪四样，方便下次接着谈。" if returned else "",
    )  # fmt: skip


def project_of(demo, story):
    """The project whose objective it served, else the one that accompanied the organization on that day."""
    if objective := story.get("objective"):
        return demo.projects[objective[0]]
    organization, day = demo.bodies[story["organization"]], demo.day(-story["ago"])
    for project in demo.projects.values():
        if project.organization_id == organization.pk and project.starts_on <= day <= (project.closed_on or demo.today):
            return project
    return None


def details_of(demo, story):
    """The kind's own answers; an answer that the kind does not ask for is left out."""
    form = details_form(demo, story["kind"])
    answers = answers_of(story, demo.bodies[story["organization"]])
    return {name: answers.get(name, _empty(field)) for name, field in form.base_fields.items()}


def _empty(field):
    kind = type(field).__name__
    return (
        []
        if "Multiple" in kind
        else False
        if kind == "BooleanField"
        else None
        if "Decimal" in kind or "Integer" in kind
        else ""
    )


def series(demo):
    council = demo.bodies["council"]
    demo.course = ActivitySeries.objects.create(
        uuid=identifier("series", "course"), kind="training", title="活动策划课（四讲）", organization=council,
        community=council.community, project=demo.projects["growth"], rhythm="fortnightly", starts_on=demo.day(-300),
        starts_time=datetime.time(14), times=4, minutes=120, place_text="五泉街道培训室", ended_on=demo.day(-258),
        created_by=demo.users["worker1"],
    )  # fmt: skip
    opera = demo.bodies["opera"]
    saturdays = demo.today + datetime.timedelta(days=(5 - demo.today.weekday()) % 7 or 7)
    ActivitySeries.objects.create(
        uuid=identifier("series", "opera"), kind="salon", title="周六戏迷茶座", organization=opera,
        community=opera.community, project=demo.projects["opera"], rhythm="weekly", starts_on=saturdays,
        starts_time=datetime.time(15), times=8, minutes=90, place_text="家属院凉亭", created_by=demo.users["worker1"],
    )  # fmt: skip


def links(demo, rows):
    """Every record stands under its organization; shares are even, as when nobody says otherwise."""
    made = []
    for story, row in rows:
        served = [row.organization, *(demo.bodies[key] for key in story.get("others", ()))]
        objective = demo.objectives.get(story.get("objective"))
        for organization, minutes in zip(served, share_out(row.minutes, [1] * len(served)), strict=True):
            made.append(
                ActivityLink(
                    uuid=identifier("link", row.uuid, organization.uuid),
                    activity=row,
                    organization=organization,
                    community_id=organization.community_id,
                    project=row.project,
                    objective=objective if row.project else None,
                    is_main=organization is row.organization,
                    minutes=minutes,
                )
            )
    ActivityLink.objects.bulk_create(made)


def people(demo, rows):
    """Roll calls of members, people who came by, and crowds without names."""
    members, named, heads, workers = {}, [], [], []
    for member in Membership.objects.order_by("pk"):
        members.setdefault(member.organization_id, []).append(member)
    for story, row in rows:
        for number, member in enumerate(members.get(row.organization_id, ())[: story.get("roll", 0)]):
            away = number and number == story["roll"] - 1 and story["roll"] > 4
            named.append(
                Attendance(
                    uuid=identifier("attendance", row.uuid, member.uuid),
                    activity=row,
                    membership=member,
                    status="excused" if away else "present",
                    minutes=None if away else row.minutes,
                    method="sheet" if story.get("sheet") else "roll_call",
                    hours_source="captured" if number % 3 else "entered_later",
                    recorded_by=row.recorded_by,
                )
            )
        for name in story.get("guests", ()):
            named.append(
                Attendance(
                    uuid=identifier("attendance", row.uuid, name),
                    activity=row,
                    guest_name=name,
                    minutes=row.minutes,
                    recorded_by=row.recorded_by,
                )
            )
        for group, number in story.get("heads", {}).items():
            heads.append(
                Headcount(uuid=identifier("heads", row.uuid, group), activity=row, age_group=group, number=number)
            )
        if story["kind"] == "supervision":
            workers += [
                ActivityWorker(uuid=identifier("with", row.uuid, name), activity=row, user=demo.users[name], role=role)
                for name, role in (
                    ("supervisor1", "supervisor"),
                    ("worker1", "supervised"),
                    ("demo-worker4", "supervised"),
                )
            ]
        if story.get("series"):
            workers.append(
                ActivityWorker(uuid=identifier("with", row.uuid, "3"), activity=row, user=demo.users["demo-worker3"])
            )
    Attendance.objects.bulk_create(named)
    Headcount.objects.bulk_create(heads)
    ActivityWorker.objects.bulk_create(workers)
    ActivityDiscussed.objects.bulk_create(
        ActivityDiscussed(uuid=identifier("discussed", row.uuid, key), activity=row, discussed=demo.activities[key])
        for story, row in rows
        for key in story.get("discusses", ())
    )
    demo.add("people at activities", named)


def notes(demo):
    rows = [
        ActivityNote(
            uuid=identifier("note", key, who),
            activity=demo.activities[key],
            author=demo.users[who],
            text=text,
            is_thanks=not text,
        )
        for key, who, text in activity_stories.NOTES
    ]
    ActivityNote.objects.bulk_create(rows)
    demo.stamp(rows, [row.activity.submitted_at + datetime.timedelta(days=1) for row in rows])
    demo.add("notes", rows)


def drafts(demo):
    organization = demo.bodies["silver"]
    draft = Activity.objects.create(
        uuid=identifier("activity", "draft"),
        kind="visit",
        organization=organization,
        community=organization.community,
        recorded_by=demo.users["worker1"],
        payload={"organization": str(organization.uuid), "summary": "社区卫生站同意来教一次量血压，时间待定。"},
    )
    demo.stamp([draft], [demo.ago(0, 9, 20)])


def history(demo, rows):
    by_chain = {}
    for row in rows:
        by_chain.setdefault(row.community.code[:6], []).append((row, {"kind": row.kind}))
    for targets in by_chain.values():
        audit.record_many("activity.submitted", targets=targets, actor=None, area=targets[0][0].community)
