"""Notices about filings and organizations."""

from django.utils.translation import gettext_lazy as _

from incubator.accounts.choices import Role, Scope
from incubator.accounts.models import RoleGrant, User
from incubator.notifications.registries import NotificationKind, kinds
from incubator.notifications.services import notify
from organizations.choices import FilingKind

# --- filings ---


class FilingNotice(NotificationKind):
    """Data: ``organization`` (its name) and ``kind`` (a code of FilingKind); the rest is behind the link."""

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


# --- needs ---


class NeedNotice(NotificationKind):
    """Data: ``community`` and ``category``, names of lists; never the words of a resident."""


@kinds.register
class NeedRaised(NeedNotice):
    code = "need.raised"
    label = _("a need was raised")
    template = "organizations/email/need_raised"


@kinds.register
class NeedAssigned(NeedNotice):
    code = "need.assigned"
    label = _("a need was given into my hands")
    template = "organizations/email/need_assigned"


@kinds.register
class NeedMet(NeedNotice):
    code = "need.met"
    label = _("a need was met")
    template = "organizations/email/need_met"


@kinds.register
class NeedRated(NeedNotice):
    code = "need.rated"
    label = _("a need was rated by the one who raised it")
    template = "organizations/email/need_rated"


def notify_need_community(need, event, actor):
    """The community's own staff look at what was raised."""
    _tell("need.raised", need, actor, _holders(need.community, Role.COMMUNITY_STAFF), event.pk)


def notify_need_handlers(kind, need, actor):
    """The leaders of the organization, or the worker, or the supervisors of the agency that has it in hands."""
    people = set()
    if need.organization_id:
        people = _leaders_of(need.organization)
    elif need.worker_id and need.worker.user_id:
        people = {need.worker.user_id}
    elif need.agency_id:
        grants = RoleGrant.objects.active().filter(
            role=Role.AGENCY_SUPERVISOR, scope=Scope.AGENCY, body_uuid=need.agency.uuid
        )
        people = set(grants.values_list("user_id", flat=True))
    # Given into somebody's hands it may be more than once; whoever also wrote it down hears of the stars once all the same.
    is_again = kind == "need.assigned" and need.assigned_at
    _tell(kind, need, actor, people, f"{need.uuid}:{need.assigned_at.isoformat()}" if is_again else need.uuid)


def notify_need_people(kind, need, actor):
    """Whoever wrote it down and whoever took it up."""
    _tell(kind, need, actor, {need.raised_by_id, need.accepted_by_id}, need.uuid)


def _leaders_of(organization):
    grants = RoleGrant.objects.active().filter(
        role=Role.ORGANIZATION_LEADER, scope=Scope.ORGANIZATION, body_uuid=organization.uuid
    )
    return set(grants.values_list("user_id", flat=True))


def _tell(kind, need, actor, people, once):
    data = {"community": need.community.name, "category": need.category.name}
    for person in User.objects.filter(pk__in=people - {None, actor and actor.pk}, is_active=True).order_by("pk"):
        notify(kind, recipient=person, dedup_key=f"{kind}:{once}", data=data, link=need.get_absolute_url())
