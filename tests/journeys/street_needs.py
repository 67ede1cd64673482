"""Needs and resources of one street, in the states that their addresses ask for."""

from linkage.models import Match, ResourceUse
from organizations.models import NeedCategory, ResidentNeed, Resource, VenueBooking
from tests.factories.needs import (
    MatchFactory,
    NeedAddressFactory,
    NeedCategoryFactory,
    ResidentNeedFactory,
    ResourceFactory,
    ResourceUseFactory,
    VenueBookingFactory,
)


def needs_of(word, organization, worker):
    """{model: [record]}; ``word`` stands in all that people wrote."""
    community = organization.community
    street = community.parent
    facts = {"community": community, "raised_by": worker, "text": f"{word}细说"}
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
        ResourceUse: [ResourceUseFactory(resource=goods, need=needs[0], note=f"{word}借用", entered_by=worker)],
    }
