"""The floor page's own settings: the same database, sessions and workers, Django's seven default middleware, and the
one of allauth, without which the back end that the sessions name refuses to start; nothing else.

``make bench`` serves it beside the product and gives every figure as a ratio to it (docs/performance.md).
"""

from .main import *  # noqa: F403

ROOT_URLCONF = "incubator.site.floor"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
AUTHENTICATION_BACKENDS = ["incubator.accounts.backends.AccountBackend"]
SERVER_TIMING = False
