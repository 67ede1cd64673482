"""Settings of the tests: the same house, with cheap passwords, no throttle and every undefined variable an error."""

import os

os.environ.setdefault("INCUBATOR_SECRET_KEY", "tests-only")
os.environ.setdefault("INCUBATOR_DEMO", "1")

from .main import *  # noqa: E402, F403
from .main import REST_FRAMEWORK, STORAGES, TEMPLATES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
REST_FRAMEWORK = REST_FRAMEWORK | {"DEFAULT_THROTTLE_CLASSES": []}
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = ""
SERVER_TIMING = True
