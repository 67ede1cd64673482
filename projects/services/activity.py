"""Verbs of activities. A record's identifier is minted where it is written: saving twice is saving once."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role
from incubator.audit import services as audit
from incubator.base.errors import Conflict, RuleViolation
from organizations.models import Agency
from organizations.policies.organization import leads
from projects.choices import ActivityStatus, Outcome, Source
from projects.models import Activity
from projects.services.activity_link import RELATIONS, projects_of, relations_of, same_relations, write_relations
from projects.services.kind import current_version
from projects.validators import validate_day, validate_minutes, validate_participants, validate_start

TAB = "tab"  # in a draft: the browser tab that wrote it last
FACTS = (
    "organization", "starts_at", "minutes", "place_text", "participants", "summary", "next_step", "led_by", "details",
    "outcome", "outcome_reason", "worker_role", "place", "plan", "series", "title",
)  # fmt: skip
# Free text may name residents: the history says that it changed, not what it said.
PERSONAL = {"summary", "next_step", "details", "place_text", "outcome_reason", "title"}
WRITTEN = (
    *FACTS, "kind", "kind_version", "community", "project", "agency", "source", "status", "payload", "version",
    "submitted_at", "reviewed_at", "reviewed_by", "returned_reason", "reaches_out", "updated_at",
)  # fmt: skip
USUAL = 20  # activities of an organization that say how many people usually come


class StaleVersion(Conflict):
    """The record was changed elsewhere since this form was opened. ``current`` is what it is now."""

    def __init__(self, current):
        super().__init__(_("This record was changed in another window since. Please choose one of the two versions."))
        self.current = current


@transaction.atomic
def submit_activity(*, uuid, kind, values, version, actor, tab=""):
    """Hand the record in; it counts from now on.

    ``values``: FACTS and RELATIONS; what is missing stays as it is. Checks the rules; makes the record or takes the draft
    of this identifier; moves the values into its columns with the organization's community and running project and the
    author's agency; writes the links, people and discussed records; empties the draft; audit. Handing in the same values
    again returns the record as it is; other values for a record that exists raise StaleVersion.
    """
    now = timezone.now()
    activity = claim(uuid=uuid, kind=kind, actor=actor)
    values, relations = complete(activity, kind, values)
    demand_rules(activity, values, relations, now)
    if not activity.is_draft:
        if _same(activity, values, relations):
            return activity
        raise StaleVersion(activity)
    demand_fresh(activity, version=version, tab=tab)
    activity.kind, activity.source = kind, source_of(actor=actor, organization=values["organization"])
    activity.agency = Agency.objects.employing(actor).first()
    take(activity, values)
    activity.submit(at=now)
    activity.version += 1
    write_relations(activity, relations)
    activity.save(update_fields=WRITTEN)
    audit.record(
        "activity.submitted", target=activity, actor=actor, area=activity.community,
        data={"from": ActivityStatus.DRAFT, "to": activity.status, "kind": kind},
    )  # fmt: skip
    return activity


@transaction.atomic
def update_activity(*, activity_id, values, version, actor):
    """Correct a record that was handed in and not accepted yet; a returned one is handed in again by that.

    Checks the rules and the version (StaleVersion); writes the values, links, people and discussed records; audit with
    the changed fields. The same values again leave no trace.
    """
    now = timezone.now()
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity_id)
    values, relations = complete(activity, activity.kind, values)
    demand_rules(activity, values, relations, now)
    if activity.status in (ActivityStatus.ACCEPTED, ActivityStatus.LOCKED):
        raise RuleViolation(_("The record has been accepted and stays as it is."))
    was, unchanged = activity.status, _same(activity, values, relations)
    if was == ActivityStatus.SUBMITTED and unchanged:
        return activity
    demand_fresh(activity, version=version)
    before, linked = audit.snapshot(activity, FACTS), not same_relations(relations, relations_of(activity))
    take(activity, values)
    if was == ActivityStatus.RETURNED:
        activity.submit(at=now)
    activity.version += 1
    write_relations(activity, relations)
    activity.save(update_fields=WRITTEN)
    audit.record(
        "activity.resubmitted" if was == ActivityStatus.RETURNED else "activity.updated",
        target=activity, actor=actor, area=activity.community,
        data={
            "from": was, "to": activity.status, **audit.changes(activity, before, personal=PERSONAL),
            **({"links": True} if linked else {}),
        },
    )  # fmt: skip
    return activity


def claim(*, uuid, kind, actor):
    """The author's record of this identifier, locked; made as an empty draft when there is none."""
    Activity.objects.get_or_create(uuid=uuid, defaults={"kind": kind, "recorded_by": actor, "version": 0})
    activity = Activity.objects.select_for_update(of=("self",)).get(uuid=uuid)
    if activity.recorded_by_id != actor.pk:
        raise Conflict(_("This identifier is taken. Please open the form again."))
    return activity


