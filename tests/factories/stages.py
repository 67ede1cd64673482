"""Stages, agreements, documents, exit plans and admissions. Traits make the states, with the facts that each needs."""

import datetime
import hashlib

import factory
from django.core.files.base import ContentFile
from django.utils import timezone

from projects.choices import AdmissionStatus, DocumentKind, LeaveOutcome, ProjectStage, StageRequestStatus
from projects.models import Admission, ExitStep, IncubationAgreement, ProjectDocument, StageRequest, StageRule
from tests.factories.accounts import UserFactory
from tests.factories.divisions import DivisionFactory
from tests.factories.organizations import PDF, OrganizationFactory
from tests.factories.projects import ProjectFactory

DAY = datetime.date(2026, 3, 2)


class StageRequestFactory(factory.django.DjangoModelFactory):
    """An open request to leave the stage that the project is in. Traits: passed, held."""

    class Meta:
        model = StageRequest

    project = factory.SubFactory(ProjectFactory)
    from_stage = ProjectStage.PREPARATION
    to_stage = ProjectStage.CULTIVATION
    checklist_sha256 = "0" * 64
    requested_by = factory.SelfAttribute("project.lead")
    requested_at = factory.LazyFunction(timezone.now)

    class Params:
        decided = factory.Trait(
            decided_by=factory.SubFactory(UserFactory), decided_at=factory.LazyFunction(timezone.now), reason="齐了"
        )
        passed = factory.Trait(decided=True, status=StageRequestStatus.PASSED)
        held = factory.Trait(decided=True, status=StageRequestStatus.HELD)


class StageRuleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StageRule

    division = factory.SubFactory(DivisionFactory)
    from_stage = ProjectStage.PREPARATION
    roles = factory.LazyFunction(lambda: ["street_staff"])


class AgreementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = IncubationAgreement

    project = factory.SubFactory(ProjectFactory)
    parties = "甲方：社工机构\n乙方：组织"
    starts_on = DAY
    ends_on = datetime.date(2027, 3, 1)
    services = "培训、督导"


class ProjectDocumentFactory(factory.django.DjangoModelFactory):
    """A small PDF; give ``content`` for other bytes."""

    class Meta:
        model = ProjectDocument

    class Params:
        content = factory.Sequence(lambda n: PDF + str(n).encode())

    project = factory.SubFactory(ProjectFactory)
    kind = DocumentKind.OTHER
    title = "材料"
    uploaded_by = factory.SelfAttribute("project.lead")
    original_name = "材料.pdf"
    content_type = "application/pdf"
    extension = "pdf"
    size = factory.LazyAttribute(lambda o: len(o.content))
    sha256 = factory.LazyAttribute(lambda o: hashlib.sha256(o.content).hexdigest())
    file = factory.LazyAttribute(lambda o: ContentFile(o.content, name="paper.pdf"))


class ExitStepFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ExitStep

    project = factory.SubFactory(ProjectFactory)
    task = "排班"
    taken_over_by = "周队长"
    due_on = DAY


class AdmissionFactory(factory.django.DjangoModelFactory):
    """An application. Traits: screened, admitted, refused, left, with their facts and people of their own."""

    class Meta:
        model = Admission

    organization = factory.SubFactory(OrganizationFactory)
    community = factory.SelfAttribute("organization.community")
    applied_by = factory.SubFactory(UserFactory)
    applied_at = factory.LazyFunction(timezone.now)
    check_due_on = DAY

    class Params:
        looked_at = factory.Trait(
            screened_by=factory.SubFactory(UserFactory),
            screened_at=factory.LazyFunction(timezone.now),
            screened_opinion="材料齐全",
        )
        reviewed = factory.Trait(
            looked_at=True,
            decided_by=factory.SubFactory(UserFactory),
            decided_at=factory.LazyFunction(timezone.now),
            reason="同意",
            admitted_on=DAY,
            until_on=datetime.date(2027, 3, 1),
            first_until_on=datetime.date(2027, 3, 1),
        )
        screened = factory.Trait(looked_at=True, status=AdmissionStatus.SCREENED)
        admitted = factory.Trait(reviewed=True, status=AdmissionStatus.ADMITTED)
        refused = factory.Trait(
            status=AdmissionStatus.REFUSED,
            decided_by=factory.SubFactory(UserFactory),
            decided_at=factory.LazyFunction(timezone.now),
            reason="人数不足",
        )
        left = factory.Trait(
            reviewed=True,
            status=AdmissionStatus.LEFT,
            outcome=LeaveOutcome.GRADUATED,
            left_on=datetime.date(2026, 11, 2),
            left_reason="目标达成",
            handover_due_on=datetime.date(2026, 11, 23),
        )
