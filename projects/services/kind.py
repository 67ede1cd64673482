"""Kinds of activities, those in the code and those made in the browser, and the editions of their questions."""

import itertools
import re

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import Conflict, RuleViolation
from incubator.base.hashes import content_sha256
from projects.models import CustomKind, KindVersion
from projects.registries import LANGUAGES, ONE_OF, SEVERAL, activity_kinds, content_of, own_sha256

MAX_QUESTIONS = 40
MAX_REQUIRED = 3  # with organization, time and what happened that makes six
MAX_CHOICES = 40
OWN = "own-"  # how the codes of kinds made in the browser begin, so that no kind in the code ever takes one
REMEMBERED = "projects.own-kinds"
TRIES = 4
SECONDS = (
    60  # how long another process may still offer what has just been switched off; recording it is refused at once
)
FIELDS = ("label", "label_en", "icon", "default_minutes")


# --- which kinds there are -------------------------------------------------------------------------------------------


def kinds_in_use():
    """All kinds that are shown, in their order; some of them cannot be recorded yet (``why_closed``)."""
    return [*activity_kinds, *(KindVersion.kind_of(code, version) for code, version in _own_kinds())]


def kinds_to_log():
    return [kind for kind in kinds_in_use() if not kind.why_closed]


def kind_choices():
    """[(code, label)] for filters and for what counts."""
    return [(kind.code, kind.label) for kind in kinds_in_use()]


def choices_to_log():
    """[(code, label)] of the kinds that can be recorded, and so planned or announced."""
    return [(kind.code, kind.label) for kind in kinds_to_log()]


def get_kind(code):
    """The kind as it is now, also one that was switched off; None when there is none of this code."""
    return activity_kinds.get(code) or CustomKind.class_of(code)


def labels_of(codes):
    """{code: label} in the order of the kinds and the reader's language; asks once at most, and nothing for kinds that are
    code."""
    found = {code: str(activity_kinds[code].label) for code in codes if code in activity_kinds}
    if missing := set(codes) - found.keys():
        found |= {kind.code: str(kind) for kind in CustomKind.objects.filter(code__in=missing)}
    place = {kind.code: number for number, kind in enumerate(activity_kinds)}
    in_order = sorted(codes, key=lambda code: (place.get(code, len(place)), code))
    return {code: found.get(code, code) for code in in_order}


def label_of(code):
    """What the kind is called; kinds made in the browser that are in use are remembered, so that rows ask for nothing."""
    if code in activity_kinds:
        return str(activity_kinds[code].label)
    version = dict(_own_kinds()).get(code)
    return str(KindVersion.kind_of(code, version).label) if version else labels_of({code})[code]


def all_labels():
    """{code: label} of every kind there is or was, for files that are written row by row."""
    return labels_of({kind.code for kind in activity_kinds} | set(CustomKind.objects.values_list("code", flat=True)))


def _own_kinds():
    """[(code, edition)] of the kinds made in the browser that are in use."""
    found = cache.get(REMEMBERED)
    if found is None:
        active = CustomKind.objects.filter(is_active=True).order_by("pk")
        found = list(active.values_list("code", "current__uuid"))
        cache.set(REMEMBERED, found, SECONDS)
    return found


def _forget():
    cache.delete(REMEMBERED)
    transaction.on_commit(lambda: cache.delete(REMEMBERED))


# --- editions --------------------------------------------------------------------------------------------------------


def current_version(kind):
    """The edition that a new record of this kind is written with; made at its first use. RuleViolation when no record of
    the kind can be made."""
    if kind.why_closed:
        raise RuleViolation(str(kind.why_closed))
    return derived_version(kind)


def derived_version(kind):
    """The same for records that the platform makes by itself, of kinds that nobody enters."""
    if kind.version_id:
        return KindVersion.objects.get(uuid=kind.version_id)
    known = KindVersion.objects.filter(kind=kind.code, sha256=own_sha256(kind)).first()
    return known or _write_version(content_of(kind))


def _write_version(content, *, by=None):
    """The edition with this content, with the next number. Of two at once the second takes the first one's, or the number
    after it."""
    code, sha256 = content["code"], content_sha256(content)
    for _try in range(TRIES):
        if found := KindVersion.objects.filter(kind=code, sha256=sha256).first():
            return found
        newest = KindVersion.objects.filter(kind=code).order_by("-number").first()
        try:
            with transaction.atomic():
                return KindVersion.objects.create(
                    kind=code, number=newest.number + 1 if newest else 1, content=content, sha256=sha256,
                    published_at=timezone.now(), published_by=by,
                )  # fmt: skip
        except IntegrityError:
            continue
    raise Conflict(_("Somebody else is publishing this kind just now. Please try again."))


