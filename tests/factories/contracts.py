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
    ActivityPlan,
    AgencyHandover,
    Announcement,
    ContractIndicator,
    Evidence,
    FollowUp,
    ServiceContract,
)
from tests.factories.accounts import UserFactory
from tests.factories.organizations import AgencyFactory
from tests.factories.projects import STARTS_AT, ActivityFactory, ProjectFactory


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


class PlanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ActivityPlan

    project = factory.SubFactory(ProjectFactory)
    kind = "visit"
    title = factory.Sequence(lambda n: f"计划的走访{n}")
    planned_on = datetime.date(2099, 3, 1)


class OpenFollowUpFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FollowUp

    title = factory.Sequence(lambda n: f"带反光背心{n}")
    due_on = datetime.date(2026, 12, 1)
    owner = factory.SubFactory(UserFactory)


class FiledAnnouncementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Announcement

    title = factory.Sequence(lambda n: f"消防演练{n}")
    kind = "visit"
    starts_at = STARTS_AT + datetime.timedelta(days=3650)
    place_text = "活动室"
    expected_participants = 30
    purpose = "学会用灭火器"
    filed_at = STARTS_AT
    due_at = STARTS_AT


class PhotoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Evidence

    class Params:
        content = factory.LazyFunction(jpeg)

    activity = factory.SubFactory(ActivityFactory)
    caption = factory.Sequence(lambda n: f"合影{n}")
    uploaded_by = factory.SubFactory(UserFactory)
    original_name = "photo.jpg"
    content_type = "image/jpeg"
    extension = "jpg"
    size = factory.LazyAttribute(lambda o: len(o.content))
    sha256 = factory.LazyAttribute(lambda o: hashlib.sha256(o.content).hexdigest())
    source_sha256 = factory.Sequence(lambda n: hashlib.sha256(str(n).encode()).hexdigest())
    file = factory.LazyAttribute(lambda o: ContentFile(o.content, name="photo.jpg"))


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
