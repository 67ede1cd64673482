"""What happens to the members of an organization. Names and phones never reach the history (audit masks them)."""

import uuid as uuids

from django.db import transaction
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from organizations.models import Membership, SocialOrganization

FIELDS = ("name", "phone", "skills", "joined_on", "is_backbone", "is_successor", "is_reserve_talent")
PERSONAL = {"name", "phone", "skills"}
MAX_LINES = 200


def _lock_organization(organization_id):
    """The members of one organization change one after the other, so that nobody gets on the list twice."""
    organization = (
        SocialOrganization.objects.select_for_update(of=("self",)).select_related("community").get(pk=organization_id)
    )
    if organization.state == "dissolved":
        raise RuleViolation(_("The organization is dissolved; its file is closed."))
    return organization


def _lock_membership(membership_id):
    membership = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("organization__community")
        .get(pk=membership_id)
    )
    if membership.left_on is not None:
        raise RuleViolation(_("This person has left already."))
    return membership


def _facts(membership):
    return {
        "organization": membership.organization.uuid,
        "position": membership.position,
        "is_backbone": membership.is_backbone,
        "is_successor": membership.is_successor,
        "is_reserve_talent": membership.is_reserve_talent,
    }


@transaction.atomic
def add_member(
    *,
    organization_id,
    uuid,
    actor,
    name,
    position,
    phone="",
    skills="",
    joined_on=None,
    is_backbone=False,
    is_successor=False,
    is_reserve_talent=False,
):
    """Lock the organization; answer with the record of an earlier click; refuse a person who is on the list; write;
    audit. Returns the membership."""
    organization = _lock_organization(organization_id)
    if existing := Membership.objects.filter(organization=organization, uuid=uuid).first():
        return existing
    membership = Membership(
        uuid=uuid,
        organization=organization,
        name=name,
        phone=phone,
        position=position,
        skills=skills,
        joined_on=joined_on,
        is_backbone=is_backbone,
        is_successor=is_successor,
        is_reserve_talent=is_reserve_talent,
    )
    membership.check_rules()
    membership.save()
    audit.record(
        "membership.added", target=membership, actor=actor, area=organization.community, data=_facts(membership)
    )
    return membership


@transaction.atomic
def add_members(*, organization_id, uuid, actor, people, joined_on=None):
    """Lock the organization; add all ``people`` [(line, name, phone)] or none: RuleViolation names each line that is on
    the list or in the batch already; one audit event per member. ``uuid`` is the batch's: sent again, it adds nobody.
    Returns the memberships."""
    organization = _lock_organization(organization_id)
    identifiers = [uuids.uuid5(uuid, str(line)) for line, _name, _phone in people]
    if existing := list(Membership.objects.filter(organization=organization, uuid__in=identifiers)):
        return existing
    if len(people) > MAX_LINES:
        raise RuleViolation(_("Please add at most %(number)s people at a time.") % {"number": MAX_LINES})
    known = set(organization.memberships.current().values_list("name", "phone"))
    first, problems = {}, []
    for line, name, phone in people:
        if (name, phone) in known:
            problems.append(
                _("Line %(line)s: a member of this name and phone is on the list already.") % {"line": line}
            )
        elif (name, phone) in first:
            problems.append(
                _("Line %(line)s: the same as line %(other)s.") % {"line": line, "other": first[name, phone]}
            )
        first.setdefault((name, phone), line)
    if problems:
        raise RuleViolation(" ".join(problems))
    members = Membership.objects.bulk_create(
        Membership(uuid=identifier, organization=organization, name=name, phone=phone, joined_on=joined_on)
        for identifier, (_line, name, phone) in zip(identifiers, people, strict=True)
    )
    audit.record_many(
        "membership.added",
        targets=[(member, _facts(member)) for member in members],
        actor=actor,
        area=organization.community,
    )
    return members


@transaction.atomic
def update_member(*, membership_id, actor, edition="", **values):
    """Lock; refuse who has left and (StaleEdition) what was written over an older edition; write the given ``FIELDS``;
    audit what changed, personal values masked."""
    membership = _lock_membership(membership_id)
    before = audit.snapshot(membership, FIELDS)
    for field in FIELDS:
        if field in values:
            setattr(membership, field, values[field])
    found = audit.changes(membership, before, personal=PERSONAL)
    if not found["changes"]:
        return membership
    membership.check_edition(edition)
    membership.check_rules()
    membership.save_or_refuse(update_fields=[*FIELDS, "updated_at"])
    audit.record(
        "membership.updated", target=membership, actor=actor, area=membership.organization.community, data=found
    )
    return membership


@transaction.atomic
def appoint(*, membership_id, actor, position):
    """Lock; refuse who has left and the position they hold; write; audit from and to."""
    membership = _lock_membership(membership_id)
    before = membership.position
    if position == before:
        raise RuleViolation(
            _("This person holds the position “%(position)s” already.")
            % {"position": membership.get_position_display()}
        )
    membership.position = position
    membership.save(update_fields=["position", "updated_at"])
    audit.record(
        "membership.appointed",
        target=membership,
        actor=actor,
        area=membership.organization.community,
        data={"from": before, "to": position},
    )
    return membership


@transaction.atomic
def end_membership(*, membership_id, actor, left_on, today, reason=""):
    """Lock; refuse who has left, a day to come or one before joining; write the day; audit with the reason's code."""
    membership = _lock_membership(membership_id)
    if left_on > today:
        raise RuleViolation(_("This day is still to come. Please enter it when the person has left."))
    membership.left_on = left_on
    membership.check_rules()
    membership.save(update_fields=["left_on", "updated_at"])
    audit.record(
        "membership.ended",
        target=membership,
        actor=actor,
        area=membership.organization.community,
        data={"left_on": left_on, "reason": reason},
    )
    return membership


@transaction.atomic
def export_members(*, organization, actor):
    """Read the current members for the roster; audit that names left the platform. Returns the members in order."""
    members = list(organization.memberships.current().with_rank().order_by("rank", "pk"))
    audit.record(
        "membership.exported",
        target=organization,
        actor=actor,
        area=organization.community,
        data={"members": len(members)},
    )
    return members
