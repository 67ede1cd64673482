"""Who brings needs, organizations and resources together. People decide: those who serve the place ask, whoever is asked
answers."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role
from incubator.base.policies import signed_in
from linkage.choices import MatchStatus
from organizations.choices import OPEN_NEEDS
from organizations.policies import need as needs
from organizations.policies import resource as resources
from organizations.policies.organization import leads


def check_list_three_lists(user, thing=None):
    needs.check_list_needs(user)


def check_view_chain(user, need):
    needs.check_view_need(user, need)


def check_propose_match(user, need):
    needs.check_view_need(user, need)
    if not needs.serves(user, need.community):
        raise PermissionDenied(_("Organizations and owners are asked by those who serve the community."))
    if need.status not in OPEN_NEEDS:
        raise PermissionDenied(_("This need is settled already."))


def check_view_match(user, match):
    """The same rule as ``Match.objects.visible_to``; a test holds them against each other."""
    signed_in(user)
    for organization in (match.organization, match.resource and match.resource.organization):
        if organization is not None and leads(user, organization):
            return
    needs.check_view_need(user, match.need)


def _check_answer(user, match):
    """The leaders of the organization that is asked; those who serve the place write down what they were told otherwise,
    by an owner without an account for instance."""
    check_view_match(user, match)
    if match.status != MatchStatus.PROPOSED:
        raise PermissionDenied(_("This has been answered already."))
    organization = match.answering_organization
    if organization is not None and leads(user, organization):
        return
    if not needs.serves(user, match.need.community):
        raise PermissionDenied(_("The organization that is asked answers; the community may write down its answer."))


def check_accept_match(user, match):
    _check_answer(user, match)


def check_decline_match(user, match):
    _check_answer(user, match)


def check_withdraw_match(user, match):
    check_view_match(user, match)
    if match.status != MatchStatus.PROPOSED:
        raise PermissionDenied(_("This has been answered already."))
    if match.proposed_by_id != user.pk and not needs.serves(user, match.need.community):
        raise PermissionDenied(_("A question is taken back by whoever asked it."))


def check_raise_need_on_visit(user, activity):
    """The activity stays linked to the need: a draft may have no community yet, and can still be thrown away."""
    if activity.is_draft:
        raise PermissionDenied(_("Please save the record first: then the need is linked to it."))
    needs.check_raise_need(user, activity.community)


def check_put_need_on_agenda(user, need):
    needs.check_view_need(user, need)
    if not (needs.serves(user, need.community) or user.access.covers(need.community, Role.STREET_STAFF)):
        raise PermissionDenied(_("Needs are put on the agenda by those who work in the place."))
    if need.status not in OPEN_NEEDS:
        raise PermissionDenied(_("This need is settled already."))


# --- uses of resources ---


def check_use_resource(user, resource):
    """Those who keep the place's resources, the organization that offers it, and those who serve a community that a
    street's resource is for."""
    resources.check_view_resource_contact(user, resource)
    if not resource.is_active:
        raise PermissionDenied(_("This resource is not on offer any more."))


def check_view_uses(user, resource):
    resources.check_view_resource(user, resource)


def check_withdraw_use(user, use):
    resources.check_view_resource(user, use.resource)
    if use.withdrawn_at is not None:
        raise PermissionDenied(_("This use has been taken back already."))
    if use.entered_by_id != user.pk and not resources.keeps(user, use.resource.division):
        raise PermissionDenied(_("A use is taken back by whoever entered it, or by those who keep the resource."))
