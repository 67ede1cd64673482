"""What the people around the table do with the meeting in session (``round_table`` in conftest)."""

import datetime
import uuid

from django.utils import timezone

from linkage.models import JointMeeting
from linkage.services import attendance, resolution
from linkage.services import minutes as services


def attend(table, *parties):
    for party in parties:
        attendance.take_attendance(
            meeting_id=table.meeting.pk, member_id=table.members[party].pk, presence="present", actor=table.worker
        )


def resolve(table, item=None, text="本月内清理", **facts):
    return resolution.add_resolution(
        meeting_id=table.meeting.pk, uuid=uuid.uuid4(), item_id=item.pk if item else None, text=text,
        result=facts.pop("result", "adopted"), actor=table.worker, **facts,
    )  # fmt: skip


def give(table, resolved, owner="organization", title="清理三号楼", **facts):
    member = table.members[owner]
    values = {
        "title": title, "owner_party": member.party, "owner": member, "helpers": "",
        "due_on": timezone.localdate() + datetime.timedelta(days=20),
    }  # fmt: skip
    return resolution.add_action(resolution_id=resolved.pk, uuid=uuid.uuid4(), actor=table.worker, **(values | facts))


def close(table):
    return services.close_meeting(meeting_id=table.meeting.pk, actor=table.worker)


def confirm(table, actor=None):
    meeting = JointMeeting.objects.get(pk=table.meeting.pk)
    return services.confirm_minutes(
        meeting_id=meeting.pk, edition=meeting.edition, actor=actor or table.community_staff
    )
