"""What is known of a community beyond its code."""

from django.db import transaction

from incubator.audit import services as audit
from incubator.divisions.models import Division
from organizations.models import CommunityProfile

EDITABLE = (
    "population", "households", "area_hectares", "service_center", "contact_name", "contact_phone", "about",
)  # fmt: skip
PERSONAL = {"contact_name", "contact_phone"}


@transaction.atomic
def update_community(*, community_id, actor, edition="", **facts):
    """Write down what is known of a community; facts that are not named stay. StaleEdition when the person saw an older
    edition of the profile.

    1. The profile, made when there was none. 2. Audit ``community.updated`` with the changed facts (personal ones
    masked). When nothing differs, nothing is written.
    """
    if unknown := facts.keys() - set(EDITABLE):
        raise TypeError(f"not a fact of a community: {', '.join(sorted(unknown))}")
    # The community is locked, not its profile: there may be none yet, and two people may write the first one.
    community = Division.objects.select_for_update(of=("self",), no_key=True).get(pk=community_id)
    profiles = CommunityProfile.objects.select_for_update(of=("self",))
    profile = profiles.filter(community=community).first() or CommunityProfile(community=community)
    before = audit.snapshot(profile, EDITABLE)
    for name, value in facts.items():
        setattr(profile, name, value)
    data = audit.changes(profile, before, personal=PERSONAL)
    if data["changes"]:
        profile.check_edition(edition)
        profile.save_or_refuse()
        audit.record("community.updated", target=community, actor=actor, area=community, data=data)
    return profile
