"""What a person's grants add up to, read once per request in one query.

Several grants add up and none takes away. Every ``visible_to(user)`` and every policy asks this object; nothing else
in the house reads grants to decide anything.
"""

from functools import cached_property

from incubator.accounts.choices import Role, Scope


class Access:
    """The active grants of one person. ``AnonymousUser`` and inactive people have none."""

    def __init__(self, grants):
        self.grants = list(grants)

    @cached_property
    def roles(self):
        return {grant.role for grant in self.grants}

    @property
    def is_platform_admin(self):
        return Role.PLATFORM_ADMIN in self.roles

    def has(self, *roles):
        return bool(self.roles & set(roles))

    def divisions(self, *roles):
        """The places whose subtrees the person holds one of ``roles`` in (without ``roles``: any role)."""
        return [
            grant.division
            for grant in self.grants
            if grant.scope == Scope.DIVISION and (not roles or grant.role in roles)
        ]

    def bodies(self, scope, *roles):
        """Public identifiers of the organizations or agencies that the person holds one of ``roles`` for."""
        return {grant.body_uuid for grant in self.grants if grant.scope == scope and (not roles or grant.role in roles)}

    def covers(self, division, *roles):
        """Whether a grant on a place with one of ``roles`` reaches ``division``."""
        return any(root.contains(division) for root in self.divisions(*roles))
