"""Who compares two surveys, and who reads what came out. The message is the sentence the person reads."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from evaluations.policies.wave import OFFICES, check_view_wave
from incubator.accounts.choices import Role
from incubator.base.policies import signed_in
from organizations.policies.organization import supervises_place
from projects.querysets import LOGGERS

# Roles on a place that compare its surveys; besides them supervisors.
COMPARERS = (*LOGGERS, *OFFICES, Role.EVALUATOR)


def check_list_effects(user):
    signed_in(user)


def check_create_effect(user, wave=None):
    """``wave``: one of the place; None: whether the person may anywhere."""
    signed_in(user)
    if not user.access.has(*COMPARERS, Role.AGENCY_SUPERVISOR):
        raise PermissionDenied(_("Surveys are compared by social workers, communities, evaluators and offices."))
    if wave is None:
        return
    check_view_wave(user, wave)
    if not user.access.covers(wave.community, *COMPARERS) and not supervises_place(user, wave.community):
        raise PermissionDenied(_("You have no role in this community that compares surveys."))


def check_view_effect(user, run=None):
    """Who sees both surveys; the same rule as ``AnalysisRun.objects.visible_to``. Small groups are hidden on the page."""
    signed_in(user)
    if run is not None:
        check_view_wave(user, run.before)
        check_view_wave(user, run.after)


def check_rerun_effect(user, run=None):
    if run is None:
        check_create_effect(user)
        return
    check_view_effect(user, run)
    check_create_effect(user, run.after)


def check_print_effect(user, run=None):
    check_view_effect(user, run)
    if run is not None and run.computed_at is None:
        raise PermissionDenied(_("It is still being computed. Please wait a moment."))
