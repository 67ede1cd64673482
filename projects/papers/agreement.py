"""孵化协议, to be signed."""

from django.utils.translation import gettext_lazy as _

from incubator.reporting.papers import chinese_day
from incubator.reporting.registries import Paper, papers
from projects.policies.agreement import check_view_agreement

NUMBERS = "二三四五六七"
CLAUSES = (
    ("services", "服务内容"), ("obligations", "双方义务"), ("venue_use", "场地使用"), ("funds", "经费"),
    ("personal_data", "个人信息保护"), ("leaving", "退出与交接"),
)  # fmt: skip


@papers.register
class Agreement(Paper):
    code = "agreement"
    label = _("agreement")
    target = "projects.incubationagreement"
    template = "projects/papers/agreement.docx"
    policy = staticmethod(check_view_agreement)
    fields = (
        ("project", _("project")),
        ("organization", _("organization")),
        ("parties[]", _("a line about the parties")),
        ("begin", _("begin")),
        ("end", _("end")),
        ("clauses[].title", _("title of a clause, with its number")),
        ("clauses[].lines[]", _("a paragraph of the text")),
        ("handover_days", _("days for handing over")),
        ("signed_on", _("signed on")),
    )

    @classmethod
    def place(cls, thing):
        return thing.project.community

    @classmethod
    def file_name(cls, thing):
        return f"{thing.project.organization.name} 孵化协议"

    @classmethod
    def context(cls, thing, user, **options):
        told = [(title, text) for name, title in CLAUSES if (text := getattr(thing, name))]
        return {
            "project": thing.project.name,
            "organization": thing.project.organization.name,
            "parties": thing.parties.splitlines(),
            "begin": chinese_day(thing.starts_on),
            "end": chinese_day(thing.ends_on),
            "clauses": [
                {"title": f"{number}、{title}", "lines": text.splitlines()}
                for number, (title, text) in zip(NUMBERS, told, strict=False)
            ],
            "handover_days": thing.handover_days,
            "signed_on": chinese_day(thing.signed_on),
        }
