"""Settings of the tests: the same house, with cheap passwords, no throttle and every undefined variable an error."""

import os
import tempfile
from pathlib import Path

os.environ["INCUBATOR_DOTENV"] = os.devnull
os.environ.setdefault("INCUBATOR_SECRET_KEY", "tests-only")
os.environ.setdefault("INCUBATOR_DEMO", "1")

from .main import *  # noqa: F403
from .main import DATABASES, MIDDLEWARE, REST_FRAMEWORK, STORAGES, TEMPLATES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Static files come straight from their folders: a test needs no collectstatic.
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise.")]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ROBOT_ENDPOINT = "http://127.0.0.1:9"  # nobody listens: no test ever writes to a real group
REST_FRAMEWORK = REST_FRAMEWORK | {"DEFAULT_THROTTLE_CLASSES": []}
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = ""
SERVER_TIMING = True

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads (live server, races) then have connections and locks of their own, as in real life.
    # Nothing has to survive a power cut here.
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
    DATABASES["default"]["TEST"] = {"NAME": str(Path(tempfile.gettempdir()) / f"miaopu-test-{os.getpid()}.sqlite3")}
