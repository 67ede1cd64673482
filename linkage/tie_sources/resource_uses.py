"""Uses of resources of the list: who gave, who took. And which kind of need an activity answered."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linkage.choices import NeedActivityRole, Party
from linkage.models import NeedActivity, ResourceUse
from linkage.network import End, Occasion, as_written, organization_end, party_of_name
from linkage.registries import TieRecord, TieSource, field_sources, tie_sources

USE = (
    "pk", "used_on", "activity_id", "organization_id", "activity__organization_id", "resource__organization_id",
    "resource__agency_id", "resource__owner_text",
)  # fmt: skip


@tie_sources.register
class ResourceUses(TieSource):
    """Whoever took it (else the organization that the activity stands under) is tied to whoever offers it. A use for an
    activity is that activity, so that it is told once. What was taken back does not count. One query."""

    code = "use"
    label = _("resources used")
    icon = "box-seam"
    record_kind = "use"
    order = 25

    @classmethod
    def occasions(cls, organizations, begin, after):
        mine = Q(organization__in=organizations) | Q(organization=None, activity__organization__in=organizations)
        uses = ResourceUse.objects.standing().filter(used_on__gte=begin, used_on__lt=after)
        uses = uses.filter(mine | Q(resource__organization__in=organizations))
        found = []
        for use, on, activity, own, of_activity, giver, agency, owner in uses.order_by("pk").values_list(*USE):
            if not (taker := own or of_activity):
                continue
            end = cls._end(giver, agency, as_written(owner))
            record = f"activity:{activity}" if activity else f"use:{use}"
            if taker in organizations and end:
                found.append(Occasion(taker, end, cls.code, record, on))
            if giver in organizations and giver != taker:
                found.append(Occasion(giver, organization_end(taker), cls.code, record, on))
        return found

    @staticmethod
    def _end(organization, agency, owner):
        if organization:
            return organization_end(organization)
        if agency:
            return End(Party.SOCIAL_WORKER.value, "agency", agency)
        return End(party_of_name(owner), "name", owner) if owner else None

    @classmethod
    def records(cls, keys, user):
        uses = ResourceUse.objects.visible_to(user).filter(pk__in=keys).select_related("resource")
        return {
            use.pk: TieRecord(
                what=str(ResourceUse._meta.verbose_name), title=str(use), url=use.get_absolute_url(), on=use.used_on
            )
            for use in uses.order_by("-used_on", "-pk")
        }


@field_sources.register
class NeedsMet:
    """The kind of the need that an activity met; of several needs that of the first that was noted."""

    code = "need"

    @classmethod
    def fields(cls, activities):
        met = NeedActivity.objects.filter(role=NeedActivityRole.MET, activity__in=activities)
        rows = met.order_by("-pk").select_related("need__category")
        return {row.activity_id: str(row.need.category) for row in rows}