# --- kinds made in the browser ---------------------------------------------------------------------------------------


@transaction.atomic
def create_kind(*, uuid, values, actor):
    """A kind with a name and no questions yet, not in use. Audit."""
    kind = CustomKind(uuid=uuid, code=_free_code(values), created_by=actor, **{name: values[name] for name in FIELDS})
    _demand_free_name(kind)
    kind.check_rules()
    kind.save()
    audit.record("kind.created", target=kind, actor=actor, data={"code": kind.code})
    return kind


@transaction.atomic
def update_kind(*, kind_id, values, actor, edition=""):
    """Change name, picture and usual length; records and forms show it from the next edition on. Refuses (StaleEdition)
    what somebody changed meanwhile. Audit with the changed fields."""
    kind = CustomKind.objects.select_for_update(of=("self",)).get(pk=kind_id)
    kind.check_edition(edition)
    before = audit.snapshot(kind, FIELDS)
    for name in FIELDS:
        setattr(kind, name, values[name])
    _demand_free_name(kind)
    kind.check_rules()
    kind.save(update_fields=[*FIELDS, "updated_at"])
    audit.record("kind.updated", target=kind, actor=actor, data=audit.changes(kind, before))
    return kind


@transaction.atomic
def add_question(*, kind_id, uuid, question, actor):
    """Put a question at the end of the draft; the same ``uuid`` again changes nothing. Audit."""
    kind = CustomKind.objects.select_for_update(of=("self",)).get(pk=kind_id)
    if any(row.get("uuid") == str(uuid) for row in kind.questions):
        return kind
    row = {"uuid": str(uuid), "name": _free_name(kind), **question}
    _number_choices(row, [])
    _write_questions(kind, [*kind.questions, row])
    audit.record("kind.question_added", target=kind, actor=actor, data={"question": _label(row)})
    return kind


@transaction.atomic
def update_question(*, kind_id, name, question, actor):
    """Ask it differently from the next edition on. A choice that keeps its words keeps its value. Audit."""
    kind = CustomKind.objects.select_for_update(of=("self",)).get(pk=kind_id)
    old = _find(kind, name)
    row = {**old, **question}
    _number_choices(row, old.get("choices", []))
    _write_questions(kind, [row if item is old else item for item in kind.questions])
    audit.record("kind.question_updated", target=kind, actor=actor, data={"question": _label(row)})
    return kind


@transaction.atomic
def remove_question(*, kind_id, name, actor):
    """Take it out of the draft; records written with an earlier edition keep question and answer. Audit."""
    kind = CustomKind.objects.select_for_update(of=("self",)).get(pk=kind_id)
    old = _find(kind, name)
    _write_questions(kind, [item for item in kind.questions if item is not old])
    audit.record("kind.question_removed", target=kind, actor=actor, data={"question": _label(old)})
    return kind


@transaction.atomic
def move_question(*, kind_id, name, by, actor):
    """Change places with its neighbour, ``by`` -1 (up) or 1 (down); at the end of the list nothing happens. Audit."""
    kind = CustomKind.objects.select_for_update(of=("self",)).get(pk=kind_id)
    rows, old = list(kind.questions), _find(kind, name)
    place = rows.index(old)
    target = place + by
    if not 0 <= target < len(rows):
        return kind
    rows[place], rows[target] = rows[target], rows[place]
    _write_questions(kind, rows)
    audit.record("kind.question_moved", target=kind, actor=actor, data={"question": _label(old), "place": target + 1})
    return kind


@transaction.atomic
def publish_kind(*, kind_id, actor):
    """Make the draft the edition that new records are written with, and the kind one in use. Refuses when nothing has
    changed since. Audit."""
    kind = CustomKind.objects.select_for_update(of=("self",)).get(pk=kind_id)
    _demand_questions(kind.questions)
    version = _write_version(kind.content, by=actor)
    if kind.is_active and kind.current_id == version.pk:
        raise RuleViolation(_("Nothing has changed since the edition in use."))
    kind.current, kind.is_active = version, True
    kind.check_rules()
    kind.save(update_fields=["current", "is_active", "updated_at"])
    _forget()
    audit.record("kind.published", target=kind, actor=actor, data={"edition": version.number})
    return kind


