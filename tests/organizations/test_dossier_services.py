"""The dossier: what fills a heading, what is missing, and the same answer for one organization and for many."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from organizations.models import DossierHeading, DossierItem
from organizations.registries import DossierEntry, DossierSource, dossier_sources
from organizations.services import dossier as services
from tests.factories.organizations import (
    PDF,
    DossierItemFactory,
    FilingFactory,
    FilingPaperFactory,
    MembershipFactory,
    OrganizationFactory,
)

REQUIRED = ["application_form", "charter", "roster", "identity", "venue", "funds"]


def missing(organization):
    """Codes of the missing headings, by the page's way and by the list's way, which have to agree."""
    one = services.completeness_from(services.sections_of(organization))
    many = services.completeness_of([organization])[organization.pk]
    assert (one.total, one.missing) == (many.total, many.missing)
    return [heading.code for heading in one.missing]


def test_an_empty_dossier_misses_all_that_counts(personas):
    organization = OrganizationFactory(community=personas.community)
    assert missing(organization) == REQUIRED
    assert services.completeness_of([organization])[organization.pk].present == 0


def test_a_document_put_in_fills_its_heading_until_it_is_taken_back(personas):
    organization = OrganizationFactory(community=personas.community)
    heading = DossierHeading.objects.get(code="venue")
    item = services.add_dossier_item(
        organization_id=organization.pk, heading_id=heading.pk, title="场所证明",
        upload=SimpleUploadedFile("证明.pdf", PDF), actor=personas.worker, uuid=uuid.uuid4(),
    )  # fmt: skip
    assert "venue" not in missing(organization)
    with pytest.raises(RuleViolation, match="in the dossier already"):
        services.add_dossier_item(
            organization_id=organization.pk, heading_id=heading.pk, title="又一次",
            upload=SimpleUploadedFile("证明2.pdf", PDF), actor=personas.worker, uuid=uuid.uuid4(),
        )  # fmt: skip
    services.withdraw_dossier_item(item_id=item.pk, actor=personas.worker, reason="过期")
    assert "venue" in missing(organization)
    with pytest.raises(RuleViolation, match="taken back already"):
        services.withdraw_dossier_item(item_id=item.pk, actor=personas.worker, reason="过期")
    assert DossierItem.objects.get().file.read() == PDF
    verbs = AuditEvent.objects.filter(target_uuid=str(organization.uuid)).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["dossier_item.added", "dossier_item.withdrawn"]


def test_papers_of_filings_that_were_handed_in_and_did_not_come_back_count(personas):
    organization = OrganizationFactory(community=personas.community)
    draft = FilingFactory(organization=organization)
    FilingPaperFactory(filing=draft, kind="charter")
    returned = FilingFactory(organization=organization, kind="change", returned=True)
    FilingPaperFactory(filing=returned, kind="venue")
    filed = FilingFactory(organization=organization, kind="annual", year=2025, filed=True)
    FilingPaperFactory(filing=filed, kind="application")
    FilingPaperFactory(filing=filed, kind="identity", withdrawn_at=timezone.now())
    FilingPaperFactory(filing=filed, kind="report")
    assert missing(organization) == ["charter", "roster", "identity", "venue", "funds"]


def test_one_current_member_is_a_roster_and_one_who_left_is_none(personas):
    organization = OrganizationFactory(community=personas.community)
    MembershipFactory(organization=organization, left_on=timezone.localdate())
    assert "roster" in services.completeness_of([organization])[organization.pk].missing[2].code
    MembershipFactory(organization=organization)
    codes = [heading.code for heading in services.completeness_of([organization])[organization.pk].missing]
    assert "roster" not in codes


def test_a_filed_change_is_a_document_of_the_dossier(personas):
    organization = OrganizationFactory(community=personas.community, filed=True)
    filing = FilingFactory(organization=organization, kind="change", filed=True)
    section = next(each for each in services.sections_of(organization) if each.heading.code == "changes")
    assert [entry.url for entry in section.entries] == [filing.get_absolute_url()]


def test_a_higher_app_fills_the_headings_that_name_its_source(personas):
    organization = OrganizationFactory(community=personas.community)
    DossierHeading.objects.filter(code="records").update(source="test_records", is_required=True)

    class Records(DossierSource):
        code = "test_records"
        label = "records"

        @classmethod
        def entries(cls, organization):
            return [DossierEntry(title="走访")]

        @classmethod
        def present_for(cls, organizations):
            return {"": {organization.pk for organization in organizations}}

    assert "records" in missing(organization)
    dossier_sources.register(Records)
    try:
        assert "records" not in missing(organization)
    finally:
        dossier_sources.unregister("test_records")


@pytest.mark.parametrize("number", [1, 3])
def test_completeness_of_many_costs_what_it_costs_for_one(number, personas, django_assert_num_queries):
    organizations = OrganizationFactory.create_batch(number, community=personas.community)
    for organization in organizations:
        MembershipFactory(organization=organization)
        FilingPaperFactory(filing=FilingFactory(organization=organization, submitted=True))
    with django_assert_num_queries(6):
        found = services.completeness_of(organizations)
    assert {each.present for each in found.values()} == {2}


def test_the_database_refuses_a_document_taken_back_without_reason(personas):
    organization = OrganizationFactory(community=personas.community)
    with pytest.raises(IntegrityError), transaction.atomic():
        DossierItemFactory(organization=organization, withdrawn_at=timezone.now())
