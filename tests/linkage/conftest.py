"""The organization and its people of ``tests/projects``."""

from tests.projects.conftest import _in_english, place  # noqa: F401 - fixtures
