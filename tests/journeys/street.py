"""Everything that one street holds: a record of each model, with words in it that no other street may read."""

import datetime
import uuid
from decimal import Decimal
from types import SimpleNamespace

from django.core.files.base import ContentFile
from django.utils import timezone

from evaluations.models import (
    AnalysisRun,
    GrowthReview,
    GrowthStandard,
    Instrument,
    LinkDoubt,
    Opinion,
    Response,
    ReviewSession,
    StageDecision,
    Wave,
)
from evaluations.services.answer_import import map_answers, upload_answers
from evaluations.services.gate_evidence import freeze_gate
from evaluations.services.standard import publish_standard
from incubator.accounts.choices import Role
from incubator.accounts.models import Invitation, RoleGrant, User
from incubator.accounts.services import invite_person
from incubator.importing.models import ImportBatch
from incubator.importing.registries import importers
from incubator.importing.services import upload_batch
from incubator.jobs.models import Job, Schedule
from incubator.notifications.models import Delivery, GroupRobot, Notification
from incubator.reporting.models import PaperTemplate
from organizations.choices import FilingKind, Position
from organizations.models import (
    Agency,
    DossierHeading,
    DossierItem,
    Filing,
    FilingPaper,
    Membership,
    Place,
    SocialOrganization,
    SocialWorker,
    Talent,
    WorkerTraining,
)
from projects.models import (
    Activity,
    ActivityPlan,
    ActivitySeries,
    Admission,
    AgencyHandover,
    Announcement,
    Attendance,
    ContractIndicator,
    Evidence,
    ExitStep,
    FollowUp,
    IncubationAgreement,
    IncubationProject,
    Objective,
    ObjectiveIndicator,
    ProjectDocument,
    ProjectNeed,
    ProjectWorker,
    ServiceContract,
    StageRequest,
)
from tests.factories import contracts
from tests.factories import organizations as make
from tests.factories.accounts import RoleGrantFactory
from tests.factories.attendance import AttendanceFactory
from tests.factories.evidence import EvidenceFactory
from tests.factories.growth import ReviewFactory, as_decided, give
from tests.factories.instruments import InstrumentFactory, published
from tests.factories.plan import IndicatorFactory, NeedFactory, ObjectiveFactory, PlanFactory, ProjectWorkerFactory
from tests.factories.projects import ActivityFactory, ProjectFactory
from tests.factories.review import AnnouncementFactory, FollowUpFactory
from tests.factories.robots import GroupRobotFactory
from tests.factories.series import SeriesFactory
from tests.factories.session import SessionFactory
from tests.factories.stages import (
    AdmissionFactory,
    AgreementFactory,
    ExitStepFactory,
    ProjectDocumentFactory,
    StageRequestFactory,
)
from tests.factories.standards import GrowthStandardFactory
from tests.factories.waves import ANSWERS, DoubtFactory, ResponseFactory, TicketFactory, WaveFactory, make_version
from tests.journeys.street_measurement import measured
from tests.journeys.street_meetings import met
from tests.journeys.street_needs import needs_of
from tests.personas import give_grant, give_leader

# What follows the street's word in what only some may read.
CASEWORK = ("走访记录", "书法班", "下一步", "凉亭", "培训", "草稿", "孵化项目", "目标", "没有固定场地", "骨干会", "评审说明",
            "评审意见", "评审理由")  # fmt: skip
NAMES = ("队长", "旧人", "能人", "剪纸", "求助人", "街坊来信")
LISTED = ("合唱队", "舞蹈队", "没有的社区")  # rows of an uploaded list
TODAY = datetime.date(2026, 11, 3)


