"""Who reads the results of a survey, and who makes objectives of them. The message is the sentence the person reads."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from evaluations.choices import WaveStatus
from evaluations.policies.wave import check_view_wave
from projects.policies.plan import check_change_plan


def check_view_result(user, wave=None):
    """Who sees the survey sees what it found: counts and spreads. Small groups are hidden by the service."""
    check_view_wave(user, wave)


def check_turn_wave_need(user, wave=None, project=None):
    """Whoever changes the plan of the project; ``project`` None: the survey's own, if it has one."""
    check_view_wave(user, wave)
    if wave is None:
        return
    if wave.status == WaveStatus.PLANNED:
        raise PermissionDenied(_("Nobody has answered yet."))
    if project := project or wave.project:
        check_change_plan(user, project)
