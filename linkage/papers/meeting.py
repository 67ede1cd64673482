"""会议通知 and 会议签到表. They are official Chinese papers: their words are Chinese in every language of the pages."""

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from incubator.reporting.papers import chinese_day
from incubator.reporting.registries import Paper, papers
from linkage.choices import Party
from linkage.models import SeriesMember
from linkage.policies.meeting import check_view_meeting
from linkage.services.agenda import agenda_of
from linkage.services.minutes_reading import order_of

EMPTY_ROWS = 6  # for guests


class MeetingPaper(Paper):
    target = "linkage.jointmeeting"
    policy = staticmethod(check_view_meeting)

    @classmethod
    def place(cls, thing):
        return thing.series.division

    @classmethod
    def file_name(cls, thing):
        return f"{thing.title} {cls.label}"

    @classmethod
    def facts(cls, thing):
        begin, end = timezone.localtime(thing.starts_at), timezone.localtime(thing.ends_at)
        return {
            "title": thing.title,
            "office": thing.series.host or thing.series.division.name,
            "when": f"{chinese_day(begin)}（{WEEKDAYS[begin.weekday()]}）{begin:%H:%M}—{end:%H:%M}",
            "where": thing.place_text,
            "chair": str(thing.chair or ""),
            "recorder": str(thing.recorder or ""),
        }


@papers.register
class MeetingNoticePaper(MeetingPaper):
    code = "meeting-notice"
    label = _("notice of a joint meeting")
    template = "linkage/papers/meeting_notice.docx"
    order = 10
    fields = (
        ("title", _("title")),
        ("office", _("convener")),
        ("to", _("parties invited")),
        ("when", _("when")),
        ("where", _("where")),
        ("chair", _("chair")),
        ("matters[]", _("matters of the agenda")),
        ("people[]", _("who is invited")),
        ("on", _("day of the notice")),
    )

    @classmethod
    def context(cls, thing, user, **options):
        today = timezone.localdate()
        members = roster_of(thing)
        agenda = agenda_of(thing, today)
        matters = [f"通报交办事项办理情况（{len(agenda.actions)}项）"] if agenda.actions else []
        matters += [item.title for item in agenda.items if item.status != "declined"]
        return cls.facts(thing) | {
            "to": addressed(members),
            "matters": [f"{number}. {text}" for number, text in enumerate(matters, start=1)] or ["1. 各方交流近期工作"],
            "people": [told(member) for member in members],
            "on": chinese_day(today),
        }


@papers.register
class MeetingSheetPaper(MeetingPaper):
    code = "meeting-sign-in"
    label = _("sheet to sign in at a joint meeting")
    template = "linkage/papers/meeting_sign_in.docx"
    order = 20
    fields = (
        ("title", _("title")),
        ("office", _("convener")),
        ("when", _("when")),
        ("where", _("where")),
        ("chair", _("chair")),
        ("recorder", _("recorder")),
        ("rows[].number", _("number")),
        ("rows[].party", _("party")),
        ("rows[].body", _("of which body")),
        ("rows[].name", _("name")),
    )

    @classmethod
    def context(cls, thing, user, **options):
        rows = [
            {"number": number, "party": str(member.get_party_display()), "body": body_of(member), "name": member.name}
            for number, member in enumerate(roster_of(thing), start=1)
        ]
        rows += [
            {"number": number, "party": "", "body": "", "name": ""}
            for number in range(len(rows) + 1, len(rows) + 1 + EMPTY_ROWS)
        ]
        return cls.facts(thing) | {"rows": rows}


def roster_of(meeting):
    """Those on the roster, party by party."""
    found = SeriesMember.objects.current().filter(series=meeting.series_id).select_related("organization")
    return sorted(found.order_by("pk"), key=lambda member: order_of(member.party))


def addressed(members):
    """The parties invited; whoever belongs to none of them is one of the bodies concerned."""
    parties = list(dict.fromkeys(Party(member.party) for member in members))
    words = [str(party.label) for party in parties if party != Party.OTHER]
    return "、".join([*words, "有关单位"] if Party.OTHER in parties else words) or "各参与方"


def body_of(member):
    return member.body or (member.organization.name if member.organization else "")


def told(member):
    """A person and where they come from."""
    body = body_of(member)
    return f"{member.name}（{body}）" if body else member.name
