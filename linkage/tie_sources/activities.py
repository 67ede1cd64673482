"""Records of activities: who was served together, whose workers were there, which community wrote it down."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linkage.choices import Party
from linkage.network import End, Occasion, organization_end
from linkage.registries import TieRecord, TieSource, tie_sources
from projects.choices import Source
from projects.models import Activity, ActivityLink

COLUMNS = (
    "activity_id", "organization_id", "activity__starts_at", "activity__agency_id", "activity__source",
    "activity__community_id",
)  # fmt: skip


@tie_sources.register
class SharedActivities(TieSource):
    """Counted activities only. Everybody whom one activity served is tied to everybody else it served, and each of them to
    the agency whose worker recorded it, or to the community when that recorded it. People who merely stand in a text are
    no end of a tie. One query."""

    code = "activity"
    label = _("activities")
    icon = "journal-text"
    record_kind = "activity"
    order = 10

    @classmethod
    def occasions(cls, organizations, begin, after):
        counted = Activity.objects.counted().between(begin, after)
        here = ActivityLink.objects.filter(organization__in=organizations).values("activity_id")
        links = ActivityLink.objects.filter(activity__in=counted.filter(pk__in=here).values("pk"))
        served, facts = {}, {}
        for activity, organization, *rest in links.order_by("pk").values_list(*COLUMNS):
            served.setdefault(activity, set()).add(organization)
            facts[activity] = rest
        found = []
        for activity, bodies in served.items():
            ends = [organization_end(key) for key in sorted(bodies)] + cls._besides(*facts[activity][1:])
            record, on = f"activity:{activity}", timezone.localdate(facts[activity][0])
            found += [
                Occasion(organization, end, cls.code, record, on)
                for organization in sorted(bodies & organizations)
                for end in ends
                if end != organization_end(organization)
            ]
        return found

    @staticmethod
    def _besides(agency, source, community):
        ends = [End(Party.SOCIAL_WORKER.value, "agency", agency)] if agency else []
        return [*ends, End(Party.COMMUNITY.value, "division", community)] if source == Source.COMMUNITY else ends

    @classmethod
    def records(cls, keys, user):
        found = Activity.objects.visible_to(user, drafts=False).filter(pk__in=keys).order_by("-starts_at", "-pk")
        return {
            activity.pk: TieRecord(
                what=activity.get_kind_display(), title=activity.title or activity.summary,
                url=activity.get_absolute_url(), on=timezone.localdate(activity.starts_at),
            )
            for activity in found
        }  # fmt: skip
