"""对接: suggestions for a need, and what people make of them. Nothing is brought together by the machine alone."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Case, Count, Q, When
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from linkage.choices import MatchStatus
from linkage.models import Match
from linkage.notifications.match import notify_answer, notify_proposal
from linkage.scoring import Candidate, Wanted, rank
from organizations.choices import OPEN_NEEDS, NeedStatus
from organizations.models import ResidentNeed, Resource, SocialOrganization
from organizations.services.need import accept_need, assign_need, lock_need

MOST_CANDIDATES = 400
MOST = 6


@dataclass(frozen=True)
class Suggestion:
    """``thing``: a SocialOrganization or a Resource; ``reasons``: sentences; ``facts``: what is kept with the proposal."""

    kind: str
    thing: object
    points: int
    reasons: list
    facts: list


def suggestions_for(need, user, *, today):
    """[Suggestion] for an open need from what this person sees, the best first; what was proposed already is left out.
    A fixed number of queries, however much there is."""
    if need.status not in OPEN_NEEDS:
        return []
    asked = set(
        Match.objects.filter(need=need)
        .exclude(status=MatchStatus.WITHDRAWN)
        .values_list("organization_id", "resource_id")
    )
    types = frozenset(need.category.types.values_list("pk", flat=True))
    wanted = Wanted(community=need.community.code, category=need.category.code, types=types)
    met = _met_by_category(need)
    organizations = {one.pk: one for one in _organizations(need, user, types, met)}
    resources = {one.pk: one for one in _resources(need, user)}
    candidates = [
        Candidate(
            key=("organization", pk), place=one.community.code, types=frozenset({one.type_id}), met=met.get(pk, 0),
            rests=one.state == "dormant",
        )
        for pk, one in organizations.items()
        if (pk, None) not in asked
    ] + [
        Candidate(
            key=("resource", pk), place=one.division.code, valid_until=one.valid_until,
            types=frozenset({one.organization.type_id}) if one.organization else frozenset(),
            categories=frozenset(category.code for category in one.categories.all()),
            left=one.quantity_left if one.amount_fen is None else one.fen_left,
        )
        for pk, one in resources.items()
        if (None, pk) not in asked
    ]  # fmt: skip
    found = []
    for score in rank(wanted, candidates, today, MOST):
        kind, pk = score.key
        thing = organizations[pk] if kind == "organization" else resources[pk]
        facts = [list(reason) for reason in score.reasons]
        found.append(Suggestion(kind, thing, score.points, reason_words(facts, thing), facts))
    return found


def _organizations(need, user, types, met):
    found = SocialOrganization.objects.visible_to(user).existing().filter(
        Q(type__in=types) | Q(pk__in=met), community__parent__code__startswith=need.community.code[:6]
    )  # fmt: skip
    near = Case(When(community=need.community, then=0), default=1)
    return found.select_related("community", "type").order_by(near, "-updated_at", "-pk")[:MOST_CANDIDATES]


def _resources(need, user):
    district = need.community.code[:6]
    found = Resource.objects.visible_to(user).free_on(timezone.localdate()).filter(division__code__startswith=district)
    rows = found.with_names().prefetch_related("categories").select_related("organization__type")
    return rows.order_by("-updated_at", "-pk")[:MOST_CANDIDATES]


def _met_by_category(need):
    """{organization's key: needs of this kind that it met}, within the district."""
    rows = ResidentNeed.objects.filter(
        category=need.category_id, status__in=(NeedStatus.MET, NeedStatus.RATED), organization__isnull=False,
        community__code__startswith=need.community.code[:6],
    )  # fmt: skip
    return dict(rows.order_by().values_list("organization_id").annotate(number=Count("pk")))


def reason_words(facts, thing):
    """The reasons as people read them."""
    words = {
        "category": lambda value: _("meant for this kind of need"),
        "type": lambda value: _("organizations of this type serve such needs"),
        "community": lambda value: _("same community"),
        "street": lambda value: _("same street"),
        "district": lambda value: _("same district"),
        "met": lambda value: ngettext("%(n)s similar need met", "%(n)s similar needs met", value) % {"n": value},
        "ends": lambda value: _("only until %(day)s") % {"day": value},
        "left": lambda value: _("something is left"),
        "rests": lambda value: _("rests at present"),
    }
    return [words[code](value) for code, value in facts if code in words]


@transaction.atomic
def propose_match(*, uuid, need_id, actor, organization=None, resource=None, note="", facts=(), points=0):
    """1. Ask an organization, or the owner of a resource, to answer the need; the need is taken up if nobody did.
    RuleViolation when it is settled or they were asked already. 2. Audit ``match.proposed``. 3. Whoever answers is
    told."""
    need = lock_need(need_id)
    if need.status not in OPEN_NEEDS:
        raise RuleViolation(_("This need is settled already."))
    if need.status == NeedStatus.RAISED:
        need = accept_need(need_id=need.pk, actor=actor)
    match = Match(
        uuid=uuid, need=need, organization=organization, resource=resource, proposed_by=actor, note=note,
        reasons=list(facts), score=points,
    )  # fmt: skip
    match.check_rules()
    match.save_or_refuse(force_insert=True)
    audit.record(
        "match.proposed",
        target=match,
        actor=actor,
        area=need.community,
        data={"need": str(need.uuid), "points": points},
    )
    notify_proposal(match, actor)
    return match


@transaction.atomic
def accept_match(*, match_id, actor):
    """1. The organization, or the owner of the resource, says yes. 2. The need goes into the hands of the organization
    that offers itself or its resource, unless somebody else has it already; a resource of somebody without an entry
    leaves the need where it is. 3. Audit ``match.accepted``. 4. Whoever proposed it is told."""
    match = _lock(match_id)
    need = lock_need(match.need_id)
    if need.status not in OPEN_NEEDS:
        raise RuleViolation(_("This need is settled already."))
    match.accept(by=actor, at=timezone.now())
    _write(match, "match.accepted", actor, ["answered_by", "answered_at"])
    organization = match.answering_organization
    if organization is not None and need.status == NeedStatus.ACCEPTED:
        assign_need(need_id=need.pk, actor=actor, organization=organization)
    notify_answer(match, actor)
    return match


@transaction.atomic
def decline_match(*, match_id, actor, reason):
    """1. Not this time, and why. 2. Audit ``match.declined``. 3. Whoever proposed it is told."""
    match = _lock(match_id)
    match.decline(by=actor, at=timezone.now(), reason=reason)
    _write(match, "match.declined", actor, ["answered_by", "answered_at", "reason"])
    notify_answer(match, actor)
    return match


@transaction.atomic
def withdraw_match(*, match_id, actor):
    """1. The question is taken back. 2. Audit ``match.withdrawn``."""
    match = _lock(match_id)
    match.withdraw()
    _write(match, "match.withdrawn", actor, [])
    return match


def _lock(match_id):
    return Match.objects.select_for_update(of=("self",)).with_names().get(pk=match_id)


def _write(match, verb, actor, fields):
    match.check_rules()
    match.save(update_fields=["status", *fields, "updated_at"])
    audit.record(verb, target=match, actor=actor, area=match.need.community, data={"need": str(match.need.uuid)})
