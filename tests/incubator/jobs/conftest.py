import pytest

from incubator.jobs import registries


@pytest.fixture
def handler():
    """``handler(function, **options)`` registers a job "tests.job" for one test."""
    names = []

    def register(function, name="tests.job", **options):
        names.append(name)
        registries.job(name, **options)(function)
        return name

    yield register
    for name in names:
        registries.unregister(name)
