"""Two small indicators for tests, each of one query: how many members, how many activities."""

from collections import defaultdict

from evaluations.registries import Fact
from organizations.models import Membership
from projects.models import ActivityLink


class MembersIndicator:
    code = "test_members"
    label = "members"
    unit = "people"

    @classmethod
    def compute(cls, organizations, as_of):
        rows = Membership.objects.current().filter(organization__in=organizations).order_by("pk")
        return facts(organizations, "membership", rows.values_list("organization_id", "uuid"))

    @classmethod
    def where(cls, organization):
        return f"/organizations/{organization.uuid}/members/", "List of members"


class ActivitiesIndicator:
    code = "test_activities"
    label = "activities"

    @classmethod
    def compute(cls, organizations, as_of):
        rows = ActivityLink.objects.filter(
            organization__in=organizations, activity__status__in=["submitted", "accepted", "locked"],
            activity__outcome="held",
        )  # fmt: skip
        rows = rows.order_by("activity_id").values_list("organization_id", "activity__uuid").distinct()
        return facts(organizations, "activity", rows)


def facts(organizations, kind, rows):
    found = defaultdict(list)
    for key, uuid in rows:
        found[key].append((kind, str(uuid)))
    keys = organizations.order_by().values_list("pk", flat=True)
    return {key: Fact(len(found[key]), tuple(found[key])) for key in keys}
