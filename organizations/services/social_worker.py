"""Social workers of an agency."""

from django.db import transaction
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from organizations.models import Agency, SocialWorker
from organizations.services.agency import area_of

FIELDS = ("name", "phone", "licence", "employment", "started_on")
PERSONAL = {"name", "phone"}


@transaction.atomic
def add_social_worker(*, agency_id, uuid, actor, name, phone="", licence="", employment, started_on=None):
    """Lock the agency; answer with the record of an earlier click; refuse in one that does not work; write; audit."""
    agency = Agency.objects.select_for_update(of=("self",)).get(pk=agency_id)
    if existing := SocialWorker.objects.filter(agency=agency, uuid=uuid).first():
        return existing
    if not agency.is_active:
        raise RuleViolation(_("This agency does not work any more; nobody can be added."))
    worker = SocialWorker(
        uuid=uuid, agency=agency, name=name, phone=phone, licence=licence, employment=employment, started_on=started_on
    )
    worker.check_rules()
    worker.save()
    audit.record(
        "social_worker.added",
        target=worker,
        actor=actor,
        area=area_of(agency),
        data={"agency": agency.uuid, "licence": licence, "employment": employment},
    )
    return worker


@transaction.atomic
def update_social_worker(*, worker_id, actor, **values):
    """Lock; refuse who has left; write the given ``FIELDS``; audit what changed, personal values masked."""
    worker = _lock(worker_id)
    before = audit.snapshot(worker, FIELDS)
    for field in FIELDS:
        if field in values:
            setattr(worker, field, values[field])
    found = audit.changes(worker, before, personal=PERSONAL)
    if not found["changes"]:
        return worker
    worker.check_rules()
    worker.save(update_fields=[*FIELDS, "updated_at"])
    audit.record("social_worker.updated", target=worker, actor=actor, area=area_of(worker.agency), data=found)
    return worker


@transaction.atomic
def end_social_worker(*, worker_id, actor, left_on, today):
    """Lock; refuse who has left, a day to come or one before they began; write the day; audit. The link to the account
    stays for the record; it opens nothing any more."""
    worker = _lock(worker_id)
    if left_on > today:
        raise RuleViolation(_("This day is still to come. Please enter it when the person has left."))
    worker.left_on = left_on
    worker.check_rules()
    worker.save(update_fields=["left_on", "updated_at"])
    audit.record(
        "social_worker.ended", target=worker, actor=actor, area=area_of(worker.agency), data={"left_on": left_on}
    )
    return worker


@transaction.atomic
def link_social_worker(*, worker_id, actor, user):
    """Lock; refuse an account that is closed or belongs to another current social worker; write; audit."""
    worker = _lock(worker_id)
    if not user.is_active:
        raise RuleViolation(_("This account is closed."))
    if worker.user_id == user.pk:
        raise RuleViolation(_("This account is linked already."))
    worker.user = user
    worker.check_rules()
    worker.save(update_fields=["user", "updated_at"])
    audit.record(
        "social_worker.linked", target=worker, actor=actor, area=area_of(worker.agency), data={"account": user.uuid}
    )
    return worker


@transaction.atomic
def unlink_social_worker(*, worker_id, actor):
    """Lock; refuse when no account is linked; write; audit which account it was."""
    worker = _lock(worker_id)
    if worker.user_id is None:
        raise RuleViolation(_("No account is linked."))
    account = worker.user.uuid
    worker.user = None
    worker.save(update_fields=["user", "updated_at"])
    audit.record(
        "social_worker.unlinked", target=worker, actor=actor, area=area_of(worker.agency), data={"account": account}
    )
    return worker


def _lock(worker_id):
    worker = SocialWorker.objects.select_for_update(of=("self",)).select_related("agency").get(pk=worker_id)
    if worker.left_on is not None:
        raise RuleViolation(_("This person has left already."))
    return worker
