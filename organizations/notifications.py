"""Notices about filings and organizations."""

from django.utils.translation import gettext_lazy as _

from incubator.accounts.choices import Role, Scope
from incubator.accounts.models import RoleGrant, User
from incubator.notifications.registries import NotificationKind, kinds
from incubator.notifications.services import notify
from organizations.choices import FilingKind

# --- filings ---


class FilingNotice(NotificationKind):
    """Data: ``organization`` (its name) and ``kind`` (a code of FilingKind); what else there is stands behind the link."""

    @classmethod
    def context(cls, data):
        return data | {"kind_label": FilingKind(data["kind"]).label}


@kinds.register
class FilingSubmitted(FilingNotice):
    code = "filing.submitted"
    label = _("a filing waits for the community's first check")
    template = "organizations/email/filing_submitted"


@kinds.register
class FilingChecked(FilingNotice):
    code = "filing.checked"
    label = _("a filing waits for the street's decision")
    template = "organizations/email/filing_checked"


@kinds.register
class FilingReturned(FilingNotice):
    code = "filing.returned"
    label = _("a filing came back with something to add")
    template = "organizations/email/filing_returned"


@kinds.register
class FilingFiled(FilingNotice):
    code = "filing.filed"
    label = _("a filing was decided")
    template = "organizations/email/filing_filed"


@kinds.register
class FilingSuspended(FilingNotice):
    code = "filing.suspended"
    label = _("a filing was suspended")
    template = "organizations/email/filing_suspended"


@kinds.register
class FilingResumed(FilingNotice):
    code = "filing.resumed"
    label = _("a suspended filing holds again")
    template = "organizations/email/filing_resumed"


@kinds.register
class FilingCancelled(FilingNotice):
    code = "filing.cancelled"
    label = _("a filing was cancelled")
    template = "organizations/email/filing_cancelled"


def notify_community(kind, filing, event, actor):
    """The staff of the organization's own community."""
    _notify_all(kind, filing, event, actor, _holders(filing.organization.community, Role.COMMUNITY_STAFF))


def notify_street(kind, filing, event, actor):
    """The staff of the organization's street."""
    _notify_all(kind, filing, event, actor, _holders(filing.organization.community, Role.STREET_STAFF))


def notify_preparers(kind, filing, event, actor):
    """Who prepared it, who handed it in, and the organization's leaders."""
    grants = RoleGrant.objects.active().filter(
        role=Role.ORGANIZATION_LEADER, scope=Scope.ORGANIZATION, body_uuid=filing.organization.uuid
    )
    people = {filing.created_by_id, filing.submitted_by_id, *grants.values_list("user_id", flat=True)}
    _notify_all(kind, filing, event, actor, people)


def _holders(division, role):
    grants = RoleGrant.objects.active().filter(role=role, division__code__in=division.ancestor_codes)
    return set(grants.values_list("user_id", flat=True))


def _notify_all(kind, filing, event, actor, people):
    """One notice each; nobody is told what they did themselves."""
    data = {"organization": filing.organization.name, "kind": filing.kind}
    for person in User.objects.filter(pk__in=people - {None, actor.pk}, is_active=True).order_by("pk"):
        notify(kind, recipient=person, dedup_key=f"{kind}:{event.pk}", data=data, link=filing.get_absolute_url())
