"""能人库: who has a gift, and how far along the path 能人→骨干→负责人→后备 they are."""

from django.db import transaction
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from organizations.models import Talent

FIELDS = ("name", "phone", "skill", "found_at", "willing_to", "organization", "is_active")
PERSONAL = {"name", "phone", "skill", "found_at", "willing_to"}


def _check_organization(talent):
    if talent.organization is not None and talent.organization.community_id != talent.community_id:
        raise RuleViolation(_("This organization is in another community."))


@transaction.atomic
def add_talent(*, uuid, actor, community, name, skill, phone="", found_at="", willing_to="", organization=None):
    """Refuse an organization of another community; write; audit. Returns the talent."""
    talent = Talent(
        uuid=uuid,
        community=community,
        name=name,
        phone=phone,
        skill=skill,
        found_at=found_at,
        willing_to=willing_to,
        organization=organization,
    )
    _check_organization(talent)
    talent.save()
    audit.record("talent.added", target=talent, actor=actor, area=community, data={"step": talent.step})
    return talent


@transaction.atomic
def update_talent(*, talent_id, actor, **values):
    """Lock; write the given ``FIELDS``; audit what changed, personal values masked."""
    talent = _lock(talent_id)
    before = audit.snapshot(talent, FIELDS)
    for field in FIELDS:
        if field in values:
            setattr(talent, field, values[field])
    found = audit.changes(talent, before, personal=PERSONAL)
    if not found["changes"]:
        return talent
    _check_organization(talent)
    talent.save(update_fields=[*FIELDS, "updated_at"])
    audit.record("talent.updated", target=talent, actor=actor, area=talent.community, data=found)
    return talent


@transaction.atomic
def move_talent(*, talent_id, actor, step):
    """Lock; refuse the step they stand on and somebody off the list; write; audit from and to."""
    talent = _lock(talent_id)
    before = talent.step
    if not talent.is_active:
        raise RuleViolation(_("This person is not on the list any more. Put them back on the list first."))
    if step == before:
        raise RuleViolation(
            _("This person stands on the step “%(step)s” already.") % {"step": talent.get_step_display()}
        )
    talent.step = step
    talent.save(update_fields=["step", "updated_at"])
    audit.record("talent.moved", target=talent, actor=actor, area=talent.community, data={"from": before, "to": step})
    return talent


def _lock(talent_id):
    return Talent.objects.select_for_update(of=("self",)).select_related("community", "organization").get(pk=talent_id)
