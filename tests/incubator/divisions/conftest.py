import io

import pytest

from incubator.divisions.services import import_divisions
from tests.factories.divisions import SAMPLE

SMALL = {
    "33": "浙江省",
    "3301": "杭州市",
    "330102": "上城区",
    "330102001": "清波街道",
    "330102001051": "清波门社区",
    "330102001052": "劳动路社区",
    "330102101": "某镇",
    "330102101200": "某村",
    "330102101401": "某园区",
}


def as_csv(names):
    return "code,name\n" + "".join(f"{code},{name}\n" for code, name in names.items())


@pytest.fixture
def load(db):
    """``load(names, edition, under=…)`` imports {code: name}; without arguments the sample file."""

    def run(names=None, edition=None, **options):
        content = SAMPLE.read_bytes() if names is None else as_csv(names).encode()
        return import_divisions(io.BytesIO(content), edition=edition, **options)

    return run
