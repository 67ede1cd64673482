"""Who may look after people and their roles. A grant or an invitation is asked about by its role, scope, place or body."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.accounts.choices import GRANTABLE_ROLES, InvitationStatus, Role, Scope
from incubator.accounts.registries import body_of
from incubator.base.policies import signed_in


def grantable_roles(user):
    """The roles that the user may give somewhere, in the order of the list of roles."""
    if user.access.is_platform_admin:
        return list(Role)
    allowed = set().union(*(roles for holder, roles in GRANTABLE_ROLES.items() if user.access.has(holder)))
    return [role for role in Role if role in allowed]


def check_list_users(user, thing=None):
    signed_in(user)
    if not grantable_roles(user):
        raise PermissionDenied(
            _("People and roles are looked after by the street office, the service centre, the district and the platform.")
        )


def check_view_user(user, person):
    """Oneself, or somebody that ``visible_to`` shows."""
    signed_in(user)
    if person.pk != user.pk and not type(person).objects.visible_to(user).filter(pk=person.pk).exists():
        raise PermissionDenied(_("This person has no role in your place."))


def check_edit_own_profile(user, thing=None):
    signed_in(user)


def check_change_password(user, thing=None):
    signed_in(user)
    if user.is_demo:
        raise PermissionDenied(_("Many people share this demonstration account, so its password stays as it is."))


def check_give_roles_to(user, person):
    """May the user give this person any role at all? Which ones is asked by :func:`check_grant_role`."""
    check_list_users(user)
    if person.pk == user.pk:
        raise PermissionDenied(_("Nobody gives roles to themselves. Ask another admin."))
    if not person.is_active:
        raise PermissionDenied(_("This account is closed. Open it again first."))


def check_grant_role(user, grant):
    """The role of ``grant`` on its place or body, to its person."""
    check_give_roles_to(user, grant.user)
    _check_may_give(user, grant)


def check_revoke_role(user, grant):
    """Whoever may give a role may end it; nobody ends their own."""
    check_list_users(user)
    if grant.user_id == user.pk:
        raise PermissionDenied(_("Nobody ends their own role. Ask another admin."))
    if grant.revoked_at is not None:
        raise PermissionDenied(_("This role was ended already."))
    _check_may_give(user, grant)


def check_invite_people(user, thing=None):
    """May the user invite anybody at all? Which role is asked by :func:`check_invite_person`."""
    check_list_users(user)


def check_invite_person(user, invitation):
    check_invite_people(user)
    _check_may_give(user, invitation)


def check_view_invitation(user, invitation):
    signed_in(user)
    if not type(invitation).objects.visible_to(user).filter(pk=invitation.pk).exists():
        raise PermissionDenied(_("This invitation belongs to another place."))


def check_withdraw_invitation(user, invitation):
    check_invite_people(user)
    if invitation.status != InvitationStatus.OPEN:
        raise PermissionDenied(
            _("This invitation is %(state)s already.") % {"state": invitation.get_status_display()}
        )
    if invitation.invited_by_id != user.pk:
        _check_may_give(user, invitation)


def check_deactivate_user(user, person):
    """Whoever may end all of a person's roles may close the account."""
    check_list_users(user)
    if person.pk == user.pk:
        raise PermissionDenied(_("Nobody closes their own account. Ask another admin."))
    if not person.is_active:
        raise PermissionDenied(_("This account is closed already."))
    _check_looks_after_all(user, person)


def check_reactivate_user(user, person):
    check_list_users(user)
    if person.pk == user.pk:
        raise PermissionDenied(_("Nobody opens their own account. Ask another admin."))
    if person.is_active:
        raise PermissionDenied(_("This account is open."))
    _check_looks_after_all(user, person)


def _check_looks_after_all(user, person):
    if user.access.is_platform_admin:
        return
    grants = list(person.grants.active(timezone.localdate()).select_related("division").order_by("pk"))
    if not grants:
        raise PermissionDenied(_("This person has no role in your place. Ask a platform admin."))
    for grant in grants:
        try:
            _check_may_give(user, grant)
        except PermissionDenied as refusal:
            raise PermissionDenied(
                _("This person has a role that you do not look after: %(role)s. Ask a platform admin.")
                % {"role": grant.get_role_display()}
            ) from refusal


def _check_may_give(user, wanted):
    """``wanted`` is a grant or an invitation, saved or not."""
    access = user.access
    if access.is_platform_admin:
        return
    holders = [holder for holder, roles in GRANTABLE_ROLES.items() if wanted.role in roles and access.has(holder)]
    if not holders:
        raise PermissionDenied(_("You may not give the role %(role)s.") % {"role": Role(wanted.role).label})
    if wanted.scope == Scope.DIVISION:
        if not access.covers(wanted.division, *holders):
            raise PermissionDenied(_("%(place)s is outside your own place.") % {"place": wanted.division})
        return
    body = body_of(wanted.scope)
    if body is None or not body.may_grant(user, wanted.body_uuid):
        raise PermissionDenied(_("This organization or agency is outside your own place."))
