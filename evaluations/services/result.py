"""What a survey found: scales with their spread, questions ranked by need at the three levels, choices ranked by share.

Whoever does not serve the people reads nothing of a group smaller than five: such numbers are None, and with one of a
sum a second one, so that it cannot be worked out.
"""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import get_language

from evaluations.models import Response
from evaluations.services.wave_progress import SMALLEST, hide_small
from evaluations.statistics import Description, Interval, cronbach_alpha, describe, wilson_interval
from evaluations.validators import CHOICES, LIKERT, items_of, scale_mean
from projects.choices import AgeGroup

HUNDRED = 100


@dataclass(frozen=True)
class ScaleResult:
    code: str
    label: str
    level: str
    points: int
    items: int
    higher_is_better: bool
    scores: Description
    values: tuple
    alpha: float | None
    complete: int


@dataclass(frozen=True)
class ItemResult:
    """``mean`` is turned so that high is good; ``counts`` are as people answered, from 1 on, None where hidden;
    ``below``: how many do not agree yet (None: hidden); ``need``: 0 (all agree fully) to 1."""

    item: str
    text: str
    level: str
    is_reverse: bool
    labels: tuple
    counts: tuple
    number: int
    mean: float
    sd: float | None
    below: int | None
    below_share: float
    need: float
    services: tuple
    option = ""


@dataclass(frozen=True)
class OptionResult:
    item: str
    option: str
    text: str
    question: str
    count: int | None
    number: int
    share: float | None
    interval: Interval | None
    ages: tuple
    services: tuple
    level = ""


@dataclass(frozen=True)
class ChoiceResult:
    """``ages``: ((label, how many of this age answered, or None), …), empty where nobody was asked for the age."""

    item: str
    text: str
    is_multiple: bool
    number: int
    options: tuple
    ages: tuple


@dataclass(frozen=True)
class WaveResult:
    answered: int
    expected: int | None
    unlinked: int
    doubtful: int
    is_small: bool
    hides: bool
    scales: tuple
    items: tuple
    choices: tuple

    def items_of_level(self, level):
        return [item for item in self.items if item.level == level]


def said(value):
    """The text of a questionnaire in the language of the page."""
    language = "en" if (get_language() or "").startswith("en") else "zh-hans"
    return (value or {}).get(language) or (value or {}).get("zh-hans") or (value or {}).get("en") or ""


def results_of(wave, *, shows_small):
    """Two queries: the scales of the edition and its answers. ``shows_small``: whoever looks serves these people
    (policies.wave.serves_people)."""
    scales = list(wave.version.scales.order_by("pk"))
    rows = list(
        Response.objects.counted().filter(wave=wave).order_by("pk")
        .values_list("answers", "scores", "age_group", "link_state")
    )  # fmt: skip
    is_small = not shows_small and len(rows) < SMALLEST
    states = Counter(state for *_rest, state in rows)
    found = {"scales": (), "items": (), "choices": ()}
    if rows and not is_small:
        content = items_of(wave.version.content)
        found["scales"] = tuple(_scale(scale, rows, shows_small) for scale in scales)
        found["items"] = tuple(sorted(_items(content, scales, rows, shows_small), key=_by_need))
        found["choices"] = tuple(
            _choice(item, rows, wave.asks_age_group, shows_small) for item in content if item["kind"] in CHOICES
        )
    return WaveResult(
        answered=len(rows), expected=wave.expected, unlinked=states["alone"], doubtful=states["doubtful"],
        is_small=is_small, hides=not shows_small, **found,
    )  # fmt: skip


def _by_need(result):
    return (-result.need, result.item)


# --- scales ----------------------------------------------------------------------------------------------------------


def turned_rows(scale, answers):
    """The items of a scale, reverse ones turned, of everybody who answered them all."""
    return [
        [scale.points + 1 - given[item] if item in scale.reverse else given[item] for item in scale.items]
        for given in answers
        if all(item in given for item in scale.items)
    ]


def _scale(scale, rows, shows_small):
    values = [mean for _a, scores, *_r in rows if (mean := scale_mean(scale, scores.get(scale.code))) is not None]
    complete = turned_rows(scale, [answers for answers, *_rest in rows])
    if not shows_small and len(values) < SMALLEST:
        values = []
    return ScaleResult(
        code=scale.code, label=str(scale), level=scale.level, points=scale.points, items=len(scale.items),
        higher_is_better=scale.higher_is_better, scores=describe(values), values=tuple(sorted(values)),
        alpha=cronbach_alpha(complete) if shows_small or len(complete) >= SMALLEST else None, complete=len(complete),
    )  # fmt: skip


