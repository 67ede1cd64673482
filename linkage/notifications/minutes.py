"""Notices about minutes: to whoever confirms them, back to the recorder, to the roster."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.notifications.registries import NotificationKind, kinds
from linkage.models import ActionItem, SeriesMember
from linkage.notifications.action import tell_the_owner
from linkage.policies.minutes import CHAIR
from linkage.policies.series import OFFICES
from projects.notifications.telling import holders_here, tell


@kinds.register
class MinutesToConfirm(NotificationKind):
    """Data: ``title``, ``day``."""

    code = "minutes.to_confirm"
    label = _("minutes wait for my confirmation")
    template = "linkage/email/minutes_to_confirm"


@kinds.register
class MinutesReturned(NotificationKind):
    """Data: ``title``, ``reason``."""

    code = "minutes.returned"
    label = _("minutes came back to me")
    template = "linkage/email/minutes_returned"


@kinds.register
class MinutesConfirmed(NotificationKind):
    """Data: ``title``, ``day``, ``resolutions`` and ``actions`` (numbers)."""

    code = "minutes.confirmed"
    label = _("the minutes of a joint meeting were confirmed")
    template = "linkage/email/minutes_confirmed"


@kinds.register
class MeetingCalledOff(NotificationKind):
    """Data: ``title``, ``day``, ``reason``."""

    code = "meeting.called_off"
    label = _("a joint meeting did not come about")
    template = "linkage/email/meeting_called_off"


def _day(meeting):
    return f"{timezone.localtime(meeting.starts_at):%Y-%m-%d}"


def roster_of(series):
    """Keys of the people with an account on the roster today, and of chair and recorder of the series."""
    listed = SeriesMember.objects.current().filter(series=series, user__isnull=False).order_by()
    return {*listed.values_list("user_id", flat=True), series.chair_id, series.recorder_id}


def tell_of_closing(meeting, event, actor, confirmed_as):
    """The chair; when there is none, the office of the place."""
    people = {meeting.chair_id} if confirmed_as == CHAIR else holders_here(meeting.series.division, *OFFICES)
    return tell(
        "minutes.to_confirm", people, dedup_key=f"minutes.to_confirm:{event.pk}", actor=actor,
        data={"title": meeting.title, "day": _day(meeting)}, link=meeting.get_absolute_url(),
    )  # fmt: skip


def tell_of_return(meeting, event, actor):
    return tell(
        "minutes.returned", {meeting.recorder_id}, dedup_key=f"minutes.returned:{event.pk}", actor=actor,
        data={"title": meeting.title, "reason": meeting.returned_reason},
        link=reverse("linkage:minutes-record", args=[meeting.uuid]),
    )  # fmt: skip


def tell_of_calling_off(meeting, event, actor):
    return tell(
        "meeting.called_off", roster_of(meeting.series) | {meeting.chair_id, meeting.recorder_id},
        dedup_key=f"meeting.called_off:{event.pk}", actor=actor,
        data={"title": meeting.title, "day": _day(meeting), "reason": meeting.cancelled_reason},
        link=meeting.get_absolute_url(),
    )  # fmt: skip


def tell_of_confirmation(meeting, event, actor):
    """The minutes to the roster; each new action to those in charge of it."""
    told = meeting.content["resolutions"]
    tell(
        "minutes.confirmed", roster_of(meeting.series) | {meeting.chair_id, meeting.recorder_id},
        dedup_key=f"minutes.confirmed:{event.pk}", actor=actor,
        data={
            "title": meeting.title, "day": _day(meeting), "resolutions": len(told),
            "actions": sum(len(one["actions"]) for one in told),
        },
        link=meeting.get_absolute_url(),
    )  # fmt: skip
    actions = ActionItem.objects.filter(resolution__meeting=meeting).with_names()
    for action in actions.order_by("due_on", "pk"):
        tell_the_owner(action, meeting, actor)
