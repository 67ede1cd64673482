"""Who compares two surveys, and who reads what came out. The message is the sentence the person reads."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from evaluations.policies.wave import OFFICES, check_view_wave, serves_people
from incubator.accounts.choices import Role
from incubator.base.policies import signed_in, verdict
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
    """Who sees both surveys; the same rule as ``AnalysisRun.objects.visible_to``. What of it they read:
    ``check_read_effect``."""
    signed_in(user)
    if run is not None:
        check_view_wave(user, run.before)
        check_view_wave(user, run.after)


def serves_run(user, run):
    """Whether the person serves the people of both surveys, and so reads small groups and each one's change."""
    return all(serves_people(user, wave.community) for wave in (run.before, run.after))


def is_settled(run):
    """Whether both surveys were closed for good when it was computed: before, one answer more would tell what it was."""
    return all(wave.is_final(run.computed_at) for wave in (run.before, run.after))


def check_read_effect(user, run):
    """The figures of a run. Whoever does not serve the people reads the newest only, and computed after the end: from two
    runs one could work out what one person answered."""
    check_view_effect(user, run)
    if run.computed_at is None:
        raise PermissionDenied(_("It is still being computed. Please wait a moment."))
    if serves_run(user, run):
        return
    if not is_settled(run):
        raise PermissionDenied(
            _("This was computed while answers could still come in. Its figures are for those who serve the people; others "
              "read what is computed from a day after both surveys were closed.")
        )  # fmt: skip
    if run.is_replaced:
        raise PermissionDenied(_("This comparison was computed anew. Please read the newest run."))


def sees_comparison(user, run):
    """Whether the person reads what is said beside the comparison group: who sees its surveys too."""
    if not run.has_comparison:
        return False
    waves = (run.comparison_before, run.comparison_after)
    if not all(verdict(check_view_wave, user, wave) for wave in waves):
        return False
    return all(serves_people(user, wave.community) or wave.is_final(run.computed_at) for wave in waves)


def check_rerun_effect(user, run=None):
    if run is None:
        check_create_effect(user)
        return
    check_view_effect(user, run)
    check_create_effect(user, run.after)


def check_print_effect(user, run=None):
    check_view_effect(user, run)
    if run is not None:
        check_read_effect(user, run)