def demand_fresh(activity, *, version, tab=""):
    """The tab that wrote last may go on: the answer to its last saving may have been lost on the way."""
    if version != activity.version and not (tab and tab == activity.payload.get(TAB)):
        raise StaleVersion(activity)


def minutes_of_day(user, starts_at, *, besides=None):
    """What the person has recorded of that local day, in minutes; ``besides``: the identifier of a record left out."""
    begin = timezone.localtime(starts_at).replace(hour=0, minute=0, second=0, microsecond=0)
    end = begin + datetime.timedelta(days=1)
    found = Activity.objects.handed_in().filter(
        recorded_by=user, outcome=Outcome.HELD, starts_at__gte=begin, starts_at__lt=end
    )
    return found.exclude(uuid=besides).aggregate(total=Sum("minutes"))["total"] or 0


def usual_participants(organization):
    """The largest number that came to one of the organization's last activities; None when nobody counted yet."""
    last = Activity.objects.counted().filter(organization=organization, participants__isnull=False)
    keys = last.order_by("-starts_at", "-pk").values_list("pk", flat=True)[:USUAL]
    return Activity.objects.filter(pk__in=list(keys)).aggregate(most=Max("participants"))["most"]


def complete(activity, kind, values):
    """The values with what was not told as it is, and the relations likewise. Who did not hold it counts nobody."""
    facts = {name: values[name] if name in values else getattr(activity, name) for name in FACTS}
    told = {name for name in RELATIONS if name in values}
    known = relations_of(activity) if len(told) < len(RELATIONS) else {}
    relations = {name: values[name] if name in told else known[name] for name in RELATIONS}
    if facts["outcome"] == Outcome.HELD:
        facts["outcome_reason"] = ""
    else:
        facts["participants"] = None
    facts["title"] = _title(activity, kind, facts, is_told="title" in values)
    plan = facts["plan"]
    if plan and plan.objective and plan.objective not in relations["objectives"]:
        relations["objectives"] = [*relations["objectives"], plan.objective]
    return facts, relations


def _title(activity, kind, facts, *, is_told):
    """What was typed, else what the kind makes of its answers, else what the plan or the series is called."""
    asks = activity.kind_class if activity.kind == kind else type(activity)(kind=kind).kind_class
    is_derived = not is_told and activity.title == asks.title_from(activity.details)[:120]
    own, behind = "" if is_derived else facts["title"], facts["plan"] or facts["series"]
    return (own or asks.title_from(facts["details"]) or (behind.title if behind else ""))[:120]


def demand_rules(activity, values, relations, now):
    held = values["outcome"] == Outcome.HELD
    try:
        validate_start(values["starts_at"], now, took_place=held)
        validate_minutes(values["minutes"])
        if values["participants"] is not None:
            validate_participants(values["participants"])
        if held:
            author = activity.recorded_by
            validate_day(values["minutes"], minutes_of_day(author, values["starts_at"], besides=activity.uuid))
    except ValidationError as error:
        raise RuleViolation(error.messages[0]) from error
    if not held and not values["outcome_reason"].strip():
        raise RuleViolation(_("Please say why it did not take place."))
    _demand_belongings(activity, values, relations)


def _demand_belongings(activity, values, relations):
    """Place, plan and series are of the organizations that the record is about; what it had already may stay."""
    organization = values["organization"]
    if values["place"] and values["place"].community_id != organization.community_id:
        raise RuleViolation(_("This place is in another community than the organization."))
    if values["series"] and values["series"].organization_id != organization.pk:
        raise RuleViolation(_("This series belongs to another organization."))
    if values["plan"] and values["plan"].pk != activity.plan_id:
        projects = {project.pk for project in projects_of([organization, *relations["others"]]).values()}
        if values["plan"].project_id not in projects:
            raise RuleViolation(_("This was planned for another organization."))


def take(activity, values):
    """Move the values into the record, and what follows from them. It stays with the project that it was handed in for,
    also when that has ended since."""
    is_other = activity.is_draft or activity.organization_id != values["organization"].pk
    for name in FACTS:
        setattr(activity, name, values[name])
    activity.community = activity.organization.community
    activity.kind_version_id = activity.kind_version_id or current_version(activity.kind_class).uuid
    if is_other or activity.project_id is None:
        activity.project = projects_of([activity.organization]).get(activity.organization.pk)


def _same(activity, values, relations):
    facts = all(getattr(activity, name) == values[name] for name in FACTS)
    return facts and same_relations(relations, relations_of(activity))


def source_of(*, actor, organization):
    """A leader's record comes from the organization, unless they also serve the place."""
    place = organization.community
    if actor.access.covers(place, Role.COMMUNITY_STAFF) and not actor.access.covers(place, Role.SOCIAL_WORKER):
        return Source.COMMUNITY
    if leads(actor, organization) and not actor.access.covers(place, Role.SOCIAL_WORKER, Role.HUB_CENTER):
        return Source.ORGANIZATION
    return Source.WORKER
