"""Rules of work, announcements and follow-ups. Give ``organization``; the community follows from it."""

import datetime

import factory

from projects.choices import AnnouncementStatus, FollowUpStatus
from projects.models import Announcement, FollowUp, WorkRule
from tests.factories.accounts import UserFactory
from tests.factories.organizations import OrganizationFactory

FILED_AT = datetime.datetime(2026, 11, 3, 1, 30, tzinfo=datetime.UTC)  # 09:30 in Shanghai, a Tuesday


class WorkRuleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = WorkRule


class AnnouncementFactory(factory.django.DjangoModelFactory):
    """Announced on 3 November 2026 for the 20th, to be answered by the end of the 6th. Traits: needing, agreed, objected,
    withdrawn."""

    class Meta:
        model = Announcement

    title = factory.Sequence(lambda n: f"邻里活动{n}")
    kind = "visit"
    organization = factory.SubFactory(OrganizationFactory)
    community = factory.SelfAttribute("organization.community")
    filed_by = factory.SubFactory(UserFactory)
    filed_at = FILED_AT
    starts_at = datetime.datetime(2026, 11, 20, 1, 0, tzinfo=datetime.UTC)
    due_at = datetime.datetime(2026, 11, 6, 16, 0, tzinfo=datetime.UTC)  # midnight after the 6th
    place_text = "小广场"
    expected_participants = 40
    purpose = "让邻居互相认识"

    class Params:
        needing = factory.Trait(needs_answer=True, concerns=["large"], safety_plan="两名队员在路口")
        answered = factory.Trait(
            answered_by=factory.SubFactory(UserFactory), answered_at=FILED_AT + datetime.timedelta(days=1)
        )
        agreed = factory.Trait(answered=True, status=AnnouncementStatus.AGREED)
        objected = factory.Trait(answered=True, status=AnnouncementStatus.OBJECTED, answer="当天广场有集市")
        withdrawn = factory.Trait(status=AnnouncementStatus.WITHDRAWN)


class FollowUpFactory(factory.django.DjangoModelFactory):
    """To be done by 6 November 2026. Traits: done, dropped; ``owner=None`` makes it the place's."""

    class Meta:
        model = FollowUp

    title = factory.Sequence(lambda n: f"带反光背心{n}")
    due_on = datetime.date(2026, 11, 6)
    organization = factory.SubFactory(OrganizationFactory)
    community = factory.SelfAttribute("organization.community")
    owner = factory.SubFactory(UserFactory)
    created_by = factory.SelfAttribute("owner")

    class Params:
        closed = factory.Trait(closed_by=factory.SubFactory(UserFactory), closed_at=FILED_AT)
        done = factory.Trait(closed=True, status=FollowUpStatus.DONE)
        dropped = factory.Trait(closed=True, status=FollowUpStatus.DROPPED, dropped_reason="不用了")
