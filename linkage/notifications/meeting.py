"""Notices about joint meetings. All carry ``title``, ``place``, ``starts_at`` and ``where`` in their data."""

import datetime

from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from incubator.accounts.models import RoleGrant, User
from incubator.notifications.registries import NotificationKind, kinds
from incubator.notifications.services import notify_group, notify_many
from linkage.models import SeriesMember


class MeetingNotice(NotificationKind):
    @classmethod
    def context(cls, data):
        """The moment in the words of the reader's language."""
        begin = timezone.localtime(datetime.datetime.fromisoformat(data["starts_at"]))
        return data | {"when": formats.date_format(begin, "Y-m-d (D) H:i")}


@kinds.register
class MeetingInvited(MeetingNotice):
    """To the roster, the chair and the recorder."""

    code = "meeting.invited"
    label = _("I am invited to a joint meeting")
    template = "linkage/email/meeting_invited"
    urgent = True  # the meeting may be today
    for_groups = True


@kinds.register
class MeetingReminder(MeetingNotice):
    """The same people, some days before; data: ``days`` before (0: on the day)."""

    code = "meeting.reminder"
    label = _("a joint meeting is near")
    template = "linkage/email/meeting_reminder"
    urgent = True  # the meeting may be today
    for_groups = True


@kinds.register
class MeetingAgendaOpened(MeetingNotice):
    code = "meeting.agenda_opened"
    label = _("matters can be proposed for a joint meeting")
    template = "linkage/email/meeting_agenda_opened"
    for_groups = True


@kinds.register
class MeetingMoved(MeetingNotice):
    """Data besides: ``reason``."""

    code = "meeting.moved"
    label = _("a joint meeting is moved")
    template = "linkage/email/meeting_moved"
    for_groups = True
    duty = True


@kinds.register
class MeetingCancelled(MeetingNotice):
    """Data besides: ``reason``."""

    code = "meeting.cancelled"
    label = _("a joint meeting is cancelled")
    template = "linkage/email/meeting_cancelled"
    for_groups = True
    duty = True


@kinds.register
class MeetingMinutesDue(MeetingNotice):
    """To the recorder, else to the chair; once they are due."""

    code = "meeting.minutes_due"
    label = _("minutes of a joint meeting are due")
    template = "linkage/email/meeting_minutes_due"
    duty = True


@kinds.register
class ItemDeclined(NotificationKind):
    """To who proposed it. Data: ``title``, ``series``, ``reason``."""

    code = "item.declined"
    label = _("a matter that I proposed is not taken up")
    template = "linkage/email/item_declined"


def facts_of(meeting):
    """What all notices tell of a meeting."""
    return {
        "title": meeting.title,
        "place": meeting.series.division.name,
        "starts_at": meeting.starts_at.isoformat(),
        "where": meeting.place_text,
    }


def audience_of(meetings):
    """{meeting key: set of people's keys}: everybody on the roster with an account, chair and recorder; closed accounts
    are left out. Two queries, however many meetings."""
    series = {meeting.series_id for meeting in meetings}
    roster = SeriesMember.objects.current().filter(series__in=series, user__is_active=True)
    people = {}
    for key, user in roster.order_by().values_list("series_id", "user_id"):
        people.setdefault(key, set()).add(user)
    named = {key for one in meetings for key in (one.chair_id, one.recorder_id) if key}
    active = set(User.objects.filter(pk__in=named, is_active=True).values_list("pk", flat=True)) if named else set()
    return {one.pk: people.get(one.series_id, set()) | ({one.chair_id, one.recorder_id} & active) for one in meetings}


def tell_of_meeting(kind, meeting, *, key, actor=None, **more):
    """One notice each to the audience of the meeting, except ``actor``, and one to the chat groups of its place; returns
    how many are new."""
    people = audience_of([meeting])[meeting.pk] - {actor.pk if actor else None}
    data = facts_of(meeting) | more
    link = meeting.get_absolute_url()
    told = notify_many(kind, [(person, f"{kind}:{key}", data, link) for person in sorted(people)])
    return told + notify_group(kind, division=meeting.series.division, dedup_key=f"{kind}:{key}", data=data, link=link)


def office_people(division, *roles):
    """Keys of the active people who hold one of the roles on the place itself or the one right above."""
    grants = RoleGrant.objects.active().filter(role__in=roles, division__in=[division.pk, division.parent_id])
    return set(grants.filter(user__is_active=True).values_list("user_id", flat=True))
