"""Leaving a stage: ask with a frozen checklist, take back, pass or hold with a reason. Passing moves the project."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from projects.choices import NEXT_STAGE, RUNNING, ProjectStage
from projects.models import IncubationProject, StageRequest, StageRule
from projects.notifications.stage import notify_asker, notify_deciders
from projects.policies.stage import POSSIBLE_DECIDERS
from projects.services.checklist import frozen_checklist
from projects.services.follow_up_visits import schedule_visits
from projects.signals import stage_decided, stage_requested, stage_withdrawn


@transaction.atomic
def request_stage(*, uuid, project_id, actor, note=""):
    """Ask to leave the stage that the project is in: freeze the checklist with its hash, demand a note when items are
    open, one request at a time (RuleViolation). Audit on the project; tells who decides."""
    project = _lock_project(project_id)
    if project.stage not in RUNNING:
        raise RuleViolation(_("The project is over; its file is closed."))
    if StageRequest.objects.open().filter(project=project).exists():
        raise RuleViolation(_("A request of this project waits for its decision already."))
    checklist, sha256 = frozen_checklist(project)
    unfinished = [item["code"] for item in checklist if not item["done"]]
    if unfinished and not note.strip():
        raise RuleViolation(_("Some items are open. Please write why the stage can be left all the same."))
    request = StageRequest(
        uuid=uuid, project=project, from_stage=project.stage, to_stage=NEXT_STAGE[project.stage], note=note.strip(),
        checklist=checklist, checklist_sha256=sha256, requested_by=actor, requested_at=timezone.now(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError as error:
        if StageRequest.objects.filter(uuid=uuid).exists():
            raise  # the other of two clicks won; the page leads to its request
        raise RuleViolation(_("A request of this project waits for its decision already.")) from error
    data = {"open": unfinished, "sha256": sha256}
    event = _record("stage.requested", request, actor, **data)
    notify_deciders("stage.requested", request, event, actor)
    stage_requested.send(StageRequest, request=request, actor=actor)
    return request


@transaction.atomic
def withdraw_stage(*, request_id, actor):
    """Take a request back before it is decided. Audit; tells who would have decided."""
    request = lock_request(request_id)
    request.withdraw()
    request.save(update_fields=["status", "updated_at"])
    event = _record("stage.withdrawn", request, actor)
    notify_deciders("stage.withdrawn", request, event, actor)
    stage_withdrawn.send(StageRequest, request=request, actor=actor)
    return request


@transaction.atomic
def pass_stage(*, request_id, actor, reason):
    """Let the project into its next stage: decide, move it by its guard; at the end set the day and enter the visits of
    the year after. One event with all of it; tells who asked and who leads."""
    request = lock_request(request_id)
    project, now = request.project, timezone.now()
    request.pass_on(by=actor, at=now, reason=_demand(reason))
    data = {}
    if request.to_stage == ProjectStage.CULTIVATION:
        project.enter_cultivation()
    elif request.to_stage == ProjectStage.SUMMARY:
        project.enter_summary()
    else:
        project.close(on=timezone.localdate(now))
    _save_decision(request)
    project.save(update_fields=["stage", "closed_on", "updated_at"])
    if project.stage == ProjectStage.CLOSED:
        data["visits"] = [visit.due_on for visit in schedule_visits(project=project, actor=actor)]
    event = _record("stage.passed", request, actor, **data)
    notify_asker("stage.passed", request, event, actor)
    stage_decided.send(StageRequest, request=request, actor=actor)
    return request


@transaction.atomic
def hold_stage(*, request_id, actor, reason):
    """Not yet: the project stays where it is, with the reason of what is to be done first. Audit; tells who asked and
    who leads."""
    request = lock_request(request_id)
    request.hold(by=actor, at=timezone.now(), reason=_demand(reason))
    _save_decision(request)
    event = _record("stage.held", request, actor)
    notify_asker("stage.held", request, event, actor)
    stage_decided.send(StageRequest, request=request, actor=actor)
    return request


@transaction.atomic
def update_stage_rule(*, division, actor, roles):
    """Set who decides in a place: ``roles`` maps each stage that is left to a list of roles; an empty list leaves it to
    the place above, or to the default. Requests that wait follow the new rule at once. Audit with old and new."""
    changes = {}
    rules = {
        rule.from_stage: rule for rule in StageRule.objects.select_for_update(of=("self",)).filter(division=division)
    }
    for stage in RUNNING:
        wanted = [role.value for role in POSSIBLE_DECIDERS if role in roles.get(stage, ())]
        rule = rules.get(stage) or StageRule(division=division, from_stage=stage)
        if rule.roles == wanted:
            continue
        changes[stage.value], rule.roles = [rule.roles, wanted], wanted
        rule.save_or_refuse()
    if changes:
        audit.record("stage_rule.updated", target=division, actor=actor, area=division, data={"changes": changes})


def _lock_project(project_id):
    queryset = IncubationProject.objects.select_related("organization", "community__parent", "lead")
    return queryset.select_for_update(of=("self",)).get(pk=project_id)


def lock_request(request_id):
    """The request with its project, both locked, the project first."""
    project = _lock_project(StageRequest.objects.values_list("project_id", flat=True).get(pk=request_id))
    request = StageRequest.objects.select_for_update(of=("self",)).select_related("requested_by").get(pk=request_id)
    request.project = project
    return request


def _demand(reason):
    if not reason.strip():
        raise RuleViolation(_("Please say why."))
    return reason.strip()


def _save_decision(request):
    if request.decided_by_id == request.requested_by_id:
        raise RuleViolation(_("Nobody decides on their own request."))
    try:
        with transaction.atomic():
            request.save(update_fields=["status", "decided_by", "decided_at", "reason", "updated_at"])
    except IntegrityError as error:
        raise RuleViolation(
            _(
                "Whoever worked on the project, belongs to its organization or gave an opinion does not decide. Please "
                "ask a colleague."
            )
        ) from error


def _record(verb, request, actor, **data):
    """The history is the project's: its page tells the whole story."""
    facts = {"request": request.uuid, "from": request.from_stage, "to": request.to_stage, **data}
    return audit.record(verb, target=request.project, actor=actor, area=request.project.community, data=facts)
