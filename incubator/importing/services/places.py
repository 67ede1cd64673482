"""Verbs about places that leave a trace in the history. Divisions stand below the audit in the house and cannot write
it themselves, so what people do to places is done from here, the lowest part that knows both."""

import datetime
import hashlib
from functools import partial

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.base.files import kept_with
from incubator.divisions import services as divisions
from incubator.divisions.choices import Level
from incubator.divisions.codes import is_code, setting_of
from incubator.divisions.models import Division
from incubator.divisions.readers import CodeListError
from incubator.importing.choices import DIVISIONS
from incubator.importing.models import ImportBatch
from incubator.importing.services.batches import refuse_repetition
from incubator.jobs.services import enqueue

JOB = "importing.import_divisions"
MAX_BYTES = 60 * 1024 * 1024


@transaction.atomic
def import_divisions(source, *, edition, actor, under=(), file_name="", progress=None):
    """Take over a code list (divisions.services.import_divisions) and record ``division.imported`` for each place
    that the list speaks for, unless nothing changed. ``actor`` is None on the command line."""
    summary = divisions.import_divisions(source, edition=edition, under=under, progress=progress)
    if summary.has_changed_anything:
        data = {"edition": edition, "file": file_name, "counts": dict(summary.total)}
        places = Division.objects.filter(code__in=summary.roots).order_by("code")
        audit.record_many("division.imported", targets=[(place, data) for place in places], actor=actor)
    return summary


@transaction.atomic
def upload_divisions(*, uuid, content, file_name, edition, under, actor):
    """Keep an uploaded code list and have a worker load it.

    1. Refuse what is empty, too large or taken already (RuleViolation); the content is read by the worker.
    2. Store it as an uploaded batch and record ``importing.uploaded``.
    3. Enqueue the job, which ends with ``confirmed`` or ``failed``.
    """
    if not content:
        raise RuleViolation(_("The file is empty (0 bytes). Please save it again and upload it then."))
    if len(content) > MAX_BYTES:
        raise RuleViolation(_("The file is larger than 60 MB, which no code list is."))
    for code in under:
        if not is_code(code):
            raise RuleViolation(_("“%(code)s” is not a code of 2, 4, 6, 9 or 12 digits.") % {"code": code[:40]})
    batch = ImportBatch(
        uuid=uuid,
        kind=DIVISIONS,
        file_name=file_name[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        scope=",".join(sorted(under)),
        options={"edition": edition.isoformat(), "under": sorted(under)},
        made_by=actor,
    )
    refuse_repetition(batch)
    batch.file.save(batch.file_name, ContentFile(content), save=False)
    with kept_with(batch.file):
        batch.save()
        audit.record("importing.uploaded", target=batch, actor=actor, data={"kind": DIVISIONS, **batch.options})
        enqueue(JOB, key=str(batch.uuid), batch_uuid=str(batch.uuid))
    return batch


@transaction.atomic
def run_division_import(*, batch_uuid):
    """The worker's part. A list that is wrong fails the batch with its line and leaves the places as they were; a
    batch that has ended stays as it is, so a job that is delivered twice works once."""
    batch = ImportBatch.objects.select_for_update(of=("self",)).select_related("made_by").get(uuid=batch_uuid)
    if batch.confirmed_at or batch.reason:
        return batch
    try:
        refuse_repetition(batch)
        with batch.file.open("rb") as stream:
            summary = import_divisions(
                stream,
                edition=datetime.date.fromisoformat(batch.options["edition"]),
                under=batch.options["under"],
                actor=batch.made_by,
                file_name=batch.file_name,
                progress=partial(_note_progress, batch_uuid),
            )
    except RuleViolation as error:
        line = error.line if isinstance(error, CodeListError) else None
        batch.fail(reason=str(error), errors=[{"row": line, "column": "", "reason": str(error)}])
        batch.save(update_fields=["state", "reason", "errors", "updated_at"])
        audit.record("importing.failed", target=batch, actor=batch.made_by, data={"reason": batch.reason})
        return batch
    counts = summary.as_data()
    batch.check_in(counts=counts, errors=[])
    batch.confirm(at=timezone.now(), counts=counts, errors=[])
    batch.save(update_fields=["state", "confirmed_at", "counts", "errors", "updated_at"])
    audit.record("importing.confirmed", target=batch, actor=batch.made_by, data={"kind": DIVISIONS})
    return batch


def progress_of(batch_uuid):
    """Per cent loaded, or None. The import is one transaction, so nobody can read its progress from the database: it
    is told through the cache, where workers and pages share one."""
    return cache.get(f"importing.progress:{batch_uuid}")


def _note_progress(batch_uuid, done, total):
    cache.set(f"importing.progress:{batch_uuid}", 100 * done // max(total, 1), timeout=3600)


SETTING_FIELDS = ("setting", "setting_by_hand")


@transaction.atomic
def set_division_setting(*, division_id, setting, actor):
    """Say whether a community is urban or rural; an empty ``setting`` goes back to what its code says. Imports leave
    what a person said alone. Records ``division.setting_changed``, unless nothing changed."""
    division = Division.objects.select_for_update(of=("self",)).get(pk=division_id)
    if division.level != Level.COMMUNITY:
        raise RuleViolation(_("Only communities and villages are urban or rural."))
    before = audit.snapshot(division, SETTING_FIELDS)
    division.setting_by_hand = bool(setting)
    division.setting = setting or setting_of(division.code)
    changes = audit.changes(division, before)
    if changes["changes"]:
        division.save(update_fields=SETTING_FIELDS)
        audit.record("division.setting_changed", target=division, actor=actor, area=division, data=changes)
    return division
