"""What was taken of a resource, by whom and for what; never more than was offered."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from linkage.models import ResourceUse
from organizations.choices import ResourceKind
from organizations.services.resource import lock_resource, take


@transaction.atomic
def use_resource(
    *, uuid, resource_id, actor, used_on, organization=None, activity=None, need=None, quantity=None, amount_fen=None,
    note="",
):  # fmt: skip
    """1. The resource is locked; so much more of it is taken: RuleViolation over what is offered, of one that is not on
    offer, after its end, money without an amount, and for a day to come. 2. The use. 3. Audit ``resource.used``."""
    resource = lock_resource(resource_id)
    if not resource.is_active:
        raise RuleViolation(_("This resource is not on offer any more."))
    if resource.valid_until and used_on > resource.valid_until:
        raise RuleViolation(_("The resource was offered until %(day)s.") % {"day": resource.valid_until.isoformat()})
    if used_on > timezone.localdate():
        raise RuleViolation(_("This day is still to come."))
    if (resource.kind == ResourceKind.MONEY) != (amount_fen is not None):
        raise RuleViolation(_("Money is used by its amount, everything else by number."))
    use = ResourceUse(
        uuid=uuid, resource=resource, organization=organization, activity=activity, need=need, used_on=used_on,
        quantity=quantity, amount_fen=amount_fen, note=note, entered_by=actor,
    )  # fmt: skip
    use.check_rules()
    take(resource, quantity=quantity or 0, fen=amount_fen or 0)
    use.save_or_refuse(force_insert=True)
    data = {"resource": str(resource.uuid), "quantity": quantity, "amount_fen": amount_fen}
    audit.record("resource.used", target=use, actor=actor, area=resource.division, data=data)
    return use


@transaction.atomic
def withdraw_use(*, use_id, actor):
    """1. Entered by mistake: what was taken is there again. 2. Audit ``resource.use_withdrawn``; nothing the second
    time."""
    use = ResourceUse.objects.select_for_update(of=("self",)).get(pk=use_id)
    if use.withdrawn_at is not None:
        return use
    resource = lock_resource(use.resource_id)
    take(resource, quantity=-(use.quantity or 0), fen=-(use.amount_fen or 0))
    use.withdrawn_at = timezone.now()
    use.save(update_fields=["withdrawn_at", "updated_at"])
    audit.record("resource.use_withdrawn", target=use, actor=actor, area=resource.division)
    return use
