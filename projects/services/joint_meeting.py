"""A confirmed joint meeting is its activity: it stands in logs and totals by itself, and once."""

from incubator.audit import services as audit
from organizations.models import Agency
from projects.models import Activity
from projects.services.activity import WRITTEN, source_of
from projects.services.activity_link import write_links
from projects.services.kind import derived_version
from projects.validators import MAX_MINUTES

KIND = "joint_meeting"
MET, RESOLVED = 500, 3000  # characters of the answers (projects.activity_kinds.joint_meeting)


def record_joint_meeting(
    *, uuid, organizations, place, title, starts_at, minutes, place_text, participants, summary, met, resolutions,
    recorded_by, actor, at,
):  # fmt: skip
    """Write the record of a meeting whose minutes are being confirmed; called inside that transaction. Returns it, or None
    when no organization took part: a record stands under one.

    ``organizations`` share its minutes evenly, and it stands under the first; ``place`` is where it was held, when that
    is a community. It is handed in and accepted at the moment ``at``, because whoever chaired has confirmed it. The same
    identifier again gives the record that is there. Audit.
    """
    if not organizations:
        return None
    if existing := Activity.objects.filter(uuid=uuid, kind=KIND).first():
        return existing
    main = organizations[0]
    activity = Activity(
        uuid=uuid, kind=KIND, recorded_by=recorded_by, organization=main,
        community=place if place.pk in {one.community_id for one in organizations} else main.community,
        source=source_of(actor=recorded_by, organization=main), agency=Agency.objects.employing(recorded_by).first(),
        title=title[:120], starts_at=starts_at, minutes=max(1, min(minutes, MAX_MINUTES)), place_text=place_text[:120],
        participants=participants, summary=summary, details={"met": met[:MET], "resolutions": resolutions[:RESOLVED]},
    )  # fmt: skip
    activity.kind_version_id = derived_version(activity.kind_class).uuid
    activity.submit(at=at)
    activity.accept(by=actor if actor != recorded_by else None, at=at)
    activity.save(force_insert=True)
    write_links(activity, others=organizations[1:])
    activity.project_id = activity.links.filter(is_main=True).values_list("project_id", flat=True).first()
    activity.save(update_fields=WRITTEN)
    audit.record(
        "activity.submitted", target=activity, actor=actor, area=activity.community,
        data={"from": "draft", "to": activity.status, "kind": KIND},
    )  # fmt: skip
    return activity
