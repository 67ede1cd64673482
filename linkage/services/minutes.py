"""From opening a meeting to its confirmed minutes."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.base.hashes import content_sha256
from linkage.choices import THERE, ItemStatus, MeetingStatus, Result
from linkage.models import AgendaItem, ItemOpinion, JointMeeting, Resolution
from linkage.notifications import minutes as notices
from linkage.policies.minutes import confirms_as
from linkage.services.look import complete_looks, settle_looks
from linkage.services.minutes_content import content_of
from linkage.services.raising import raise_carried
from linkage.services.session import lock_session
from projects.services.joint_meeting import record_joint_meeting


def _lock(meeting_id):
    found = JointMeeting.objects.select_for_update(of=("self",))
    return found.select_related("series__division", "chair", "recorder").get(pk=meeting_id)


def _audit(verb, meeting, actor, before, **data):
    return audit.record(
        verb, target=meeting, actor=actor, area=meeting.series.division,
        data={"from": before, "to": meeting.status, **data},
    )  # fmt: skip


@transaction.atomic
def convene_meeting(*, meeting_id, actor):
    """Open the meeting: from now on it is written down. Whoever opens it records it when nobody was named.

    RuleViolation before its day, or while another meeting of the series is in session. Locks; guard; audit.
    """
    now = timezone.now()
    meeting = _lock(meeting_id)
    before = meeting.status
    if timezone.localdate(meeting.starts_at) > timezone.localdate(now):
        raise RuleViolation(_("This meeting is planned for a later day. Move it first if it is held today."))
    others = JointMeeting.objects.filter(series=meeting.series, status=MeetingStatus.IN_SESSION)
    if others.exclude(pk=meeting.pk).exists():
        raise RuleViolation(_("Another meeting of this series is in session. Please close that one first."))
    meeting.convene(at=now)
    meeting.recorder = meeting.recorder or actor
    meeting.save_or_refuse(update_fields=["status", "began_at", "recorder", "sequence", "updated_at"])
    _audit("meeting.convened", meeting, actor, before)
    return meeting


@transaction.atomic
def call_off_meeting(*, meeting_id, reason, actor):
    """It was opened and did not come about. What was resolved already speaks against that (RuleViolation). The agenda
    stays with the series. Locks; guard; audit; tells the roster."""
    meeting = _lock(meeting_id)
    before = meeting.status
    if meeting.resolutions.exists() or meeting.opinions.exists():
        raise RuleViolation(_("Something was said or resolved in it. Close the meeting instead."))
    meeting.call_off(reason=reason.strip())
    meeting.action_reviews.all().delete()
    meeting.check_rules()
    meeting.save(update_fields=["status", "began_at", "cancelled_reason", "sequence", "updated_at"])
    event = _audit("meeting.called_off", meeting, actor, before)
    notices.tell_of_calling_off(meeting, event, actor)
    return meeting


@transaction.atomic
def close_meeting(*, meeting_id, actor):
    """The meeting is over. Items that were spoken about or resolved are treated; the others, and those that were put off,
    stay open for the next one. Every action of the agenda gets its look. RuleViolation when nobody was there. Locks;
    guard; audit; tells who confirms."""
    meeting = _lock(meeting_id)
    before = meeting.status
    if before == MeetingStatus.IN_SESSION and not meeting.attendances.filter(presence__in=THERE).exists():
        raise RuleViolation(_("Nobody is marked as there. Take the attendance, or say that it did not come about."))
    meeting.close(at=timezone.now())
    meeting.save(update_fields=["status", "closed_at", "returned_reason", "updated_at"])
    treated = _sort_items(meeting)
    complete_looks(meeting)
    event = _audit("meeting.closed", meeting, actor, before, treated=treated)
    notices.tell_of_closing(meeting, event, actor, confirms_as(meeting))
    return meeting


def _sort_items(meeting):
    """Treat what was spoken about, put back what was not after all; returns the number of those treated."""
    resolutions = Resolution.objects.filter(meeting=meeting, item__isnull=False).order_by()
    results = {}
    for item_id, result in resolutions.values_list("item_id", "result"):
        results.setdefault(item_id, set()).add(result)
    opinions = ItemOpinion.objects.filter(meeting=meeting).order_by().values_list("item_id", flat=True)
    put_off = {item_id for item_id, told in results.items() if told == {Result.DEFERRED}}
    spoken = (set(results) | set(opinions)) - put_off
    own = AgendaItem.objects.filter(meeting=meeting, status=ItemStatus.TREATED)
    for item in own.exclude(pk__in=spoken).order_by("pk"):
        item.put_back()
        item.check_rules()
        item.save(update_fields=["status", "meeting", "updated_at"])
    for item in AgendaItem.objects.open().filter(series=meeting.series, pk__in=spoken).order_by("pk"):
        item.treat(meeting=meeting)
        item.save(update_fields=["status", "meeting", "updated_at"])
    return len(spoken)


@transaction.atomic
def return_minutes(*, meeting_id, reason, actor):
    """Back to the recorder, with a note. RuleViolation while another meeting of the series is in session, or without a
    note. Locks; guard; audit; tells the recorder."""
    meeting = _lock(meeting_id)
    before = meeting.status
    if not reason.strip():
        raise RuleViolation(_("Please say what is missing."))
    if JointMeeting.objects.filter(series=meeting.series, status=MeetingStatus.IN_SESSION).exists():
        raise RuleViolation(_("Another meeting of this series is in session. Please close that one first."))
    meeting.reopen(reason=reason.strip())
    meeting.save_or_refuse(update_fields=["status", "closed_at", "returned_reason", "updated_at"])
    event = _audit("minutes.returned", meeting, actor, before)
    notices.tell_of_return(meeting, event, actor)
    return meeting


@transaction.atomic
def confirm_minutes(*, meeting_id, edition="", actor):
    """The minutes are what they are from now on; nothing of them is changed later.

    Locks; refuses what the confirmer did not read (StaleEdition); what the meeting wants with its carried actions happens;
    the meeting becomes an activity that served the organizations present, once; the whole content is frozen with its hash;
    guard; audit; tells the roster and the owners of the new actions; actions carried too often are raised to the street.
    """
    now = timezone.now()
    meeting = _lock(meeting_id)
    before = meeting.status
    if before == MeetingStatus.MINUTES_DRAFT:
        meeting.check_edition(edition)
    confirmed_as = confirms_as(meeting)
    moved = settle_looks(meeting, by=actor, at=now) if before == MeetingStatus.MINUTES_DRAFT else []
    seal_minutes(meeting, actor=actor, at=now, confirmed_as=confirmed_as)
    meeting.save()
    resolutions = meeting.content["resolutions"]
    event = _audit(
        "minutes.confirmed", meeting, actor, before,
        sha256=meeting.content_sha256, resolutions=len(resolutions),
        actions=sum(len(one["actions"]) for one in resolutions), confirmed_as=confirmed_as,
    )  # fmt: skip
    for action, was, status in moved:
        audit.record(
            "action.looked_at", target=action, actor=actor, area=meeting.series.division,
            data={"from": was, "to": status, "meeting": str(meeting.uuid)},
        )  # fmt: skip
    notices.tell_of_confirmation(meeting, event, actor)
    raise_carried(meeting)
    return meeting


def seal_minutes(meeting, *, actor, at, confirmed_as):
    """Freeze the content and write the record that the meeting becomes; the caller saves the meeting, last of all, since
    nothing of it is changed afterwards."""
    content = content_of(meeting, confirmed_by=actor, confirmed_as=confirmed_as, confirmed_at=at)
    meeting.confirm_minutes(by=actor, at=at, content=content, sha256=content_sha256(content))
    meeting.activity = record_joint_meeting(
        recorded_by=meeting.recorder or actor, actor=actor, at=at, **_as_activity(meeting)
    )


def _as_activity(meeting):
    """What the record of the meeting tells."""
    rows = [
        row
        for row in meeting.attendances.select_related("member__organization__community").order_by("party", "pk")
        if row.presence in THERE
    ]
    organizations = {}
    for row in rows:
        if row.member_id and row.member.organization_id:
            organizations.setdefault(row.member.organization_id, row.member.organization)
    content = meeting.content
    begin = min(meeting.starts_at, meeting.began_at)
    return {
        "uuid": meeting.uuid,
        "organizations": list(organizations.values()),
        "place": meeting.series.division,
        "title": meeting.title,
        "starts_at": begin,
        "minutes": round((meeting.ends_at - meeting.starts_at).total_seconds() / 60),
        "place_text": meeting.place_text,
        "participants": len(rows),
        "summary": "\n".join([*(f"{item['title']}" for item in content["items"]), *filter(None, [content["summary"]])]),
        "met": "、".join(dict.fromkeys(str(row.get_party_display()) for row in rows)),
        "resolutions": "\n".join(f"{one['number']} {one['text']}" for one in content["resolutions"]),
    }


@transaction.atomic
def take_over_recording(*, meeting_id, actor):
    """Somebody else writes the meeting down from now on. Locks; audit."""
    meeting = lock_session(meeting_id)
    if meeting.recorder_id != actor.pk:
        meeting.recorder = actor
        meeting.save(update_fields=["recorder", "updated_at"])
        audit.record("meeting.recorder_changed", target=meeting, actor=actor, area=meeting.series.division)
    return meeting
