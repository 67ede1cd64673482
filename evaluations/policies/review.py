"""Who opens a growth review, who is asked, who scores, and who decides. The message is the sentence the person reads.

Who decides is data: a rule of the place (``GrowthRule``), else the defaults here. Nobody decides who worked with the
organization, belongs to it or gave an opinion in the review; triggers of the database hold the same.
"""

from django.core.exceptions import PermissionDenied
from django.db.models import Q, Value
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from evaluations.choices import RUNNING_REVIEWS, OpinionStatus, Outcome, ReviewStatus
from evaluations.models import GrowthRule, Opinion
from incubator.accounts.choices import Role
from incubator.base.policies import signed_in
from incubator.divisions.choices import Level
from organizations.choices import RATED_STAGES, GrowthStage
from organizations.models import SocialOrganization
from organizations.policies.organization import check_view_organization, leads, supervises_place
from projects.models import Activity, ActivityLink, IncubationProject, ProjectPartner
from projects.policies.stage import holds_one_of, role_words
from projects.querysets.reach import CASE_READERS, LOGGERS

DEFAULT_DECIDERS = {
    GrowthStage.SEED: (Role.COMMUNITY_STAFF,),
    GrowthStage.SEEDLING: (Role.COMMUNITY_STAFF,),
    GrowthStage.SAPLING: (Role.STREET_STAFF,),
    GrowthStage.TREE: (Role.STREET_STAFF,),
}
# Roles that a rule may name: all of them read the casework of their place.
POSSIBLE_DECIDERS = (
    Role.COMMUNITY_STAFF, Role.HUB_CENTER, Role.STREET_STAFF, Role.EVALUATOR, Role.DISTRICT_ADMIN,
)  # fmt: skip
OPENERS = (*LOGGERS, Role.STREET_STAFF)
YEARLY_OPENERS = (Role.STREET_STAFF, Role.HUB_CENTER)


# --- who decides ---
def rule_of(division, stage, *, rules=None):
    """The nearest rule of the place for the stage, or None. ``rules``: those of all places concerned, the nearest first,
    when they are read already."""
    found = GrowthRule.objects.of(division) if rules is None else rules
    return next((rule for rule in found if rule.stage == stage and rule.division.contains(division)), None)


def decider_roles(division, stage, *, rules=None):
    """The roles that decide in ``division`` that an organization is of ``stage``: those of the nearest rule, else the
    default."""
    rule = rule_of(division, stage, rules=rules)
    return tuple(rule.roles) if rule and rule.roles else DEFAULT_DECIDERS[GrowthStage(stage)]


def rank(stage):
    """Position of a stage; -1 for an organization that was never reviewed."""
    return RATED_STAGES.index(stage) if stage in RATED_STAGES else -1


def deciding_stage(outcome, from_stage, to_stage):
    """Whose turn it is hangs on one stage: the one that is granted; when nothing is granted, the one that would be next;
    when it goes down, the higher of the two."""
    if outcome == Outcome.PROMOTE:
        return to_stage
    if outcome == Outcome.LOWER:
        return from_stage
    return RATED_STAGES[min(rank(from_stage) + 1, len(RATED_STAGES) - 1)]


def possible_outcomes(from_stage):
    """[(outcome, to_stage)] that there are from a stage."""
    here = rank(from_stage)
    found = [(Outcome.PROMOTE, stage) for stage in RATED_STAGES[here + 1 :]]
    if here >= 0:
        found.append((Outcome.HOLD, RATED_STAGES[here]))
    return found + [(Outcome.LOWER, stage) for stage in reversed(RATED_STAGES[: max(here, 0)])]


def outcomes_for(user, review, known=None):
    """Those of the outcomes that this person may decide."""
    from_stage, place = review.organization.growth_stage, review.community
    rules = (known or known_about(user, review)).rules
    mine = {stage: holds_one_of(user, decider_roles(place, stage, rules=rules), place) for stage in RATED_STAGES}
    return [
        (outcome, to_stage)
        for outcome, to_stage in possible_outcomes(from_stage)
        if mine[deciding_stage(outcome, from_stage, to_stage)]
    ]


