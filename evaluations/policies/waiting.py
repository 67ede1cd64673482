"""What waits for a person: the same rules as the policies, asked of all reviews at once."""

from django.db.models import Q

from evaluations.choices import OpinionStatus, Party, ReviewStatus
from evaluations.models import GrowthReview, GrowthRule, Opinion
from evaluations.policies.opinion import ROLE_OF_PARTY
from evaluations.policies.review import (
    decider_roles,
    deciding_stage,
    organizations_worked_with,
    own_organizations,
    possible_outcomes,
)
from incubator.accounts.choices import Role
from incubator.divisions.models import Division
from projects.policies.stage import holds_one_of
from projects.querysets.reach import led_by


def reviews_to_decide(user):
    """Reviews of growth that wait for a decision of this person, as :func:`check_decide_growth` says. Rules differ by
    place and stage, so each (community, stage) with a waiting review is asked once."""
    if not user.is_authenticated:
        return GrowthReview.objects.none()
    visible = GrowthReview.objects.visible_to(user).of_growth().waiting_for_decision()
    asked = list(
        visible.order_by().values_list("community_id", "community__code", "organization__growth_stage").distinct()
    )
    if not asked:
        return visible.none()
    # Asked by themselves: inside another question they would be nested deeper than SQLite reads.
    barred = set(organizations_worked_with(user).union(own_organizations(user)))
    spoke = Opinion.objects.filter(author=user, status=OpinionStatus.SUBMITTED).values("review_id")
    return visible.filter(_mine(user, asked)).exclude(pk__in=spoke).exclude(organization__in=barred)


def _mine(user, asked):
    rules = list(GrowthRule.objects.of(*(Division(code=code) for _key, code, _stage in asked)))
    wanted = Q(pk__in=[])
    for key, code, stage in asked:
        place = Division(pk=key, code=code)
        turns = {deciding_stage(outcome, stage, to_stage) for outcome, to_stage in possible_outcomes(stage)}
        if any(holds_one_of(user, decider_roles(place, turn, rules=rules), place) for turn in turns):
            wanted |= Q(community=key, organization__growth_stage=stage)
    return wanted


def opinions_to_give(user):
    """Opinions that are asked of this person and still open; as :func:`check_give_opinion` says."""
    if not user.is_authenticated:
        return Opinion.objects.none()
    wanted = Q(pk__in=[])
    for party, role in ROLE_OF_PARTY.items():
        if places := user.access.divisions(role):
            wanted |= Q(party=party, review__community__in=Division.objects.within(places).values("pk"))
    if user.access.has(Role.ORGANIZATION_LEADER):
        wanted |= Q(party=Party.ORGANIZATION, review__organization__in=led_by(user).values("pk"))
    answered = Opinion.objects.filter(author=user).values("review_id")
    return Opinion.objects.filter(
        wanted, status=OpinionStatus.ASKED, review__status=ReviewStatus.OPINIONS
    ).exclude(review__in=answered)  # fmt: skip


def reviews_waiting_for(user):
    """Reviews in which it is this person's turn: to decide, to give an opinion (also on the gate of a project), or to score
    their own organization."""
    wanted = Q(pk__in=reviews_to_decide(user).values("pk")) | Q(pk__in=opinions_to_give(user).values("review_id"))
    if user.access.has(Role.ORGANIZATION_LEADER):
        wanted |= Q(status=ReviewStatus.OPEN, organization__in=led_by(user).values("pk"))
    return GrowthReview.objects.filter(wanted)
