"""Papers of filings as Word: application form, certificate, register of a street and year. They are official Chinese
forms, so their words are Chinese in every language of the pages."""

from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from incubator.reporting.views import PaperView, PlainPaperView
from organizations.choices import FilingKind, FilingStatus
from organizations.models import Filing
from organizations.policies import filing as policies
from organizations.services.filing import frozen_content
from organizations.views.filing_rule import kept_streets

FEN = 100
YEARS = range(2000, 2100)  # that a register can be of
# The words of the official forms; they are the same whatever language the pages speak.
KIND_WORDS = {
    FilingKind.NEW: "新办", FilingKind.CHANGE: "变更", FilingKind.CANCELLATION: "注销", FilingKind.ANNUAL: "年度报告",
    FilingKind.REISSUE: "补证",
}  # fmt: skip
FIELD_WORDS = {
    "name": "名称", "responsible_person": "负责人", "contact_phone": "联系电话", "purpose": "宗旨",
    "activity_scope": "活动内容", "venue": "活动场所", "funds_fen": "活动资金", "funds_note": "资金来源",
}  # fmt: skip
STATE_WORDS = {FilingStatus.FILED: "有效", FilingStatus.SUSPENDED: "暂停", FilingStatus.CANCELLED: "已注销"}


def chinese_day(value):
    """2026年5月1日, from a date, an aware time or an ISO text; blank for nothing."""
    if not value:
        return ""
    if isinstance(value, str):
        year, month, day = (int(part) for part in value[:10].split("-"))
        return f"{year}年{month}月{day}日"
    day = timezone.localdate(value) if hasattr(value, "hour") else value
    return f"{day.year}年{day.month}月{day.day}日"


def yuan(fen):
    return "" if fen is None else f"{fen // FEN}.{fen % FEN:02d}元"


class FilingPaperView(PaperView):
    model = Filing

    def get_queryset(self):
        people = ("submitted_by", "checked_by", "decided_by")
        return super().get_queryset().with_names().select_related(*people)


class FilingApplicationView(FilingPaperView):
    """备案申请表, from what was frozen at handing in; of a draft, from the organization as it is now."""

    policy = staticmethod(policies.check_view_filing)
    paper = "organizations/papers/filing_application.docx"

    def get_file_name(self):
        return f"{self.object.organization.name} 备案申请表"

    def get_paper_context(self):
        filing = self.object
        content = filing.content if "organization" in filing.content else frozen_content(filing)
        facts, report = content["organization"], content.get("report") or {}
        changes = [
            f"{FIELD_WORDS[name]}变更为：{yuan(value) if name == 'funds_fen' else value}"
            for name, value in content.get("changes", {}).items()
        ]
        return {
            "filing": filing,
            "kinds": [(word, kind == filing.kind) for kind, word in KIND_WORDS.items()],
            "facts": facts,
            "founded_on": chinese_day(facts["founded_on"]),
            "funds": yuan(facts["funds_fen"]),
            "members": content["members"],
            "papers": [paper["name"] for paper in content["papers"]],
            "reason": "\n".join([filing.reason, *changes, report.get("summary") or ""]).strip(),
            "submitted_on": chinese_day(filing.submitted_at),
            "opinion": filing.check_opinion,
            "checked_on": chinese_day(filing.checked_at),
            "is_decided": filing.status in (FilingStatus.FILED, FilingStatus.SUSPENDED),
            "decided_on": chinese_day(filing.decided_at) if filing.number else "",
            "today": chinese_day(timezone.localdate()),
        }


class FilingCertificateView(FilingPaperView):
    """备案证."""

    policy = staticmethod(policies.check_print_certificate)
    paper = "organizations/papers/filing_certificate.docx"

    def get_file_name(self):
        return f"{self.object.organization.name} 备案证"

    def get_paper_context(self):
        organization = self.object.organization
        return {
            "organization": organization,
            "number": organization.filing_number,
            "street": organization.community.parent.name,
            "community": organization.community.name,
            "type": organization.type.name,
            "funds": yuan(organization.funds_fen),
            "filed_on": chinese_day(organization.filed_on),
            "issued_on": chinese_day(self.object.decided_at),
            "is_copy": self.object.kind == FilingKind.REISSUE,
        }


class FilingRegisterPaperView(PlainPaperView):
    """备案台账 of a street and a year."""

    policy = staticmethod(policies.check_print_register)
    policy_needs_object = True
    paper = "organizations/papers/filing_register.docx"

    def dispatch(self, request, *args, **kwargs):
        if kwargs["year"] not in YEARS:
            raise Http404
        self.street = get_object_or_404(kept_streets(request.user), code=kwargs["code"])
        self.policy(request.user, self.street)
        return super().dispatch(request, *args, **kwargs)

    def get_file_name(self):
        return f"{self.street.name} {self.kwargs['year']}年 社区社会组织备案台账"

    def get_paper_context(self):
        current = Count("organization__memberships", filter=Q(organization__memberships__left_on__isnull=True))
        filings = Filing.objects.visible_to(self.request.user).numbered_in(
            self.street, self.kwargs["year"], timezone.get_default_timezone()
        )
        rows = [
            {
                "order": order,
                "number": filing.number,
                "name": filing.organization.name,
                "community": filing.organization.community.name,
                "type": filing.organization.type.name,
                "person": filing.organization.responsible_person,
                "phone": filing.organization.contact_phone,
                "members": max(filing.members, filing.organization.declared_members or 0),
                "day": f"{timezone.localdate(filing.decided_at):%Y-%m-%d}",
                "state": STATE_WORDS[filing.status],
            }
            for order, filing in enumerate(filings.with_names().annotate(members=current), start=1)
        ]
        return {
            "street": self.street.name,
            "year": self.kwargs["year"],
            "rows": rows,
            "total": len(rows),
            "printed_on": chinese_day(timezone.localdate()),
        }
