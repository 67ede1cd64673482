"""Who came to joint meetings is not kept yet; people say it."""

from django.utils.translation import gettext_lazy as _

from evaluations.registries import indicators
from evaluations.services.indicator import NotYetKnown


@indicators.register
class JointMeetingsAttended12m(NotYetKnown):
    code = "joint_meetings_attended_12m"
    label = _("joint meetings attended in 12 months")
    order = 220
