"""What the records of the demonstration are asked: the edition of each kind that its first record would have written down,
and the kind that the office made in the browser."""

from incubator.base.hashes import content_sha256
from incubator.site.demo import activity_stories, duty_stories
from incubator.site.demo.board import identifier
from projects.models import CustomKind, KindVersion
from projects.registries import activity_kinds, content_of

FIRST_RECORD = 400  # days ago: before it nothing is told
PUBLISHED = 70


def write_kinds(demo):
    """``demo.editions``: {code of the kind: its edition}."""
    told = {"visit", *(story["kind"] for story in activity_stories.ALL)}
    editions = [_edition(content_of(kind), demo.ago(FIRST_RECORD, 8)) for kind in activity_kinds if kind.code in told]
    own = own_kind(demo)
    editions.append(own.current)
    KindVersion.objects.bulk_create(editions)
    own.save(force_insert=True)
    demo.editions = {edition.kind: edition for edition in editions}
    demo.add("own kinds", [own])


def own_kind(demo):
    """A kind that the platform's admin made in the browser and published."""
    code, label, label_en, picture, minutes, asked = duty_stories.OWN_KIND
    admin = demo.users["admin"]
    questions = [
        {"name": name, "type": kind, "label": {"zh-hans": chinese, "en": english}, "help": {}, "required": required,
         "long": is_long, "choices": []}
        for name, kind, chinese, english, required, is_long in asked
    ]  # fmt: skip
    kind = CustomKind(
        uuid=identifier("kind", code), code=code, label=label, label_en=label_en, icon=picture, default_minutes=minutes,
        questions=questions, is_active=True, created_by=admin,
    )  # fmt: skip
    kind.current = _edition(kind.content, demo.ago(PUBLISHED, 11), by=admin)
    return kind


def _edition(content, at, by=None):
    """Named after its content as well: an edition of other questions is another one."""
    sha256 = content_sha256(content)
    return KindVersion(
        uuid=identifier("edition", content["code"], sha256), kind=content["code"], number=1, content=content, sha256=sha256,
        published_at=at, published_by=by,
    )  # fmt: skip


def details_form(demo, code):
    """The form with the kind's own questions."""
    return KindVersion.kind_of(code, demo.editions[code].uuid).details_form
