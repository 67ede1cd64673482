"""Who does what with the needs of residents. Those who serve a community keep them; offices read what was looked at;
grid staff raise and read; an organization reads what its community has taken up."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role, Scope
from incubator.base.policies import signed_in
from incubator.divisions.choices import Level
from incubator.divisions.models import Division
from organizations.choices import NeedSource, NeedStatus
from organizations.models import SocialOrganization
from organizations.policies.organization import leads, supervises_place
from organizations.querysets import NEED_KEEPERS, served_divisions
from organizations.querysets.need import NEED_LOOKERS, NEED_READERS, TAKEN_UP

RAISERS = (*NEED_KEEPERS, Role.GRID_WORKER, Role.STREET_STAFF)
CATEGORY_KEEPERS = (Role.STREET_STAFF, Role.HUB_CENTER, Role.DISTRICT_ADMIN)


def serves(user, division):
    """Whether the person serves the people there, and so takes needs up and reads whom to call back."""
    return user.access.covers(division, *NEED_KEEPERS) or supervises_place(user, division)


def check_list_needs(user, thing=None):
    signed_in(user)
    if not user.access.has(*NEED_READERS, Role.AGENCY_SUPERVISOR, Role.ORGANIZATION_LEADER):
        raise PermissionDenied(_("Needs of residents are read by those who serve the people of a place."))


def check_view_need(user, need):
    """The same rule as ``ResidentNeed.objects.visible_to``; a test holds them against each other."""
    signed_in(user)
    if need.raised_by_id == user.pk or serves(user, need.community):
        return
    looked_at = need.source != NeedSource.RESIDENT or need.accepted_at is not None
    if looked_at and user.access.covers(need.community, *NEED_LOOKERS):
        return
    if need.organization is not None and leads(user, need.organization):
        return
    own = user.access.bodies(Scope.ORGANIZATION, Role.ORGANIZATION_LEADER)
    is_taken_up = bool(own) and need.status in TAKEN_UP
    if is_taken_up and SocialOrganization.objects.filter(uuid__in=own, community=need.community_id).exists():
        return
    raise PermissionDenied(_("This need is of a place that you have no role in, or nobody has looked at it yet."))


def check_view_need_contact(user, need):
    """Whom to call back: those who serve the place, who wrote it down as long as they work there, and whoever has it in
    hands."""
    signed_in(user)
    if serves(user, need.community) or _wrote_down(user, need):
        return
    if need.organization is not None and need.status == NeedStatus.ASSIGNED and leads(user, need.organization):
        return
    raise PermissionDenied(_("Names and phones are read by those who serve the place."))


def _wrote_down(user, need):
    return need.raised_by_id == user.pk and may_raise_in(user, need.community)


def check_erase_need_contact(user, need):
    """Those who serve the place, and who wrote it down: whoever was promised that it can be taken out asks one of them."""
    check_view_need(user, need)
    if not serves(user, need.community) and not _wrote_down(user, need):
        raise PermissionDenied(_("Names and phones are taken out by those who serve the place."))
    if not need.has_contact:
        raise PermissionDenied(_("No name or phone is kept with this need."))


def check_raise_need(user, community=None):
    """``community`` None: whether there is any place at all in which the person may."""
    signed_in(user)
    if not user.access.has(*RAISERS, Role.AGENCY_SUPERVISOR):
        raise PermissionDenied(_("Needs are written down by those who serve a community, and by grid staff."))
    if community is not None and not may_raise_in(user, community):
        raise PermissionDenied(_("You have no role in this community."))


def may_raise_in(user, community):
    return user.access.covers(community, *RAISERS) or supervises_place(user, community)


def communities_to_raise_in(user):
    """The communities that ``check_raise_need`` lets the person choose."""
    places = [*user.access.divisions(*RAISERS), *served_divisions(user)]
    return Division.objects.current().communities().within(places).order_by("code")


def check_import_needs(user):
    check_raise_need(user)


def _check_keep(user, need):
    check_view_need(user, need)
    if not serves(user, need.community):
        raise PermissionDenied(
            _("Needs are taken up and answered by the community, social workers and the service centre.")
        )


def _check_state(need, states, sentence):
    if need.status not in states:
        raise PermissionDenied(sentence)


def check_accept_need(user, need):
    _check_keep(user, need)
    _check_state(need, {NeedStatus.RAISED}, _("Somebody has looked at this need already."))


def check_assign_need(user, need):
    _check_keep(user, need)
    _check_state(need, {NeedStatus.ACCEPTED, NeedStatus.ASSIGNED}, _("Only a need that was taken up is given on."))


def check_release_need(user, need):
    """Those who serve the place, and the organization that has it in hands."""
    check_view_need(user, need)
    if need.organization is None or not leads(user, need.organization):
        _check_keep(user, need)
    _check_state(need, {NeedStatus.ASSIGNED}, _("Nobody has this need in hands."))


def check_meet_need(user, need):
    """Those who serve the place, and the organization that has it in hands."""
    check_view_need(user, need)
    if need.organization is None or not leads(user, need.organization):
        _check_keep(user, need)
    _check_state(need, {NeedStatus.ACCEPTED, NeedStatus.ASSIGNED}, _("Only a need that was taken up can be met."))


def check_refer_need(user, need):
    _check_keep(user, need)
    _check_state(
        need, {NeedStatus.RAISED, NeedStatus.ACCEPTED, NeedStatus.ASSIGNED}, _("This need is settled already.")
    )


def check_reply_need(user, need):
    _check_keep(user, need)
    _check_state(need, {NeedStatus.REFERRED}, _("An answer is written down for a need that was passed on."))


def check_decline_need(user, need):
    _check_keep(user, need)
    _check_state(
        need,
        {NeedStatus.RAISED, NeedStatus.ACCEPTED},
        _("A need that somebody has in hands is not declined; take it back first."),
    )


def check_merge_need(user, need):
    _check_keep(user, need)
    _check_state(
        need,
        {NeedStatus.RAISED, NeedStatus.ACCEPTED},
        _("Only a need that nobody has in hands is joined with another."),
    )


def check_export_needs(user):
    check_list_needs(user)


# --- the public page ---


def check_share_need_address(user, community):
    signed_in(user)
    if community.level != Level.COMMUNITY:
        raise PermissionDenied(_("A page for needs belongs to one community."))
    if not (user.access.covers(community, *NEED_KEEPERS, Role.GRID_WORKER) or supervises_place(user, community)):
        raise PermissionDenied(_("You have no role in this community."))


def check_make_need_address(user, community):
    check_share_need_address(user, community)
    if not serves(user, community):
        raise PermissionDenied(_("The page is opened and closed by those who serve the community."))


# --- kinds of needs ---


def check_list_need_categories(user):
    signed_in(user)
    if not user.access.has(*CATEGORY_KEEPERS, Role.PLATFORM_ADMIN):
        raise PermissionDenied(_("Kinds of needs are kept by streets, districts and service centres."))


def check_add_need_category(user, division=None):
    """``division`` None with a platform admin: for everybody."""
    check_list_need_categories(user)
    if division is not None and not user.access.covers(division, *CATEGORY_KEEPERS):
        raise PermissionDenied(_("You have no role in this place."))


def check_switch_need_category(user, category):
    check_list_need_categories(user)
    if category.division is None:
        if not user.access.is_platform_admin:
            raise PermissionDenied(_("This kind was shipped for all places; add one of your own beside it."))
    elif not user.access.covers(category.division, *CATEGORY_KEEPERS):
        raise PermissionDenied(_("This kind belongs to another place."))