def make_street(*, word, community, worker, staff, leader, supervisor=None):
    """``word`` stands in all that people wrote there. Returns ``records`` {model: [record]}, ``words`` (what others may
    not read) and the places."""
    street = community.parent
    place = make.PlaceFactory(community=community, name=f"{word}小区")
    organization = make.OrganizationFactory(
        name=f"{word}读书会", pinyin=f"{word}dushuhui", community=community, filed=True,
        responsible_person=f"{word}负责人", venue=f"{word}活动室", purpose=f"{word}宗旨", place=place,
        filing_number=f"{word}备〔2026〕001号",
    )  # fmt: skip
    give_leader(leader, organization.uuid)
    agency = make.AgencyFactory(name=f"{word}社工站", contact_name=f"{word}联系人")
    make.AgencyServiceAreaFactory(agency=agency, division=street)
    if supervisor:
        give_grant(supervisor, Role.AGENCY_SUPERVISOR, body_uuid=agency.uuid)
    members = [
        make.MembershipFactory(organization=organization, name=f"{word}队长", position=Position.LEADER),
        make.MembershipFactory(organization=organization, name=f"{word}旧人", left_on=TODAY),
    ]
    filed = make.FilingFactory(
        organization=organization, created_by=worker, filed=True, number=organization.filing_number
    )  # fmt: skip
    draft = make.FilingFactory(
        organization=organization, created_by=worker, kind=FilingKind.ANNUAL, year=2025, reason=f"{word}说明"
    )
    heading = DossierHeading.objects.order_by("order", "code").first()
    project = ProjectFactory(organization=organization, lead=worker, name=f"{word}孵化项目", goal=f"{word}目标")
    facts = {"organization": organization, "recorded_by": worker, "project": project}
    activities = [
        ActivityFactory(**facts, summary=f"{word}走访记录", next_step=f"{word}下一步", place_text=f"{word}凉亭"),
        ActivityFactory(**facts, training=True, title=f"{word}培训"),
        ActivityFactory(recorded_by=worker, draft=True, payload={"summary": f"{word}草稿"}),
        ActivityFactory(**facts, accepted=True, summary=f"{word}走访记录", title=f"{word}走访记录"),
    ]
    need = NeedFactory(project=project, text=f"{word}没有固定场地", seen_at=f"{word}走访")
    objective = ObjectiveFactory(project=project, need=need, text=f"{word}有自己的场地")
    colleague = ProjectWorkerFactory(project=project, user__name=f"{word}同事", note=f"{word}交接")
    account = RoleGrantFactory(user__name=f"{word}新人", role=Role.SOCIAL_WORKER, division=street)
    closed = RoleGrantFactory(
        user__name=f"{word}离开的", user__is_active=False, role=Role.SOCIAL_WORKER, division=street
    )
    contract = contracts.ContractFactory(agency=agency, places=[street], name=f"{word}合同", created_by=staff)
    employed = make.SocialWorkerFactory(agency=agency, name=f"{word}社工")
    records = {
        SocialOrganization: [organization],
        Place: [place, make.PlaceFactory(community=community, name=f"{word}旧楼", is_active=False)],
        Agency: [agency],
        SocialWorker: [
            employed,
            make.SocialWorkerFactory(agency=agency, name=f"{word}账号社工", user=account.user),
            make.SocialWorkerFactory(agency=agency, name=f"{word}老社工", left_on=TODAY),
        ],
        Membership: members,
        Talent: [make.TalentFactory(community=community, name=f"{word}能人", skill=f"{word}剪纸")],
        Filing: [filed, draft],
        FilingPaper: [make.FilingPaperFactory(filing=draft, original_name=f"{word}报告.pdf", uploaded_by=worker)],
        DossierItem: [
            make.DossierItemFactory(organization=organization, heading=heading, title=f"{word}章程", uploaded_by=worker)
        ],
        IncubationProject: [project],
        Attendance: [
            AttendanceFactory(activity=activities[0], guest_name=f"{word}剪纸人"),
            AttendanceFactory(activity=activities[0], membership=members[0]),
        ],
        Evidence: [
            EvidenceFactory(activity=activities[0], caption=f"{word}凉亭照片", uploaded_by=worker),
            EvidenceFactory(activity=activities[0], sheet=True, caption=f"{word}剪纸签到", uploaded_by=worker),
        ],
        ProjectNeed: [need],
        Objective: [objective],
        ObjectiveIndicator: [IndicatorFactory(objective=objective, name=f"{word}满意度", unit="own")],
        ActivityPlan: [PlanFactory(project=project, title=f"{word}骨干会", place_text=f"{word}礼堂")],
        ProjectWorker: [colleague],
        Activity: activities,
        ActivitySeries: [SeriesFactory(organization=organization, created_by=worker, title=f"{word}书法班")],
        Announcement: [
            AnnouncementFactory(
                organization=organization, filed_by=worker, title=f"{word}百家宴", place_text=f"{word}凉亭",
                starts_at=timezone.now() + datetime.timedelta(days=5), due_at=timezone.now() + datetime.timedelta(days=2),
                safety_file=ContentFile(b"%PDF-1.4", name="plan.pdf"),
            )
        ],
        FollowUp: [
            FollowUpFactory(organization=organization, owner=worker, title=f"{word}下一步"),
            FollowUpFactory(organization=organization, owner=worker, title=f"{word}下一步", done=True),
        ],
        User: [account.user, closed.user],
        RoleGrant: [account],
        Invitation: [invite_person(name=f"{word}受邀人", role=Role.SOCIAL_WORKER, division=street, actor=staff)],
        ImportBatch: [_batch(word, community, staff)],
        Notification: [
            Notification.objects.create(
                recipient=worker, kind="activity.returned", dedup_key=f"scope:{uuid.uuid4()}",
                link=activities[0].get_absolute_url(),
                data={"title": f"{word}通知", "organization": word, "reason": word, "reviewer": word},
            )
        ],
        GroupRobot: [
            GroupRobotFactory(division=community, label=f"{word}议事群", created_by=staff),
            GroupRobotFactory(division=street, label=f"{word}街道群", created_by=staff, is_active=False),
        ],
        ServiceContract: [contract],
        ContractIndicator: [contracts.IndicatorFactory(contract=contract, name=f"{word}指标")],
        AgencyHandover: [contracts.HandoverFactory(from_agency=agency, division=street, note=f"{word}移交")],
        WorkerTraining: [
            WorkerTraining.objects.create(worker=employed, title=f"{word}进修", held_on=TODAY, hours=Decimal(6))
        ],
        PaperTemplate: [
            contracts.PaperTemplateFactory(division=street, original_name=f"{word}.docx", uploaded_by=staff)
        ],
        Job: [
            Job.objects.create(
                name="notifications.deliver", key=str(uuid.uuid4()), state="dead", run_at=timezone.now(),
                finished_at=timezone.now(), error=f"{word}失败",
            )
        ],
        Schedule: _schedules(),
    }  # fmt: skip
    records[Delivery] = [
        Delivery.objects.create(
            notification=records[Notification][0], channel="email", state="dead", error=f"{word}退信",
            due_at=timezone.now(),
        )
    ]  # fmt: skip
    instrument = InstrumentFactory(division=street, title=f"{word}问卷", created_by=worker)
    published(instrument)
    records[Instrument] = [instrument]
    surveys = _surveys(word, project, organization, worker)
    records[ImportBatch] += surveys.pop(ImportBatch)
    records |= surveys
    records |= _stages(word, project, organization, worker) | _reviews(word, organization, worker, leader)
    records[GrowthStandard] = [GrowthStandardFactory(division=street, title=f"{word}成长标准", created_by=staff)]
    publish_standard(standard_id=records[GrowthStandard][0].pk, actor=staff)
    run = measured(word, project, worker)
    records[AnalysisRun] = [run]
    records[Wave] += [run.before, run.after]
    records |= _session(word, street, worker, staff, records)
    meetings = met(word, organization, worker)
    records[Activity] += meetings.pop(Activity)
    records |= meetings | needs_of(word, organization, worker, activities[3])
    return SimpleNamespace(
        records=records, word=word, community=community, street=street, organization=organization,
        measured=(run.before, run.after),
    )  # fmt: skip


