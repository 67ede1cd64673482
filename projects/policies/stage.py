"""Who asks to leave a stage, and who decides. The message is the sentence the person reads.

Who decides is data: a rule of the place (``StageRule``), else the defaults here. Nobody who worked on a project decides on
it, nor anybody who belongs to one of its organizations, whatever their role.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from incubator.accounts.choices import Role
from incubator.base.policies import signed_in
from incubator.divisions.choices import Level
from incubator.divisions.models import Division
from organizations.models import Agency, SocialOrganization
from organizations.policies.organization import supervises_place
from projects.choices import RUNNING, ProjectStage, StageRequestStatus
from projects.models import IncubationProject, ProjectPartner, StageRequest, StageRule
from projects.policies.project import check_view_project, guides_project
from projects.registries import decision_bars

# Who decides on leaving a stage where the place has no rule of its own. Where no agency serves, the centre stands in for
# its supervisor.
DEFAULT_DECIDERS = {
    ProjectStage.PREPARATION: (Role.AGENCY_SUPERVISOR,),
    ProjectStage.CULTIVATION: (Role.STREET_STAFF, Role.EVALUATOR),
    ProjectStage.SUMMARY: (Role.STREET_STAFF, Role.EVALUATOR),
}
# Roles that a rule may name: all of them read the projects of their place.
POSSIBLE_DECIDERS = (
    Role.AGENCY_SUPERVISOR, Role.HUB_CENTER, Role.COMMUNITY_STAFF, Role.STREET_STAFF, Role.EVALUATOR,
    Role.DISTRICT_ADMIN,
)  # fmt: skip
RULE_KEEPERS = (Role.STREET_STAFF, Role.HUB_CENTER, Role.DISTRICT_ADMIN)


def rule_places(user):
    """Streets and districts whose rules the person sets."""
    places = Division.objects.within(user.access.divisions(*RULE_KEEPERS))
    return places.filter(level__in=[Level.COUNTY, Level.STREET]).current()


@decision_bars.register
class OwnBar:
    """Who belongs to the project's organization or to a partner; a trigger of the database holds the same."""

    code = "own-organization"
    sentence = gettext_lazy("You belong to an organization of this project, so a colleague who does not decides.")

    @classmethod
    def barred(cls, user):
        own = SocialOrganization.objects.belonging_to(user).order_by().values("pk")
        partners = ProjectPartner.objects.filter(organization__in=own).order_by().values("project_id")
        mine = StageRequest.objects.filter(Q(project__organization__in=own) | Q(project__in=partners))
        return mine.order_by().values("pk")


def agencies_serving(division):
    """Agencies at work that have the place, or one that it lies in, among those they serve."""
    return Agency.objects.filter(is_active=True, service_areas__division__code__in=division.ancestor_codes)


def with_stand_in(roles, *, is_served):
    """The centre stands in for the supervisor, where supervisors alone decide and no agency serves."""
    return (*roles, Role.HUB_CENTER) if tuple(roles) == (Role.AGENCY_SUPERVISOR,) and not is_served else tuple(roles)


def decider_roles(division, stage, *, rules=None):
    """The roles that decide on leaving ``stage`` in ``division``: those of the nearest rule, else the default. ``rules``
    are the rules of all places concerned, the nearest first, when the caller has read them."""
    found = StageRule.objects.of(division).select_related("division") if rules is None else rules
    roles = next(
        (rule.roles for rule in found if rule.from_stage == stage and rule.roles and rule.division.contains(division)),
        DEFAULT_DECIDERS[stage],
    )
    is_served = tuple(roles) != (Role.AGENCY_SUPERVISOR,) or rules is not None or agencies_serving(division).exists()
    return with_stand_in(roles, is_served=is_served)


def deciders_of(project, stage=None):
    """The roles that decide on leaving ``stage``, else the one that the project is in; a project that was read
    ``with_rule()`` knows the latter by itself."""
    stage = stage or project.stage
    if stage == project.stage and hasattr(project, "named_roles"):
        return with_stand_in(project.named_roles or DEFAULT_DECIDERS[stage], is_served=project.is_served)
    return decider_roles(project.community, stage)


def holds_one_of(user, roles, division):
    """Whether the person holds one of ``roles`` for the place; supervisors hold theirs where their agency serves."""
    if Role.AGENCY_SUPERVISOR in roles and supervises_place(user, division):
        return True
    by_place = [role for role in roles if role != Role.AGENCY_SUPERVISOR]
    return bool(by_place) and user.access.covers(division, *by_place)  # no role named would mean any role


