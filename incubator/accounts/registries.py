"""What else than a place a role can be granted on: organizations, agencies. The app that owns them registers them,
since people stand below it in the house."""

from django.utils.translation import gettext as _

from incubator.base.registry import Registry

bodies = Registry("bodies of roles", required=("scope", "name"))


class Body:
    """``code`` is the scope's own word ("organization"), ``scope`` the Scope, ``name`` what people call such a body."""

    order = 100

    @classmethod
    def search(cls, user, text):
        """Bodies that the user may see and that match: (uuid, label) pairs, 20 at most."""
        raise NotImplementedError

    @classmethod
    def labels(cls, uuids):
        """{uuid: label}, for many at once in one query."""
        raise NotImplementedError

    @classmethod
    def label_of(cls, uuid):
        return cls.labels([uuid]).get(uuid, "")

    @classmethod
    def may_grant(cls, user, uuid):
        """Whether the user may give roles on this body (their area reaches it)."""
        return False

    @classmethod
    def within(cls, divisions):
        """Identifiers of the bodies that stand in these places' subtrees: a queryset or a list."""
        return []

    @classmethod
    def division(cls, uuid):
        """The division that the body stands in, for the history; None where it stands in none."""


def body_of(scope):
    """The registered body of a scope, or None."""
    return next((body for body in bodies if body.scope == scope), None)


def place_or_platform(label):
    return label or _("the whole platform")


def place_label(grant):
    """The name of what a grant or invitation is about; "" for the whole platform."""
    if grant.division_id:
        return str(grant.division)
    if not grant.body_uuid:
        return ""
    known = getattr(grant, "known_place", None)
    if known is not None:
        return known
    body = body_of(grant.scope)
    return body.label_of(grant.body_uuid) if body else ""


def label_places(grants):
    """Look up the names of many grants' bodies with one query per kind of body."""
    grants = list(grants)
    for body in bodies:
        mine = [grant for grant in grants if grant.body_uuid and grant.scope == body.scope]
        labels = body.labels({grant.body_uuid for grant in mine}) if mine else {}
        for grant in mine:
            grant.known_place = labels.get(grant.body_uuid, "")
    return grants


def area_of(grant):
    """The division that a grant or invitation belongs to, or None."""
    if grant.division_id:
        return grant.division
    body = body_of(grant.scope)
    return body.division(grant.body_uuid) if body and grant.body_uuid else None
