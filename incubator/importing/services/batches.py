"""Lists made of rows: upload and check, take over, discard."""

import datetime
import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.base.files import kept_with
from incubator.importing.choices import DIVISIONS, BatchState
from incubator.importing.models import ImportBatch
from incubator.importing.readers import read_rows

KEPT_FOR = datetime.timedelta(days=30)  # long enough to correct the rows that were not taken


@transaction.atomic
def upload_batch(*, uuid, importer, content, file_name, actor, area=None):
    """Keep an uploaded list and say what is in it; nothing of it is taken yet.

    1. Refuse a file that cannot be read (FileRefused), or that was taken or waits already (RuleViolation).
    2. Check every row with the importer's row form.
    3. Store file, counts and errors as a checked batch.
    4. Record ``importing.uploaded``.
    """
    rows = read_rows(content, importer)
    batch = ImportBatch(
        uuid=uuid,
        kind=importer.code,
        file_name=file_name[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        scope=area.code if area else "",
        area=area,
        made_by=actor,
    )
    refuse_repetition(batch)
    _good, counts, errors = _checked(batch, rows, actor)
    batch.check_in(counts=counts, errors=errors)
    batch.file.save(batch.file_name, ContentFile(content), save=False)
    with kept_with(batch.file):
        batch.save()
        audit.record("importing.uploaded", target=batch, actor=actor, area=area, data={"kind": batch.kind, **counts})
    return batch


@transaction.atomic
def confirm_batch(*, batch_id, actor):
    """Take over the good rows of a checked batch: all of them or, when anything fails, none.

    1. Read and check the stored file again: the world may have moved on since the preview.
    2. Hand the good rows to the importer.
    3. Mark the batch as taken over, with the counts as they are now.
    4. Record ``importing.confirmed``.
    """
    batch = ImportBatch.objects.select_for_update(of=("self",)).select_related("area").get(pk=batch_id)
    good, counts, errors = _checked(batch, stored_rows(batch), actor)
    batch.confirm(at=timezone.now(), counts=counts, errors=errors)
    if not good:
        raise RuleViolation(_("There is no new row to take over in this list."))
    refuse_repetition(batch)
    batch.counts["made"] = batch.importer.confirm(good, actor=actor, batch=batch)
    batch.save_or_refuse(update_fields=["state", "confirmed_at", "counts", "errors", "updated_at"])
    audit.record(
        "importing.confirmed", target=batch, actor=actor, area=batch.area, data={"kind": batch.kind, **batch.counts}
    )
    return batch


@transaction.atomic
def discard_batch(*, batch_id, actor):
    """Put a list aside that is not wanted: nothing is taken, its rows are forgotten, and the same file may be uploaded
    again."""
    batch = ImportBatch.objects.select_for_update(of=("self",)).select_related("area").get(pk=batch_id)
    batch.fail(reason=_("Discarded before it was taken over."))
    _forget_rows(batch)
    batch.save(update_fields=["state", "reason", "errors", "file", "updated_at"])
    audit.record("importing.discarded", target=batch, actor=actor, area=batch.area, data={"kind": batch.kind})
    return batch


@transaction.atomic
def forget_old_lists(*, now):
    """Of lists that nobody touched for ``KEPT_FOR`` only the counts stay; one that still waited is put aside. Lists of
    places hold nobody's name and stay. Returns how many."""
    old = ImportBatch.objects.exclude(kind=DIVISIONS).exclude(file="").filter(updated_at__lt=now - KEPT_FOR)
    batches = list(old.select_for_update(of=("self",)).select_related("area").order_by("pk"))
    for batch in batches:
        if batch.state in (BatchState.UPLOADED, BatchState.CHECKED):
            batch.fail(reason=_("Nobody took it over for %(days)s days.") % {"days": KEPT_FOR.days})
            audit.record("importing.discarded", target=batch, actor=None, area=batch.area, data={"kind": batch.kind})
        _forget_rows(batch)
        batch.save(update_fields=["state", "reason", "errors", "file", "updated_at"])
    return len(batches)


def _forget_rows(batch):
    """The file goes from the disk once the transaction is through; what quotes it goes as well."""
    name, storage = batch.file.name, batch.file.storage
    batch.file, batch.errors = "", []
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def refuse_repetition(batch):
    """The same file for the same purpose is taken once; a person's own that waits is not uploaded again either."""
    same = ImportBatch.objects.same_file(kind=batch.kind, sha256=batch.sha256, scope=batch.scope).exclude(pk=batch.pk)
    if taken := same.confirmed().first():
        raise RuleViolation(
            _("This very file was taken over on %(day)s already.")
            % {"day": timezone.localdate(taken.confirmed_at).isoformat()}
        )
    if batch.pk is None and same.open().filter(made_by=batch.made_by).exists():
        raise RuleViolation(_("You uploaded this very file already. It waits in the list of your imports."))


def stored_rows(batch):
    with batch.file.open("rb") as stored:
        return read_rows(stored.read(), batch.importer)


def preview_rows(batch, count):
    """The first ``count`` rows that would be taken, for the eye."""
    bad = {error["row"] for error in batch.errors}
    return [row for row in stored_rows(batch) if row.number not in bad][:count]


def _checked(batch, rows, actor):
    """(good row forms, counts, errors) of ``rows``."""
    importer = batch.importer
    shared = importer.prepare(rows, actor=actor, area=batch.area)
    labels = {column.key: column.label for column in importer.columns}
    good, errors, known = [], [], 0
    for row in rows:
        form = importer.row_form(row, shared=shared, actor=actor)
        if not form.is_valid():
            errors += form.errors_for(labels)
        elif form.is_known:
            known += 1
        else:
            good.append(form)
    bad = len(rows) - known - len(good)
    return good, {"rows": len(rows), "new": len(good), "known": known, "bad": bad}, errors
