"""What the community and the street do with a filing: check, return, file, suspend, resume, cancel."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from organizations.choices import FilingKind, FilingStatus, LegalStatus, OrganizationState, PaperKind
from organizations.models import Filing, FilingCounter, SocialOrganization
from organizations.notifications import notify_preparers, notify_street
from organizations.services.filing import FILED_FIELDS, lock_filing, rule_of
from organizations.services.organization import PERSONAL, name_in_pinyin
from organizations.validators import format_filing_number

# Kinds of which only a first filing is a standing that can rest; what the others changed is in force at once.
LASTING = (FilingKind.CHANGE, FilingKind.CANCELLATION)


@transaction.atomic
def check_filing(*, filing_id, actor, opinion):
    """初审 by the community: note who, when and the opinion, record it, tell the street."""
    filing = lock_filing(filing_id)
    before = filing.status
    filing.check_first(by=actor, at=timezone.now(), opinion=opinion)
    filing.save(update_fields=["status", "checked_by", "checked_at", "check_opinion", "updated_at"])
    event = _record("filing.checked", filing, before, actor=actor)
    notify_street("filing.checked", filing, event, actor)
    return filing


@transaction.atomic
def return_filing(*, filing_id, actor, reason, missing_papers=()):
    """Give it back with what to add or change and the papers that are missing, record it, tell who prepared it."""
    filing = lock_filing(filing_id)
    before = filing.status
    known = [paper for paper in PaperKind.values if paper in missing_papers]
    filing.return_for_changes(by=actor, at=timezone.now(), reason=reason, missing_papers=known)
    if not reason.strip():
        raise RuleViolation(_("Please say what to add or change."))
    filing.save(update_fields=[
        "status", "decided_by", "decided_at", "returned_reason", "missing_papers", "updated_at",
    ])  # fmt: skip
    event = _record("filing.returned", filing, before, actor=actor, missing=known)
    notify_preparers("filing.returned", filing, event, actor)
    return filing


@transaction.atomic
def file_filing(*, filing_id, actor):
    """备案: decide, write to the organization what the decision means, record it, tell the people.

    A first filing takes the street's next number of the year. A change writes the values that were frozen when it
    was handed in. An end takes the filing away and cancels the first filing, where the number stays readable.
    """
    filing = lock_filing(filing_id)
    before, now = filing.status, timezone.now()
    organization = SocialOrganization.objects.select_for_update(of=("self",)).get(pk=filing.organization_id)
    filing.file(by=actor, at=now, number=organization.filing_number)
    if organization.legal_status == LegalStatus.REGISTERED or organization.state == OrganizationState.DISSOLVED:
        raise RuleViolation(_("The organization is registered or dissolved by now, so it cannot be filed."))
    if filing.kind == FilingKind.NEW:
        if organization.legal_status == LegalStatus.FILED:
            raise RuleViolation(_("The organization is filed already, as %(number)s.") % {"number": filing.number})
        filing.number = next_number(organization.community.parent, timezone.localdate(now).year)
        _write(organization, actor=actor, legal_status=LegalStatus.FILED, filing_number=filing.number,
               filed_on=timezone.localdate(now))  # fmt: skip
    elif organization.legal_status != LegalStatus.FILED:
        raise RuleViolation(_("The organization is not filed any more. Please return this filing."))
    elif filing.kind == FilingKind.CHANGE:
        changes = filing.content.get("changes", {})
        _write(organization, actor=actor, **{name: value for name, value in changes.items() if name in FILED_FIELDS})
    elif filing.kind == FilingKind.CANCELLATION:
        _end_standing(organization, actor=actor, reason=filing.reason)
    filing.save(update_fields=["status", "decided_by", "decided_at", "number", "updated_at"])
    event = _record("filing.filed", filing, before, actor=actor, number=filing.number)
    notify_preparers("filing.filed", filing, event, actor)
    return filing


@transaction.atomic
def suspend_filing(*, filing_id, actor, reason):
    """Let a filing rest for a reason; the organization keeps its number. Records it, tells who prepared it."""
    filing = lock_filing(filing_id)
    before = filing.status
    filing.suspend(reason=reason)
    if filing.kind != FilingKind.NEW:
        raise RuleViolation(_("Only the first filing can be suspended: the others have taken effect."))
    return _close(filing, "filing.suspended", before, actor=actor)


@transaction.atomic
def resume_filing(*, filing_id, actor):
    """Let a suspended filing hold again. Records it, tells who prepared it."""
    filing = lock_filing(filing_id)
    before = filing.status
    filing.resume()
    return _close(filing, "filing.resumed", before, actor=actor)


@transaction.atomic
def cancel_filing(*, filing_id, actor, reason):
    """Drop a draft, or end what was filed; ending a first filing makes the organization unfiled. Records it, tells."""
    filing = lock_filing(filing_id)
    before = filing.status
    filing.cancel(reason=reason)
    if before in (FilingStatus.FILED, FilingStatus.SUSPENDED):
        if filing.kind in LASTING:
            raise RuleViolation(_("What this filing changed is in force. Please open another filing to change it."))
        organization = SocialOrganization.objects.select_for_update(of=("self",)).get(pk=filing.organization_id)
        if filing.kind == FilingKind.NEW and organization.filing_number == filing.number:
            _write(organization, actor=actor, legal_status=LegalStatus.UNFILED, filing_number="", filed_on=None)
    return _close(filing, "filing.cancelled", before, actor=actor)


def _close(filing, verb, before, *, actor):
    if filing.status != FilingStatus.FILED and not filing.ended_reason.strip():
        raise RuleViolation(_("Please say why."))
    filing.save(update_fields=["status", "ended_reason", "updated_at"])
    event = _record(verb, filing, before, actor=actor)
    notify_preparers(verb, filing, event, actor)
    return filing


def next_number(street, year):
    """The street's next number of the year, in its own form. The counter is locked until the transaction ends; numbers
    that an organization brought along from paper days are passed over."""
    FilingCounter.objects.get_or_create(street=street, year=year)
    counter = FilingCounter.objects.select_for_update(of=("self",)).get(street=street, year=year)
    pattern = rule_of(street).number_pattern
    in_street = SocialOrganization.objects.in_places([street])
    while True:
        counter.last += 1
        number = format_filing_number(
            pattern, street=street.name.removesuffix("办事处"), year=year, number=counter.last
        )
        if not in_street.filter(filing_number=number).exists():
            break
    counter.save(update_fields=["last"])
    return number


def _end_standing(organization, *, actor, reason):
    """The organization becomes unfiled; the first filing that holds its number is cancelled, with its own event."""
    first = (
        Filing.objects.select_for_update(of=("self",))
        .filter(organization=organization, kind=FilingKind.NEW)
        .filter(status__in=[FilingStatus.FILED, FilingStatus.SUSPENDED])
        .order_by("pk")
    )
    for filing in first:
        before = filing.status
        filing.cancel(reason=reason)
        filing.save(update_fields=["status", "ended_reason", "updated_at"])
        _record("filing.cancelled", filing, before, actor=actor)
    _write(organization, actor=actor, legal_status=LegalStatus.UNFILED, filing_number="", filed_on=None)


def _write(organization, *, actor, **values):
    """Set what the decision says, with one event that tells old and new; personal values are masked there."""
    before = audit.snapshot(organization, values)
    for name, value in values.items():
        setattr(organization, name, value)
    organization.pinyin = name_in_pinyin(organization.name)
    try:
        organization.validate_constraints()
    except ValidationError as error:
        raise RuleViolation(" ".join(error.messages)) from error
    organization.save(update_fields=[*values, "pinyin", "updated_at"])
    data = audit.changes(organization, before, personal=PERSONAL)
    audit.record("organization.updated", target=organization, actor=actor, area=organization.community, data=data)


def _record(verb, filing, before, *, actor, **data):
    community = filing.organization.community
    return audit.record(
        verb, target=filing, actor=actor, area=community, data={"from": before, "to": filing.status, **data}
    )