def organizations_worked_with(user):
    """Keys of the organizations that the person worked with, as a query: leads or led, was in the team of, or did something
    for a project of it, or recorded or took part in an activity of it."""
    projects = IncubationProject.objects.worked_on_by(user)
    done = Activity.objects.handed_in().filter(Q(recorded_by=user) | Q(staff__user=user)).order_by()
    links = ActivityLink.objects.filter(activity__in=done.values("pk")).order_by()
    partners = ProjectPartner.objects.filter(project__in=projects.values("pk")).order_by()
    found = SocialOrganization.objects.order_by().filter(
        Q(pk__in=projects.order_by().values("organization_id"))
        | Q(pk__in=partners.values("organization_id"))
        | Q(pk__in=links.values("organization_id"))
        | Q(pk__in=done.values("organization_id"))
    )
    return found.values_list("pk", flat=True)


def own_organizations(user):
    """Keys of the organizations that the person leads or led, or is or was a member of, as a query."""
    return SocialOrganization.objects.belonging_to(user).order_by().values_list("pk", flat=True)


def barred_from(organization):
    """Keys of all who worked with the organization or belong to it, for telling those who decide:
    :func:`organizations_worked_with` and :func:`own_organizations` the other way round. A number of queries that does
    not grow with the people."""
    done = Activity.objects.handed_in()
    done = done.serving(organization) | done.filter(organization=organization)
    projects = IncubationProject.objects.of_organization(organization)
    own = SocialOrganization.objects.filter(pk=organization.pk)
    return projects.people() | done.people() | own.people()


def decided_by_whom(division, stage, *, rules=None):
    roles = decider_roles(division, stage, rules=rules)
    return _("Here this is decided by: %(roles)s.") % {"roles": role_words(roles)}


class Known:
    """What :func:`check_decide_growth` asks of a person about one review or many, each question once and only when it
    comes up: in as many queries for fifty reviews as for one."""

    def __init__(self, user, reviews):
        self.user, self.reviews = user, list(reviews)

    @cached_property
    def rules(self):
        """Those of all places concerned, the nearest first."""
        return list(GrowthRule.objects.of(*(review.community for review in self.reviews)))

    @cached_property
    def barred(self):
        """{key of an organization: "own" or "worked"}: on which of them the person does not decide, and why."""
        here = {"pk__in": {review.organization_id for review in self.reviews}}
        worked = organizations_worked_with(self.user).filter(**here).annotate(why=Value("worked"))
        own = own_organizations(self.user).filter(**here).annotate(why=Value("own"))
        return dict(worked.values_list("pk", "why").union(own.values_list("pk", "why")).order_by("why").reverse())

    @cached_property
    def spoke_in(self):
        """Keys of the reviews that the person gave an opinion in."""
        given = Opinion.objects.filter(author=self.user, status=OpinionStatus.SUBMITTED, review__in=self.reviews)
        return set(given.order_by().values_list("review_id", flat=True))


def known_about(user, review):
    """The answers about one review as it was read: kept with it, since a page asks several policies. Whoever writes
    reads the review anew first."""
    kept = review.__dict__.setdefault("_known", {})
    if user.pk not in kept:
        kept[user.pk] = Known(user, [review])
    return kept[user.pk]


# --- seeing ---
def check_list_reviews(user):
    signed_in(user)


def check_view_review(user, review=None):
    """The same rule as ``GrowthReview.objects.visible_to``; a test holds them against each other."""
    signed_in(user)
    if review is None or leads(user, review.organization):
        return
    if not user.access.covers(review.community, *CASE_READERS) and not supervises_place(user, review.community):
        raise PermissionDenied(_("This review is about an organization in a place that you have no role in."))


def check_view_growth(user, organization=None):
    """What is missing to the next stage: whoever reads the casework, and the organization itself."""
    signed_in(user)
    if organization is None or leads(user, organization):
        return
    place = organization.community
    if not user.access.covers(place, *CASE_READERS) and not supervises_place(user, place):
        raise PermissionDenied(_("Reviews are read by those who accompany the organization and its offices."))


# --- opening ---
def check_open_review(user, organization=None):
    signed_in(user)
    if organization is None:
        return
    check_view_organization(user, organization)
    if organization.state == "dissolved":
        raise PermissionDenied(_("The organization is dissolved; its file is closed."))
    place = organization.community
    if leads(user, organization) or user.access.covers(place, *OPENERS) or supervises_place(user, place):
        return
    raise PermissionDenied(
        _("A review is opened by the social worker, the supervisor, the community, the centre or the street, and asked "
          "for by the organization's leader.")
    )  # fmt: skip


