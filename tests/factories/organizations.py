"""Communities, organizations and what belongs to them. Traits make the states, with the facts that each state needs."""

import datetime
import hashlib

import factory
from django.core.files.base import ContentFile
from django.utils import timezone

from organizations.choices import FilingKind, FilingStatus, LegalStatus, OrganizationState, PaperKind, PlaceKind
from organizations.models import (
    Agency,
    AgencyServiceArea,
    CommunityProfile,
    DossierHeading,
    DossierItem,
    Filing,
    FilingCounter,
    FilingPaper,
    FilingRule,
    Membership,
    OrganizationType,
    Place,
    SocialOrganization,
    SocialWorker,
    Talent,
)
from organizations.validators import CREDIT_CODE_ALPHABET
from tests.factories.accounts import UserFactory
from tests.factories.divisions import DivisionFactory

FILED_ON = datetime.date(2024, 5, 20)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def credit_code(number=1):
    """A right unified social credit code, a different one for each number below 10**9."""
    body = f"51330102{number:09d}"
    total = sum(CREDIT_CODE_ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return body + CREDIT_CODE_ALPHABET[(31 - total % 31) % 31]


class OrganizationTypeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OrganizationType
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"type_{n}")
    name = factory.LazyAttribute(lambda o: f"类型{o.code}")


class CommunityProfileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CommunityProfile

    community = factory.SubFactory(DivisionFactory)


class PlaceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Place

    community = factory.SubFactory(DivisionFactory)
    kind = PlaceKind.ESTATE
    name = factory.Sequence(lambda n: f"{n}号小区")


class OrganizationFactory(factory.django.DjangoModelFactory):
    """An active, unfiled organization; give ``community``. Traits: filed, registered, dormant, dissolved."""

    class Meta:
        model = SocialOrganization

    name = factory.Sequence(lambda n: f"邻里互助队{n}")
    pinyin = factory.Sequence(lambda n: f"linlihuzhudui{n} llhzd{n}")
    community = factory.SubFactory(DivisionFactory)
    type = factory.SubFactory(OrganizationTypeFactory, code="test_type")

    class Params:
        filed = factory.Trait(
            legal_status=LegalStatus.FILED,
            filing_number=factory.Sequence(lambda n: f"街备〔2024〕{n:03d}号"),
            filed_on=FILED_ON,
        )
        registered = factory.Trait(legal_status=LegalStatus.REGISTERED, credit_code=factory.Sequence(credit_code))
        dormant = factory.Trait(state=OrganizationState.DORMANT, state_reason="负责人搬走了")
        dissolved = factory.Trait(
            state=OrganizationState.DISSOLVED, state_reason="成员解散", dissolved_on=datetime.date(2025, 3, 1)
        )


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    organization = factory.SubFactory(OrganizationFactory)
    name = factory.Sequence(lambda n: f"成员{n}")


class TalentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Talent

    community = factory.SubFactory(DivisionFactory)
    name = factory.Sequence(lambda n: f"能人{n}")
    skill = "书法"


class AgencyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Agency

    name = factory.Sequence(lambda n: f"社工机构{n}")


class AgencyServiceAreaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AgencyServiceArea

    agency = factory.SubFactory(AgencyFactory)
    division = factory.SubFactory(DivisionFactory)


class SocialWorkerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SocialWorker

    agency = factory.SubFactory(AgencyFactory)
    name = factory.Sequence(lambda n: f"社工{n}")


class FilingRuleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FilingRule

    street = factory.SubFactory(DivisionFactory, code="110101001")


class FilingCounterFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FilingCounter

    street = factory.SubFactory(DivisionFactory, code="110101001")
    year = 2026


class FilingFactory(factory.django.DjangoModelFactory):
    """A draft of a first filing. Traits give the later states with their facts; the actors are people of their own
    unless given."""

    class Meta:
        model = Filing

    organization = factory.SubFactory(OrganizationFactory)
    kind = FilingKind.NEW
    created_by = factory.SubFactory(UserFactory)

    class Params:
        handed_in = factory.Trait(
            submitted_at=factory.LazyFunction(timezone.now), submitted_by=factory.SelfAttribute("created_by")
        )
        looked_at = factory.Trait(
            handed_in=True, checked_at=factory.LazyFunction(timezone.now), checked_by=factory.SubFactory(UserFactory)
        )
        settled = factory.Trait(
            looked_at=True,
            decided_at=factory.LazyFunction(timezone.now),
            decided_by=factory.SubFactory(UserFactory),
            number=factory.Sequence(lambda n: f"街备〔2026〕{n:03d}号"),
        )
        submitted = factory.Trait(handed_in=True, status=FilingStatus.SUBMITTED)
        checked = factory.Trait(looked_at=True, status=FilingStatus.CHECKED)
        returned = factory.Trait(
            handed_in=True,
            status=FilingStatus.RETURNED,
            returned_reason="请补充章程",
            decided_at=factory.LazyFunction(timezone.now),
            decided_by=factory.SubFactory(UserFactory),
        )
        filed = factory.Trait(settled=True, status=FilingStatus.FILED)
        suspended = factory.Trait(settled=True, status=FilingStatus.SUSPENDED, ended_reason="暂停活动")
        cancelled = factory.Trait(status=FilingStatus.CANCELLED, ended_reason="不再需要")


class _PaperFactory(factory.django.DjangoModelFactory):
    """A small PDF; give ``content`` for other bytes."""

    class Meta:
        abstract = True

    class Params:
        content = factory.Sequence(lambda n: PDF + str(n).encode())

    uploaded_by = factory.SubFactory(UserFactory)
    original_name = "章程.pdf"
    content_type = "application/pdf"
    extension = "pdf"
    size = factory.LazyAttribute(lambda o: len(o.content))
    sha256 = factory.LazyAttribute(lambda o: hashlib.sha256(o.content).hexdigest())
    file = factory.LazyAttribute(lambda o: ContentFile(o.content, name="charter.pdf"))


class FilingPaperFactory(_PaperFactory):
    class Meta:
        model = FilingPaper

    filing = factory.SubFactory(FilingFactory)
    kind = PaperKind.CHARTER


class DossierHeadingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DossierHeading
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"heading_{n}")
    name = factory.LazyAttribute(lambda o: f"目录{o.code}")


class DossierItemFactory(_PaperFactory):
    class Meta:
        model = DossierItem

    organization = factory.SubFactory(OrganizationFactory)
    heading = factory.SubFactory(DossierHeadingFactory, code="test_heading")
    title = "章程"
