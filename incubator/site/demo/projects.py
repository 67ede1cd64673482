"""Writes the projects of the demonstration: needs, objectives, plans, people, papers and the decisions of each stage."""

import datetime

from incubator.audit import services as audit
from incubator.base.files import inspect_upload
from incubator.base.hashes import content_sha256
from incubator.site.demo import project_stories as stories
from incubator.site.demo.board import identifier
from incubator.site.demo.papers import plain_word
from projects.choices import ProjectStage, TeamRole
from projects.models import (
    ActivityPlan,
    Admission,
    ExitStep,
    IncubationAgreement,
    IncubationProject,
    Objective,
    ObjectiveIndicator,
    ProjectDocument,
    ProjectNeed,
    ProjectPartner,
    ProjectWorker,
    StageRequest,
)

SERVICES = "入户走访、一对一督导、骨干培训、资源链接；每季度一起回看一次。"
OBLIGATIONS = "按时参加约定的活动，活动后三天内补记录；收支当月公示。"
DATA = "成员和参加者的姓名只用于本项目服务，不对外提供；照片发布前先问本人。"
LEAVING = "提前十五个工作日告知；物品、账目、名册当面交接并签字。"


def write_projects(demo):
    rows = []
    for key, (body, name, lead, stage, begin, length, _partners, admitted, goal) in stories.PROJECTS.items():
        organization = demo.bodies[body]
        over = _decided(key, "summary")
        project = IncubationProject(
            uuid=identifier("project", key),
            name=name,
            organization=organization,
            community=organization.community,
            lead=demo.users[lead],
            agency=demo.agency_of(organization.community),
            stage=stage,
            needs_admission=admitted,
            starts_on=demo.day(begin),
            ends_on=demo.day(begin + length),
            goal=goal,
            created_by=demo.users[_team(key)[0][0]],
        )
        if stage == ProjectStage.CLOSED:
            project.closed_on = demo.day(over)
        if stage == ProjectStage.TERMINATED:
            project.closed_on = demo.day(-96)
            project.termination_reason = (
                "队长搬家后三次召集不足四人，清山暂由社区志愿日代替；队里同意先停，有人牵头再重新开项。"
            )
        demo.projects[key] = project
        rows.append(project)
    IncubationProject.objects.bulk_create(rows)
    demo.stamp(rows, [_touched(demo, key) for key in stories.PROJECTS])
    demo.add("projects", rows)
    ProjectPartner.objects.bulk_create(
        ProjectPartner(
            uuid=identifier("partner", key, body), project=demo.projects[key], organization=demo.bodies[body]
        )
        for key, row in stories.PROJECTS.items()
        for body in row[6]
    )
    stages(demo)  # before the teams: who decided and joined later had not worked on it then
    team(demo)
    needs(demo)
    plans(demo)
    papers(demo)
    admissions(demo)
    for project in rows:
        audit.record("project.opened", target=project, actor=project.created_by, area=project.community)


def _team(key):
    lead, begin = stories.PROJECTS[key][2], stories.PROJECTS[key][4]
    return stories.TEAMS.get(key, ((lead, TeamRole.LEAD, begin, None, ""),))


def _decided(key, from_stage):
    return next(
        (row[6] for row in stories.STAGE_REQUESTS.get(key, ()) if row[0] == from_stage and row[2] == "passed"), 0
    )


def _touched(demo, key):
    """When the project was last in somebody's hands."""
    days = [stories.PROJECTS[key][4], *(row[3] for row in stories.STAGE_REQUESTS.get(key, ()))]
    days += [row[6] for row in stories.STAGE_REQUESTS.get(key, ()) if row[6] is not None]
    return demo.ago(-max(days), 17)


def team(demo):
    rows = []
    for key, project in demo.projects.items():
        over = project.closed_on
        for username, role, first, last, note in _team(key):
            rows.append(
                ProjectWorker(
                    uuid=identifier("team", key, username, first),
                    project=project,
                    user=demo.users[username],
                    role=role,
                    from_on=demo.day(first),
                    until_on=over if last is None else demo.day(last),
                    note=note,
                )
            )
    ProjectWorker.objects.bulk_create(rows)
    demo.add("people on projects", rows)