def check_open_yearly_reviews(user, division=None):
    signed_in(user)
    if not user.access.has(*YEARLY_OPENERS):
        raise PermissionDenied(_("The yearly reviews of a street are opened by the street office or the centre."))
    if division is not None and not user.access.covers(division, *YEARLY_OPENERS):
        raise PermissionDenied(_("This is another place. Its own offices open the reviews there."))
    if division is not None and division.level not in {Level.STREET, Level.COMMUNITY}:
        raise PermissionDenied(_("Please choose a street or a community."))


def _keeps(user, review):
    return user.access.covers(review.community, *OPENERS) or supervises_place(user, review.community)


def check_ask_opinions(user, review=None):
    signed_in(user)
    if review is None:
        return
    check_view_review(user, review)
    if review.status != ReviewStatus.OPEN:
        raise PermissionDenied(_("The opinions are asked for already."))
    if not _keeps(user, review):
        raise PermissionDenied(_("Those who open reviews in this place ask for the opinions."))


def check_withdraw_review(user, review=None):
    """Who opened it, those who open reviews in the place, and those who decide."""
    signed_in(user)
    if review is None:
        return
    check_view_review(user, review)
    if review.status not in RUNNING_REVIEWS:
        raise PermissionDenied(_("This review is over."))
    if review.gate_id is not None:
        raise PermissionDenied(_("The gate of a project is taken back with its request."))
    if review.opened_by_id != user.pk and not _keeps(user, review) and not outcomes_for(user, review):
        raise PermissionDenied(_("Who opened the review, or an office of the place, takes it back."))


def check_call_for_decision(user, review=None):
    signed_in(user)
    if review is None:
        return
    check_view_review(user, review)
    if review.status not in {ReviewStatus.OPEN, ReviewStatus.OPINIONS}:
        raise PermissionDenied(_("The review waits for its decision already, or is over."))
    if not _keeps(user, review) and (review.gate_id is not None or not outcomes_for(user, review)):
        raise PermissionDenied(_("Those who open reviews in this place, or decide on them, call for the decision."))


# --- deciding ---
def check_turn(user, review, known=None):
    """Whose turn it is in this place, and nobody who belongs to the organization or worked with it."""
    known = known or known_about(user, review)
    if not outcomes_for(user, review, known):
        next_up = deciding_stage(Outcome.HOLD, review.organization.growth_stage, "")
        raise PermissionDenied(decided_by_whom(review.community, next_up, rules=known.rules))
    why = known.barred.get(review.organization_id)
    if why == "own":
        raise PermissionDenied(_("Nobody decides on an organization that they lead or are a member of."))
    if why == "worked":
        raise PermissionDenied(_("You have worked with this organization, so a colleague who has not decides."))


def check_decide_growth(user, review=None, outcome=None, to_stage=None, known=None):
    """Whose turn it is, then what speaks against this very person. With ``outcome`` and ``to_stage``: whether they
    decide that. ``known``: read for many reviews at once."""
    signed_in(user)
    if review is None:
        return
    check_view_review(user, review)
    if review.gate_id is not None:
        raise PermissionDenied(_("The gate of a project is decided on the page of its request."))
    known = known or known_about(user, review)
    check_turn(user, review, known)
    if review.pk in known.spoke_in:
        raise PermissionDenied(_("You gave an opinion in this review, so a colleague who did not decides."))
    if review.status != ReviewStatus.DECIDING:
        raise PermissionDenied(
            _("The review is over.") if review.status not in RUNNING_REVIEWS
            else _("The decision comes when the opinions are in or their time is over.")
        )  # fmt: skip
    here, wanted = review.organization.growth_stage, (outcome, to_stage)
    if wanted in possible_outcomes(here) and wanted not in outcomes_for(user, review, known):
        next_up = deciding_stage(outcome, here, to_stage)
        raise PermissionDenied(decided_by_whom(review.community, next_up, rules=known.rules))


def check_view_decision(user, decision=None):
    """Whoever reads the review reads its decision."""
    signed_in(user)
    if decision is not None:
        check_view_review(user, decision.review)
