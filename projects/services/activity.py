"""Verbs of activities. A record's identifier is minted where it is written: saving twice is saving once."""

import json
import uuid as uuids

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role
from incubator.audit import services as audit
from incubator.base.errors import Conflict, RuleViolation
from organizations.policies.organization import leads
from projects.choices import ActivityStatus, Source
from projects.models import Activity, IncubationProject
from projects.querysets import organizations_to_log
from projects.registries import printable
from projects.services.activity_link import write_links
from projects.services.kind import current_version, get_kind
from projects.validators import validate_minutes, validate_participants, validate_start

MAX_DRAFT_CHARACTERS = 40_000
TAB = "tab"  # in a draft: the browser tab that wrote it last
FACTS = (
    "organization", "starts_at", "minutes", "place_text", "participants", "summary", "next_step", "led_by", "details",
)  # fmt: skip
# Free text may name residents: the history says that it changed, not what it said.
PERSONAL = {"summary", "next_step", "details", "place_text"}
WRITTEN = (
    *FACTS, "kind", "kind_version", "community", "project", "title", "source", "status", "payload", "version",
    "submitted_at", "reviewed_at", "reviewed_by", "returned_reason", "reaches_out", "updated_at",
)  # fmt: skip


class StaleVersion(Conflict):
    """The record was changed elsewhere since this form was opened. ``current`` is what it is now."""

    def __init__(self, current):
        super().__init__(_("This record was changed in another window since. Please choose one of the two versions."))
        self.current = current


@transaction.atomic
def save_draft(*, uuid, kind, payload, version, actor, tab=""):
    """Keep what was typed so far, right or wrong; make the draft at its first saving.

    Drops what this kind does not ask; refuses more than a form can hold; refuses (Conflict) a record of somebody else
    or one that was handed in, (StaleVersion) an older version from another tab. Leaves no trace in the history: a draft
    is nobody else's business.
    """
    known = get_kind(kind).draft_keys()
    kept = {key: printable(str(value)) for key, value in payload.items() if key in known and value not in (None, "")}
    if len(json.dumps(kept, ensure_ascii=False)) > MAX_DRAFT_CHARACTERS:
        raise RuleViolation(_("This is more text than a record can hold. Please shorten it."))
    activity = _claim(uuid=uuid, kind=kind, actor=actor)
    if not activity.is_draft:
        raise Conflict(_("This record was handed in already. Open it to correct it."))
    _demand_fresh(activity, version=version, tab=tab)
    activity.kind, activity.payload = kind, kept | ({TAB: str(tab)[:40]} if tab else {})
    activity.organization = _chosen_organization(kept.get("organization"), actor=actor)
    activity.version += 1
    activity.save(update_fields=["kind", "payload", "organization", "version", "updated_at"])
    return activity


@transaction.atomic
def discard_draft(*, activity_id, actor):
    """Delete a draft: nothing was ever counted from it. A record that was handed in stays (RuleViolation)."""
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity_id)
    if not activity.is_draft:
        raise RuleViolation(_("It has been recorded already; only drafts can be thrown away."))
    audit.record("activity.discarded", target=activity, actor=actor)
    activity.delete()


@transaction.atomic
def submit_activity(*, uuid, kind, values, version, actor, tab=""):
    """Hand the record in; it counts from now on.

    Checks the rules; makes the record or takes the draft of this identifier; moves ``values`` into its columns with the
    organization's community and running project; empties the draft; audit. Handing in the same values again returns the
    record as it is; other values for a record that exists raise StaleVersion.
    """
    now = timezone.now()
    _demand_rules(values, now)
    activity = _claim(uuid=uuid, kind=kind, actor=actor)
    if not activity.is_draft:
        if _same(activity, values):
            return activity
        raise StaleVersion(activity)
    _demand_fresh(activity, version=version, tab=tab)
    activity.kind, activity.source = kind, _source(actor=actor, organization=values["organization"])
    _take(activity, values)
    activity.submit(at=now)
    activity.version += 1
    write_links(activity)
    activity.save(update_fields=WRITTEN)
    audit.record(
        "activity.submitted", target=activity, actor=actor, area=activity.community,
        data={"from": ActivityStatus.DRAFT, "to": activity.status, "kind": kind},
    )  # fmt: skip
    return activity


@transaction.atomic
def update_activity(*, activity_id, values, version, actor):
    """Correct a record that was handed in and not accepted yet; a returned one is handed in again by that.

    Checks the rules and the version (StaleVersion); writes the values; audit with the changed fields. The same values
    again leave no trace.
    """
    now = timezone.now()
    _demand_rules(values, now)
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity_id)
    if activity.status == ActivityStatus.ACCEPTED:
        raise RuleViolation(_("The record has been accepted and stays as it is."))
    was, unchanged = activity.status, _same(activity, values)
    if was == ActivityStatus.SUBMITTED and unchanged:
        return activity
    _demand_fresh(activity, version=version)
    before = audit.snapshot(activity, FACTS)
    _take(activity, values)
    if was == ActivityStatus.RETURNED:
        activity.submit(at=now)
    activity.version += 1
    write_links(activity)
    activity.save(update_fields=WRITTEN)
    audit.record(
        "activity.resubmitted" if was == ActivityStatus.RETURNED else "activity.updated",
        target=activity, actor=actor, area=activity.community,
        data={"from": was, "to": activity.status, **audit.changes(activity, before, personal=PERSONAL)},
    )  # fmt: skip
    return activity


def _claim(*, uuid, kind, actor):
    """The author's record of this identifier, locked; made as an empty draft when there is none."""
    Activity.objects.get_or_create(uuid=uuid, defaults={"kind": kind, "recorded_by": actor, "version": 0})
    activity = Activity.objects.select_for_update(of=("self",)).get(uuid=uuid)
    if activity.recorded_by_id != actor.pk:
        raise Conflict(_("This identifier is taken. Please open the form again."))
    return activity


def _demand_fresh(activity, *, version, tab=""):
    """The tab that wrote last may go on: the answer to its last saving may have been lost on the way."""
    if version != activity.version and not (tab and tab == activity.payload.get(TAB)):
        raise StaleVersion(activity)


def _demand_rules(values, now):
    try:
        validate_start(values["starts_at"], now)
        validate_minutes(values["minutes"])
        if values.get("participants") is not None:
            validate_participants(values["participants"])
    except ValidationError as error:
        raise RuleViolation(error.messages[0]) from error


def _take(activity, values):
    """Move the values into the record, and what follows from them."""
    for name in FACTS:
        setattr(activity, name, values[name])
    activity.community = activity.organization.community
    activity.project = IncubationProject.objects.running().filter(organization=activity.organization).first()
    activity.kind_version_id = activity.kind_version_id or current_version(activity.kind_class).uuid
    activity.title = activity.kind_class.title_from(activity.details)[:120]


def _same(activity, values):
    return all(getattr(activity, name) == values[name] for name in FACTS)


def _source(*, actor, organization):
    """A leader's record comes from the organization, unless they also serve the place."""
    place = organization.community
    if actor.access.covers(place, Role.COMMUNITY_STAFF) and not actor.access.covers(place, Role.SOCIAL_WORKER):
        return Source.COMMUNITY
    if leads(actor, organization) and not actor.access.covers(place, Role.SOCIAL_WORKER, Role.HUB_CENTER):
        return Source.ORGANIZATION
    return Source.WORKER


def _chosen_organization(text, *, actor):
    """The organization a draft names, when it names one that the author may record activities of."""
    try:
        identifier = uuids.UUID(str(text))
    except ValueError:
        return None
    return organizations_to_log(actor).filter(uuid=identifier).first()
