"""签到表: of an activity or of one that is planned, with empty lines or with the members' names."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.reporting.registries import Paper, papers
from organizations.models import Membership
from projects.policies.attendance import (
    check_print_plan_sign_in_sheet,
    check_print_sign_in_names,
    check_print_sign_in_sheet,
)

EMPTY_LINES, LINES_AFTER_NAMES = 30, 5  # some come along


@papers.register
class SignInSheet(Paper):
    """One form for all of them: what an office replaces is replaced everywhere."""

    code = "sign-in-sheet"
    label = _("sign-in sheet")
    target = "projects.activity"
    template = "projects/papers/sign_in_sheet.docx"
    policy = staticmethod(check_print_sign_in_sheet)
    is_in_panel = False
    fields = (
        ("title", _("title")),
        ("organization", _("organization")),
        ("community", _("community")),
        ("street", _("street")),
        ("date", _("day and time")),
        ("place", _("where")),
        ("rows[].number", _("number of the line")),
        ("rows[].name", _("name")),
    )

    @classmethod
    def file_name(cls, thing):
        return f"签到表-{thing.organization}-{timezone.localtime(thing.starts_at):%Y%m%d}"

    @classmethod
    def context(cls, thing, user, **options):
        return cls.sheet(
            thing, organization=thing.organization, community=thing.community,
            date=f"{timezone.localtime(thing.starts_at):%Y-%m-%d %H:%M}", names=cls.people(thing, user),
        )  # fmt: skip

    @classmethod
    def people(cls, thing, user):
        return []

    @staticmethod
    def sheet(thing, *, organization, community, date, names=()):
        lines = [*names, *[""] * (LINES_AFTER_NAMES if names else EMPTY_LINES)]
        return {
            "title": str(thing), "organization": organization.name, "community": community.name,
            "street": str(community.parent or ""), "date": date, "place": thing.place_text,
            "rows": [{"number": number, "name": name} for number, name in enumerate(lines, start=1)],
        }  # fmt: skip


class SignInNames(SignInSheet):
    """With the members' names printed, to be signed."""

    policy = staticmethod(check_print_sign_in_names)

    @classmethod
    def people(cls, thing, user):
        mine = Membership.objects.visible_to(user).current().with_rank().filter(organization=thing.organization)
        return list(mine.order_by("rank", "pk").values_list("name", flat=True))


class PlanSignInSheet(SignInSheet):
    policy = staticmethod(check_print_plan_sign_in_sheet)

    @classmethod
    def place(cls, thing):
        return thing.project.community

    @classmethod
    def file_name(cls, thing):
        return f"签到表-{thing.project.organization}-{thing.planned_on:%Y%m%d}"

    @classmethod
    def context(cls, thing, user, **options):
        time = f" {thing.starts_time:%H:%M}" if thing.starts_time else ""
        return cls.sheet(
            thing, organization=thing.project.organization, community=thing.project.community,
            date=f"{thing.planned_on:%Y-%m-%d}{time}",
        )  # fmt: skip
