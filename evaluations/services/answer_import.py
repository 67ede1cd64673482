"""Answers that were given elsewhere (问卷星 and the like): a file is uploaded, its columns are named once, what is in it
is looked at, and all good rows are taken over, or none."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluations.choices import LinkedBy, LinkState, ResponseSource
from evaluations.models import AnswerMapping, Response, Wave
from evaluations.services import answer_cells as cells
from evaluations.services.answers import AnswersWrong, clean_answers
from evaluations.services.linking import check_code, link_many_by_code, write_doubts
from evaluations.services.response import NotAccepted, takes_paper
from evaluations.services.ticket import tickets_of_members
from evaluations.validators import MAX_TEXT, items_of, score_answers
from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.base.files import kept_with
from incubator.base.hashes import content_sha256
from incubator.importing.choices import BatchState
from incubator.importing.models import ImportBatch
from incubator.importing.readers import read_table
from incubator.importing.services.batches import refuse_repetition
from incubator.jobs.services import enqueue
from organizations.models import Membership

KIND = "answers"
MAX_ROWS = 20_000
AT_ONCE = 500  # more rows are taken over in the background
JOB = "evaluations.import_answers"
EXTRA = (cells.SUBMITTED_AT, cells.AGE_GROUP, cells.CODE, cells.NAME)


@transaction.atomic
def upload_answers(*, uuid, wave_id, content, file_name, actor):
    """Keep a file of answers with its headings and a proposal of what they mean: as the actor's last file with the same
    headings, else by the likeness of the words. RuleViolation for a file that cannot be read or was taken over, and for
    a survey that takes no sheets. Audit."""
    wave = _wave(wave_id)
    _demand_open(wave)
    headers = [head[: cells.MAX_HEADING] for head in read_table(content, MAX_ROWS)[0][1]]
    batch = ImportBatch(
        uuid=uuid, kind=KIND, file_name=file_name[:200], sha256=hashlib.sha256(content).hexdigest(),
        scope=str(wave.uuid), area=wave.community, made_by=actor,
    )  # fmt: skip
    refuse_repetition(batch)
    last = AnswerMapping.objects.filter(
        instrument=wave.version.instrument_id, headers_sha256=content_sha256(headers), made_by=actor
    ).first()
    known = {*(item["id"] for item in items_of(wave.version.content)), *EXTRA}
    remembered = {name: place for name, place in last.mapping.items() if name in known} if last else None
    batch.options = {
        "headers": headers,
        "mapping": remembered or cells.propose_mapping(wave.version.content, headers),
        "remembered": bool(remembered),
    }
    batch.file.save(batch.file_name, ContentFile(content), save=False)
    with kept_with(batch.file):
        batch.save()
        audit.record("importing.uploaded", target=batch, actor=actor, area=batch.area, data={"kind": KIND})
    return batch


@transaction.atomic
def map_answers(*, batch_id, mapping, actor):
    """Say which column is which question, look at every row, and remember the columns for the actor's next file with these
    headings. RuleViolation when nothing is named, or a column that the survey needs for linking is missing."""
    batch, wave = _batch(batch_id)
    _demand_open(wave)
    items = {item["id"] for item in items_of(wave.version.content)}
    if not any(name in items for name in mapping):
        raise RuleViolation(_("Please say for at least one question which column has its answers."))
    if len(set(mapping.values())) != len(mapping):
        raise RuleViolation(_("One column is named twice. Each column has the answers to one question."))
    needed = {LinkedBy.SELF_CODE: cells.CODE}.get(wave.linked_by, cells.NAME)
    if wave.linked_by != LinkedBy.NOTHING and needed not in mapping:
        raise RuleViolation(
            _("The answers of this survey are linked: please name the column that says whose they are.")
        )
    batch.options = {**batch.options, "mapping": mapping}
    _good, counts, errors = _read(batch, wave)
    if batch.state == BatchState.UPLOADED:
        batch.check_in(counts=counts, errors=errors)
    elif batch.state == BatchState.CHECKED:
        batch.counts, batch.errors = counts, errors
    else:
        raise RuleViolation(_("This file was taken over or discarded already."))
    batch.save(update_fields=["state", "options", "counts", "errors", "updated_at"])
    AnswerMapping.objects.update_or_create(
        instrument=wave.version.instrument, headers_sha256=content_sha256(batch.options["headers"]), made_by=actor,
        defaults={"mapping": mapping},
    )  # fmt: skip
    return batch


@transaction.atomic
def confirm_answers(*, batch_id, actor):
    """Take over the good rows: at once when they are few, else a worker does it. RuleViolation when there are none."""
    batch, wave = _batch(batch_id)
    _demand_open(wave)
    if batch.state != BatchState.CHECKED:
        raise RuleViolation(_("This file was taken over or discarded already."))
    if not batch.counts.get("new"):
        raise RuleViolation(_("There is no new row to take over in this list."))
    if batch.counts["new"] <= AT_ONCE:
        return import_answers(batch_id=batch_id, actor=actor)
    refuse_repetition(batch)
    batch.options = {**batch.options, "waits": True}
    batch.save(update_fields=["options", "updated_at"])
    enqueue(JOB, key=str(batch.uuid), batch_uuid=str(batch.uuid))
    return batch


@transaction.atomic
def import_answers(*, batch_id, actor):
    """Read the file again and take over all good rows or, when anything fails, none: sheets, scores, links and doubts;
    mark the batch; audit on the survey with the counts alone. A batch that has ended stays as it is. The survey is locked,
    so that nobody closes it or hands in for the same person meanwhile."""
    batch, wave = _batch(batch_id)
    if batch.state != BatchState.CHECKED:
        return batch
    Wave.objects.lock([wave.pk])
    wave = wave_of(batch)
    _demand_open(wave)
    good, counts, errors = _read(batch, wave)
    if not good:
        raise RuleViolation(_("There is no new row to take over in this list."))
    now = timezone.now()
    batch.confirm(at=now, counts={**counts, "made": len(good)}, errors=errors)
    refuse_repetition(batch)
    pairs, tickets = [], {}
    if wave.linked_by == LinkedBy.TICKET:
        tickets = tickets_of_members(wave, [row["member"] for row in good])
    sheets = [_sheet(wave, row, actor, now, tickets) for row in good]
    if wave.linked_by == LinkedBy.SELF_CODE:
        pairs = link_many_by_code(wave, [(sheet, row["code"]) for sheet, row in zip(sheets, good, strict=True)])
    Response.objects.bulk_create(sheets, batch_size=500)
    write_doubts(pairs)
    batch.options = {**batch.options, "waits": False}
    batch.save_or_refuse(update_fields=["state", "confirmed_at", "counts", "errors", "options", "updated_at"])
    audit.record(
        "response.imported", target=wave, actor=actor, area=wave.community,
        data={"made": len(good), "bad": counts["bad"], "batch": str(batch.uuid)},
    )  # fmt: skip
    return batch


def run_import(*, batch_uuid):
    """The worker's part. What stands in the way is told on the page of the file, and may be tried again."""
    batch = ImportBatch.objects.select_related("made_by").get(uuid=batch_uuid)
    try:
        with transaction.atomic():
            import_answers(batch_id=batch.pk, actor=batch.made_by)
    except RuleViolation as error:
        with transaction.atomic():
            batch = ImportBatch.objects.select_for_update(of=("self",)).select_related("area").get(pk=batch.pk)
            batch.fail(reason=str(error))
            batch.save(update_fields=["state", "reason", "errors", "updated_at"])
            audit.record(
                "importing.failed", target=batch, actor=batch.made_by, area=batch.area, data={"reason": batch.reason}
            )
    return batch


