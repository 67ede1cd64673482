"""The tests' settings for a server of its own process, which dies at the moment that a test names."""

from incubator.settings.test import *  # noqa: F403
from incubator.settings.test import MIDDLEWARE

MIDDLEWARE = ["tests.mortal_server.middleware.MortalMiddleware", *MIDDLEWARE]