def needs(demo):
    wanted, goals, indicators = {}, {}, []
    for key, project in demo.projects.items():
        for number, (level, text, seen_at) in enumerate(stories.NEEDS[key]):
            wanted[key, number] = ProjectNeed(
                uuid=identifier("need", key, number), project=project, level=level, text=text, seen_at=seen_at
            )
        for number, (need, level, text, measures) in enumerate(stories.OBJECTIVES.get(key, ())):
            goals[key, number] = Objective(
                uuid=identifier("objective", key, number), project=project, need=wanted[key, need], level=level,
                text=text, order=10 * (number + 1),
            )  # fmt: skip
            for name, unit, kinds, target, reached in measures:
                indicators.append(
                    ObjectiveIndicator(
                        uuid=identifier("indicator", key, number, name),
                        objective=goals[key, number],
                        name=name,
                        unit=unit,
                        kinds=kinds,
                        target=target,
                        due_on=project.ends_on,
                        own_value=reached,
                        own_value_on=None if reached is None else demo.day(-25),
                    )
                )
    ProjectNeed.objects.bulk_create(wanted.values())
    Objective.objects.bulk_create(goals.values())
    ObjectiveIndicator.objects.bulk_create(indicators)
    demo.objectives = goals
    demo.add("needs", list(wanted))
    demo.add("objectives", list(goals))


def plans(demo):
    for key, rows in stories.PLANS.items():
        project = demo.projects[key]
        for number, (goal, kind, title, day, hour, place, expected, held) in enumerate(rows):
            cancelled = day if isinstance(day, str) else ""
            plan = ActivityPlan(
                uuid=identifier("plan", key, number),
                project=project,
                objective=demo.objectives.get((key, goal)),
                kind=kind,
                title=title,
                planned_on=demo.day(-10 if cancelled else day),
                starts_time=None if hour is None else datetime.time(hour),
                place_text=place,
                expected_participants=expected,
                responsible=project.lead,
                cancelled_at=demo.ago(14) if cancelled else None,
                cancelled_reason=cancelled,
            )
            demo.plans[key, number] = plan
            if held:
                demo.plan_of[held] = plan
    ActivityPlan.objects.bulk_create(demo.plans.values())
    demo.add("planned activities", list(demo.plans))
    ExitStep.objects.bulk_create(
        ExitStep(
            uuid=identifier("exit", key, number),
            project=demo.projects[key],
            task=task,
            taken_over_by=who,
            due_on=demo.day(day),
            done_on=None if done is None else demo.day(done),
        )
        for key, rows in stories.EXIT_STEPS.items()
        for number, (task, who, day, done) in enumerate(rows)
    )


def papers(demo):
    agreements, documents = [], []
    for key, rows in stories.PROJECT_DOCUMENTS.items():
        project = demo.projects[key]
        for kind, title, day in rows:
            upload = plain_word(title, paper_text(key, kind, project))
            document = ProjectDocument(
                uuid=identifier("project-document", key, kind),
                project=project,
                kind=kind,
                title=title,
                dated_on=demo.day(day),
                uploaded_by=project.created_by if day < -100 else project.lead,
            )
            document.take(upload, inspect_upload(upload))
            documents.append(document)
            if kind == "agreement":
                agreements.append(
                    IncubationAgreement(
                        uuid=identifier("agreement", key),
                        project=project,
                        parties=f"{project.agency}、{project.organization.name}、{project.community.name}",
                        starts_on=project.starts_on,
                        ends_on=project.ends_on,
                        services=SERVICES,
                        obligations=OBLIGATIONS,
                        venue_use=f"{project.organization.venue}，每周至少一次，用后归位。",
                        funds="不收费；活动茶水由组织自筹，材料由项目承担。",
                        personal_data=DATA,
                        leaving=LEAVING,
                        signed_on=demo.day(day),
                    )
                )
    ProjectDocument.objects.bulk_create(documents)
    IncubationAgreement.objects.bulk_create(agreements)
    demo.add("documents of projects", documents)


def paper_text(key, kind, project):
    """What a paper of the project says, in a few lines."""
    levels = {"individual": "个人层面", "interpersonal": "人际层面", "social": "社会参与层面"}
    found = [f"{levels[level]}：{text}（{seen}）" for level, text, seen in stories.NEEDS[key]]
    goals = [f"目标：{text}" for _need, _level, text, _measures in stories.OBJECTIVES.get(key, ())]
    dates = [f"{title}（{place}）" for _goal, _kind, title, _day, _hour, place, *_rest in stories.PLANS.get(key, ())]
    steps = [f"{task} —— 由{who}接手" for task, who, _day, _done in stories.EXIT_STEPS.get(key, ())]
    head = [f"项目：{project.name}", f"组织：{project.organization.name}　社区：{project.community.name}", project.goal]
    return head + {
        "agreement": [SERVICES, OBLIGATIONS, DATA, LEAVING, "甲方（签字）：　　　　乙方（签字）：　　　　日期："],
        "baseline": found,
        "plan": [*goals, *dates],
        "midterm": ["做到的：" + "；".join(goals), "还差的：写方案的人手还少，收支公示要按月贴。"],
        "endline": [*found, "和开始时相比：会议自己开、记录自己写；对外联系仍以社工介绍为主。"],
        "final_report": [*goals, *dates, *steps, "经验：先让骨干替社工做一件小事，再做一件大事。"],
    }.get(kind, goals)


