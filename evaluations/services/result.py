"""What a survey found: scales with their spread, questions ranked by need at the three levels, choices ranked by share.

Whoever does not serve the people reads it once the survey is closed for good, and nothing of a group smaller than five
(evaluations/small_cells.py): such numbers are None.
"""

from collections import Counter
from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.translation import get_language

from evaluations.models import Response
from evaluations.small_cells import DIGITS, FEWEST_SPREAD, SMALLEST, hide_small, is_small
from evaluations.statistics import Description, Interval, cronbach_alpha, describe, wilson_interval
from evaluations.validators import CHOICES, LIKERT, SINGLE, items_of, scale_mean, turned, turned_rows
from projects.choices import AgeGroup

HUNDRED = 100


@dataclass(frozen=True)
class ScaleResult:
    """``scores``: of those who answered enough items, from 1 to ``points``, turned so that the scale reads one way; where
    too few did, of nobody. ``values``: the same scores from the lowest on, empty where single ones are hidden; ``items``:
    how many; ``alpha``: Cronbach's, of the ``complete`` people who answered all items, None where there is none."""

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
    hides_alpha: bool = False


@dataclass(frozen=True)
class ItemResult:
    """``counts`` are as people answered, from 1 on, all None where one of them is hidden; then there is no mean either.
    ``mean`` is turned so that high is good; ``below``: how many do not agree yet (None: hidden), ``below_share`` the same
    as 0 to 1, for the order only; ``need``: 0 (all agree fully) to 1; ``ages``: of those below, as in OptionResult."""

    item: str
    text: str
    level: str
    is_reverse: bool
    labels: tuple
    counts: tuple
    number: int
    mean: float | None
    sd: float | None
    below: int | None
    below_share: float
    need: float
    ages: tuple
    services: tuple
    option = ""


@dataclass(frozen=True)
class OptionResult:
    """``count`` of the ``number`` people who answered the question chose this (None: hidden); ``share``: 0 to 1, with its
    95 % ``interval``; ``ages``: ((how many of an age, percent of that age), …) in the order of ``WaveResult.ages``, empty
    where they are hidden or nobody was asked for the age; ``services``: codes of activity kinds that would answer it."""

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
    """A question with options, the most chosen first. ``ages``: ((label, how many of this age answered), …); ``hides_ages``:
    there are such numbers, but too small ones among them."""

    item: str
    text: str
    is_multiple: bool
    number: int
    options: tuple
    ages: tuple
    hides_ages: bool


@dataclass(frozen=True)
class WaveResult:
    """``answered``: sheets that count, of ``expected`` people (None: nobody counted); ``unlinked``, ``doubtful``: those of
    them that carry no key, or wait for a person. ``hides``: small groups are hidden; then nothing is found while the survey
    ``is_early``, nor where it ``is_small``. ``items``: the greatest need first; ``ages``: the labels of the age groups."""

    answered: int
    expected: int | None
    unlinked: int
    doubtful: int
    is_early: bool
    is_small: bool
    hides: bool
    scales: tuple
    items: tuple
    choices: tuple
    ages: tuple

    def items_of_level(self, level):
        return [item for item in self.items if item.level == level]


def said(value):
    """The text of a questionnaire in the language of the page."""
    language = "en" if (get_language() or "").startswith("en") else "zh-hans"
    return (value or {}).get(language) or (value or {}).get("zh-hans") or (value or {}).get("en") or ""


def results_of(wave, *, shows_small):
    """A WaveResult in two queries: the scales of the edition and its answers. ``shows_small``: whoever looks serves these
    people (policies.wave.serves_people)."""
    scales = list(wave.version.scales.order_by("pk"))
    rows = list(
        Response.objects.counted().filter(wave=wave).order_by("pk")
        .values_list("answers", "scores", "age_group", "link_state")
    )  # fmt: skip
    is_early = not shows_small and not wave.is_final(timezone.now())
    is_small_wave = not shows_small and len(rows) < SMALLEST
    states = Counter(state for *_rest, state in rows)
    ages = _ages_of(rows) if wave.asks_age_group else []
    found = {"scales": (), "items": (), "choices": ()}
    if rows and not is_early and not is_small_wave:
        content = items_of(wave.version.content)
        found["scales"] = tuple(_scale(scale, rows, shows_small) for scale in scales)
        found["items"] = tuple(sorted(_items(content, scales, rows, ages, shows_small), key=_by_need))
        found["choices"] = tuple(_choices(content, rows, ages, shows_small))
    return WaveResult(
        answered=len(rows), expected=wave.expected, unlinked=states["alone"], doubtful=states["doubtful"],
        is_early=is_early, is_small=is_small_wave, hides=not shows_small,
        ages=tuple(str(AgeGroup(code).label) for code in ages), **found,
    )  # fmt: skip


def _by_need(result):
    return (-result.need, result.item)


def _ages_of(rows):
    """The codes of the age groups; that of those who did not say only where there is somebody."""
    there = {age for _answers, _scores, age, _state in rows}
    return [code for code in AgeGroup.values if code != AgeGroup.UNKNOWN or code in there]


def _by_age(picked, sizes, ages):
    """((how many, percent), …) of ``picked`` {age: people} in groups of ``sizes`` {age: people}."""
    return tuple((picked[age], round(picked[age] * HUNDRED / sizes[age]) if sizes[age] else 0) for age in ages)


# --- scales ----------------------------------------------------------------------------------------------------------


