from incubator.accounts.models.grant import RoleGrant
from incubator.accounts.models.invitation import Invitation
from incubator.accounts.models.user import User

__all__ = ["Invitation", "RoleGrant", "User"]
