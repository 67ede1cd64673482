"""The real settings with one more app; everything else comes from the environment.

SLOW_MONTH ("2026-12-01 31 1.5"): a month runs through, so many days from the first one on, so many seconds each.
"""

import os

from incubator.settings.main import *  # noqa: F403
from incubator.settings.main import CELERY_BEAT_SCHEDULE, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.slow_jobs"]

SLOW_MONTH = os.environ.get("SLOW_MONTH", "").split()
if SLOW_MONTH:
    tick = {"task": "slow.tick", "schedule": 0.5, "options": {"expire_seconds": 15}}
    CELERY_BEAT_SCHEDULE = CELERY_BEAT_SCHEDULE | {"slow.tick": tick}