def _scale(scale, rows, shows_small):
    values = [mean for _a, scores, *_r in rows if (mean := scale_mean(scale, scores.get(scale.code))) is not None]
    complete = turned_rows(scale, [answers for answers, *_rest in rows])
    scores, hides_alpha = describe(values), False
    if not shows_small:
        scores, hides_alpha = _rough(scale, values), len(complete) < FEWEST_SPREAD
    return ScaleResult(
        code=scale.code, label=str(scale), level=scale.level, points=scale.points, items=len(scale.items),
        higher_is_better=scale.higher_is_better, scores=scores, values=tuple(sorted(values)) if shows_small else (),
        alpha=None if hides_alpha else cronbach_alpha(complete), complete=len(complete), hides_alpha=hides_alpha,
    )  # fmt: skip


def _rough(scale, values):
    """The description that people read who do not serve those who answered. The mean of a scale of one question would tell
    its hidden counts."""
    is_count = len(scale.items) == 1 and any(is_small(number) for number in Counter(values).values())
    if is_count or len(values) < SMALLEST:
        return describe([])
    full, spread = describe(values), ("sd", "median", "lower_quartile", "upper_quartile")
    shown = dict.fromkeys(spread)
    if full.n >= FEWEST_SPREAD:
        shown = {name: round(getattr(full, name), DIGITS) for name in spread}
    return replace(full, mean=round(full.mean, DIGITS), **shown)


# --- questions with a scale of answers --------------------------------------------------------------------------------


def _items(content, scales, rows, ages, shows_small):
    of_item = {item: scale for scale in scales for item in scale.items}
    for item in content:
        if item["kind"] != LIKERT:
            continue
        given = [(answers[item["id"]], age) for answers, _scores, age, _state in rows if item["id"] in answers]
        if given and (shows_small or len(given) >= SMALLEST):
            yield _item(item, of_item.get(item["id"]), given, ages, shows_small)


def _item(item, scale, given, ages, shows_small):
    points, number = item["points"], len(given)
    is_reverse = bool(item.get("reverse")) != bool(scale and not scale.higher_is_better)
    values = [turned(value, points) if is_reverse else value for value, _age in given]
    about, middle = describe(values), (points + 1) / 2
    below = sum(value <= middle for value in values)
    told = Counter(value for value, _age in given)
    counts = [told[value] for value in range(1, points + 1)]
    hides = not shows_small and any(is_small(count) for count in counts)
    mean = about.mean if shows_small else round(about.mean, DIGITS)
    return ItemResult(
        item=item["id"], text=said(item["text"]), level=scale.level if scale else "", is_reverse=is_reverse,
        labels=tuple(said(label) for label in item["labels"]),
        counts=tuple(None if hides else count for count in counts), number=number, mean=None if hides else mean,
        sd=about.sd if shows_small else None,
        below=None if hides and (is_small(below) or is_small(number - below)) else below, below_share=below / number,
        need=(points - about.mean) / (points - 1), services=tuple(item.get("services", ())),
        ages=_below_by_age([(value <= middle, age) for value, (_v, age) in zip(values, given, strict=True)], ages,
                           shows_small),
    )  # fmt: skip


def _below_by_age(told, ages, shows_small):
    """``told``: (does not agree yet, age) of each; nothing where one of the groups is too small on either side."""
    sizes, picked = Counter(age for _is_below, age in told), Counter(age for is_below, age in told if is_below)
    small = any(is_small(picked[age]) or is_small(sizes[age] - picked[age]) for age in ages)
    return () if small and not shows_small else _by_age(picked, sizes, ages)


# --- questions with options -------------------------------------------------------------------------------------------


def _choices(content, rows, ages, shows_small):
    for item in content:
        if item["kind"] not in CHOICES:
            continue
        given = [(_chosen(answers, item), age) for answers, _scores, age, _state in rows if item["id"] in answers]
        if shows_small or len(given) >= SMALLEST:
            yield _choice(item, given, ages, shows_small)


def _chosen(answers, item):
    value = answers.get(item["id"])
    return value if isinstance(value, list) else [value] if value else []


def _choice(item, given, ages, shows_small):
    sizes = Counter(age for _chosen_here, age in given)
    picks = {option["id"]: Counter() for option in item["options"]}
    for chosen, age in given:
        for code in chosen:
            if code in picks:
                picks[code][age] += 1
    totals = [sum(picked.values()) for picked in picks.values()]
    cells = [number for counter in (sizes, *picks.values()) for number in counter.values()]
    hides_ages = bool(ages) and not shows_small and any(is_small(number) for number in cells)
    if not shows_small:
        totals = hide_small(totals)
    shown = () if hides_ages else ages
    options = [
        _option(item, option, total, len(given), _by_age(picks[option["id"]], sizes, shown))
        for option, total in zip(item["options"], totals, strict=True)
    ]
    return ChoiceResult(
        item=item["id"], text=said(item["text"]), is_multiple=item["kind"] != SINGLE, number=len(given),
        options=tuple(sorted(options, key=lambda row: -1 if row.count is None else row.count, reverse=True)),
        ages=tuple((str(AgeGroup(code).label), sizes[code]) for code in shown), hides_ages=hides_ages,
    )  # fmt: skip


def _option(item, option, total, number, cells):
    share = total / number if total is not None and number else None
    return OptionResult(
        item=item["id"], option=option["id"], text=said(option["text"]), question=said(item["text"]), count=total,
        number=number, share=share, interval=wilson_interval(total, number) if share is not None else None, ages=cells,
        services=tuple(option.get("services", ())),
    )  # fmt: skip
