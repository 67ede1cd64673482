"""一组织一档: what is in the dossier of an organization, what is missing, putting documents in and taking them back."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.base.files import inspect_upload, kept_with
from incubator.base.policies import verdict
from organizations.models import DossierHeading, DossierItem, SocialOrganization
from organizations.policies.dossier import check_read_dossier
from organizations.registries import DossierEntry, dossier_sources
from organizations.services import dossier_sources as _own_sources  # noqa: F401 - registers them


@dataclass
class Completeness:
    """How many of the headings that count are filled; ``missing`` are the others, in order."""

    total: int
    missing: list = field(default_factory=list)

    @property
    def present(self):
        return self.total - len(self.missing)

    @property
    def is_complete(self):
        return not self.missing


@dataclass
class Section:
    """A heading with what stands under it: ``items`` were put in by hand, ``entries`` are held by the platform.
    ``hidden`` is the number of documents that the reader is told of, and no more."""

    heading: DossierHeading
    items: list
    entries: list
    hidden: int = 0

    @property
    def is_filled(self):
        return bool(self.items or self.entries or self.hidden)


def sections_of(organization, user=None):
    """The headings in use, in order, each with its documents and with what the platform holds already, as far as
    ``user`` may read it (None: all of it)."""
    items, entries, hidden = defaultdict(list), defaultdict(list), {}
    queryset = organization.dossier_items.in_use().select_related("uploaded_by", "heading")
    if user and not verdict(check_read_dossier, user, organization):
        hidden = dict(queryset.order_by().values_list("heading_id").annotate(number=Count("pk")))
        queryset = queryset.none()
    for item in queryset.order_by("-dated_on", "-pk"):
        item.organization = organization
        items[item.heading_id].append(item)
    headings = list(DossierHeading.objects.filter(is_active=True).order_by("order", "code"))
    for source in dossier_sources:
        found = source.entries(organization)
        if found and user and source.policy and not verdict(source.policy, user, organization):
            found = [DossierEntry(title=str(source.label), heading=code) for code in sorted({e.heading for e in found})]
        for entry in found:
            for heading in _headings_for(source, entry.heading, headings):
                entries[heading.pk].append(entry)
    return [Section(heading, items[heading.pk], entries[heading.pk], hidden.get(heading.pk, 0)) for heading in headings]


def completeness_from(sections):
    """The completeness of an organization whose sections are loaded already."""
    required = [section for section in sections if section.heading.is_required]
    return Completeness(len(required), [section.heading for section in required if not section.is_filled])


def completeness_of(organizations):
    """{integer key: Completeness} of many organizations in as many queries as for one: two and those of the sources."""
    organizations = list(organizations)
    headings = list(DossierHeading.objects.filter(is_active=True, is_required=True).order_by("order", "code"))
    rows = DossierItem.objects.in_use().filter(organization__in=organizations, heading__in=headings)
    present = set(rows.order_by().values_list("organization_id", "heading_id").distinct())
    for source in dossier_sources if headings else ():
        for code, keys in source.present_for(organizations).items():
            for heading in _headings_for(source, code, headings):
                present |= {(key, heading.pk) for key in keys}
    return {
        organization.pk: Completeness(
            len(headings), [heading for heading in headings if (organization.pk, heading.pk) not in present]
        )
        for organization in organizations
    }


def _headings_for(source, code, headings):
    return [heading for heading in headings if (heading.code == code if code else heading.source == source.code)]


@transaction.atomic
def add_dossier_item(*, organization_id, heading_id, title, upload, actor, uuid, dated_on=None):
    """Put a document into the dossier: look at its bytes, refuse the same file twice, store it, record it."""
    organization = SocialOrganization.objects.select_for_update(of=("self",)).get(pk=organization_id)
    if organization.state == "dissolved":
        raise RuleViolation(_("The organization is dissolved; its file is closed."))
    facts = inspect_upload(upload)
    same = organization.dossier_items.in_use().filter(heading_id=heading_id, sha256=facts.sha256)
    if same.exists():
        raise RuleViolation(_("This file is in the dossier already."))
    item = DossierItem(
        uuid=uuid, organization=organization, heading_id=heading_id, title=title, dated_on=dated_on, uploaded_by=actor
    )
    item.take(upload, facts)
    with kept_with(item.file):
        item.save(force_insert=True)
        _record("dossier_item.added", item, actor=actor, sha256=facts.sha256)
    return item


@transaction.atomic
def withdraw_dossier_item(*, item_id, actor, reason):
    """Take a document out of the dossier for a reason; row and file are kept. Records it."""
    item = DossierItem.objects.select_for_update(of=("self",)).get(pk=item_id)
    if item.withdrawn_at:
        raise RuleViolation(_("This document was taken back already."))
    if not reason.strip():
        raise RuleViolation(_("Please say why."))
    item.withdrawn_at, item.withdrawn_reason = timezone.now(), reason
    item.save(update_fields=["withdrawn_at", "withdrawn_reason", "updated_at"])
    _record("dossier_item.withdrawn", item, actor=actor)
    return item


def _record(verb, item, *, actor, **data):
    """The history is the organization's: a title may hold a person's name and does not belong in it."""
    organization = item.organization
    data = {"item": item.uuid, "heading": item.heading.code, **data}
    audit.record(verb, target=organization, actor=actor, area=organization.community, data=data)
