"""The places and people of the tests of projects serve here as well."""

from tests.projects.conftest import _in_english, place  # noqa: F401 - fixtures
