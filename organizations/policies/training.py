"""Training hours of social workers: read within the own agency, kept by its supervisor or the person."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.base.policies import signed_in
from organizations.policies.agency import supervises


def check_view_trainings(user, agency):
    """The same rule as ``WorkerTraining.objects.visible_to``; others read the agency's total."""
    signed_in(user)
    if user.access.is_platform_admin or supervises(user, agency):
        return
    if not agency.workers.filter(user=user, left_on__isnull=True).exists():
        raise PermissionDenied(_("What single people learned is read within their own agency."))


def check_view_trainings_of(user, worker):
    check_view_trainings(user, worker.agency)


def check_add_training(user, worker):
    check_view_trainings(user, worker.agency)
    if not supervises(user, worker.agency) and worker.user_id != user.pk:
        raise PermissionDenied(_("Trainings are entered by the person or the agency's supervisor."))
    if worker.left_on is not None:
        raise PermissionDenied(_("This person has left already."))


def check_remove_training(user, training):
    check_add_training(user, training.worker)
    if training.removed_at is not None:
        raise PermissionDenied(_("This entry was taken back already."))
