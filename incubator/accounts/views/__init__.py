from incubator.accounts.views.invitations import (
    InvitationAcceptView,
    InvitationCreateView,
    InvitationListView,
    InvitationWithdrawView,
)
from incubator.accounts.views.own import LanguageView, LoginView, LogoutView, PasswordChangeView, ProfileView
from incubator.accounts.views.people import (
    GrantCreateView,
    GrantRevokeView,
    UserDeactivateView,
    UserDetailView,
    UserListView,
    UserReactivateView,
)

__all__ = [
    "GrantCreateView",
    "GrantRevokeView",
    "InvitationAcceptView",
    "InvitationCreateView",
    "InvitationListView",
    "InvitationWithdrawView",
    "LanguageView",
    "LoginView",
    "LogoutView",
    "PasswordChangeView",
    "ProfileView",
    "UserDeactivateView",
    "UserDetailView",
    "UserListView",
    "UserReactivateView",
]
