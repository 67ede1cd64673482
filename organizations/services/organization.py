"""What can happen to an organization: it is registered, changed, rests, wakes, ends."""

from collections import defaultdict

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from organizations.choices import LegalStatus
from organizations.models import SocialOrganization

# What people write about an organization. State, legal status "filed" and stage follow from decisions instead.
DETAILS = (
    "place", "type", "is_hub", "credit_code", "founded_on", "responsible_person", "contact_phone", "purpose",
    "activity_scope", "venue", "funds_fen", "funds_note", "declared_members", "party_organization", "party_members",
    "party_liaison",
)  # fmt: skip
EDITABLE = ("name", *DETAILS)
PERSONAL = {"responsible_person", "contact_phone", "party_liaison"}
COUNTY_DIGITS = 6
FULL_PINYIN, INITIALS = 300, 99


def name_in_pinyin(name):
    """ "治安服务队" → "zhianfuwudui zafwd": what people type when they search without switching the keyboard."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - its dictionary takes a while to load, and most requests need none

    syllables = [syllable.strip().lower() for syllable in lazy_pinyin(name) if syllable.strip()]
    full = "".join(syllables).replace(" ", "")
    return f"{full[:FULL_PINYIN]} {''.join(syllable[0] for syllable in syllables)[:INITIALS]}"


def _known(details):
    if unknown := details.keys() - set(EDITABLE):
        raise TypeError(f"not a detail of an organization: {', '.join(sorted(unknown))}")


def _follow_credit_code(organization, before=""):
    """A credit code says that the organization is registered; taking it away leaves what the street's filing says."""
    if organization.credit_code:
        organization.legal_status = LegalStatus.REGISTERED
    elif before:
        organization.legal_status = LegalStatus.FILED if organization.filed_on else LegalStatus.UNFILED


def _check_rules(organization):
    """The rules that the database keeps as well, here as sentences."""
    others = SocialOrganization.objects.exclude(pk=organization.pk)
    same_name = others.existing().filter(community=organization.community_id, name=organization.name)
    if same_name.exists():
        raise RuleViolation(
            _("The community has an organization called “%(name)s” already. Please look for it in the list first.")
            % {"name": organization.name}
        )
    if organization.credit_code and others.filter(credit_code=organization.credit_code).exists():
        raise RuleViolation(_("Another organization has this credit code already. Please compare it with the paper."))
    if organization.place_id and organization.place.community_id != organization.community_id:
        raise RuleViolation(_("This place is in another community. Please choose one of the organization's community."))


@transaction.atomic
def register_organization(*, actor, uuid, community, name, **details):
    """Put a new organization on the list of its community.

    1. The record, with name in pinyin; a credit code makes it a registered one. 2. Audit ``organization.registered``.
    """
    _known(details)
    organization = SocialOrganization(uuid=uuid, community=community, name=name, **details)
    organization.pinyin = name_in_pinyin(name)
    _follow_credit_code(organization)
    _check_rules(organization)
    organization.save_or_refuse(force_insert=True)
    audit.record(
        "organization.registered",
        target=organization,
        actor=actor,
        area=community,
        data={"community": community.code, "type": organization.type.code, "legal_status": organization.legal_status},
    )
    return organization


@transaction.atomic
def update_organization(*, organization_id, actor, edition="", **details):
    """Change what is written about an organization; fields that are not named stay. StaleEdition when ``edition`` (the
    one that the person saw) is an older one.

    1. The record, its pinyin, and the legal status that follows from the credit code. 2. Audit ``organization.updated``
    with the changed fields (personal ones masked). When nothing differs, nothing is written.
    """
    _known(details)
    organization = (
        SocialOrganization.objects.select_for_update(of=("self",)).select_related("community").get(pk=organization_id)
    )
    before = audit.snapshot(organization, (*EDITABLE, "legal_status"))
    for name, value in details.items():
        setattr(organization, name, value)
    _follow_credit_code(organization, before["credit_code"])
    data = audit.changes(organization, before, personal=PERSONAL)
    if not data["changes"]:
        return organization
    organization.check_edition(edition)
    _check_rules(organization)
    organization.pinyin = name_in_pinyin(organization.name)
    organization.save_or_refuse(update_fields=[*details, "pinyin", "legal_status", "updated_at"])
    audit.record("organization.updated", target=organization, actor=actor, area=organization.community, data=data)
    return organization


@transaction.atomic
def rest_organization(*, organization_id, actor, reason):
    """休眠. 1. State active → dormant with its reason. 2. Audit ``organization.rested``."""
    organization = SocialOrganization.objects.select_for_update(of=("self",)).get(pk=organization_id)
    before = organization.state
    organization.rest(reason=reason)
    organization.save(update_fields=["state", "state_reason", "updated_at"])
    audit.record(
        "organization.rested",
        target=organization,
        actor=actor,
        area=organization.community,
        data={"from": before, "to": organization.state, "reason": reason},
    )
    return organization


@transaction.atomic
def wake_organization(*, organization_id, actor):
    """1. State dormant → active; the reason for resting goes. 2. Audit ``organization.woken``."""
    organization = SocialOrganization.objects.select_for_update(of=("self",)).get(pk=organization_id)
    before = organization.state
    organization.wake()
    organization.save(update_fields=["state", "state_reason", "updated_at"])
    audit.record(
        "organization.woken",
        target=organization,
        actor=actor,
        area=organization.community,
        data={"from": before, "to": organization.state},
    )
    return organization


@transaction.atomic
def dissolve_organization(*, organization_id, actor, on, reason):
    """The organization has ended. 1. State → dissolved with day and reason. 2. Audit ``organization.dissolved``."""
    organization = SocialOrganization.objects.select_for_update(of=("self",)).get(pk=organization_id)
    before = organization.state
    organization.dissolve(on=on, reason=reason)
    organization.save(update_fields=["state", "state_reason", "dissolved_on", "updated_at"])
    audit.record(
        "organization.dissolved",
        target=organization,
        actor=actor,
        area=organization.community,
        data={"from": before, "to": organization.state, "on": on, "reason": reason},
    )
    return organization


@transaction.atomic
def import_organizations(*, actor, rows):
    """Put many organizations of a checked file on the list, all or none.

    ``rows`` are dicts of field values with ``community`` and ``name``. 1. The records. 2. One audit event
    ``organization.registered`` for each, in the chain of its district.
    """
    organizations = [SocialOrganization(**row, pinyin=name_in_pinyin(row["name"])) for row in rows]
    for organization in organizations:
        _follow_credit_code(organization)
    try:
        with transaction.atomic():
            SocialOrganization.objects.bulk_create(organizations, batch_size=500)
    except IntegrityError as error:
        raise RuleViolation(
            _("Meanwhile somebody registered an organization of this file. Please upload the file again.")
        ) from error
    by_county = defaultdict(list)
    for organization in organizations:
        by_county[organization.community.code[:COUNTY_DIGITS]].append(organization)
    for group in by_county.values():
        audit.record_many(
            "organization.registered",
            targets=[
                (item, {"community": item.community.code, "type": item.type.code, "legal_status": item.legal_status})
                for item in group
            ],
            actor=actor,
            area=group[0].community,
        )
    return organizations
