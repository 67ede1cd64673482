"""Trainings that social workers attended."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from organizations.models import SocialWorker, WorkerTraining
from organizations.services.agency import area_of


@transaction.atomic
def add_training(*, worker_id, uuid, actor, title, held_on, hours, today, organizer=""):
    """Lock the worker; refuse who has left, a day to come and hours out of range; write; audit."""
    worker = SocialWorker.objects.select_for_update(of=("self",)).select_related("agency").get(pk=worker_id)
    if existing := worker.trainings.filter(uuid=uuid).first():
        return existing
    if worker.left_on is not None:
        raise RuleViolation(_("This person has left already."))
    if held_on > today:
        raise RuleViolation(_("This day is still to come."))
    training = WorkerTraining(
        uuid=uuid, worker=worker, title=title, organizer=organizer, held_on=held_on, hours=hours
    )  # fmt: skip
    training.check_rules()
    training.save_or_refuse(force_insert=True)
    data = {"training": training.uuid, "hours": str(hours), "held_on": held_on}
    audit.record("worker_training.added", target=worker, actor=actor, area=area_of(worker.agency), data=data)
    return training


@transaction.atomic
def remove_training(*, training_id, actor):
    """Take an entry back; the row is kept and counts no more. Audit."""
    training = (
        WorkerTraining.objects.select_for_update(of=("self",)).select_related("worker__agency").get(pk=training_id)
    )
    if training.removed_at is not None:
        raise RuleViolation(_("This entry was taken back already."))
    training.removed_at = timezone.now()
    training.save(update_fields=["removed_at", "updated_at"])
    worker = training.worker
    audit.record(
        "worker_training.removed", target=worker, actor=actor, area=area_of(worker.agency),
        data={"training": training.uuid},
    )  # fmt: skip
    return training
