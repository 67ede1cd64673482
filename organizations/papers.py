"""Papers of filings (application form, certificate, register of a street and year) and the index of a dossier. They are
official Chinese forms, so their words are Chinese in every language of the pages."""

import datetime

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.reporting.papers import chinese_day
from incubator.reporting.registries import Paper, papers
from organizations.choices import FilingKind, FilingStatus
from organizations.models import Filing
from organizations.policies.dossier import check_view_dossier
from organizations.policies.filing import check_print_certificate, check_print_register, check_view_filing
from organizations.services.dossier import completeness_from, sections_of
from organizations.services.filing import frozen_content

FEN = 100
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
PRINTED = (
    "name", "responsible_person", "contact_phone", "type", "street", "community", "filing_number", "venue", "funds_note",
    "purpose", "activity_scope",
)  # fmt: skip


def yuan(fen):
    return "" if fen is None else f"{fen // FEN}.{fen % FEN:02d}元"


def day_of(text):
    """An ISO text, as frozen content has it, in Chinese words."""
    return chinese_day(datetime.date.fromisoformat(text[:10])) if text else ""


class FilingPaper(Paper):
    target = "organizations.filing"
    title = ""

    @classmethod
    def place(cls, thing):
        return thing.organization.community

    @classmethod
    def file_name(cls, thing):
        return f"{thing.organization.name} {cls.title}"


@papers.register
class FilingApplication(FilingPaper):
    """备案申请表, from what was frozen at handing in; of a draft, from the organization as it is now."""

    code = "filing-application"
    label = _("application for filing")
    title = "备案申请表"
    template = "organizations/papers/filing_application.docx"
    policy = staticmethod(check_view_filing)
    order = 10
    fields = (
        ("facts.name", _("organization")),
        ("facts.responsible_person", _("responsible person")),
        ("facts.contact_phone", _("phone")),
        ("facts.type", _("type")),
        ("facts.street", _("street")),
        ("facts.community", _("community")),
        ("facts.filing_number", _("filing number until now")),
        ("facts.venue", _("venue")),
        ("facts.funds_note", _("where the money comes from")),
        ("facts.purpose", _("purpose")),
        ("facts.activity_scope", _("what it does")),
        ("filing.number", _("filing number")),
        ("kinds[].0", _("kind")),
        ("kinds[].1", _("whether it is this kind")),
        ("founded_on", _("founded on")),
        ("funds", _("funds")),
        ("members", _("members")),
        ("papers[]", _("name of a paper handed in")),
        ("reason", _("reason")),
        ("submitted_on", _("handed in on")),
        ("opinion", _("opinion of the community")),
        ("checked_on", _("looked at on")),
        ("is_decided", _("whether it was decided")),
        ("decided_on", _("decided on")),
        ("today", _("printed on")),
    )

    @classmethod
    def context(cls, thing, user, **options):
        content = thing.content if "organization" in thing.content else frozen_content(thing)
        facts, report = content["organization"], content.get("report") or {}
        changes = [
            f"{FIELD_WORDS[name]}变更为：{yuan(value) if name == 'funds_fen' else value}"
            for name, value in content.get("changes", {}).items()
        ]
        return {
            "filing": {"number": thing.number},
            "kinds": [[word, kind == thing.kind] for kind, word in KIND_WORDS.items()],
            "facts": {name: facts.get(name) for name in PRINTED},
            "founded_on": day_of(facts["founded_on"]),
            "funds": yuan(facts["funds_fen"]),
            "members": content["members"],
            "papers": [paper["name"] for paper in content["papers"]],
            "reason": "\n".join([thing.reason, *changes, report.get("summary") or ""]).strip(),
            "submitted_on": chinese_day(thing.submitted_at),
            "opinion": thing.check_opinion,
            "checked_on": chinese_day(thing.checked_at),
            "is_decided": thing.status in (FilingStatus.FILED, FilingStatus.SUSPENDED),
            "decided_on": chinese_day(thing.decided_at) if thing.number else "",
            "today": chinese_day(timezone.localdate()),
        }


