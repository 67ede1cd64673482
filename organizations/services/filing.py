"""Preparing a filing (备案) and handing it in. Checking and deciding stand in filing_decision.py."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.base.hashes import content_sha256
from organizations.choices import FilingKind, FilingStatus, LegalStatus, OrganizationState, PaperKind
from organizations.models import Filing, FilingRule, SocialOrganization
from organizations.notifications import notify_community
from organizations.validators import validate_number_pattern

# What is filed of an organization, and so frozen at handing in.
FILED_FIELDS = (
    "name", "responsible_person", "contact_phone", "purpose", "activity_scope", "venue", "funds_fen", "funds_note",
)  # fmt: skip
REPORT_FIELDS = ("summary", "plan", "activities", "income_fen", "spending_fen")


def rule_of(street):
    """The street's rule, or the usual one (unsaved) where it has set none."""
    return FilingRule.objects.filter(street=street).first() or FilingRule.default_for(street)


@transaction.atomic
def open_filing(*, organization_id, kind, actor, uuid, year=None, reason=""):
    """Begin a draft: check that this kind fits the organization, write it, record it."""
    organization = SocialOrganization.objects.select_for_update(of=("self",)).get(pk=organization_id)
    _check_kind_fits(organization, kind, year)
    filing = Filing(
        uuid=uuid, organization=organization, kind=kind, year=year if kind == FilingKind.ANNUAL else None,
        reason=reason, created_by=actor,
    )  # fmt: skip
    filing.save(force_insert=True)
    audit.record("filing.opened", target=filing, actor=actor, area=organization.community, data={"kind": kind})
    return filing


def _check_kind_fits(organization, kind, year):
    if organization.state == OrganizationState.DISSOLVED:
        raise RuleViolation(_("The organization is dissolved; its file is closed."))
    if organization.legal_status == LegalStatus.REGISTERED:
        raise RuleViolation(_("Registered organizations are not filed: they stand in the register of civil affairs."))
    is_filed = organization.legal_status == LegalStatus.FILED
    if kind == FilingKind.NEW and is_filed:
        raise RuleViolation(
            _("The organization is filed already, as %(number)s. For other details choose “change”.")
            % {"number": organization.filing_number}
        )
    if kind != FilingKind.NEW and not is_filed:
        raise RuleViolation(_("The organization is not filed yet. Please begin with a first filing."))
    open_ones = organization.filings.filter(kind=kind, status__in=["draft", "submitted", "checked", "returned"])
    if open_ones.exists():
        raise RuleViolation(_("A filing of this kind is under way already. Please go on with that one."))
    if kind == FilingKind.ANNUAL:
        if not year:
            raise RuleViolation(_("Please say which year the report is about."))
        if organization.filings.filter(kind=kind, year=year).exclude(status=FilingStatus.CANCELLED).exists():
            raise RuleViolation(_("There is a report for this year already."))


@transaction.atomic
def save_filing(*, filing_id, actor, reason=None, changes=None, report=None):
    """Keep what a draft or returned filing is to say: the remarks, for a change the new values that differ from
    what the organization says now, for a report its answers. Records only that it changed, not the values."""
    filing = lock_filing(filing_id)
    require_open(filing)
    content = dict(filing.content)
    if changes is not None:
        content["changes"] = {
            name: value for name, value in changes.items()
            if name in FILED_FIELDS and value != getattr(filing.organization, name)
        }  # fmt: skip
    if report is not None:
        content["report"] = {name: report.get(name) for name in REPORT_FIELDS}
    if reason is not None:
        filing.reason = reason
    filing.content = _plain(content)
    filing.save(update_fields=["content", "reason", "updated_at"])
    data = {"changed": sorted(content.get("changes", {}))}
    audit.record("filing.saved", target=filing, actor=actor, area=filing.organization.community, data=data)
    return filing


@transaction.atomic
def submit_filing(*, filing_id, actor):
    """Hand in: check what the street asks for, freeze what is filed with its hash, record it, tell the community."""
    filing = lock_filing(filing_id)
    before = filing.status
    filing.submit(by=actor, at=timezone.now(), content=filing.content)
    if missing := missing_for_submission(filing):
        raise RuleViolation(" ".join(missing))
    _check_still_fits(filing)
    filing.content = frozen_content(filing)
    filing.save(update_fields=[
        "status", "submitted_by", "submitted_at", "content", "returned_reason", "missing_papers", "checked_by",
        "checked_at", "check_opinion", "decided_by", "decided_at", "updated_at",
    ])  # fmt: skip
    data = {"from": before, "to": filing.status, "sha256": filing.content["sha256"]}
    event = audit.record("filing.submitted", target=filing, actor=actor, area=filing.organization.community, data=data)
    notify_community("filing.submitted", filing, event, actor)
    return filing


