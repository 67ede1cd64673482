"""Surveys and answer sheets. ``WaveFactory(organization=…)`` is planned; traits: open, closed. Days lie around
``OPENED_AT``, 3 November 2026."""

import copy
import datetime

import factory
from django.utils import timezone

from evaluations.choices import LinkState, ResponseSource, WaveKind, WaveStatus
from evaluations.models import Instrument, InstrumentVersion, LinkDoubt, Response, Scale, Wave, WaveTicket
from evaluations.services.wave import new_token
from evaluations.validators import normalized, scales_of, score_answers
from incubator.base.hashes import content_sha256
from tests.factories.accounts import UserFactory
from tests.factories.organizations import OrganizationFactory

OPENED_AT = datetime.datetime(2026, 11, 3, 1, 30, tzinfo=datetime.UTC)  # 09:30 in Shanghai, a Tuesday
OPENS_ON = datetime.date(2026, 11, 3)
CLOSES_ON = datetime.date(2026, 11, 17)
DEGREES = ("非常不同意", "不同意", "一般", "同意", "非常同意")


def words(text):
    return {"zh-hans": text, "en": ""}


def likert(code, text, *, scale="voice", reverse=False, required=True):
    labels = [words(degree) for degree in DEGREES]
    return {
        "id": code, "kind": "likert", "text": words(text), "required": required, "points": 5, "labels": labels,
        "scale": scale, "reverse": reverse,
    }  # fmt: skip


CONTENT = {
    "title": words("成员小调查"),
    "intro": words("大约三分钟"),
    "sections": [
        {
            "id": "s1",
            "title": words("我们的队伍"),
            "items": [
                likert("q1", "我敢在会上说出自己的想法"),
                likert("q2", "我很少参加队里的讨论", reverse=True),
                likert("q3", "我知道有困难找谁", required=False),
                {
                    "id": "q4", "kind": "single", "text": words("您住在这里多久了"),
                    "options": [{"id": "new", "text": words("不到一年")}, {"id": "old", "text": words("一年以上")}],
                },
                {
                    "id": "q5", "kind": "multiple", "text": words("您想要哪些帮助"),
                    "options": [
                        {"id": "training", "text": words("培训"), "services": ["training"]},
                        {"id": "venue", "text": words("场地")},
                        {"id": "money", "text": words("经费")},
                    ],
                },
                {"id": "q6", "kind": "number", "text": words("每月来几次"), "min": 0, "max": 31},
                {"id": "q7", "kind": "text", "text": words("还想说什么")},
            ],
        }
    ],
    "scales": [{"id": "voice", "label": words("表达"), "level": "individual", "min_answered": 2, "higher_is_better": True}],
}  # fmt: skip
ANSWERS = {"q1": 4, "q2": 2, "q3": 5, "q4": "old", "q5": ["training"], "q6": 3, "q7": "谢谢"}
# The same as a form sends it.
TYPED = {"a-q1": "4", "a-q2": "2", "a-q3": "5", "a-q4": "old", "a-q5": ["training"], "a-q6": "3", "a-q7": "谢谢"}


def make_version(*, instrument=None, content=None, **facts):
    """An edition in use with its scales."""
    content = normalized(copy.deepcopy(content or CONTENT))
    if instrument is None:
        number = Instrument.objects.count()
        title = content["title"]["zh-hans"]
        instrument = Instrument.objects.create(**{"code": f"test-{number}", "title": title, "draft": content, **facts})
    version = InstrumentVersion.objects.create(
        instrument=instrument, number=instrument.versions.count() + 1, content=content, sha256=content_sha256(content),
        published_at=OPENED_AT,
    )  # fmt: skip
    for scale in scales_of(content):
        Scale.objects.create(
            version=version, **{**vars(scale), "items": list(scale.items), "reverse": list(scale.reverse)}
        )
    Instrument.objects.filter(pk=instrument.pk).update(current=version)
    instrument.current = version
    return version


class WaveFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Wave

    version = factory.LazyFunction(make_version)
    kind = WaveKind.BASELINE
    title = factory.Sequence(lambda n: f"第{n}次调查")
    organization = factory.SubFactory(OrganizationFactory)
    community = factory.SelfAttribute("organization.community")
    created_by = factory.SubFactory(UserFactory)
    token = factory.LazyFunction(new_token)
    opens_on = OPENS_ON
    closes_on = CLOSES_ON
    expected = 10

    class Params:
        opened = factory.Trait(
            status=WaveStatus.OPEN, opened_at=OPENED_AT, consent_text="自愿参加，可以不答。", consent_version="abc123"
        )
        closed = factory.Trait(opened=True, status=WaveStatus.CLOSED, closed_at=OPENED_AT)


class TicketFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = WaveTicket

    wave = factory.SubFactory(WaveFactory, linked_by="ticket", opened=True)
    name = factory.Sequence(lambda n: f"居民{n}")
    token = factory.LazyFunction(new_token)
    subject_key = factory.Sequence(lambda n: f"t:{n}")


class ResponseFactory(factory.django.DjangoModelFactory):
    """An anonymous sheet that came in by the code. Give ``subject_key`` for a linked one."""

    class Meta:
        model = Response

    wave = factory.SubFactory(WaveFactory, opened=True)
    answers = factory.LazyFunction(lambda: dict(ANSWERS))
    scores = factory.LazyAttribute(lambda o: score_answers(scales_of(o.wave.version.content), o.answers))
    source = ResponseSource.QR
    link_state = factory.LazyAttribute(lambda o: LinkState.LINKED if getattr(o, "subject_key", "") else LinkState.ALONE)
    subject_key = ""
    consented_at = factory.LazyFunction(timezone.now)
    begun_at = factory.LazyFunction(timezone.now)
    submitted_at = factory.LazyFunction(timezone.now)

    class Params:
        withdrawn = factory.Trait(withdrawn_at=factory.LazyFunction(timezone.now), withdrawn_reason="录错了")


class DoubtFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LinkDoubt

    response = factory.SubFactory(ResponseFactory)
    other = factory.SubFactory(ResponseFactory)
    why = "near_code"
