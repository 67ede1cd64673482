"""Notices about growth reviews. None of them tells what an opinion says: they are blind to each other until all are in."""

from collections import defaultdict

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evaluations.choices import OpinionStatus, Outcome, Party, ReviewStatus
from evaluations.models import GrowthRule, Opinion
from evaluations.policies.opinion import ROLE_OF_PARTY
from evaluations.policies.review import (
    barred_from,
    check_view_review,
    decider_roles,
    deciding_stage,
    possible_outcomes,
)
from incubator.accounts.choices import Role, Scope
from incubator.accounts.models import RoleGrant, User
from incubator.base.policies import verdict
from incubator.divisions.models import Division
from incubator.notifications.registries import NotificationKind, kinds
from organizations.choices import GrowthStage
from projects.models import IncubationProject
from projects.notifications.stage import holders_of
from projects.notifications.telling import holders_here, tell


class ReviewNotice(NotificationKind):
    """Data: ``organization``, ``person`` (who did it, or ""), ``due`` (day)."""


@kinds.register
class SelfScoreAsked(ReviewNotice):
    code = "review.self_score"
    label = _("the own score of my organization is asked for")
    template = "evaluations/email/review_self_score"
    duty = True


@kinds.register
class OpinionAsked(ReviewNotice):
    """Data: ``party`` (code) as well."""

    code = "review.opinion_asked"
    label = _("my opinion is asked for in a growth review")
    template = "evaluations/email/review_opinion_asked"
    duty = True

    @classmethod
    def context(cls, data):
        return data | {"party_label": Party(data["party"]).label}


@kinds.register
class YearlyOpened(NotificationKind):
    """Data: ``place``, ``number``, ``due``."""

    code = "review.yearly_opened"
    label = _("the yearly growth reviews of a place were opened")
    template = "evaluations/email/review_yearly_opened"


@kinds.register
class ReviewCalled(ReviewNotice):
    code = "review.called"
    label = _("a growth review waits for my decision")
    template = "evaluations/email/review_called"
    duty = True


@kinds.register
class ReviewWithdrawn(ReviewNotice):
    """Data: ``reason`` as well."""

    code = "review.withdrawn"
    label = _("a growth review was taken back")
    template = "evaluations/email/review_withdrawn"


@kinds.register
class GrowthDecided(ReviewNotice):
    """Data: ``outcome``, ``stage`` (codes), ``reason`` as well."""

    code = "growth.decided"
    label = _("how an organization grows was decided")
    template = "evaluations/email/growth_decided"

    @classmethod
    def context(cls, data):
        return data | {
            "outcome_label": Outcome(data["outcome"]).label, "stage_label": GrowthStage(data["stage"]).label,
        }  # fmt: skip


def leaders_of(organizations):
    """{organization pk: keys of the people who lead it and have an account}, in one query."""
    keys = {organization.uuid: organization.pk for organization in organizations}
    grants = RoleGrant.objects.active().filter(
        role=Role.ORGANIZATION_LEADER, scope=Scope.ORGANIZATION, body_uuid__in=list(keys), user__is_active=True
    )
    found = defaultdict(set)
    for body, person in grants.order_by("pk").values_list("body_uuid", "user_id"):
        found[keys[body]].add(person)
    return dict(found)


def people_of(review, party, without=frozenset()):
    """Keys of those who answer for a party, the nearest first: of the community and its street, else whoever else holds the
    role for it. ``without``: keys of those who do not any more."""
    if party == Party.ORGANIZATION:
        return leaders_of([review.organization]).get(review.organization_id, set()) - without
    role = ROLE_OF_PARTY[party]
    return holders_here(review.community, role) - without or holders_of([role], review.community) - without


def deciders_of(review):
    """Keys of those who may decide: the roles whose turn it is, without those who worked with the organization, belong to it
    or gave an opinion."""
    here, place = review.organization.growth_stage, review.community
    outcomes = possible_outcomes(here)
    turns = {deciding_stage(outcome, here, to_stage) for outcome, to_stage in outcomes if outcome != Outcome.LOWER}
    rules = list(GrowthRule.objects.of(place))
    roles = {role for turn in turns for role in decider_roles(place, turn, rules=rules)}
    return holders_of(sorted(roles), place) - barred_from(review.organization) - speakers_of(review)


def speakers_of(review):
    """Keys of those who gave an opinion."""
    given = Opinion.objects.filter(review=review, status=OpinionStatus.SUBMITTED)
    return set(given.order_by().values_list("author_id", flat=True))


def tell_leaders(kind, review, event, leaders, actor):
    _tell(kind, review, f"{kind}:{event.pk}", leaders.get(review.organization_id, set()), actor)


def tell_parties(review, event, actor):
    """Each party that is asked, also the one who opened the review: it is still theirs to answer."""
    for opinion in review.opinions.filter(status=OpinionStatus.ASKED).order_by("pk"):
        tell_party(review, opinion, event, people_of(review, opinion.party))


def tell_party(review, opinion, event, people):
    key = f"review.opinion_asked:{event.pk}:{opinion.party}"
    _tell("review.opinion_asked", review, key, people, None, {"party": opinion.party})


def tell_deciders(review, event, actor):
    _tell("review.called", review, f"review.called:{event.pk}", deciders_of(review), None)


def tell_everybody(kind, review, event, actor, data=None):
    """The leaders, who opened it, who answered, and who leads a project of the organization, as far as they still read the
    review."""
    people = set(leaders_of([review.organization]).get(review.organization_id, set())) | {review.opened_by_id}
    people |= set(Opinion.objects.filter(review=review, author__isnull=False).values_list("author_id", flat=True))
    projects = IncubationProject.objects.running().of_organization(review.organization)
    people |= set(projects.order_by().values_list("lead_id", flat=True))
    found = User.objects.filter(pk__in=people, is_active=True).order_by("pk")
    still = {person.pk for person in found if verdict(check_view_review, person, review)}
    _tell(kind, review, f"{kind}:{event.pk}", still, actor, data)


def tell_of_yearly(division, number, due_on, actor, *, day):
    """One notice for all reviews of the place to those who are asked in it: offices, communities, social workers."""
    grants = RoleGrant.objects.active().filter(
        role__in=[Role.COMMUNITY_STAFF, Role.SOCIAL_WORKER],
        division__in=Division.objects.within([division]).values("pk"),
    )
    people = set(grants.values_list("user_id", flat=True)) | holders_here(division, Role.SOCIAL_WORKER) | {actor.pk}
    return tell(
        "review.yearly_opened", people, dedup_key=f"review.yearly_opened:{division.code}:{day}",
        data={"place": division.name, "number": number, "due": f"{due_on}"}, link=reverse("evaluations:review-list"),
    )  # fmt: skip


def tell_leaders_of_yearly(review):
    people = leaders_of([review.organization]).get(review.organization_id, set())
    if review.status == ReviewStatus.OPEN:
        return _tell("review.self_score", review, f"review.self_score:{review.uuid}", people, None)
    if review.status == ReviewStatus.OPINIONS:
        key = f"review.opinion_asked:{review.uuid}"
        return _tell("review.opinion_asked", review, key, people, None, {"party": Party.ORGANIZATION})
    return 0


def _tell(kind, review, key, people, actor, data=None):
    facts = {
        "organization": review.organization.name, "person": str(actor or ""), "due": f"{review.opinions_due_on}",
    }  # fmt: skip
    return tell(kind, people, dedup_key=key, actor=actor, link=review.get_absolute_url(), data=facts | (data or {}))
