"""Who raises, who takes on, who verifies, by party; and the hours lent to administration beside (studies 002 and 003).
Of parties, never of persons."""

from collections import defaultdict

from django.db.models import Count, Sum

from incubator.divisions.models import Division
from linkage.choices import THREE_SOCIETIES, ActionStatus, Party
from linkage.models import ActionItem, AgendaItem, JointMeeting
from projects.models import Activity

ADMIN = "admin_assist"


def relations(user, *, begin, end, area=None):
    """Of the meetings that the person reads, confirmed and begun within [begin, end) (aware times), in the place ``area``
    (a division, None: all): {"parties": [{party, raised, taken, done, verified}] and "meetings", their number}."""
    meetings = JointMeeting.objects.visible_to(user).confirmed().filter(starts_at__gte=begin, starts_at__lt=end)
    if area is not None:
        meetings = meetings.filter(series__division__in=Division.objects.within([area]).values("pk"))
    keys = meetings.order_by().values("pk")
    counts = defaultdict(lambda: {"raised": 0, "taken": 0, "done": 0, "verified": 0})
    items = AgendaItem.objects.filter(meeting__in=keys).order_by().values_list("party").annotate(Count("pk"))
    for party, number in items:
        counts[party]["raised"] = number
    actions = ActionItem.objects.filter(resolution__meeting__in=keys).order_by()
    for party, status, number in actions.values_list("owner_party", "status").annotate(Count("pk")):
        counts[party]["taken"] += number
        if status in (ActionStatus.DONE, ActionStatus.VERIFIED):
            counts[party]["done"] += number
    verified = actions.filter(status=ActionStatus.VERIFIED).values_list("verified_party").annotate(Count("pk"))
    for party, number in verified:
        counts[party]["verified"] = number
    shown = [party for party in Party if party in THREE_SOCIETIES or party.value in counts]
    return {
        "meetings": meetings.order_by().count(),
        "parties": [{"party": party, "label": party.label, **counts[party.value]} for party in shown],
    }


def lent_hours(user, *, begin, end, area=None):
    """{"lent": minutes of administrative assistance, "by": {who asked: minutes}, "all": minutes of all records}, of the
    activities that the person reads in this place and time."""
    done = Activity.objects.visible_to(user, drafts=False).counted().filter(starts_at__gte=begin, starts_at__lt=end)
    if area is not None:
        done = done.filter(community__in=Division.objects.within([area]).values("pk"))
    done = done.exclude(source="organization")
    whole = done.order_by().aggregate(total=Sum("minutes"))["total"] or 0
    asked = defaultdict(int)
    for who, minutes in done.filter(kind=ADMIN).order_by().values_list("details__asked_by", "minutes"):
        asked[who or "other"] += minutes
    return {"lent": sum(asked.values()), "by": dict(asked), "all": whole}
