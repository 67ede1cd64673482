"""Announcements, tasks, the agency's contract and rules of work of the demonstration."""

import datetime

from incubator.base.hashes import content_sha256
from incubator.site.demo import duty_stories, people
from incubator.site.demo.board import identifier
from projects.models import (
    Activity,
    AgencyHandover,
    Announcement,
    ContractIndicator,
    FollowUp,
    IncubationProject,
    ServiceContract,
    WorkRule,
)

ANSWERED_WITHIN = 3  # working days, as the street's rule says
NEED_ANSWER = ["large", "frail", "minors"]


def write_duties(demo):
    rules(demo)
    announcements(demo)
    follow_ups(demo)
    contract(demo)
    handover(demo)


def rules(demo):
    rows = [
        WorkRule(
            uuid=identifier("rule", code),
            division=demo.division(code),
            concerns_to_answer=NEED_ANSWER,
            kinds_to_answer=[],
            accept_after_days=days,
            lock_day=10,
            announcement_days=ANSWERED_WITHIN,
            flexible_staff_percent=percent,
        )
        for code, days, percent in ((people.WUQUAN, 7, 50), (people.WANGJIANG, 5, 40))
    ]
    WorkRule.objects.bulk_create(rows)
    demo.add("rules of work", rows)


def announcements(demo):
    rows = []
    for number, story in enumerate(duty_stories.ANNOUNCEMENTS):
        (body, kind, title, day, hour, minutes, place, expected, concerns, filed, by, answered, state, answer, purpose,
         safety) = story  # fmt: skip
        organization = demo.bodies[body]
        rows.append(
            Announcement(
                uuid=identifier("announcement", number),
                title=title,
                kind=kind,
                organization=organization,
                community=organization.community,
                plan=next((plan for plan in demo.plans.values() if plan.title == title), None),
                activity=next(
                    (row for row in demo.activities.values() if row.title == title and state == "agreed"), None
                ),
                starts_at=demo.ago(-day, hour),
                minutes=minutes,
                place_text=place,
                expected_participants=expected,
                purpose=purpose,
                course="签到、开场、活动、收场，骨干分片看人。" if safety else "",
                budget="茶水由组织自筹，其余不花钱。",
                problems="天气变化、人多拥挤。" if "outdoor" in concerns else "",
                concerns=concerns,
                safety_plan=safety,
                needs_answer=bool(set(concerns) & set(NEED_ANSWER)),
                status=state,
                filed_by=demo.author(organization),
                filed_at=demo.ago(filed, 9),
                due_at=datetime.datetime.combine(
                    demo.working_day(-filed, ANSWERED_WITHIN), datetime.time(18), demo.noon.tzinfo
                ),
                answered_by=demo.users[by] if by else None,
                answered_at=None if answered is None else demo.ago(answered, 15),
                answer=answer,
            )
        )
    Announcement.objects.bulk_create(rows)
    demo.stamp(rows, [row.answered_at or row.filed_at for row in rows])
    demo.add("announcements", rows)


def follow_ups(demo):
    by_day = {}
    for row in Activity.objects.filter(kind="visit", status__in=["submitted", "accepted"]).select_related(
        "organization"
    ):
        by_day[row.organization_id, (demo.today - row.starts_at.astimezone(demo.noon.tzinfo).date()).days] = row

    def record(name):
        if ":" not in name:
            return demo.activities.get(name)
        body, ago = name.split(":")
        return by_day[demo.bodies[body].pk, int(ago)]

    rows = []
    for story in duty_stories.FOLLOW_UPS:
        key, kind, title, due, owner, body, project, source, months, state, closed, done_by, why = story
        organization = demo.bodies[body]
        who = demo.users[owner] if owner else demo.author(organization)
        rows.append(
            FollowUp(
                uuid=identifier("follow-up", key),
                kind=kind,
                title=title,
                due_on=demo.day(due),
                owner=demo.users[owner] if owner else None,
                organization=organization,
                community=organization.community,
                project=demo.projects.get(project),
                activity=record(source) if source else None,
                months_after=months,
                status=state,
                closed_by=who if closed is not None else None,
                closed_at=None if closed is None else demo.ago(closed, 17),
                closed_by_activity=record(done_by) if done_by else None,
                dropped_reason=why,
                created_by=who if owner else None,
            )
        )
    FollowUp.objects.bulk_create(rows)
    demo.add("follow-ups", rows)


def contract(demo):
    """152 of 365 days are over: of 24 supervisions ten should be done, nine are."""
    agency = demo.bodies[people.AGENCY]
    begin = demo.day(-152)
    made = ServiceContract.objects.create(
        uuid=identifier("contract"), name="五泉街道社区社会组织培育服务项目", number=f"WQ-{begin.year}-031",
        purchaser="五泉街道办事处", agency=agency, starts_on=begin, ends_on=begin + datetime.timedelta(days=364),
        amount_fen=19_800_000, note="半年付一次；结项时交指标完成情况表和分指标佐证。", created_by=demo.users["supervisor1"],
    )  # fmt: skip
    made.places.set([demo.division(people.WUQUAN)])
    ContractIndicator.objects.bulk_create(
        ContractIndicator(
            uuid=identifier("contract-indicator", name),
            contract=made,
            name=name,
            kinds=list(kinds),
            unit=unit,
            target=target,
            due_on=made.ends_on,
            order=10 * (number + 1),
        )
        for number, (name, kinds, unit, target) in enumerate(duty_stories.INDICATORS)
    )
    at_work = [demo.projects[key].pk for key in ("patrol", "growth", "silver", "opera")]
    IncubationProject.objects.filter(pk__in=at_work).update(contract=made)
    demo.add("contracts", [made])


def handover(demo):
    """The street's centre worked in Wuquan before the agency won the tender."""
    begin = demo.day(-152)
    before, now = demo.bodies[people.CENTER_BEFORE], demo.bodies[people.AGENCY]
    went = [project for key, project in demo.projects.items() if key in {"patrol", "growth", "mending"}]
    listing = {
        "place": {"code": people.WUQUAN, "name": demo.division(people.WUQUAN).name},
        "from_agency": {"uuid": str(before.uuid), "name": before.name},
        "projects": [
            {
                "uuid": str(project.uuid), "name": project.name, "organization": project.organization.name,
                "community": project.community.name, "stage": "preparation", "lead": "中心工作人员",
            }
            for project in went
        ],
        "follow_ups": [
            {
                "uuid": str(identifier("handover", title)), "title": title, "organization": demo.bodies[key].name,
                "due": demo.day(due - 152).isoformat(), "owner": "中心工作人员",
            }
            for key, title, due in duty_stories.HANDED_OVER
        ],
        "plans": [], "announcements": [], "requests": [],
    }  # fmt: skip
    row = AgencyHandover.objects.create(
        uuid=identifier("handover"), from_agency=before, to_agency=now,
        division=demo.division(people.WUQUAN), lead=demo.users["worker1"], handed_over_on=begin,
        reads_until=begin + datetime.timedelta(days=180), note="当面清点，纸质档案三盒，双方签字。", listing=listing,
        listing_sha256=content_sha256(listing), done_by=demo.users["staff1"],
    )  # fmt: skip
    demo.add("hand-overs", [row])
