"""Drafts: what was typed so far, right or wrong. Nobody else's business, so they leave no trace in the history."""

import json
import re
import uuid as uuids

from django.db import transaction
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import Conflict, RuleViolation
from projects.models import Activity
from projects.querysets import organizations_to_log
from projects.registries import DETAILS, MULTIPLE_FIELDS, printable
from projects.services.activity import TAB, claim, demand_fresh
from projects.services.kind import get_kind

MAX_DRAFT_CHARACTERS = 40_000
MAX_CHOSEN = 200
MOST_DRAFTS = 20
SHARE = re.compile(r"share-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@transaction.atomic
def save_draft(*, uuid, kind, payload, version, actor, tab=""):
    """Keep what was typed so far, right or wrong; make the draft at its first saving.

    Drops what this kind does not ask; refuses more than a form can hold; refuses (Conflict) a record of somebody else
    or one that was handed in, (StaleVersion) an older version from another tab. Leaves no trace in the history.
    """
    kept = kept_of(get_kind(kind), payload)
    if len(json.dumps(kept, ensure_ascii=False)) > MAX_DRAFT_CHARACTERS:
        raise RuleViolation(_("This is more text than a record can hold. Please shorten it."))
    activity = claim(uuid=uuid, kind=kind, actor=actor)
    if not activity.is_draft:
        raise Conflict(_("This record was handed in already. Open it to correct it."))
    demand_fresh(activity, version=version, tab=tab)
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


def unfinished_drafts(user):
    """[(draft, kind, labels)] of the author's last drafts that a question of their kind's own is still open in."""
    drafts, kinds, found = Activity.objects.drafts_of(user).with_names().order_by("-updated_at", "-pk"), {}, []
    for draft in drafts[:MOST_DRAFTS]:
        kind = kinds[draft.kind] = kinds.get(draft.kind) or draft.kind_class
        if labels := _open_questions(kind, draft.payload):
            found.append((draft, kind, labels))
    return found


def _open_questions(kind, payload):
    """Labels of the kind's own questions that it cannot do without and that nothing answers yet."""
    fields = kind.details_form.base_fields
    answers = {name: payload.get(f"{DETAILS}-{name}", field.initial) for name, field in fields.items()}
    form = kind.details_form(answers)
    return [str(form.fields[name].label) for name in form.errors]


def kept_of(kind, payload):
    """What of ``payload`` a draft of this kind holds: texts, and lists of texts where several may be chosen."""
    known, kept = set(kind.draft_keys()), {}
    for key, value in payload.items():
        if key not in known and not SHARE.fullmatch(str(key)):
            continue
        if isinstance(value, list):
            chosen = [printable(str(item)) for item in value[:MAX_CHOSEN] if item not in (None, "")]
            value = chosen if len(chosen) > 1 or key in MULTIPLE_FIELDS else "".join(chosen)
        elif value not in (None, ""):
            value = [printable(str(value))] if key in MULTIPLE_FIELDS else printable(str(value))
        if value not in (None, "", []):
            kept[key] = value
    return kept


def _chosen_organization(text, *, actor):
    """The organization a draft names, when it names one that the author may record activities of."""
    try:
        identifier = uuids.UUID(str(text))
    except ValueError:
        return None
    return organizations_to_log(actor).filter(uuid=identifier).first()