def rejected_answers(batch):
    """(headings, rows) of what was not taken, as it came, with its line and the reasons in front."""
    reasons = {}
    for error in batch.errors:
        text = f"{error['column']}: {error['reason']}" if error["column"] else error["reason"]
        reasons.setdefault(error["row"], []).append(text)
    rows = [[number, "\n".join(reasons[number]), *row] for number, row in _stored(batch)[1:] if number in reasons]
    return [_("Row in your file"), _("What is wrong"), *batch.options["headers"]], rows


def wave_of(batch):
    return Wave.objects.select_related("version__instrument", "community", "organization").get(uuid=batch.scope)


# --- rows ---
def _read(batch, wave):
    """(good rows, counts, errors) of the stored file by its mapping."""
    reader = _Reader(wave, batch.options["mapping"], batch.options["headers"])
    rows = _stored(batch)[1:]
    good, errors = [], []
    for number, row in rows:
        found, wrong = reader.read(number, row)
        errors += wrong
        if not wrong:
            good.append(found)
    return good, {"rows": len(rows), "new": len(good), "known": 0, "bad": len(rows) - len(good)}, errors


class _Reader:
    """Reads one row after another; what they share is looked up once."""

    def __init__(self, wave, mapping, headers):
        self.wave, self.mapping, self.headers, self.now = wave, mapping, headers, timezone.now()
        self.items = [item for item in items_of(wave.version.content) if item["id"] in mapping]
        self.scales = list(wave.version.scales.order_by("pk"))
        self.ages, self.members, self.answered = cells.age_labels(), {}, set()
        if wave.linked_by in (LinkedBy.TICKET, LinkedBy.ACCOUNT) and wave.organization_id:
            found = Membership.objects.current().filter(organization=wave.organization_id).select_related("user")
            for member in found.order_by("pk"):
                self.members.setdefault(member.name, []).append(member)
            keys = Response.objects.counted().filter(wave=wave).order_by("pk").values_list("subject_key", flat=True)
            self.answered = set(keys)

    def read(self, number, row):
        """(what is in the row, what is wrong with it: {"row", "column", "reason"})."""
        self.number, self.row, self.wrong = number, row, []
        answers = self._answers()
        found = {
            "line": number,
            "answers": answers,
            "scores": score_answers(self.scales, answers),
            "age_group": self._try(cells.AGE_GROUP, lambda _item, text: cells.read_age(text, self.ages)) or "unknown",
            "submitted_at": self._try(cells.SUBMITTED_AT, lambda _item, text: cells.read_moment(text, self.now)),
        }
        if self.wave.linked_by == LinkedBy.SELF_CODE:
            found["code"] = self._try(cells.CODE, lambda _item, text: check_code(text))
        elif self.wave.linked_by != LinkedBy.NOTHING:
            found["member"] = self._try(cells.NAME, lambda _item, text: self._member(text))
        return found, self.wrong

    def _answers(self):
        """The answers as the questionnaire allows them; {} when anything is wrong."""
        said = {item["id"]: self._try(item["id"], cells.read_answer, item) for item in self.items}
        if self.wrong:
            return {}
        if all(value is None for value in said.values()):
            self._add(None, _("Nothing is answered in this row."))
            return {}
        try:
            return clean_answers(self.wave.version.content, said)
        except AnswersWrong as error:
            for name, sentence in error.errors.items():
                self._add(name, sentence)
            return {}

    def _try(self, name, read, item=None):
        place = self.mapping.get(name)
        if place is None:
            return None
        try:
            # One character more than any text may have: enough to be told so, and quick to read.
            return read(item, self.row[place][: MAX_TEXT + 1] if place < len(self.row) else "")
        except (cells.CellWrong, RuleViolation) as error:
            self._add(name, str(error))
            return None

    def _add(self, name, reason):
        place = self.mapping.get(name)
        head = self.headers[place] if place is not None and place < len(self.headers) else ""
        self.wrong.append({"row": self.number, "column": head[:80], "reason": reason})

    def _member(self, text):
        """The member of this name, each once."""
        found = self.members.get(" ".join(text.split()), [])
        if len(found) != 1:
            raise cells.CellWrong(
                _("Several members have this name. Please enter the sheet by hand.") if found
                else _("No member of the organization has this name.")
            )  # fmt: skip
        member, key = found[0], f"m:{found[0].uuid}"
        if self.wave.linked_by == LinkedBy.ACCOUNT:
            if member.user is None:
                raise cells.CellWrong(_("This member has no account, so the sheet could not be linked."))
            key = f"u:{member.user.uuid}"
        if key in self.answered:
            raise cells.CellWrong(_("This person has answered already."))
        self.answered.add(key)
        return member


