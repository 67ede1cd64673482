"""At how many joint meetings somebody of the organization was in twelve months, by their confirmed minutes."""

from django.utils.translation import gettext_lazy as _

from evaluations.policies.review import check_open_review
from evaluations.registries import Fact, indicators
from evaluations.services.indicator import UNKNOWN, in_the_review
from linkage.services.readings import meeting_readings


@indicators.register
class JointMeetingsAttended12m:
    code = "joint_meetings_attended_12m"
    label = _("joint meetings attended in 12 months")
    unit = ""
    order = 220
    check_where = staticmethod(check_open_review)
    where = staticmethod(in_the_review)

    @classmethod
    def compute(cls, organizations, as_of):
        read = meeting_readings(organizations, as_of)
        return {key: cls.find(read, key) for key in read.places}

    @staticmethod
    def find(read, key):
        if not read.is_known(key):
            return UNKNOWN
        meetings = read.attended.get(key, ())
        return Fact(len(meetings), meetings)
