"""Papers of admission and leaving as Word. They are official Chinese forms: their words are Chinese in every language."""

from django.http import Http404
from django.utils import timezone

from incubator.reporting.views import PaperView
from organizations.views.filing_print import chinese_day
from projects.choices import AdmissionStatus, LeaveOutcome
from projects.models import Admission
from projects.policies import admission as policies

LEAVING = {
    LeaveOutcome.GRADUATED: ("社区社会组织出壳通知书", "经评估，你组织已达到出壳条件，准予出壳。"),
    LeaveOutcome.ADVISED: ("社区社会组织劝退通知书", "经研究，决定劝退，你组织不再继续孵化。"),
    LeaveOutcome.WITHDREW: ("社区社会组织自愿退出确认书", "根据你组织意愿，确认自愿退出孵化。"),
}


class _AdmissionPaperView(PaperView):
    policy = staticmethod(policies.check_view_admission)
    model = Admission
    title = ""

    def get_queryset(self):
        return super().get_queryset().with_names().select_related("organization__type", "screened_by", "decided_by")

    def get_title(self):
        return self.title

    def get_file_name(self):
        return f"{self.object.organization.name} {self.get_title()}"

    def require(self, there):
        if not there:
            raise Http404

    def facts(self):
        admission = self.object
        return {
            "title": self.get_title(),
            "organization": admission.organization.name,
            "street": admission.community.parent.name,
            "community": admission.community.name,
            "applied_on": chinese_day(admission.applied_at),
            "printed_on": chinese_day(timezone.localdate()),
        }


class AdmissionApplicationView(_AdmissionPaperView):
    """入壳申请表."""

    title = "社区社会组织入壳申请表"
    paper = "projects/papers/admission_application.docx"

    def get_paper_context(self):
        admission, organization = self.object, self.object.organization
        return self.facts() | {
            "type": str(organization.type),
            "leader": organization.responsible_person,
            "number": organization.filing_number or organization.credit_code or "未备案",
            "members": organization.declared_members,
            "venue": organization.venue,
            "purpose": organization.purpose,
            "scope": organization.activity_scope,
            "wishes": admission.wishes,
            "applied_by": str(admission.applied_by),
            "check_due_on": chinese_day(admission.check_due_on),
            "opinion": admission.screened_opinion,
            "screened_on": chinese_day(admission.screened_at),
            "conclusion": admission.reason,
            "decided_on": chinese_day(admission.decided_at),
        }


class AdmissionOpinionView(_AdmissionPaperView):
    """初审意见."""

    title = "社区社会组织入壳初审意见"
    paper = "projects/papers/admission_notice.docx"

    def get_paper_context(self):
        admission = self.object
        self.require(admission.screened_at)
        lines = [
            f"你组织于{chinese_day(admission.applied_at)}提交的入壳申请，经初审，意见如下：",
            *admission.screened_opinion.splitlines(),
            "初审通过，提交入壳评审。",
        ]
        return self.facts() | {
            "lines": lines, "by": str(admission.screened_by), "on": chinese_day(admission.screened_at),
        }  # fmt: skip


class AdmissionDecisionView(_AdmissionPaperView):
    """入壳通知书, or the notice that it was not admitted."""

    paper = "projects/papers/admission_notice.docx"

    def get_title(self):
        is_refused = self.object.status == AdmissionStatus.REFUSED
        return "社区社会组织不予入壳告知书" if is_refused else "社区社会组织入壳通知书"

    def get_paper_context(self):
        admission = self.object
        self.require(admission.decided_at)
        if admission.status == AdmissionStatus.REFUSED:
            lines = [
                "经审核，你组织本次申请暂不予入壳，理由如下：",
                *admission.reason.splitlines(),
                "条件具备后可再次申请。",
            ]
        else:
            lines = [
                f"经入壳评审，准予你组织入壳孵化，期限自{chinese_day(admission.admitted_on)}至"
                f"{chinese_day(admission.first_until_on)}。",
                f"评审意见：{admission.reason}",
                "请按通知要求签订孵化协议，遵守有关管理规定。",
            ]
        return self.facts() | {
            "lines": lines, "by": str(admission.decided_by), "on": chinese_day(admission.decided_at),
        }  # fmt: skip


class AdmissionExtensionView(_AdmissionPaperView):
    """延期孵化通知书."""

    title = "社区社会组织延期孵化通知书"
    paper = "projects/papers/admission_notice.docx"

    def get_paper_context(self):
        admission = self.object
        self.require(admission.extended_reason)
        lines = [
            f"经研究，同意你组织延期孵化至{chinese_day(admission.until_on)}。",
            f"理由：{admission.extended_reason}",
        ]
        return self.facts() | {"lines": lines, "by": "", "on": chinese_day(admission.extended_at)}


class AdmissionLeavingView(_AdmissionPaperView):
    """出壳 / 劝退 / 自愿退出."""

    paper = "projects/papers/admission_notice.docx"

    def get_title(self):
        return LEAVING[LeaveOutcome(self.object.outcome)][0]

    def get_paper_context(self):
        admission = self.object
        lines = [
            f"{LEAVING[LeaveOutcome(admission.outcome)][1]}退出日期：{chinese_day(admission.left_on)}。",
            f"理由：{admission.left_reason}",
            f"请于{chinese_day(admission.handover_due_on)}前办结场地、物品、档案和未完成事项的交接。",
        ]
        return self.facts() | {"lines": lines, "by": "", "on": chinese_day(admission.left_on)}

    def get(self, request, *args, **kwargs):
        self.require(self.object.status == AdmissionStatus.LEFT)
        return super().get(request, *args, **kwargs)
