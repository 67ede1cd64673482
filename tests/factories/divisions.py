import csv
import datetime
from functools import cache
from pathlib import Path

import factory

from incubator.divisions.choices import CODE_LENGTHS, Kind, Level, Setting
from incubator.divisions.models import Division

SAMPLE = Path(__file__).parents[1] / "data" / "divisions-sample.csv"
EDITION = datetime.date(2023, 1, 1)
VILLAGES = range(200, 400)
KINDS = ((range(1, 100), Kind.STREET), (range(100, 200), Kind.TOWN), (range(200, 400), Kind.TOWNSHIP))


@cache
def sample():
    """{code: name} of the sample file: Shangcheng in Hangzhou and some streets of Chengguan in Lanzhou."""
    with SAMPLE.open(encoding="utf-8") as lines:
        return {row["code"]: row["name"] for row in csv.DictReader(lines)}


def _kind(code):
    level = CODE_LENGTHS[len(code)]
    if level == Level.STREET:
        return next((kind for numbers, kind in KINDS if int(code[6:]) in numbers), Kind.ENTERPRISE)
    if level == Level.COMMUNITY:
        number = int(code[9:])
        return (
            Kind.VILLAGERS_COMMITTEE if number in VILLAGES else Kind.RESIDENTS_COMMITTEE if number < 200 else Kind.NONE
        )
    return Kind.NONE


def _setting(kind):
    return {Kind.RESIDENTS_COMMITTEE: Setting.URBAN, Kind.VILLAGERS_COMMITTEE: Setting.RURAL}.get(kind, Setting.UNKNOWN)


def load_divisions(codes):
    """Divisions of the sample with all that they belong to; {code: Division}. What is there already stays."""
    wanted = {code[:length] for code in codes for length in CODE_LENGTHS if length <= len(code)}
    found = {division.code: division for division in Division.objects.filter(code__in=wanted)}
    for length, level in CODE_LENGTHS.items():
        new = [
            Division(
                code=code,
                name=sample()[code],
                level=level,
                parent=found.get(code[: max((n for n in CODE_LENGTHS if n < length), default=0)]),
                kind=_kind(code),
                setting=_setting(_kind(code)),
                valid_from=EDITION,
            )
            for code in sorted(wanted - found.keys())
            if len(code) == length
        ]
        found |= {division.code: division for division in Division.objects.bulk_create(new)}
    return found


def load_sample():
    """All rows of the sample; {code: Division}."""
    return load_divisions(sample())


class DivisionFactory(factory.django.DjangoModelFactory):
    """A community of its own (give ``code`` of any level). What it belongs to is made along with it."""

    class Meta:
        model = Division
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"110101001{n % 199 + 1:03}")
    name = factory.LazyAttribute(lambda o: sample().get(o.code, f"地点{o.code}"))
    level = factory.LazyAttribute(lambda o: CODE_LENGTHS[len(o.code)])
    kind = factory.LazyAttribute(lambda o: _kind(o.code))
    setting = factory.LazyAttribute(lambda o: _setting(o.kind))
    valid_from = EDITION

    @factory.lazy_attribute
    def parent(self):
        shorter = [length for length in CODE_LENGTHS if length < len(self.code)]
        return DivisionFactory(code=self.code[: shorter[-1]]) if shorter else None