def _sheet(wave, row, actor, now, tickets):
    sheet = Response(
        wave=wave, answers=row["answers"], scores=row["scores"], age_group=row["age_group"],
        source=ResponseSource.IMPORT, begun_at=row["submitted_at"] or now, submitted_at=row["submitted_at"] or now,
        entered_by=actor, import_line=row["line"],
    )  # fmt: skip
    if not wave.asks_age_group:
        sheet.age_group = "unknown"
    if member := row.get("member"):
        sheet.link_state = LinkState.LINKED
        if wave.linked_by == LinkedBy.ACCOUNT:
            sheet.user, sheet.subject_key = member.user, f"u:{member.user.uuid}"
        else:
            sheet.ticket = tickets[member.pk]
            sheet.subject_key = sheet.ticket.subject_key
    return sheet


def _stored(batch):
    with batch.file.open("rb") as stored:
        return read_table(stored.read(), MAX_ROWS)


def _demand_open(wave):
    if not takes_paper(wave, timezone.now()):
        raise NotAccepted(_("Answers are taken over while the survey is open and up to 14 days after."))


def _wave(wave_id):
    return Wave.objects.select_related("version__instrument", "community", "organization").get(pk=wave_id)


def _batch(batch_id):
    batch = ImportBatch.objects.select_for_update(of=("self",)).select_related("area").get(pk=batch_id, kind=KIND)
    return batch, wave_of(batch)
