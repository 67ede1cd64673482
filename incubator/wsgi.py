"""The wsgi application."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "incubator.settings.main")
try:
    application = get_wsgi_application()
except ImproperlyConfigured as error:
    sys.stderr.write(f"Settings: {error}\n")
    # 3 is gunicorn's "worker failed to boot": it gives up instead of starting one worker after another.
    sys.exit(3)
