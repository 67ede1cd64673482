"""Quick entry: the tile of joint meetings leads to their page, since a confirmed meeting is its activity."""

from linkage.policies.meeting import check_list_meetings
from projects.registries import kind_pages

kind_pages["joint_meeting"] = ("linkage:meeting-list", check_list_meetings)
