"""Photos and files of an activity. Optional everywhere; what is kept carries neither place nor camera."""

from contextlib import ExitStack

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.base.files import kept_with
from projects.choices import Consent, EvidenceKind
from projects.models import Activity, Evidence
from projects.services.evidence_picture import prepare

MAX_FILES = 100
WORDS = ("caption", "consent")
TOGETHER = 12  # files sent at once


@transaction.atomic
def add_evidence(*, activity_id, upload, actor, kind="", caption="", consent=Consent.UNKNOWN):
    """Keep a photo or file of an activity that was handed in.

    Looks at the bytes (RuleViolation with a sentence); keeps a picture turned upright and without hidden words, other
    files as they are; makes the small picture; audit. The very same file again in this activity returns what is there.
    ``kind`` is found from the file when not given. ``upload`` may be prepared before (``evidence_picture.prepare``).
    """
    prepared = prepare(upload)
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity_id)
    if activity.is_draft:
        raise RuleViolation(_("Hand the record in first; photos and files are added afterwards."))
    in_use = activity.evidence.in_use()
    if same := in_use.filter(source_sha256=prepared.source_sha256).first():
        return same
    if in_use.count() >= MAX_FILES:
        raise RuleViolation(_("%(limit)s files are here already. Please take one back first.") % {"limit": MAX_FILES})
    evidence = Evidence(
        activity=activity, kind=kind or (EvidenceKind.PHOTO if prepared.is_picture else EvidenceKind.FILE),
        caption=caption.strip(), consent=consent, source_sha256=prepared.source_sha256, look=prepared.look,
        width=prepared.width, height=prepared.height, uploaded_by=actor,
    )  # fmt: skip
    with ExitStack() as kept:
        evidence.take(prepared.content, prepared.facts)
        kept.enter_context(kept_with(evidence.file))
        if prepared.thumbnail:
            evidence.thumbnail.save("small.jpg", prepared.thumbnail, save=False)
            kept.enter_context(kept_with(evidence.thumbnail))
        evidence.save(force_insert=True)
        _record("evidence.added", evidence, actor=actor, sha256=evidence.sha256, kind=evidence.kind)
    return evidence


@transaction.atomic
def update_evidence(*, evidence_id, actor, edition="", **values):
    """Lock; refuse (StaleEdition) what was written over an older edition; write caption and consent; audit, the caption
    masked."""
    evidence = _lock(evidence_id)
    before = audit.snapshot(evidence, WORDS)
    for name in WORDS:
        setattr(evidence, name, values[name])
    found = audit.changes(evidence, before, personal={"caption"})
    if not found["changes"]:
        return evidence
    evidence.check_edition(edition)
    evidence.save(update_fields=[*WORDS, "updated_at"])
    _record("evidence.updated", evidence, actor=actor, **found)
    return evidence


@transaction.atomic
def withdraw_evidence(*, evidence_id, actor, reason):
    """Take a photo or file back for a reason: row and file are kept, nobody is served it any more. Audit."""
    evidence = _lock(evidence_id)
    if not reason.strip():
        raise RuleViolation(_("Please say why."))
    evidence.withdrawn_at, evidence.withdrawn_reason = timezone.now(), reason.strip()
    evidence.save(update_fields=["withdrawn_at", "withdrawn_reason", "updated_at"])
    _record("evidence.withdrawn", evidence, actor=actor)
    return evidence


def same_elsewhere(rows):
    """{key of a row: [keys of other activities]} where the same file or a photo of the same look stands as well."""
    rows = [row for row in rows if row.kind == EvidenceKind.PHOTO or not row.look]
    looks, hashes = {row.look for row in rows if row.look}, {row.source_sha256 for row in rows}
    if not rows:
        return {}
    others = Evidence.objects.in_use().filter(Q(source_sha256__in=hashes) | Q(look__in=looks))
    others = others.exclude(activity__in={row.activity_id for row in rows}).exclude(kind=EvidenceKind.SHEET)
    found = {}
    for activity, digest, look in others.order_by("pk").values_list("activity_id", "source_sha256", "look")[:200]:
        for row in rows:
            if (digest == row.source_sha256 or (look and look == row.look)) and activity not in found.get(row.pk, ()):
                found.setdefault(row.pk, []).append(activity)
    return found


def _lock(evidence_id):
    evidence = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence_id)
    if evidence.withdrawn_at:
        raise RuleViolation(_("It was taken back already."))
    return evidence


def _record(verb, evidence, *, actor, **data):
    """The history is the activity's: a caption or file name may hold a person's name and does not belong in it."""
    activity = evidence.activity
    data = {"evidence": evidence.uuid, **data}
    audit.record(verb, target=activity, actor=actor, area=activity.community, data=data)
