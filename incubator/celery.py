"""The Celery app. It executes what the Job table says (incubator/jobs); nothing is true only in a broker."""

import os
import sys

from celery import Celery
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "incubator.settings.main")
try:
    settings.INSTALLED_APPS  # noqa: B018 - reads the environment now, so that a wrong one is told in one line
except ImproperlyConfigured as error:
    sys.exit(f"Settings: {error}")

app = Celery("incubator")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
