"""Putting right what has been accepted or whose month is closed: the new value counts, the old one stays beside it."""

from django.db import transaction
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from projects.choices import ActivityStatus, LedBy, Outcome, WorkerRole
from projects.models import Activity, ActivityCorrection
from projects.services.activity import FACTS, PERSONAL, WRITTEN, complete, demand_fresh, demand_rules, take
from projects.services.activity_link import relations_of, write_relations

CORRECTED = (ActivityStatus.ACCEPTED, ActivityStatus.LOCKED)
DETAIL = "details."
CHOICES = {"outcome": Outcome, "led_by": LedBy, "worker_role": WorkerRole}


@transaction.atomic
def correct_activity(*, activity_id, values, version, reason, actor):
    """Put a record right that was accepted or whose month is closed.

    Checks the state, the reason, the rules and the version (StaleVersion); writes the values, links, people and discussed
    records; keeps old and new as people read them in an ActivityCorrection; audit. The state stays. Without a change
    there is nothing to put right (RuleViolation).
    """
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity_id)
    if activity.status not in CORRECTED:
        raise RuleViolation(_("This record can still be changed itself; no correction is needed."))
    if not reason.strip():
        raise RuleViolation(_("Please say why it is put right."))
    values, relations = complete(activity, activity.kind, values)
    demand_rules(activity, values, relations, timezone.now())
    demand_fresh(activity, version=version)
    before, told = audit.snapshot(activity, FACTS), as_told(activity, relations_of(activity))
    take(activity, values)
    activity.version += 1
    write_relations(activity, relations)
    activity.save(update_fields=WRITTEN)
    now_told = as_told(activity, relations_of(activity))
    changes = {
        name: {"from": told.get(name, ""), "to": now_told.get(name, "")}
        for name in told | now_told
        if told.get(name, "") != now_told.get(name, "")
    }
    if not changes:
        raise RuleViolation(_("Nothing is different from what the record says already."))
    correction = ActivityCorrection.objects.create(
        activity=activity, changes=changes, reason=reason.strip(), corrected_by=actor
    )
    audit.record(
        "activity.corrected", target=activity, actor=actor, area=activity.community,
        data=audit.changes(activity, before, personal=PERSONAL) | {"correction": str(correction.uuid)},
    )  # fmt: skip
    return activity


def as_told(activity, relations):
    """{name of the field: text} of all that a correction may change, as people read it; answers of the kind as
    ``details.<name>``."""
    shares = {}
    for link in activity.links.select_related("organization").order_by("-is_main", "pk"):
        shares[str(link.organization)] = shares.get(str(link.organization), 0) + link.minutes
    texts = {
        "organization": str(activity.organization),
        "starts_at": timezone.localtime(activity.starts_at).strftime("%Y-%m-%d %H:%M"),
        "minutes": number_format(activity.minutes),
        "participants": "" if activity.participants is None else number_format(activity.participants),
        "others": _list([f"{name} {minutes}" for name, minutes in shares.items()]) if len(shares) > 1 else "",
        "objectives": _list(relations["objectives"]),
        "workers": _list(relations["workers"]),
        "supervised": _list(relations["supervised"]),
        "discussed": _list(relations["discussed"]),
        "place": str(activity.place or ""),
        "plan": str(activity.plan or ""),
        "series": str(activity.series or ""),
    }
    for name in ("title", "place_text", "summary", "next_step", "outcome_reason"):
        texts[name] = getattr(activity, name)
    for name, choices in CHOICES.items():
        texts[name] = str(choices(getattr(activity, name)).label)
    return texts | {f"{DETAIL}{name}": answer["text"] for name, answer in activity.answers.items()}


def _list(things):
    return "; ".join(str(thing) for thing in things)
