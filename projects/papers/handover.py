"""交接清单 of a hand-over between agencies, from what was frozen."""

from django.utils.translation import gettext_lazy as _

from incubator.reporting.papers import chinese_day
from incubator.reporting.registries import Paper, papers
from projects.choices import ProjectStage
from projects.policies.handover import check_view_handover


@papers.register
class HandoverListing(Paper):
    code = "handover"
    label = _("list of the hand-over")
    target = "projects.agencyhandover"
    template = "projects/papers/handover.docx"
    policy = staticmethod(check_view_handover)
    fields = (
        ("from_agency", _("agency until now")),
        ("to_agency", _("agency from now on")),
        ("place", _("place")),
        ("day", _("handed over on")),
        ("lead", _("who takes over")),
        ("reads_until", _("the old agency reads until")),
        ("note", _("note")),
        ("sha256", _("content hash")),
        ("projects_total", _("number of projects")),
        ("projects[].number", _("number of the line")),
        ("projects[].name", _("project")),
        ("projects[].organization", _("organization")),
        ("projects[].community", _("community")),
        ("projects[].stage", _("stage")),
        ("projects[].lead", _("lead worker until now")),
        ("follow_ups_total", _("number of follow-ups")),
        ("follow_ups[].number", _("number of the line")),
        ("follow_ups[].title", _("what is to do")),
        ("follow_ups[].organization", _("organization")),
        ("follow_ups[].due", _("by")),
        ("follow_ups[].owner", _("who did it until now")),
        ("plans_total", _("number of planned activities")),
        ("plans[].number", _("number of the line")),
        ("plans[].title", _("planned activity")),
        ("plans[].project", _("project")),
        ("plans[].day", _("planned for")),
        ("announcements_total", _("number of announcements")),
        ("requests_total", _("number of stage requests")),
        ("others[].number", _("number of the line")),
        ("others[].kind", _("announcement or stage request")),
        ("others[].title", _("title")),
        ("others[].day", _("day")),
    )

    @classmethod
    def place(cls, thing):
        return thing.division

    @classmethod
    def file_name(cls, thing):
        return f"{cls.label} {thing.division} {thing.from_agency} {thing.to_agency}"

    @classmethod
    def context(cls, thing, user, **options):
        listing, stages = thing.listing, dict(ProjectStage.choices)
        others = [
            *({"kind": "报备", **row} for row in listing["announcements"]),
            *({"kind": "阶段申请", **row} for row in listing["requests"]),
        ]
        projects = [row | {"stage": str(stages.get(row["stage"], row["stage"]))} for row in listing["projects"]]
        return {
            "from_agency": thing.from_agency.name,
            "to_agency": thing.to_agency.name,
            "place": thing.division.name,
            "day": chinese_day(thing.handed_over_on),
            "lead": str(thing.lead),
            "reads_until": chinese_day(thing.reads_until),
            "note": thing.note,
            "sha256": thing.listing_sha256,
            "projects": _numbered(projects),
            "follow_ups": _numbered(listing["follow_ups"]),
            "plans": _numbered(listing["plans"]),
            "others": _numbered(others),
            **{
                f"{part}_total": len(listing[part])
                for part in ("projects", "follow_ups", "plans", "announcements", "requests")
            },
        }


def _numbered(rows):
    return [{"number": number, **row} for number, row in enumerate(rows, start=1)]
