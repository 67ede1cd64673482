"""Growth standards: made, or copied for a place, published as editions that never change, put aside. Their drafts:
standard_draft.py."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluations.models import GrowthStandard, StandardVersion
from evaluations.scoring import check_standard
from evaluations.services.facts import known_documents, known_facts
from evaluations.services.problem_words import problem_words
from incubator.audit import services as audit
from incubator.base.errors import Conflict, RuleViolation
from incubator.base.hashes import content_sha256

FIELDS = ("title", "title_en")
# What the head of the content says besides its title.
HEAD = ("total", "bonus_cap", "bonus_beyond_total", "blind")

# What the draft of a new standard begins with.
EMPTY = {"total": 100, "blind": True, "dimensions": [], "bands": []}


def problems_of(content):
    """Everything that keeps the content from being published, as scoring's problems, in its own order."""
    return check_standard(content, set(known_facts()), set(known_documents()))


def content_of(standard):
    """What publishing would write: the draft with the standard's own code, title and sample mark."""
    label = {"zh-hans": standard.title, "en": standard.title_en}
    return {**standard.draft, "code": standard.code, "label": label, "sample": standard.is_sample}


@transaction.atomic
def create_standard(*, uuid, division, title, title_en, actor, content=None):
    """A standard of ``division`` with a draft alone, which measures nobody until it is published; with ``content`` (from
    a file) it begins with that. RuleViolation where the place has one in use. Audit."""
    return _create(uuid, division, title, title_en, actor, {**EMPTY, **(content or {})}, "file" if content else "")


@transaction.atomic
def copy_standard_for(*, uuid, standard_id, division, title, title_en, actor):
    """The same content as the draft of a standard of ``division``, which measures nobody until it is published.
    RuleViolation where the place has one in use. Audit."""
    original = GrowthStandard.objects.select_related("current").get(pk=standard_id)
    content = original.current.content if original.current else original.draft
    return _create(uuid, division, title, title_en, actor, dict(content), original.code)


def _create(uuid, division, title, title_en, actor, content, origin):
    standard = GrowthStandard(
        uuid=uuid, code=f"own-{uuid.hex[:20]}", title=title, title_en=title_en, division=division, created_by=actor,
        draft=content,
    )  # fmt: skip
    standard.draft = content_of(standard)
    standard.check_rules()
    standard.save_or_refuse()
    audit.record("standard.created", target=standard, actor=actor, area=division, data={"from": origin})
    return standard


@transaction.atomic
def update_standard(*, standard_id, values, actor, edition=""):
    """Change title, full points, the bonus and whether opinions are blind; the rest of the draft stays. Refuses
    (StaleEdition) what somebody changed meanwhile. Audit with the changed fields."""
    standard = GrowthStandard.objects.select_for_update(of=("self",)).get(pk=standard_id)
    standard.check_edition(edition)
    before = audit.snapshot(standard, (*FIELDS, "draft"))
    for name in FIELDS:
        setattr(standard, name, values[name])
    standard.draft = {**standard.draft, **{name: values[name] for name in HEAD}}
    standard.draft = content_of(standard)
    standard.check_rules()
    standard.save(update_fields=[*FIELDS, "draft", "updated_at"])
    changed = {
        name: [old, getattr(standard, name)] for name in FIELDS if (old := before[name]) != getattr(standard, name)
    }
    old = before["draft"]
    changed |= {name: [old.get(name), values[name]] for name in HEAD if old.get(name) != values[name]}
    audit.record(
        "standard.updated", target=standard, actor=actor, area=standard.division, data={"changes": changed}
    )  # fmt: skip
    return standard


@transaction.atomic
def publish_standard(*, standard_id, actor, now=None):
    """Make the draft the edition in use: refuse what has problems or was published before, write the edition with its
    hash. Reviews that are open keep the edition they were opened with. Audit."""
    standard = GrowthStandard.objects.select_for_update(of=("self",)).get(pk=standard_id)
    if standard.division_id is None:
        raise RuleViolation(_("This standard ships with the platform. Make a copy for your place and change that."))
    content = content_of(standard)
    if problems := problems_of(content):
        told = ngettext(
            "%(number)d thing stands in the way of publishing: %(first)s",
            "%(number)d things stand in the way of publishing. The first: %(first)s",
            len(problems),
        )
        raise RuleViolation(told % {"number": len(problems), "first": problem_words(problems[0], content)})
    version = _write_version(standard, content, now or timezone.now(), actor)
    standard.current, standard.is_active, standard.draft = version, True, content
    standard.check_rules()
    standard.save(update_fields=["current", "is_active", "draft", "updated_at"])
    audit.record(
        "standard.published", target=standard, actor=actor, area=standard.division,
        data={"edition": version.number, "sha256": version.sha256},
    )  # fmt: skip
    return version


def _write_version(standard, content, now, by):
    sha256 = content_sha256(content)
    if known := standard.versions.filter(sha256=sha256).first():
        raise RuleViolation(
            _("This very content is published already, as edition %(number)s.") % {"number": known.number}
        )
    newest = standard.versions.order_by("-number").first()
    try:
        with transaction.atomic():
            return StandardVersion.objects.create(
                standard=standard, number=newest.number + 1 if newest else 1, content=content, sha256=sha256,
                published_at=now, published_by=by,
            )  # fmt: skip
    except IntegrityError as error:
        raise Conflict(_("Somebody else is publishing this standard just now. Please try again.")) from error


@transaction.atomic
def retire_standard(*, standard_id, actor):
    """No new review measures by it from now on; the next one up the tree holds in the place. Audit."""
    return _switch(standard_id, False, "standard.retired", _("It is not in use anyway."), actor)


@transaction.atomic
def restore_standard(*, standard_id, actor):
    """It holds in its place again. RuleViolation where another one does. Audit."""
    return _switch(standard_id, True, "standard.restored", _("It is in use already."), actor)


def _switch(standard_id, is_active, verb, already, actor):
    standard = GrowthStandard.objects.select_for_update(of=("self",)).get(pk=standard_id)
    if standard.is_active == is_active:
        raise RuleViolation(already)
    standard.is_active = is_active
    standard.check_rules()
    standard.save_or_refuse(update_fields=["is_active", "updated_at"])
    audit.record(verb, target=standard, actor=actor, area=standard.division)
    return standard
