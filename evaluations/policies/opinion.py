"""Who scores in which column, who answers for which party, and who reads an opinion when."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from evaluations.choices import OpinionStatus, Party, ReviewStatus, ScoreColumn
from evaluations.models import Opinion
from evaluations.policies.review import check_turn, check_view_review
from incubator.accounts.choices import Role
from incubator.base.policies import signed_in, verdict
from organizations.policies.organization import leads, supervises_place

# Who fills the panel's column (评估小组): those who look from outside or from above.
PANEL = (Role.HUB_CENTER, Role.EVALUATOR, Role.COMMUNITY_STAFF)
ROLE_OF_PARTY = {
    Party.COMMUNITY: Role.COMMUNITY_STAFF,
    Party.SOCIAL_WORKER: Role.SOCIAL_WORKER,
    Party.HUB_CENTER: Role.HUB_CENTER,
}


def check_score_review(user, review=None, column=None):
    """``column`` None: whether there is a column that the person fills."""
    signed_in(user)
    if review is None:
        return
    check_view_review(user, review)
    if review.gate_id is not None:
        raise PermissionDenied(_("The gate of a project is not scored."))
    if column is None:
        if not columns_for(user, review):
            raise PermissionDenied(_("The organization scores itself; the panel and those who decide score beside it."))
        return
    if column == ScoreColumn.SELF:
        if not leads(user, review.organization):
            raise PermissionDenied(_("The organization's leader gives its own score."))
        if review.status != ReviewStatus.OPEN:
            raise PermissionDenied(_("The own score was handed in, or its time is over."))
        return
    if review.status not in {ReviewStatus.OPINIONS, ReviewStatus.DECIDING}:
        raise PermissionDenied(_("Points are given while opinions are asked for and until the decision."))
    if column == ScoreColumn.PANEL:
        if not user.access.covers(review.community, *PANEL) and not supervises_place(user, review.community):
            raise PermissionDenied(_("The panel is the community, the centre, the evaluator and the supervisor."))
    else:
        check_turn(user, review)
    if speaks_still(user, review):
        raise PermissionDenied(_("Please give your opinion first. The points of others are shown after it."))


def columns_for(user, review):
    """The columns that the person may fill now, in order."""
    wanted = (review.standard.content.get("columns") if review.standard else None) or ScoreColumn.values
    return [column for column in ScoreColumn.values
            if column in wanted and verdict(check_score_review, user, review, column)]  # fmt: skip


def speaks_for(user, review, party):
    """Whether the person answers for the party."""
    if party == Party.ORGANIZATION:
        return leads(user, review.organization)
    return user.access.covers(review.community, ROLE_OF_PARTY[party])


def opinions_are_shown(review):
    """Whether others read an opinion: at once where the review is not blind, else when all are in or the time is over."""
    return not review.is_blind or review.status in {ReviewStatus.DECIDING, ReviewStatus.DECIDED}


def reads_opinion(user, opinion):
    return opinions_are_shown(opinion.review) or opinion.author_id == user.pk


def check_view_opinion(user, opinion=None):
    signed_in(user)
    if opinion is None:
        return
    check_view_review(user, opinion.review)
    if not reads_opinion(user, opinion):
        raise PermissionDenied(_("Opinions are blind to each other: they are shown when all are in."))


def check_give_opinion(user, opinion=None):
    signed_in(user)
    if opinion is None:
        return
    review = opinion.review
    check_view_review(user, review)
    if not speaks_for(user, review, opinion.party):
        raise PermissionDenied(_("This opinion is asked of: %(party)s.") % {"party": opinion.get_party_display()})
    if opinion.status != OpinionStatus.ASKED:
        raise PermissionDenied(_("This opinion is in already."))
    if review.status != ReviewStatus.OPINIONS:
        raise PermissionDenied(_("Opinions are not asked for now."))
    if Opinion.objects.filter(review=review, author=user).exists():
        raise PermissionDenied(_("You have answered in this review already. A colleague gives this opinion."))


def check_recuse_opinion(user, opinion=None):
    check_give_opinion(user, opinion)


def speaks_still(user, review):
    """Whether an opinion is open that the person might give: until then nobody's points or words are shown to them."""
    if opinions_are_shown(review) or review.status != ReviewStatus.OPINIONS:
        return False
    opinions = list(review.opinions.all())
    if any(opinion.author_id == user.pk for opinion in opinions):
        return False
    return any(
        opinion.status == OpinionStatus.ASKED and speaks_for(user, review, opinion.party) for opinion in opinions
    )
