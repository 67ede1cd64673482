"""What the environment says, read once, with one clear line when it is wrong.

Every name has the prefix ``INCUBATOR_``; a file ``.env`` beside ``manage.py`` is read first and never overrides what
the process was started with. ``INCUBATOR_DOTENV`` names another file (tests read none).
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[2]
PREFIX = "INCUBATOR_"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
LABELS = {"三社联动", "五社联动"}

env = environ.FileAwareEnv()
environ.Env.read_env(os.environ.get(PREFIX + "DOTENV", BASE_DIR / ".env"))


def text(name, default=None):
    """The value of INCUBATOR_<name>; without a default it has to be there."""
    value = env.str(PREFIX + name, default=default if default is not None else "")
    if value == "" and default is None:
        raise ImproperlyConfigured(f"{PREFIX}{name} is not set. `make install` writes a .env with a random one.")
    return value


def flag(name, default=False):
    raw = env.str(PREFIX + name, default="1" if default else "0").strip().lower()
    if raw in {"1", "true", "yes", "on"}:
        return True
    if raw in {"0", "false", "no", "off", ""}:
        return False
    raise ImproperlyConfigured(f"{PREFIX}{name} is {raw!r}; it has to be 1 or 0.")


def number(name, default, *, at_least):
    raw = env.str(PREFIX + name, default=str(default)).strip()
    if not raw.isdecimal() or int(raw) < at_least:
        raise ImproperlyConfigured(f"{PREFIX}{name} is {raw!r}; it has to be a whole number from {at_least} on.")
    return int(raw)


def names(name, default=()):
    return [part.strip() for part in env.str(PREFIX + name, default=",".join(default)).split(",") if part.strip()]


def choice(name, allowed, default):
    value = text(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{PREFIX}{name} is {value!r}; it has to be one of {', '.join(sorted(allowed))}.")
    return value


def url(name, default, schemes):
    value = text(name, default)
    if value.split(":", 1)[0] not in schemes:
        raise ImproperlyConfigured(f"{PREFIX}{name} has to begin with one of {', '.join(sorted(schemes))}.")
    return value


def robot_endpoint(name):
    """ "" for the services themselves. Whoever could name another machine here would read what goes to all groups."""
    value = text(name, "")
    if value and urlsplit(value).hostname not in LOOPBACK:
        raise ImproperlyConfigured(f"{PREFIX}{name} is for tests: it has to be an address of this machine.")
    return value


def service(name, default, schemes, parse):
    """The settings that an address stands for: ``parse`` is one of environ's readers (db_url, cache_url, email_url).

    Its own errors and warnings do not say which setting is meant, so the address is looked at first.
    """
    value = url(name, default, schemes)
    try:
        return parse(PREFIX + name, default=value)
    except (ImproperlyConfigured, ValueError, KeyError) as error:
        raise ImproperlyConfigured(f"{PREFIX}{name} cannot be read: {error}") from error
