"""Questionnaires: made, copied, published as editions that never change, retired. Their drafts: instrument_draft.py."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluations.models import Instrument, InstrumentVersion, Scale
from evaluations.services.instrument_problems import problems_of, told_shortly
from evaluations.validators import normalized, scales_of
from incubator.audit import services as audit
from incubator.base.errors import Conflict, RuleViolation
from incubator.base.hashes import content_sha256

FIELDS = ("title", "title_en", "subject", "is_validated", "source")
EMPTY = {"title": {}, "intro": {}, "sections": [], "scales": []}


@transaction.atomic
def create_instrument(*, uuid, division, values, actor, content=None):
    """A questionnaire of a place with a draft alone: nobody can answer it yet. ``values`` are FIELDS and ``intro``; with
    ``content`` (from a file) it begins with that. Audit."""
    instrument = Instrument(
        uuid=uuid, code=_code(uuid), division=division, created_by=actor, draft={**EMPTY, **(content or {})},
        **{name: values[name] for name in FIELDS},
    )  # fmt: skip
    _write_head(instrument, values["intro"])
    instrument.check_rules()
    instrument.save()
    audit.record("instrument.created", target=instrument, actor=actor, area=division, data={"code": instrument.code})
    return instrument


@transaction.atomic
def copy_instrument_for(*, uuid, instrument_id, division, title, title_en, actor):
    """The same questions as the draft of a questionnaire of ``division``. Questions keep their identifiers, so that scales
    nobody changes can be compared with the original's. Audit."""
    original = Instrument.objects.select_related("current").get(pk=instrument_id)
    content = original.current.content if original.current else normalized(original.draft)
    values = {name: getattr(original, name) for name in FIELDS} | {
        "title": title, "title_en": title_en, "intro": content.get("intro", {}),
    }  # fmt: skip
    copy = create_instrument(uuid=uuid, division=division, values=values, actor=actor, content=content)
    audit.record("instrument.copied", target=original, actor=actor, area=division, data={"copy": copy.code})
    return copy


@transaction.atomic
def update_instrument(*, instrument_id, values, actor, edition=""):
    """Change title, words at the beginning, whom it is about and where it comes from. Refuses (StaleEdition) what somebody
    changed meanwhile. Audit with the changed fields."""
    instrument = Instrument.objects.select_for_update(of=("self",)).get(pk=instrument_id)
    instrument.check_edition(edition)
    before = audit.snapshot(instrument, FIELDS)
    for name in FIELDS:
        setattr(instrument, name, values[name])
    _write_head(instrument, values["intro"])
    instrument.check_rules()
    instrument.save(update_fields=[*FIELDS, "draft", "updated_at"])
    changes = audit.changes(instrument, before)
    audit.record("instrument.updated", target=instrument, actor=actor, area=instrument.division, data=changes)
    return instrument


@transaction.atomic
def publish_instrument(*, instrument_id, actor, now=None):
    """Make the draft the edition in use: refuse what has problems or was published before, write the edition with its
    hash and its scales, and use it from now on. Audit."""
    instrument = Instrument.objects.select_for_update(of=("self",)).get(pk=instrument_id)
    if told := problems_of(instrument.draft):
        raise RuleViolation(told_shortly(told))
    version = write_version(instrument, normalized(instrument.draft), now or timezone.now(), by=actor)
    instrument.current, instrument.is_active = version, True
    instrument.save(update_fields=["current", "is_active", "updated_at"])
    audit.record(
        "instrument.published", target=instrument, actor=actor, area=instrument.division,
        data={"edition": version.number, "sha256": version.sha256},
    )  # fmt: skip
    return version


def write_version(instrument, content, now, *, by=None):
    """The next edition and its scales. RuleViolation when this content was published before."""
    sha256 = content_sha256(content)
    if known := instrument.versions.filter(sha256=sha256).first():
        raise RuleViolation(
            _("This very content is published already, as edition %(number)s.") % {"number": known.number}
        )
    newest = instrument.versions.order_by("-number").first()
    try:
        with transaction.atomic():
            version = InstrumentVersion.objects.create(
                instrument=instrument, number=newest.number + 1 if newest else 1, content=content, sha256=sha256,
                published_at=now, published_by=by,
            )  # fmt: skip
    except IntegrityError as error:
        raise Conflict(_("Somebody else is publishing this questionnaire just now. Please try again.")) from error
    Scale.objects.bulk_create(
        Scale(
            version=version, code=facts.code, label=facts.label, level=facts.level, items=list(facts.items),
            reverse=list(facts.reverse), points=facts.points, min_answered=facts.min_answered,
            higher_is_better=facts.higher_is_better, fingerprint=facts.fingerprint,
        )
        for facts in scales_of(content)
    )  # fmt: skip
    return version


@transaction.atomic
def retire_instrument(*, instrument_id, actor):
    """No new surveys with it from now on; surveys and answers that exist stay. Audit."""
    return _switch(instrument_id, False, "instrument.retired", _("It is not in use anyway."), actor)


@transaction.atomic
def restore_instrument(*, instrument_id, actor):
    """New surveys are possible again. Audit."""
    return _switch(instrument_id, True, "instrument.restored", _("It is in use already."), actor)


def _switch(instrument_id, is_active, verb, already, actor):
    instrument = Instrument.objects.select_for_update(of=("self",)).get(pk=instrument_id)
    if instrument.is_active == is_active:
        raise RuleViolation(already)
    instrument.is_active = is_active
    instrument.save(update_fields=["is_active", "updated_at"])
    audit.record(verb, target=instrument, actor=actor, area=instrument.division)
    return instrument


def _write_head(instrument, intro):
    instrument.draft = {
        **instrument.draft, "title": {"zh-hans": instrument.title, "en": instrument.title_en}, "intro": intro
    }  # fmt: skip


def _code(uuid):
    return f"own-{uuid.hex[:20]}"