def _schedules():
    """One that runs and one that is switched off."""
    on, off = (Schedule.objects.get(name=name) for name in ("jobs.clear_away", "evaluations.remind_waves"))
    off.beat.enabled = False
    off.beat.save(update_fields=["enabled"])
    return [on, off]


def _batch(word, community, staff):
    """A list that waits for its uploader, with one row that cannot be taken."""
    rows = (
        "组织名称,所属社区,联系电话",
        f"{word}合唱队,{community.code},13800000000",
        f"{word}舞蹈队,{word}没有的社区,1",
    )
    return upload_batch(
        uuid=uuid.uuid4(), importer=importers["organizations"], content="\n".join(rows).encode(),
        file_name=f"{word}名单.csv", actor=staff,
    )  # fmt: skip


def _reviews(word, organization, worker, leader):
    """A review in each of its states: one that was decided, one that asks for opinions, and of two more organizations
    one that waits for the own score and one that waits for the decision."""
    decided = ReviewFactory(organization=organization, opened_by=worker, note=f"{word}评审说明", deciding=True)
    give(decided, "organization", leader, comment=f"{word}评审意见")
    decision = as_decided(decided, reason=f"{word}评审理由")
    running = ReviewFactory(organization=organization, opened_by=worker, note=f"{word}评审说明", asking=True)
    others = [
        ReviewFactory(
            organization=make.OrganizationFactory(name=f"{word}{name}", community=organization.community),
            opened_by=worker, note=f"{word}评审说明", **state,
        )
        for name, state in (("棋社", {}), ("书画社", {"deciding": True}))
    ]  # fmt: skip
    return {
        GrowthReview: [running, decided, *others],
        StageDecision: [decision],
        Opinion: [*running.opinions.order_by("pk"), *decided.opinions.order_by("pk")],
    }


