"""What stands on the agenda of a meeting: unsettled actions first, then open matters in order."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.base.panels import Panel, panels
from incubator.base.policies import verdict
from linkage.choices import ItemStatus
from linkage.models import AgendaItem, MeetingSeries
from linkage.policies.agenda import check_propose_item
from linkage.policies.meeting import check_view_meeting
from linkage.policies.series import keeps
from linkage.services.agenda import agenda_of
from projects.policies.announcement import check_view_announcement

TONES = {ItemStatus.OPEN: "info", ItemStatus.TREATED: "success", ItemStatus.DECLINED: "warning"}


@panels.register
class MeetingAgenda(Panel):
    code = "meeting-agenda"
    target = "linkage.jointmeeting"
    label = _("Agenda")
    template = "linkage/panels/meeting_agenda.html"
    policy = staticmethod(check_view_meeting)
    order = 20

    @classmethod
    def context(cls, user, thing):
        today = timezone.localdate()
        agenda = agenda_of(thing, today)
        opened = [item for item in agenda.items if item.status == ItemStatus.OPEN]
        is_keeper = keeps(user, thing.series.division)
        rows = [
            {"item": item, "tone": TONES.get(item.status, "neutral"), "is_open": item.status == ItemStatus.OPEN,
             "is_mine": item.proposed_by_id == user.pk, "is_first": item in opened[:1], "is_last": item in opened[-1:]}
            for item in agenda.items
        ]  # fmt: skip
        return {
            "meeting": thing,
            "agenda": agenda,
            "actions": [{"action": one, "is_overdue": one.is_overdue(today)} for one in agenda.actions],
            "rows": rows,
            "is_keeper": is_keeper,
            "may_propose": verdict(check_propose_item, user, thing.series),
        }


@panels.register
class AnnouncementAgenda(Panel):
    """On the page of an announced activity: put it on the agenda in one click."""

    code = "announcement-agenda"
    target = "projects.announcement"
    label = _("Joint meeting")
    template = "linkage/panels/announcement_agenda.html"
    policy = staticmethod(check_view_announcement)
    order = 30

    @classmethod
    def context(cls, user, thing):
        """The series of its community and street that the person reads, and where it stands already."""
        codes = thing.community.ancestor_codes
        rows = MeetingSeries.objects.visible_to(user).running_on(timezone.localdate())
        rows = list(rows.filter(division__code__in=codes).select_related("division").order_by("-division__level", "pk"))
        there = AgendaItem.objects.filter(announcement=thing, series__in=[row.pk for row in rows])
        found = {}
        for item in there.select_related("meeting").order_by("pk"):
            found[item.series_id] = item
        return {
            "announcement": thing,
            "rows": [
                {
                    "series": row,
                    "item": found.get(row.pk),
                    "is_open": row.pk in found and found[row.pk].status == "open",
                }
                for row in rows
            ],
        }