@transaction.atomic
def switch_off_kind(*, kind_id, actor):
    """No new records of this kind from now on; those that exist stay, count and can be corrected. Audit."""
    return _switch(kind_id, actor, False, "kind.switched_off", _("It is not in use anyway."))


@transaction.atomic
def switch_on_kind(*, kind_id, actor):
    """New records are possible again, with the edition of before. Refuses a kind never published. Audit."""
    return _switch(kind_id, actor, True, "kind.switched_on", _("It is in use already."))


def _switch(kind_id, actor, is_active, verb, already):
    kind = CustomKind.objects.select_for_update(of=("self",)).get(pk=kind_id)
    if kind.is_active == is_active:
        raise RuleViolation(already)
    kind.is_active = is_active
    kind.check_rules()
    kind.save(update_fields=["is_active", "updated_at"])
    _forget()
    audit.record(verb, target=kind, actor=actor)
    return kind


# --- the rules of a draft --------------------------------------------------------------------------------------------


def _write_questions(kind, rows):
    _demand_questions(rows)
    kind.questions = rows
    kind.save(update_fields=["questions", "updated_at"])


def _demand_questions(rows):
    """RuleViolation with the sentence of the first rule that the questions break."""
    if len(rows) > MAX_QUESTIONS:
        raise RuleViolation(
            _("A kind asks at most %(number)s questions. A form that long is not filled in.")
            % {"number": MAX_QUESTIONS}
        )
    for language in LANGUAGES:
        told = [text.casefold() for row in rows if (text := row["label"].get(language, "").strip())]
        if len(set(told)) < len(told):
            raise RuleViolation(_("Two questions have the same words. Please tell them apart."))
    for row in rows:
        if not row["label"].get(LANGUAGES[0], "").strip():
            raise RuleViolation(_("A question has no words. Please write what is asked."))
        if row["type"] in {ONE_OF, SEVERAL} and len(row["choices"]) < 2:
            raise RuleViolation(
                _("“%(question)s” has fewer than two choices. Please write one on each line.")
                % {"question": _label(row)}
            )
        if len(row["choices"]) > MAX_CHOICES:
            raise RuleViolation(_("A question has at most %(number)s choices.") % {"number": MAX_CHOICES})
    if sum(row["required"] for row in rows) > MAX_REQUIRED:
        raise RuleViolation(
            _(
                "At most three questions can be required, so that recording stays quick. Please make one of them optional."
            )
        )


def _demand_free_name(kind):
    """Two kinds of one name could not be told apart in the choice."""
    names = {str(label) for code, label in kind_choices() if code != kind.code}
    others = CustomKind.objects.exclude(code=kind.code)
    if kind.label in names or others.filter(label=kind.label).exists():
        raise RuleViolation(_("There is a kind of this name already. Please choose another name."))


def _free_code(values):
    start = OWN + (slugify(values["label_en"])[:30].strip("-") or "kind")
    taken = set(CustomKind.objects.filter(code__startswith=start).values_list("code", flat=True))
    return next(
        code for number in itertools.count(1) if (code := start if number == 1 else f"{start}-{number}") not in taken
    )


def _free_name(kind):
    """No name comes twice, not even one of an earlier edition: it would be another question's answer."""
    contents = [kind.questions, *(row.content["questions"] for row in KindVersion.objects.filter(kind=kind.code))]
    return f"q{_highest(row['name'] for rows in contents for row in rows) + 1}"


def _number_choices(row, old):
    """Give every choice its value: that of the choice with the same words, else a new one."""
    known = {words[LANGUAGES[0]]: value for value, words in old}
    last = _highest(value for value, _words in old)
    kept = []
    for words in row["choices"]:
        value = known.get(words[LANGUAGES[0]])
        if value is None:
            last += 1
            value = f"c{last}"
        kept.append([value, words])
    row["choices"] = kept


def _highest(names):
    return max((int(name[1:]) for name in names if re.fullmatch(r"[a-z]\d+", name)), default=0)


def _find(kind, name):
    found = next((row for row in kind.questions if row["name"] == name), None)
    if found is None:
        raise RuleViolation(_("The question is not there any more."))
    return found


def _label(row):
    return row["label"].get(LANGUAGES[0], "")