@papers.register
class FilingCertificate(FilingPaper):
    """备案证."""

    code = "filing-certificate"
    label = _("certificate of filing")
    title = "备案证"
    template = "organizations/papers/filing_certificate.docx"
    policy = staticmethod(check_print_certificate)
    order = 20
    fields = (
        ("organization.name", _("organization")),
        ("organization.responsible_person", _("responsible person")),
        ("organization.venue", _("venue")),
        ("organization.activity_scope", _("what it does")),
        ("number", _("filing number")),
        ("street", _("street")),
        ("community", _("community")),
        ("type", _("type")),
        ("funds", _("funds")),
        ("filed_on", _("filed on")),
        ("issued_on", _("issued on")),
        ("is_copy", _("whether it is issued once more")),
    )

    @classmethod
    def context(cls, thing, user, **options):
        organization = thing.organization
        return {
            "organization": {
                name: getattr(organization, name) for name in ("name", "responsible_person", "venue", "activity_scope")
            },
            "number": organization.filing_number,
            "street": organization.community.parent.name,
            "community": organization.community.name,
            "type": organization.type.name,
            "funds": yuan(organization.funds_fen),
            "filed_on": chinese_day(organization.filed_on),
            "issued_on": chinese_day(thing.decided_at),
            "is_copy": thing.kind == FilingKind.REISSUE,
        }


@papers.register
class FilingRegister(Paper):
    """备案台账 of a street and a year."""

    code = "filing-register"
    label = _("register of filings")
    target = "divisions.division"
    template = "organizations/papers/filing_register.docx"
    policy = staticmethod(check_print_register)
    fields = (
        ("street", _("street")),
        ("year", _("year")),
        ("total", _("number of rows")),
        ("printed_on", _("printed on")),
        ("rows[].order", _("number of the line")),
        ("rows[].number", _("filing number")),
        ("rows[].name", _("organization")),
        ("rows[].community", _("community")),
        ("rows[].type", _("type")),
        ("rows[].person", _("responsible person")),
        ("rows[].phone", _("phone")),
        ("rows[].members", _("members")),
        ("rows[].day", _("filed on")),
        ("rows[].state", _("state")),
    )

    @classmethod
    def place(cls, thing):
        return thing

    @classmethod
    def context(cls, thing, user, *, year, **options):
        current = Count("organization__memberships", filter=Q(organization__memberships__left_on__isnull=True))
        filings = Filing.objects.visible_to(user).numbered_in(thing, year, timezone.get_default_timezone())
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
            "street": thing.name,
            "year": year,
            "rows": rows,
            "total": len(rows),
            "printed_on": chinese_day(timezone.localdate()),
        }


@papers.register
class DossierIndex(Paper):
    """案卷目录; of papers that the reader may not open it tells the number alone."""

    code = "dossier-index"
    label = _("index of the dossier")
    target = "organizations.socialorganization"
    template = "organizations/papers/dossier_index.docx"
    policy = staticmethod(check_view_dossier)
    fields = (
        ("organization.name", _("organization")),
        ("street", _("street")),
        ("community", _("community")),
        ("number", _("filing number")),
        ("present", _("headings that hold something")),
        ("total", _("headings that are needed")),
        ("missing", _("what is missing")),
        ("printed_on", _("printed on")),
        ("rows[].order", _("number of the line")),
        ("rows[].heading", _("heading")),
        ("rows[].title", _("title")),
        ("rows[].day", _("day, as 2026-11-03")),
        ("rows[].form", _("form")),
    )

    @classmethod
    def context(cls, thing, user, **options):
        rows, sections = [], sections_of(thing, user)
        for section in sections:
            things = [
                (item.title, item.dated_on, item.original_name.rpartition(".")[2].upper()) for item in section.items
            ]
            if section.hidden:
                things.append((f"{section.hidden} 份材料", None, ""))
            things += [(entry.title, entry.on, "平台记录") for entry in section.entries]
            for title, day, form in things or [("", None, "暂缺" if section.heading.is_required else "")]:
                rows.append({
                    "order": len(rows) + 1,
                    "heading": section.heading.name,
                    "title": title,
                    "day": f"{day:%Y-%m-%d}" if day else "",
                    "form": form,
                })  # fmt: skip
        completeness = completeness_from(sections)
        return {
            "organization": {"name": thing.name},
            "street": thing.community.parent.name,
            "community": thing.community.name,
            "number": thing.filing_number or thing.credit_code or "未备案",
            "rows": rows,
            "present": completeness.present,
            "total": completeness.total,
            "missing": "、".join(heading.name for heading in completeness.missing),
            "printed_on": chinese_day(timezone.localdate()),
        }
