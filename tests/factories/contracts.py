"""Service contracts, hand-overs, plans and pictures: what papers and figures are made from."""

import datetime
import hashlib
import io

import factory
from django.core.files.base import ContentFile
from PIL import Image

from incubator.base.files import OFFICE
from incubator.reporting.models import PaperTemplate
from incubator.reporting.papers import find_paper
from projects.models import (
    AgencyHandover,
    ContractIndicator,
    ServiceContract,
)
from tests.factories.accounts import UserFactory
from tests.factories.organizations import AgencyFactory


def jpeg(colour="green"):
    written = io.BytesIO()
    Image.new("RGB", (400, 300), colour).save(written, "JPEG")
    return written.getvalue()


class ContractFactory(factory.django.DjangoModelFactory):
    """The year 2026. Give ``places=[…]``."""

    class Meta:
        model = ServiceContract
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"培育服务合同{n}")
    purchaser = "清泰街道办事处"
    agency = factory.SubFactory(AgencyFactory)
    starts_on = datetime.date(2026, 1, 1)
    ends_on = datetime.date(2026, 12, 31)
    amount_fen = 20_000_000
    created_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def places(self, create, extracted, **kwargs):
        if create:
            self.places.set(extracted or [])


class IndicatorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ContractIndicator

    contract = factory.SubFactory(ContractFactory)
    name = factory.Sequence(lambda n: f"指标{n}")
    target = 24


class HandoverFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AgencyHandover

    from_agency = factory.SubFactory(AgencyFactory)
    to_agency = factory.SubFactory(AgencyFactory)
    lead = factory.SubFactory(UserFactory)
    done_by = factory.SubFactory(UserFactory)
    handed_over_on = datetime.date(2026, 11, 1)
    reads_until = datetime.date(2099, 12, 31)
    listing = factory.LazyFunction(
        lambda: {"projects": [], "follow_ups": [], "plans": [], "announcements": [], "requests": []}
    )
    listing_sha256 = "0" * 64


class PaperTemplateFactory(factory.django.DjangoModelFactory):
    """A street's own summary of activities, as it ships."""

    class Meta:
        model = PaperTemplate

    class Params:
        content = factory.LazyFunction(lambda: find_paper("projects/papers/activity_summary.docx").read_bytes())

    paper = "activity-summary"
    number = 1
    uploaded_by = factory.SubFactory(UserFactory)
    original_name = "own.docx"
    content_type = OFFICE["docx"]
    extension = "docx"
    size = factory.LazyAttribute(lambda o: len(o.content))
    sha256 = factory.LazyAttribute(lambda o: hashlib.sha256(o.content).hexdigest())
    file = factory.LazyAttribute(lambda o: ContentFile(o.content, name="own.docx"))
