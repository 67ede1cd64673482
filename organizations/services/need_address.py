"""The page on which the residents of a community raise needs without an account, and the kinds of needs."""

import uuid as uuids

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.divisions.models import Division
from organizations.models import NeedAddress, NeedCategory
from organizations.services.need import new_key


@transaction.atomic
def make_need_address(*, community, actor):
    """1. A new address for the community; one that is in force goes out of force, so an old poster leads nowhere.
    2. Audit ``need_address.made``. Never writes the address into the history. Two people who open it at once wait for
    each other on the row of the community."""
    Division.objects.select_for_update(of=("self",)).get(pk=community.pk)
    _revoke(community)
    address = NeedAddress.objects.create(community=community, token=new_key(), created_by=actor)
    audit.record("need_address.made", target=address, actor=actor, area=community)
    return address


@transaction.atomic
def revoke_need_address(*, community, actor):
    """1. The address leads nowhere from now on. 2. Audit ``need_address.revoked``; RuleViolation when there is none."""
    address = _revoke(community)
    if address is None:
        raise RuleViolation(_("This community has no page for needs."))
    audit.record("need_address.revoked", target=address, actor=actor, area=community)
    return address


def _revoke(community):
    address = NeedAddress.objects.select_for_update(of=("self",)).filter(community=community).in_force().first()
    if address is not None:
        address.revoked_at = timezone.now()
        address.save(update_fields=["revoked_at", "updated_at"])
    return address


@transaction.atomic
def add_need_category(*, uuid, actor, name, division=None, name_en="", types=()):
    """1. A kind of need of this place, or of all (``division`` None). 2. Audit ``need_category.added``."""
    category = NeedCategory(
        uuid=uuid, code=f"own-{uuids.UUID(str(uuid)).hex[:16]}", name=name, name_en=name_en, division=division
    )
    category.check_rules()
    category.save_or_refuse(force_insert=True)
    category.types.set(types)
    audit.record("need_category.added", target=category, actor=actor, area=division, data={"name": name})
    return category


@transaction.atomic
def switch_need_category(*, category_id, actor):
    """1. Out of use, or in use again; needs of it keep it. 2. Audit ``need_category.switched``."""
    category = NeedCategory.objects.select_for_update(of=("self",)).select_related("division").get(pk=category_id)
    category.is_active = not category.is_active
    category.save(update_fields=["is_active", "updated_at"])
    audit.record(
        "need_category.switched", target=category, actor=actor, area=category.division,
        data={"is_active": category.is_active},
    )  # fmt: skip
    return category
