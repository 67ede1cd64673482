"""Questionnaires. ``content(…)`` is a small one with a question of each kind; ``published(instrument)`` its edition."""

import factory

from evaluations.models import Instrument
from evaluations.services.instrument import publish_instrument
from evaluations.validators import normalized
from tests.factories.accounts import UserFactory

LABELS = ("非常不同意", "不同意", "一般", "同意", "非常同意")


def words(text, english=""):
    return {"zh-hans": text, "en": english}


def likert(name, text, *, scale="able", reverse=False, required=False, labels=LABELS, services=()):
    return {
        "id": name, "kind": "likert", "text": words(text), "help": words(""), "required": required,
        "points": len(labels), "labels": [words(label) for label in labels], "reverse": reverse, "scale": scale,
        "services": list(services),
    }  # fmt: skip


def choice(name, text, options=("一", "二", "三"), kind="single", *, required=False):
    return {
        "id": name, "kind": kind, "text": words(text), "help": words(""), "required": required,
        "options": [{"id": f"c{n}", "text": words(option), "services": []} for n, option in enumerate(options, 1)],
    }  # fmt: skip


def number(name, text, least=0, most=100, *, required=False):
    return {
        "id": name, "kind": "number", "text": words(text), "help": words(""), "required": required, "min": least,
        "max": most, "unit": words("人", "people"),
    }  # fmt: skip


def free_text(name, text, *, required=False):
    return {"id": name, "kind": "text", "text": words(text), "help": words("一句话"), "required": required}


def scale(name="able", label="能力", *, level="individual", min_answered=2, higher_is_better=True):
    return {
        "id": name, "label": words(label, "Ability"), "level": level, "min_answered": min_answered,
        "higher_is_better": higher_is_better,
    }  # fmt: skip


def section(name, *items, title=""):
    return {"id": name, "title": words(title), "text": words(""), "items": list(items)}


def content(*sections, scales=None):
    own = (
        section(
            "s1", likert("q1", "我会写方案", required=True), likert("q2", "我心里没底", reverse=True),
            likert("q3", "我会主持"), title="自己",
        ),
        section(
            "s2", choice("q4", "多久活动一次"), choice("q5", "需要什么", kind="multiple"), number("q6", "有多少人"),
            free_text("q7", "还想说什么"),
        ),
    )  # fmt: skip
    return normalized(
        {
            "title": words("问卷", "Questionnaire"), "intro": words("请填写。"), "sections": list(sections or own),
            "scales": [scale()] if scales is None else scales,
        }
    )  # fmt: skip


class InstrumentFactory(factory.django.DjangoModelFactory):
    """A questionnaire of the whole platform, with a draft alone; ``division=…`` makes it a place's own."""

    class Meta:
        model = Instrument

    code = factory.Sequence(lambda n: f"own-{n}")
    title = factory.Sequence(lambda n: f"需求问卷{n}")
    created_by = factory.SubFactory(UserFactory)
    draft = factory.LazyFunction(content)


def published(instrument):
    version = publish_instrument(instrument_id=instrument.pk, actor=instrument.created_by)
    instrument.refresh_from_db()
    return version
