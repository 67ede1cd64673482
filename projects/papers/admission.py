"""Papers of admission and leaving. They are official Chinese forms: their words are Chinese in every language."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.reporting.papers import chinese_day
from incubator.reporting.registries import Paper, papers
from projects.choices import AdmissionStatus, LeaveOutcome
from projects.policies.admission import check_view_admission

FACTS = (
    ("title", _("title")),
    ("organization", _("organization")),
    ("street", _("street")),
    ("community", _("community")),
    ("applied_on", _("applied on")),
    ("printed_on", _("printed on")),
)
NOTICE = (
    *FACTS,
    ("lines[]", _("a paragraph of the text")),
    ("by", _("decided by")),
    ("on", _("decided on")),
)
LEAVING = {
    LeaveOutcome.GRADUATED: ("社区社会组织出壳通知书", "经评估，你组织已达到出壳条件，准予出壳。"),
    LeaveOutcome.ADVISED: ("社区社会组织劝退通知书", "经研究，决定劝退，你组织不再继续孵化。"),
    LeaveOutcome.WITHDREW: ("社区社会组织自愿退出确认书", "根据你组织意愿，确认自愿退出孵化。"),
}


class AdmissionPaper(Paper):
    target = "projects.admission"
    policy = staticmethod(check_view_admission)
    title = ""

    @classmethod
    def is_there(cls, thing):
        """Whether what it tells has happened yet."""
        return True

    @classmethod
    def get_title(cls, thing):
        return cls.title

    @classmethod
    def file_name(cls, thing):
        return f"{thing.organization.name} {cls.get_title(thing)}"

    @classmethod
    def facts(cls, thing):
        return {
            "title": cls.get_title(thing),
            "organization": thing.organization.name,
            "street": thing.community.parent.name,
            "community": thing.community.name,
            "applied_on": chinese_day(thing.applied_at),
            "printed_on": chinese_day(timezone.localdate()),
        }


@papers.register
class AdmissionApplication(AdmissionPaper):
    """入壳申请表."""

    code = "admission-application"
    label = _("application for admission")
    title = "社区社会组织入壳申请表"
    template = "projects/papers/admission_application.docx"
    order = 10
    fields = (
        *FACTS,
        ("type", _("type")),
        ("leader", _("responsible person")),
        ("number", _("filing number")),
        ("members", _("members")),
        ("venue", _("venue")),
        ("purpose", _("purpose")),
        ("scope", _("what it does")),
        ("wishes", _("what it wishes for")),
        ("applied_by", _("applied by")),
        ("check_due_on", _("looked at by, the last day")),
        ("opinion", _("opinion of the first look")),
        ("screened_on", _("first looked at on")),
        ("conclusion", _("conclusion")),
        ("decided_on", _("decided on")),
    )

    @classmethod
    def context(cls, thing, user, **options):
        organization = thing.organization
        return cls.facts(thing) | {
            "type": str(organization.type),
            "leader": organization.responsible_person,
            "number": organization.filing_number or organization.credit_code or "未备案",
            "members": "" if organization.declared_members is None else f"{organization.declared_members} 人",
            "venue": organization.venue,
            "purpose": organization.purpose,
            "scope": organization.activity_scope,
            "wishes": thing.wishes,
            "applied_by": str(thing.applied_by),
            "check_due_on": chinese_day(thing.check_due_on),
            "opinion": thing.screened_opinion,
            "screened_on": chinese_day(thing.screened_at),
            "conclusion": thing.reason,
            "decided_on": chinese_day(thing.decided_at),
        }


class AdmissionNotice(AdmissionPaper):
    """A notice of some lines; all of them ship with one form, and an office may have one of its own for each. Each has
    ``told(thing)``: (lines, who decided, when)."""

    template = "projects/papers/admission_notice.docx"
    fields = NOTICE

    @classmethod
    def context(cls, thing, user, **options):
        lines, by, on = cls.told(thing)
        return cls.facts(thing) | {"lines": lines, "by": str(by or ""), "on": chinese_day(on)}


@papers.register
class AdmissionOpinion(AdmissionNotice):
    """初审意见."""

    code = "admission-opinion"
    label = _("opinion of the first look")
    title = "社区社会组织入壳初审意见"
    order = 20

    @classmethod
    def is_there(cls, thing):
        return bool(thing.screened_at)

    @classmethod
    def told(cls, thing):
        lines = [
            f"你组织于{chinese_day(thing.applied_at)}提交的入壳申请，经初审，意见如下：",
            *thing.screened_opinion.splitlines(),
            "初审通过，提交入壳评审。",
        ]
        return lines, thing.screened_by, thing.screened_at


@papers.register
class AdmissionDecision(AdmissionNotice):
    """入壳通知书, or the notice that it was not admitted."""

    code = "admission-decision"
    label = _("notice of admission")
    order = 30

    @classmethod
    def is_there(cls, thing):
        return bool(thing.decided_at)

    @classmethod
    def get_title(cls, thing):
        is_refused = thing.status == AdmissionStatus.REFUSED
        return "社区社会组织不予入壳告知书" if is_refused else "社区社会组织入壳通知书"

    @classmethod
    def told(cls, thing):
        if thing.status == AdmissionStatus.REFUSED:
            lines = [
                "经审核，你组织本次申请暂不予入壳，理由如下：",
                *thing.reason.splitlines(),
                "条件具备后可再次申请。",
            ]
        else:
            lines = [
                f"经入壳评审，准予你组织入壳孵化，期限自{chinese_day(thing.admitted_on)}至"
                f"{chinese_day(thing.first_until_on)}。",
                f"评审意见：{thing.reason}",
                "请按通知要求签订孵化协议，遵守有关管理规定。",
            ]
        return lines, thing.decided_by, thing.decided_at


@papers.register
class AdmissionExtension(AdmissionNotice):
    """延期孵化通知书."""

    code = "admission-extension"
    label = _("notice of extension")
    title = "社区社会组织延期孵化通知书"
    order = 40

    @classmethod
    def is_there(cls, thing):
        return bool(thing.extended_reason)

    @classmethod
    def told(cls, thing):
        lines = [
            f"经研究，同意你组织延期孵化至{chinese_day(thing.until_on)}。",
            f"理由：{thing.extended_reason}",
        ]
        return lines, "", thing.extended_at


@papers.register
class AdmissionLeaving(AdmissionNotice):
    """出壳 / 劝退 / 自愿退出."""

    code = "admission-leaving"
    label = _("notice of leaving")
    order = 50

    @classmethod
    def is_there(cls, thing):
        return thing.status == AdmissionStatus.LEFT

    @classmethod
    def get_title(cls, thing):
        return LEAVING[LeaveOutcome(thing.outcome)][0]

    @classmethod
    def told(cls, thing):
        lines = [
            f"{LEAVING[LeaveOutcome(thing.outcome)][1]}退出日期：{chinese_day(thing.left_on)}。",
            f"理由：{thing.left_reason}",
            f"请于{chinese_day(thing.handover_due_on)}前办结场地、物品、档案和未完成事项的交接。",
        ]
        return lines, "", thing.left_on