def _check_still_fits(filing):
    """The organization may have been registered, filed or dissolved since the draft was begun."""
    organization = filing.organization
    is_filed = organization.legal_status == LegalStatus.FILED
    if organization.legal_status == LegalStatus.REGISTERED:
        raise RuleViolation(_("Registered organizations are not filed: they stand in the register of civil affairs."))
    if organization.state == OrganizationState.DISSOLVED:
        raise RuleViolation(_("The organization is dissolved; its file is closed."))
    if (filing.kind == FilingKind.NEW) == is_filed:
        raise RuleViolation(_("The organization's legal status has changed meanwhile. Please open another filing."))


def missing_for_submission(filing, rule=None):
    """Sentences that say what a filing still lacks before it can be handed in; empty when nothing."""
    organization = filing.organization
    rule = rule or rule_of(organization.community.parent)
    there = set(filing.papers.in_use().values_list("kind", flat=True))
    sentences = [
        _("Paper missing: %(paper)s.") % {"paper": PaperKind(kind).label}
        for kind in rule.papers_for(filing.kind) if kind not in there
    ]  # fmt: skip
    if filing.kind == FilingKind.NEW:
        members = members_of(organization)
        if not organization.responsible_person:
            sentences.append(_("The organization's page names no responsible person."))
        if members < rule.minimum_members:
            sentences.append(
                _("The street asks for %(wanted)s members or more; the organization has %(members)s.")
                % {"wanted": rule.minimum_members, "members": members}
            )
    if filing.kind == FilingKind.CHANGE and not filing.content.get("changes"):
        sentences.append(_("Nothing is changed yet. Please fill in what is to change."))
    if filing.kind == FilingKind.ANNUAL and not (filing.content.get("report") or {}).get("summary"):
        sentences.append(_("The report is empty. Please write what was done in the year."))
    if filing.kind in (FilingKind.CANCELLATION, FilingKind.REISSUE) and not filing.reason:
        sentences.append(_("Please say why."))
    return sentences


def members_of(organization):
    """How many members it has: those on the list, or as many as were told when the list is shorter."""
    return max(organization.memberships.current().count(), organization.declared_members or 0)


def frozen_content(filing):
    """What the request says now: organization, members, papers with hashes, changes or report; with its own hash."""
    organization = filing.organization
    content = {
        "organization": {
            **{name: getattr(organization, name) for name in FILED_FIELDS},
            "community": organization.community.name,
            "street": organization.community.parent.name,
            "type": organization.type.name,
            "founded_on": organization.founded_on,
            "filing_number": organization.filing_number,
        },
        "members": members_of(organization),
        "papers": [
            {"kind": paper.kind, "name": paper.original_name, "sha256": paper.sha256}
            for paper in filing.papers.in_use().order_by("kind", "pk")
        ],
        "reason": filing.reason,
        "year": filing.year,
    }
    content |= {name: filing.content[name] for name in ("changes", "report") if name in filing.content}
    content = _plain(content)
    return content | {"sha256": content_hash(content)}


def content_hash(content):
    """SHA-256 over the canonical JSON of everything but the hash itself."""
    rest = {name: value for name, value in content.items() if name != "sha256"}
    return content_sha256(rest)


def _plain(content):
    return json.loads(json.dumps(content, cls=DjangoJSONEncoder))


def lock_filing(filing_id):
    """The filing, locked, with its organization and place loaded; the organization's own row is not locked."""
    queryset = Filing.objects.select_related("organization__community__parent", "organization__type")
    return queryset.select_for_update(of=("self",)).get(pk=filing_id)


def require_open(filing):
    if not filing.is_open:
        raise RuleViolation(
            _("It is handed in and cannot be changed now: it is “%(state)s”.") % {"state": filing.get_status_display()}
        )


@transaction.atomic
def update_filing_rule(*, street, actor, number_pattern, required_papers, minimum_members):
    """Set how a street files from now on; what is handed in already stays as it is. Records the change."""
    try:
        validate_number_pattern(number_pattern)
    except ValueError as error:
        raise RuleViolation(str(error)) from error
    usual = FilingRule.default_for(street)
    rule, _is_new = FilingRule.objects.get_or_create(street=street, defaults={"required_papers": usual.required_papers})
    rule = FilingRule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    before = audit.snapshot(rule, ("number_pattern", "required_papers", "minimum_members"))
    rule.number_pattern, rule.minimum_members = number_pattern, minimum_members
    rule.required_papers = [paper for paper in PaperKind.values if paper in required_papers]
    rule.save(update_fields=["number_pattern", "required_papers", "minimum_members", "updated_at"])
    audit.record("filing_rule.updated", target=rule, actor=actor, area=street, data=audit.changes(rule, before))
    return rule
