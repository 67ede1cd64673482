"""The records of joint meetings that facts about organizations rest on."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluations.indicators.evidence_kinds import RecordKind
from evaluations.registries import evidence_kinds
from linkage.models import ActionItem, JointMeeting


@evidence_kinds.register
class JointMeetingKind(RecordKind):
    """Confirmed minutes have a hash of their own, and never change."""

    code = "joint_meeting"
    label = _("joint meeting")
    model = JointMeeting
    fields = ("status", "content_sha256")

    @classmethod
    def label_for(cls, row):
        return f"{row.title} · {timezone.localtime(row.starts_at):%Y-%m-%d}"


@evidence_kinds.register
class ActionItemKind(RecordKind):
    code = "action_item"
    label = _("action of a joint meeting")
    model = ActionItem
    fields = ("title", "status", "owner_party", "verified_party", "verified_at")