# --- questions with a scale of answers --------------------------------------------------------------------------------


def _items(content, scales, rows, shows_small):
    of_item = {item: scale for scale in scales for item in scale.items}
    for item in content:
        if item["kind"] != LIKERT:
            continue
        given = Counter(answers[item["id"]] for answers, *_rest in rows if item["id"] in answers)
        number = sum(given.values())
        if not number or (not shows_small and number < SMALLEST):
            continue
        yield _item(item, of_item.get(item["id"]), given, number, shows_small)


def _item(item, scale, given, number, shows_small):
    points = item["points"]
    is_reverse = bool(item.get("reverse")) != bool(scale and not scale.higher_is_better)
    values = [points + 1 - value if is_reverse else value for value in given.elements()]
    about = describe(values)
    below = sum(value <= (points + 1) / 2 for value in values)
    counts = [given[value] for value in range(1, points + 1)]
    hidden = not shows_small and min(below or number, number - below or number) < SMALLEST
    return ItemResult(
        item=item["id"], text=said(item["text"]), level=scale.level if scale else "", is_reverse=is_reverse,
        labels=tuple(said(label) for label in item["labels"]), counts=tuple(counts if shows_small else hide_small(counts)),
        number=number, mean=about.mean if shows_small else round(about.mean, 1), sd=about.sd if shows_small else None,
        below=None if hidden else below, below_share=below / number, need=(points - about.mean) / (points - 1),
        services=tuple(item.get("services", ())),
    )  # fmt: skip


# --- questions with options -------------------------------------------------------------------------------------------


def _chosen(answers, item):
    value = answers.get(item["id"])
    return value if isinstance(value, list) else [value] if value else []


def _choice(item, rows, asks_age, shows_small):
    answered = [(_chosen(answers, item), age) for answers, _scores, age, _state in rows if item["id"] in answers]
    groups = Counter(age for _chosen_here, age in answered)
    ages = [code for code in AgeGroup.values if asks_age and (code != AgeGroup.UNKNOWN or groups[code])]
    sizes = [groups[code] for code in ages]
    shown_sizes = sizes if shows_small else hide_small(sizes)
    picks = {option["id"]: Counter() for option in item["options"]}
    for chosen, age in answered:
        for code in chosen:
            if code in picks:
                picks[code][age] += 1
    totals = [sum(picks[option["id"]].values()) for option in item["options"]]
    if not shows_small:
        totals = hide_small(totals) if item["kind"] == "single" else [_shown(number) for number in totals]
    options = [
        _option(
            item, option, total, len(answered), _age_cells(picks[option["id"]], ages, shown_sizes, total, shows_small)
        )
        for option, total in zip(item["options"], totals, strict=True)
    ]
    labels = tuple((str(AgeGroup(code).label), size) for code, size in zip(ages, shown_sizes, strict=True))
    return ChoiceResult(
        item=item["id"], text=said(item["text"]), is_multiple=item["kind"] == "multiple", number=len(answered),
        options=tuple(sorted(options, key=lambda row: -1 if row.count is None else row.count, reverse=True)), ages=labels,
    )  # fmt: skip


def _shown(number):
    return None if 0 < number < SMALLEST else number


def _option(item, option, total, number, cells):
    share = total / number if total is not None and number else None
    return OptionResult(
        item=item["id"], option=option["id"], text=said(option["text"]), question=said(item["text"]), count=total,
        number=number, share=share, interval=wilson_interval(total, number) if share is not None else None, ages=cells,
        services=tuple(option.get("services", ())),
    )  # fmt: skip


def _age_cells(picked, ages, sizes, total, shows_small):
    """((count, percent), …) by age; None for both where hidden. Nothing of a row whose sum is hidden."""
    numbers = [picked[code] for code in ages]
    if not shows_small:
        hidden = {place for place, size in enumerate(sizes) if size is None}
        shown = [None if place in hidden else number for place, number in enumerate(hide_rest(numbers, hidden))]
        numbers = [None] * len(ages) if total is None else shown
    return tuple(
        (number, None if number is None else round(number * HUNDRED / size) if size else 0)
        for number, size in zip(numbers, sizes, strict=True)
    )


def hide_rest(numbers, hidden):
    """``hide_small`` for a row of which some cells are hidden already: one alone never is."""
    small = {place for place, number in enumerate(numbers) if 0 < number < SMALLEST} | set(hidden)
    if len(small) == 1:
        rest = [place for place, number in enumerate(numbers) if number and place not in small]
        if rest:
            small.add(min(rest, key=lambda place: (numbers[place], place)))
    return [None if place in small else number for place, number in enumerate(numbers)]
