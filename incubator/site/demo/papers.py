"""The paperwork of the demonstration: filings in every state, with papers one can open, and dossiers half full."""

import datetime
import io
import zipfile
from xml.sax.saxutils import escape

from django.core.files.base import ContentFile
from docx import Document

from incubator.accounts.choices import Role
from incubator.base.files import inspect_upload
from incubator.site.demo import people, stories
from incubator.site.demo.board import identifier
from organizations.models import DossierHeading, DossierItem, Filing, FilingPaper
from organizations.services.filing import frozen_content

CHARTER = (
    ("总则", "本会是居民自愿参加、自己管理的社区社会组织，不以营利为目的。"),
    ("业务范围", "{purpose}"),
    ("成员", "居民自愿加入，来去自由；成员有建议和监督的权利，也有参加活动、爱护公物的义务。"),
    ("负责人", "负责人由成员推选，任期两年。现任负责人：{leader}。"),
    ("财务", "经费由成员自筹和社区支持，收支每季度公布一次。"),
)


PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.'
    f'openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="{WORD}"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
    'Target="word/document.xml"/></Relationships>',
}
DOCUMENT = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s'
    "<w:sectPr/></w:body></w:document>"
)


def write_filings(demo):
    staff = {place: demo.users[name] for name, _n, role, place in people.ACCOUNTS if role == Role.STREET_STAFF}
    rows = [*_past(demo, staff), *_under_way(demo, staff)]
    demo.stamp(rows, [row.decided_at or row.checked_at or row.submitted_at or demo.ago(3) for row in rows])
    demo.add("filings", rows)
    _dossiers(demo)


def _past(demo, staff):
    """The first filing of every organization that is filed."""
    for key, *_rest in stories.ORGANIZATIONS:
        organization = demo.bodies[key]
        if organization.legal_status != "filed":
            continue
        day = datetime.datetime.combine(organization.filed_on, datetime.time(10), demo.noon.tzinfo)
        author = demo.author(organization)
        filing = Filing.objects.create(
            uuid=identifier("filing", key, "new"), organization=organization, kind="new", created_by=author
        )
        _papers(demo, filing, ("charter",))
        filing.submit(by=author, at=day - datetime.timedelta(days=9), content=frozen_content(filing))
        filing.check_first(by=demo.users["community1"], at=day - datetime.timedelta(days=5),
                           opinion="名册与实际一致，同意报街道备案。")  # fmt: skip
        officer = staff.get(organization.community.code[:9], demo.users["district1"])
        filing.file(by=officer, at=day, number=organization.filing_number)
        filing.save()
        yield filing


def _under_way(demo, staff):
    for key, kind, status, ago, remark in stories.FILINGS:
        organization = demo.bodies[key]
        author, officer = demo.author(organization), staff.get(organization.community.code[:9])
        filing = Filing.objects.create(
            uuid=identifier("filing", key, kind),
            organization=organization,
            kind=kind,
            year=demo.today.year - 1 if kind == "annual" else None,
            reason=remark,
            created_by=author,
            content=_answers(kind),
        )
        if status != "draft":
            _papers(
                demo, filing, {"annual": ("report",), "change": ("application",)}.get(kind, ("application", "charter"))
            )
            filing.submit(by=author, at=demo.ago(ago + 2), content=frozen_content(filing))
        if status in {"checked", "filed"}:
            near = organization.community.code.startswith("620102006")
            checker = demo.users["community1" if near else "demo-community2"]
            filing.check_first(by=checker, at=demo.ago(ago + 1), opinion="情况属实，同意上报。")
        if status == "returned":
            filing.return_for_changes(
                by=officer, at=demo.ago(ago), reason="成员名册缺三位成员的联系方式；章程请用示范文本。",
                missing_papers=["charter", "roster"],
            )  # fmt: skip
        if status == "filed":
            filing.file(by=officer, at=demo.ago(ago))
        filing.save()
        yield filing


def _answers(kind):
    if kind == "change":
        return {"changes": {"responsible_person": "郝春生"}}
    if kind == "annual":
        return {"report": {"summary": "全年活动不断，值班和走访都有记录；添置了公共物品，收支已公布。",
                           "plan": "新年里多带两名骨干，把制度贴出来。", "activities": 46,
                           "income_fen": 260_000, "spending_fen": 238_000}}  # fmt: skip
    return {}


def _papers(demo, filing, kinds):
    names = {"charter": "章程", "application": "备案申请表", "report": "年度报告"}
    for kind in kinds:
        upload = _word(f"{filing.organization.name}{names[kind]}", filing.organization)
        paper = FilingPaper(
            uuid=identifier("paper", filing.uuid, kind), filing=filing, kind=kind, uploaded_by=filing.created_by
        )
        paper.take(upload, inspect_upload(upload))
        paper.save(force_insert=True)


def _word(title, organization):
    """A plain Word document in the manner of the ministry's model charter."""
    document = Document()
    document.add_heading(title, level=1)
    for number, (head, text) in enumerate(CHARTER, start=1):
        document.add_heading(f"第{'一二三四五'[number - 1]}章　{head}", level=2)
        document.add_paragraph(text.format(purpose=organization.purpose, leader=organization.responsible_person))
    written = io.BytesIO()
    document.save(written)
    return ContentFile(written.getvalue(), name=f"{title}.docx")


def plain_word(title, paragraphs):
    """The smallest Word document that holds a title and paragraphs; a page of python-docx takes a hundred times as long."""
    body = "".join(
        f"<w:p><w:r><w:rPr>{'' if number else '<w:b/>'}<w:sz w:val='{24 if number else 36}'/></w:rPr>"
        f"<w:t xml:space='preserve'>{escape(text)}</w:t></w:r></w:p>"
        for number, text in enumerate((title, *paragraphs))
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**PARTS, "word/document.xml": DOCUMENT % body}.items():
            archive.writestr(zipfile.ZipInfo(name), f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{text}')
    return ContentFile(written.getvalue(), name=f"{title}.docx")


def _dossiers(demo):
    headings = {heading.code: heading for heading in DossierHeading.objects.all()}
    rows = []
    for key, code, title, ago in stories.DOCUMENTS:
        organization = demo.bodies[key]
        upload = _word(title, organization)
        item = DossierItem(
            uuid=identifier("document", key, code),
            organization=organization,
            heading=headings[code],
            title=title,
            dated_on=demo.today - datetime.timedelta(days=ago),
            uploaded_by=demo.author(organization),
        )
        item.take(upload, inspect_upload(upload))
        item.save(force_insert=True)
        rows.append(item)
    demo.stamp(rows, [demo.ago(ago) for *_rest, ago in stories.DOCUMENTS])
    demo.add("dossier documents", rows)
