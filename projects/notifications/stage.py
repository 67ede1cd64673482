"""Notices about leaving a stage: to those who decide, and to those who asked."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from incubator.accounts.choices import Role, Scope
from incubator.accounts.models import RoleGrant, User
from incubator.notifications.registries import NotificationKind, kinds
from incubator.notifications.services import notify
from organizations.models import SocialOrganization
from projects.choices import ProjectStage
from projects.models import IncubationProject, ProjectPartner
from projects.policies.stage import agencies_serving, decider_roles


class StageNotice(NotificationKind):
    """Data: ``project`` and ``organization`` (names), ``person`` who did it, ``stage`` (code of the one to come)."""

    @classmethod
    def context(cls, data):
        return data | {"stage_label": ProjectStage(data["stage"]).label}


@kinds.register
class StageRequested(StageNotice):
    code = "stage.requested"
    label = _("a project waits for my decision on its stage")
    template = "projects/email/stage_requested"
    duty = True


@kinds.register
class StageWithdrawn(StageNotice):
    code = "stage.withdrawn"
    label = _("a request to leave a stage was taken back")
    template = "projects/email/stage_withdrawn"


@kinds.register
class StagePassed(StageNotice):
    code = "stage.passed"
    label = _("a project of mine entered its next stage")
    template = "projects/email/stage_passed"


@kinds.register
class StageHeld(StageNotice):
    code = "stage.held"
    label = _("a project of mine stays in its stage for now")
    template = "projects/email/stage_held"


def holders_of(roles, division):
    """Ids of the people who hold one of ``roles`` for the place; supervisors by the agencies that serve there."""
    grants = RoleGrant.objects.active()
    people = set(
        grants.filter(role__in=[role for role in roles if role != Role.AGENCY_SUPERVISOR])
        .filter(division__code__in=division.ancestor_codes)
        .values_list("user_id", flat=True)
    )
    if Role.AGENCY_SUPERVISOR in roles:
        agencies = agencies_serving(division).values_list("uuid", flat=True)
        by_agency = grants.filter(role=Role.AGENCY_SUPERVISOR, scope=Scope.AGENCY, body_uuid__in=list(agencies))
        people |= set(by_agency.values_list("user_id", flat=True))
    return people


def notify_deciders(kind, request, event, actor):
    """Those whose turn it is and who would not be refused."""
    people = free_deciders(request) - {actor.pk}
    _notify_all(kind, request, event, actor, User.objects.filter(pk__in=people, is_active=True).order_by("pk"))


def free_deciders(request):
    """Keys of those whose turn it is, without who asked, who worked on the project and who belongs to one of its
    organizations."""
    project = request.project
    people = holders_of(decider_roles(project.community, request.from_stage), project.community)
    mine = IncubationProject.objects.filter(pk=project.pk)
    partners = ProjectPartner.objects.filter(project=project).order_by()
    own = SocialOrganization.objects.filter(
        Q(pk=project.organization_id) | Q(pk__in=partners.values("organization_id"))
    )
    return people - mine.people() - own.people() - {request.requested_by_id}


def notify_asker(kind, request, event, actor):
    """Who asked, and who leads the project."""
    people = {request.requested_by_id, request.project.lead_id} - {actor.pk}
    _notify_all(kind, request, event, actor, User.objects.filter(pk__in=people, is_active=True).order_by("pk"))


def _notify_all(kind, request, event, actor, people):
    project = request.project
    data = {
        "project": project.name, "organization": project.organization.name, "person": str(actor),
        "stage": request.to_stage, "reason": request.reason,
    }  # fmt: skip
    for person in people:
        notify(kind, recipient=person, dedup_key=f"{kind}:{event.pk}", data=data, link=request.get_absolute_url())
