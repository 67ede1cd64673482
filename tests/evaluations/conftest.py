"""An organization in each street, led by somebody, and the agency that serves the first street."""

from tests.projects.conftest import _in_english, place  # noqa: F401 - the same place
