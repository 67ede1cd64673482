"""Notices about matches."""

from django.utils.translation import gettext_lazy as _

from incubator.accounts.choices import Role, Scope
from incubator.accounts.models import RoleGrant, User
from incubator.notifications.registries import NotificationKind, kinds
from incubator.notifications.services import notify


class MatchNotice(NotificationKind):
    """Data: ``community``, ``category`` and ``name`` (of the organization or resource); never a resident's words."""


@kinds.register
class MatchProposed(MatchNotice):
    code = "match.proposed"
    label = _("I am asked to answer a need")
    template = "linkage/email/match_proposed"


@kinds.register
class MatchAnswered(MatchNotice):
    code = "match.answered"
    label = _("somebody answered my question about a need")
    template = "linkage/email/match_answered"


def notify_proposal(match, actor):
    """The leaders of the organization that is asked; nobody, when the owner has no account here."""
    organization = match.answering_organization
    if organization is None:
        return
    grants = RoleGrant.objects.active().filter(
        role=Role.ORGANIZATION_LEADER, scope=Scope.ORGANIZATION, body_uuid=organization.uuid
    )
    _tell("match.proposed", match, actor, set(grants.values_list("user_id", flat=True)))


def notify_answer(match, actor):
    _tell("match.answered", match, actor, {match.proposed_by_id})


def _tell(kind, match, actor, people):
    need = match.need
    data = {
        "community": need.community.name, "category": need.category.name, "name": str(match),
        "accepted": match.status == "accepted",
    }  # fmt: skip
    for person in User.objects.filter(pk__in=people - {actor.pk}, is_active=True).order_by("pk"):
        notify(kind, recipient=person, dedup_key=f"{kind}:{match.uuid}", data=data, link=match.get_absolute_url())