def requests_to_decide(user):
    """Open requests that wait for this person; the same rule as :func:`check_decide_stage`.

    Rules differ from place to place, so the places that have an open request are asked one by one, in one query.
    """
    if not user.is_authenticated:
        return StageRequest.objects.none()
    visible = StageRequest.objects.visible_to(user).open().not_worked_on_by(user)
    asked = visible.with_rule().order_by().distinct()
    wanted = Q(pk__in=[])
    for stage, key, code, named, is_served in asked.values_list(
        "from_stage", "project__community_id", "project__community__code", "named_roles", "is_served"
    ):
        roles = tuple(named or DEFAULT_DECIDERS[stage])
        if holds_one_of(user, with_stand_in(roles, is_served=is_served), Division(pk=key, code=code)):
            wanted |= Q(from_stage=stage, project__community=key)
    found = visible.filter(wanted)
    for bar in decision_bars:
        found = found.exclude(pk__in=bar.barred(user))
    return found


@dataclass(frozen=True)
class Known:
    """What :func:`check_decide_stage` asks about many requests, asked at once: ``roles`` {request: who decides},
    ``worked_on`` (keys of projects), ``bars`` {request: sentence}."""

    roles: dict
    worked_on: set
    bars: dict


def known_of(user, requests):
    """One query, for many requests as for one."""
    mine = IncubationProject.objects.filter(pk=OuterRef("project_id")).worked_on_by(user).order_by()
    bars = list(decision_bars)
    this = StageRequest.objects.filter(pk=OuterRef("pk")).order_by()
    barred = {f"bar_{number}": Exists(this.filter(pk__in=bar.barred(user))) for number, bar in enumerate(bars)}
    rows = StageRequest.objects.filter(pk__in=[request.pk for request in requests]).with_rule().order_by()
    rows = rows.annotate(is_mine=Exists(mine.values("pk")), **barred)
    known = Known({}, set(), {})
    columns = ("pk", "project_id", "from_stage", "named_roles", "is_served", "is_mine")
    for key, project, stage, named, is_served, is_mine, *found in rows.values_list(*columns, *barred):
        known.roles[key] = with_stand_in(tuple(named or DEFAULT_DECIDERS[stage]), is_served=is_served)
        if is_mine:
            known.worked_on.add(project)
        known.bars.update((key, bar.sentence) for bar, is_barred in zip(bars, found, strict=True) if is_barred)
    return known


def check_list_stage_requests(user):
    signed_in(user)


def check_view_stage_request(user, request=None):
    """Whoever reads the project reads its requests; the same rule as ``StageRequest.objects.visible_to``."""
    signed_in(user)
    if request is not None:
        check_view_project(user, request.project)


def check_request_stage(user, project=None):
    """Asking is for those who work on it: lead, team, their supervisor, the centre."""
    signed_in(user)
    if project is None:
        return
    check_view_project(user, project)
    if project.stage not in RUNNING:
        raise PermissionDenied(_("The project is over; its file is closed."))
    if guides_project(user, project) or user.pk in project.team_ids:
        return
    raise PermissionDenied(_("The lead worker, the team, the supervisor or the service centre asks to leave a stage."))


def check_withdraw_stage(user, request=None):
    signed_in(user)
    if request is None:
        return
    check_view_project(user, request.project)
    if request.requested_by_id == user.pk or user.pk in request.project.team_ids:
        return
    if not supervises_place(user, request.project.community):
        raise PermissionDenied(_("Who asked, the team or the supervisor takes a request back."))


def check_decide_stage(user, request=None, known=None):
    """Whose turn it is, then what speaks against this very person. ``known``: read for many requests at once."""
    signed_in(user)
    if request is None:
        return
    project = request.project
    check_view_project(user, project)
    roles = known.roles[request.pk] if known else deciders_of(project, request.from_stage)
    if not holds_one_of(user, roles, project.community):
        raise PermissionDenied(decided_by_whom(roles))
    if request.requested_by_id == user.pk:
        raise PermissionDenied(_("Nobody decides on their own request. Please ask a colleague."))
    known = known or known_of(user, [request])
    if project.pk in known.worked_on:
        raise PermissionDenied(_("You have worked on this project, so a colleague who has not decides."))
    if request.pk in known.bars:
        raise PermissionDenied(str(known.bars[request.pk]))
    if request.status != StageRequestStatus.OPEN:
        raise PermissionDenied(_("This request is decided or was taken back."))


def decided_by_whom(roles):
    """A sentence that names the roles that decide."""
    return _("Here this is decided by: %(roles)s.") % {"roles": role_words(roles)}


def role_words(roles):
    return pgettext("between the things of a list", ", ").join(str(Role(role).label) for role in roles)


def check_pass_stage(user, request=None):
    check_decide_stage(user, request)


def check_hold_stage(user, request=None):
    check_decide_stage(user, request)


def check_list_stage_rules(user):
    signed_in(user)
    if not user.access.has(*RULE_KEEPERS):
        raise PermissionDenied(_("Who decides is set by the street office, the service centre or the district."))


def check_update_stage_rule(user, division):
    check_list_stage_rules(user)
    if not user.access.covers(division, *RULE_KEEPERS):
        raise PermissionDenied(_("This is another place. Its own offices set who decides there."))
