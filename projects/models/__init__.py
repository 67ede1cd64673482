from projects.models import decider_guard  # noqa: F401 - registers its triggers
from projects.models.activity import Activity
from projects.models.activity_link import ActivityDiscussed, ActivityLink, ActivityWorker
from projects.models.activity_note import ActivityCorrection, ActivityNote
from projects.models.admission import Admission
from projects.models.agreement import IncubationAgreement, ProjectDocument
from projects.models.announcement import Announcement
from projects.models.attendance import Attendance, Headcount, SignInCode
from projects.models.contract import AgencyHandover, ContractIndicator, ServiceContract
from projects.models.evidence import Evidence
from projects.models.follow_up import FollowUp
from projects.models.kind import CustomKind, KindVersion
from projects.models.plan import ActivityPlan, ExitStep, Objective, ObjectiveIndicator, ProjectNeed
from projects.models.project import IncubationProject, ProjectPartner, ProjectWorker
from projects.models.rule import MonthLock, WorkRule
from projects.models.series import ActivitySeries
from projects.models.stage import StageRequest, StageRule

__all__ = [
    "Activity",
    "ActivityCorrection",
    "ActivityDiscussed",
    "ActivityLink",
    "ActivityNote",
    "ActivityPlan",
    "ActivitySeries",
    "ActivityWorker",
    "Admission",
    "AgencyHandover",
    "Announcement",
    "Attendance",
    "ContractIndicator",
    "CustomKind",
    "Evidence",
    "ExitStep",
    "FollowUp",
    "Headcount",
    "IncubationAgreement",
    "IncubationProject",
    "KindVersion",
    "MonthLock",
    "Objective",
    "ObjectiveIndicator",
    "ProjectDocument",
    "ProjectNeed",
    "ProjectPartner",
    "ProjectWorker",
    "ServiceContract",
    "SignInCode",
    "StageRequest",
    "StageRule",
    "WorkRule",
]
