"""The real settings with one more app; everything else comes from the environment."""

from incubator.settings.main import *  # noqa: F403
from incubator.settings.main import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.slow_jobs"]
