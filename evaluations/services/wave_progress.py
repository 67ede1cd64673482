"""How many answered, by what way and of what age; small groups are told only to those who serve the people."""

from dataclasses import dataclass

from django.db.models import Count

from evaluations.choices import ResponseSource
from evaluations.models import Response
from evaluations.small_cells import SMALLEST, hide_small
from projects.choices import AgeGroup

FULL = 100


@dataclass(frozen=True)
class Cell:
    """``number`` None: hidden (evaluations/small_cells.py); ``share``: percent of the largest cell that is shown."""

    code: str
    label: str
    number: int | None
    share: int = 0


@dataclass(frozen=True)
class Progress:
    """``answered``: sheets that count, of ``expected`` people (None: nobody counted). ``sources``, ``ages``: Cells by way
    and by age group; both empty where so few answered that every split would tell of single people (``is_small``)."""

    answered: int
    expected: int | None
    sources: tuple
    ages: tuple
    is_small: bool = False

    @property
    def missing(self):
        return None if self.expected is None else max(self.expected - self.answered, 0)

    @property
    def hides(self):
        return self.is_small or any(cell.number is None for cell in (*self.sources, *self.ages))


def progress_of(wave, *, shows_small):
    """One query. ``shows_small``: whoever looks serves these people (policies.wave.serves_people)."""
    rows = Response.objects.counted().filter(wave=wave).order_by().values_list("source", "age_group")
    counts = rows.annotate(number=Count("pk"))
    by_source, by_age = {}, {}
    for source, age, number in counts:
        by_source[source] = by_source.get(source, 0) + number
        by_age[age] = by_age.get(age, 0) + number
    answered = sum(by_source.values())
    if not shows_small and answered < SMALLEST:
        return Progress(answered=answered, expected=wave.expected, sources=(), ages=(), is_small=answered > 0)
    return Progress(
        answered=answered,
        expected=wave.expected,
        sources=_cells(ResponseSource.choices, by_source, shows_small),
        ages=_cells(AgeGroup.choices, by_age, shows_small) if wave.asks_age_group else (),
    )


def _cells(choices, counts, shows_small):
    numbers = [counts.get(code, 0) for code, _label in choices]
    shown = numbers if shows_small else hide_small(numbers)
    most = max((number for number in shown if number), default=0)
    return tuple(
        Cell(code, label, number, round(number * FULL / most) if number and most else 0)
        for (code, label), number in zip(choices, shown, strict=True)
    )