def stages(demo):
    rows = []
    for key, requests in stories.STAGE_REQUESTS.items():
        for number, (leaving, to, status, day, who, decider, decided, note, reason) in enumerate(requests):
            found = [
                {"code": code, "label": label, "done": done, "detail": detail, "url": ""}
                for code, label, detail in stories.CHECKLISTS[leaving]
                for done in [not (status == "held" and code == "plan")]
            ]
            rows.append(
                StageRequest(
                    uuid=identifier("stage-request", key, number),
                    project=demo.projects[key],
                    from_stage=leaving,
                    to_stage=to,
                    status=status,
                    note=note,
                    checklist=found,
                    checklist_sha256=content_sha256(found),
                    requested_by=demo.users[who],
                    requested_at=demo.ago(-day, 10),
                    decided_by=demo.users[decider] if decider else None,
                    decided_at=None if decided is None else demo.ago(-decided, 16),
                    reason=reason,
                )
            )
    StageRequest.objects.bulk_create(rows)
    demo.stamp(rows, [row.decided_at or row.requested_at for row in rows])
    demo.add("stage requests", rows)


def admissions(demo):
    """入壳/出壳: in Hangzhou one admitted and one that waits for its first check; in Lanzhou the same, and one that left."""
    projects, staff, hub = demo.projects, demo.users["staff1"], demo.users["hub1"]
    rows = [
        Admission(
            project=projects["farm"], status="admitted", wishes="想要一块能存工具的地方；想学怎么把菜园的事写成项目。",
            screened_opinion="材料齐全，成员名册核过，同意进入评审。", reason="成员稳定，三张清单里有对应的需求，同意入壳一年。",
            admitted_on=demo.day(-168), until_on=demo.day(197),
            **_application(demo, "farm", "demo-hangzhou", 188), **_admission(demo, hub, 184, 174),
        ),
        Admission(
            status="applied", wishes="每季度去养老院演出，想有人帮着排节目、联系车。",
            **_application(demo, "choir", "demo-hangzhou", 2),
        ),
        Admission(
            project=projects["silver"], status="admitted", wishes="想学会排班和开会，不再什么事都找社工。",
            screened_opinion="结对名册看过，十八人在册，同意进入评审。", reason="服务的是社区最缺的高龄陪伴，人也稳，同意入壳。",
            admitted_on=demo.day(-150), until_on=demo.day(150),
            **_application(demo, "silver", "worker1", 170), **_admission(demo, staff, 166, 158),
        ),
        Admission(
            status="applied", wishes="想固定活动日子，也想试着去养老院唱一场。", **_application(demo, "opera", "worker1", 3),
        ),
        Admission(
            project=projects["mending"], status="left", wishes="想有人搭把手，摊子每月准时出。",
            screened_opinion="五位师傅都见过，手艺邻居认。", reason="小而实在，同意入壳八个月。",
            admitted_on=demo.day(-415), until_on=demo.day(-178), outcome="graduated", left_on=demo.day(-178),
            left_reason="每月准时出摊，有了接班人，自己能转起来。", handover_due_on=demo.working_day(-178, 15),
            **_application(demo, "repair", "worker1", 440), **_admission(demo, staff, 436, 425),
        ),
    ]  # fmt: skip
    for row in rows:
        row.first_until_on = row.until_on
    Admission.objects.bulk_create(rows)
    demo.stamp(rows, [row.decided_at or row.applied_at for row in rows])
    demo.add("admissions", rows)


def _application(demo, key, who, days):
    organization = demo.bodies[key]
    return {
        "uuid": identifier("admission", key), "organization": organization, "community": organization.community,
        "applied_by": demo.users[who], "applied_at": demo.ago(days, 10), "check_due_on": demo.working_day(-days, 5),
    }  # fmt: skip


def _admission(demo, who, screened, decided):
    return {
        "screened_by": who, "screened_at": demo.ago(screened, 15), "decided_by": who, "decided_at": demo.ago(decided, 11)
    }  # fmt: skip
