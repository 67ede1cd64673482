"""Needs and resources of one street, in the states that their addresses ask for."""

import uuid

from django.utils import timezone

from linkage.models import Match, ResourceUse
from linkage.services.resource_use import use_resource
from organizations.models import NeedCategory, ResidentNeed, Resource, VenueBooking
from tests.factories.needs import (
    MatchFactory,
    NeedActivityFactory,
    NeedAddressFactory,
    NeedCategoryFactory,
    ResidentNeedFactory,
    ResourceFactory,
    VenueBookingFactory,
)


def needs_of(word, organization, worker, activity):
    """{model: [record]}; ``word`` stands in all that people wrote. One need was found on ``activity``, another was met by
    it; one came through the public page, and nobody has read it yet."""
    community = organization.community
    street = community.parent
    facts = {
        "community": community, "raised_by": worker, "text": f"{word}细说", "contact_name": f"{word}求助人",
        "contact_phone": "13800000000", "consented_at": timezone.now(), "consent_text": "同意回电",
    }  # fmt: skip
    states = ({}, {"accepted": True}, {"assigned": True, "organization": organization}, {"met": True}, {"rated": True})
    needs = [ResidentNeedFactory(**facts, **state, title=f"{word}需求{number}") for number, state in enumerate(states)]
    needs.append(
        ResidentNeedFactory(
            **facts,
            looked_at=True,
            title=f"{word}转介",
            status="referred",
            referred_to="grid",
            referred_at=needs[1].accepted_at,
        )
    )
    needs.append(ResidentNeedFactory(community=community, public=True, title=f"{word}街坊来信"))
    for need, role in ((needs[0], "found"), (needs[3], "met")):
        NeedActivityFactory(need=need, activity=activity, role=role, noted_by=worker)
    NeedAddressFactory(community=community, created_by=worker)
    own = {"created_by": worker, "owner_text": f"{word}提供方", "contact_name": f"{word}联系人"}
    goods = ResourceFactory(**own, division=community, title=f"{word}折叠椅")
    venue = ResourceFactory(**own, division=street, title=f"{word}活动室", venue=True)
    return {
        NeedCategory: [NeedCategoryFactory(code=f"own-{street.code}", name=f"{word}类别", division=street)],
        ResidentNeed: needs,
        Resource: [goods, venue],
        VenueBooking: [VenueBookingFactory(resource=venue, title=f"{word}排练", booked_by=worker)],
        Match: [MatchFactory(need=needs[1], organization=organization, proposed_by=worker, note=f"{word}请帮忙")],
        ResourceUse: [
            use_resource(
                uuid=uuid.uuid4(),
                resource_id=goods.pk,
                actor=worker,
                used_on=timezone.localdate(),
                need=needs[0],
                quantity=1,
                note=f"{word}借用",
            )
        ],
    }
