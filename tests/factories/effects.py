"""Two surveys of the same people: ``make_pair(organization, project)`` gives (before, after); ``answer`` fills them in."""

import copy
import datetime
import uuid

from evaluations.choices import WaveKind
from evaluations.services.effect import ask_analysis, write_analysis
from tests.factories.waves import CONTENT, OPENS_ON, ResponseFactory, WaveFactory, likert, make_version, words

LATER = OPENS_ON + datetime.timedelta(days=180)


def needs_content():
    """Three scales of two items at the three levels, a reverse item among them, and wishes with services."""
    content = copy.deepcopy(CONTENT)
    content["sections"][0]["items"] = [
        {**likert("i1", "我会写活动方案", scale="self"), "services": ["training"]},
        likert("i2", "我不敢在会上发言", scale="self", reverse=True),
        likert("p1", "有困难我知道找谁", scale="ties"),
        likert("p2", "我们和居委会常联系", scale="ties"),
        likert("s1", "我参加过社区议事", scale="voice"),
        likert("s2", "社区的事我说得上话", scale="voice"),
        {
            "id": "w1", "kind": "multiple", "text": words("您想要哪些支持"),
            "options": [
                {"id": "courses", "text": words("骨干培训"), "services": ["training"]},
                {"id": "guide", "text": words("上门督导"), "services": ["visit"]},
                {"id": "money", "text": words("经费")},
            ],
        },
    ]  # fmt: skip
    content["scales"] = [
        {"id": code, "label": words(label), "level": level, "min_answered": 2, "higher_is_better": True}
        for code, label, level in (
            ("self", "个人能力", "individual"), ("ties", "人际支持", "interpersonal"), ("voice", "社会参与", "social"),
        )
    ]  # fmt: skip
    return content


def make_pair(organization, project=None, *, version=None, after_version=None, linked_by="ticket", **facts):
    version = version or make_version(content=needs_content())
    common = {
        "organization": organization, "project": project, "linked_by": linked_by, "closed": True, "expected": 24, **facts,
    }  # fmt: skip
    before = WaveFactory(version=version, kind=WaveKind.BASELINE, title="成员前测", **common)
    after = WaveFactory(
        version=after_version or version, kind=WaveKind.ENDLINE, title="成员后测", earlier=before, opens_on=LATER,
        closes_on=LATER + datetime.timedelta(days=14), **common,
    )  # fmt: skip
    return before, after


def answers(number, shift=0, wishes=("courses",)):
    """Answers of the person ``number``; ``shift`` moves the first scale."""
    base = 1 + number % 4
    own = min(5, max(1, base + shift))
    return {
        "i1": own, "i2": 6 - own, "p1": 2 + number % 3, "p2": 1 + number % 5, "s1": 1 + number % 2, "s2": 2,
        "w1": list(wishes),
    }  # fmt: skip


def fill(wave, numbers, *, shift=0, keyed=True, **facts):
    """A sheet of each of ``numbers``; ``shift`` may be a function of the number."""
    return [
        ResponseFactory(
            wave=wave, subject_key=f"t:{number}" if keyed else "",
            answers=answers(number, shift(number) if callable(shift) else shift), **facts,
        )
        for number in numbers
    ]  # fmt: skip


def run_of(before, after, actor, **more):
    run = ask_analysis(uuid=uuid.uuid4(), before=before, after=after, actor=actor, **more)
    return write_analysis(run_uuid=run.uuid)


def fill_both(place, *, number=24, stayed=19):
    """24 before, 21 after, 19 of them the same people, most of them a point higher on the first scale."""
    fill(place.before, range(number))
    fill(place.after, range(stayed), shift=lambda who: 0 if who % 5 == 0 else 1)
    fill(place.after, range(100, 102))