def _session(word, street, worker, staff, records):
    """A review session with the gate of a project in it, and a signed sheet."""
    session = SessionFactory(
        division=street, title=f"{word}评审会", attended=f"{word}评审人", created_by=staff, signed_sheet_sha256="0" * 64,
        signed_sheet=ContentFile(make.PDF, name="sheet.pdf"), signed_sheet_name=f"{word}会签.pdf",
    )  # fmt: skip
    gate = ReviewFactory(
        organization=records[SocialOrganization][0], gate=records[StageRequest][0], opener="gate", standard=None,
        opened_by=worker, deciding=True, session=session,
    )  # fmt: skip
    freeze_gate(gate, now=timezone.now())
    records[GrowthReview].append(gate)
    return {ReviewSession: [session]}


def _stages(word, project, organization, worker):
    """A request that waits, the agreement, a document, a step of the exit plan, an admission that ended and a new one."""
    left = AdmissionFactory(
        organization=organization, applied_by=worker, left=True, wishes=f"{word}希望", left_reason=f"{word}退出",
        extended_at=timezone.now(), extended_reason=f"{word}延期",
    )  # fmt: skip
    return {
        StageRequest: [
            StageRequestFactory(project=project, requested_by=worker, note=f"{word}说明"),
            StageRequestFactory(project=project, requested_by=worker, held=True, reason=f"{word}理由"),
        ],
        IncubationAgreement: [AgreementFactory(project=project, parties=f"{word}甲方", services=f"{word}服务")],
        ProjectDocument: [ProjectDocumentFactory(project=project, title=f"{word}前测", uploaded_by=worker)],
        ExitStep: [ExitStepFactory(project=project, task=f"{word}排班", taken_over_by=f"{word}接手人")],
        Admission: [left, AdmissionFactory(organization=organization, applied_by=worker)],
    }


def _surveys(word, project, organization, worker):
    """A survey that is open, one with personal links, one that is planned; sheets, a doubt, a file of answers."""
    today = timezone.localdate()
    facts = {
        "organization": organization, "created_by": worker, "version": make_version(), "opens_on": today,
        "closes_on": today + datetime.timedelta(days=9), "opened_at": timezone.now(),
    }  # fmt: skip
    wave = WaveFactory(**facts, project=project, title=f"{word}前测", linked_by="self_code", opened=True)
    slips = WaveFactory(**facts, title=f"{word}发条", linked_by="ticket", opened=True)
    planned = WaveFactory(**facts | {"opened_at": None}, title=f"{word}后测")
    TicketFactory(wave=slips, name=f"{word}剪纸人")
    sheets = [
        ResponseFactory(wave=wave, subject_key=key, answers=ANSWERS | {"q7": f"{word}凉亭"}) for key in ("c:1", "c:2")
    ]
    plain = WaveFactory(**facts, title=f"{word}随便问", opened=True)
    rows = (
        "1、我敢在会上说出自己的想法,2、我很少参加队里的讨论,7、还想说什么",
        f"4,2,{word}舞蹈队",
        f"9,2,{word}合唱队",
    )
    batch = upload_answers(
        uuid=uuid.uuid4(), wave_id=plain.pk, content="\n".join(rows).encode(), file_name=f"{word}答卷.csv", actor=worker
    )
    batch = map_answers(batch_id=batch.pk, mapping=batch.options["mapping"], actor=worker)
    return {
        Wave: [wave, slips, planned, plain],
        Response: sheets,
        LinkDoubt: [DoubtFactory(response=sheets[1], other=sheets[0])],
        ImportBatch: [batch],
    }
