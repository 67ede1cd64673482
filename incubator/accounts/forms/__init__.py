from incubator.accounts.forms.own import LanguageForm, LoginForm, PasswordChangeForm, ProfileForm
from incubator.accounts.forms.roles import (
    GrantCreateForm,
    GrantRevokeForm,
    InvitationAcceptForm,
    InvitationCreateForm,
    UserDeactivateForm,
)

__all__ = [
    "GrantCreateForm",
    "GrantRevokeForm",
    "InvitationAcceptForm",
    "InvitationCreateForm",
    "LanguageForm",
    "LoginForm",
    "PasswordChangeForm",
    "ProfileForm",
    "UserDeactivateForm",
]
