"""Wrong or missing settings stop the start with one clear line, whatever is started; right ones are silent."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
KEY = "k3" * 40
PYTHON = sys.executable
MANAGE = [PYTHON, "manage.py", "check"]
WEB = [PYTHON, "-m", "gunicorn", "incubator.wsgi", "--bind", "127.0.0.1:0", "--workers", "1", "--no-control-socket"]
WORKER = [PYTHON, "-m", "celery", "-A", "incubator", "worker", "-P", "solo"]
BEAT = [PYTHON, "-m", "celery", "-A", "incubator", "beat", "--pidfile="]

pytestmark = pytest.mark.no_db


def start(command, **env):
    """Run in an environment that holds nothing of this one's settings."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("INCUBATOR_", "DJANGO_"))}
    values = {f"INCUBATOR_{name}": value for name, value in env.items()}
    return subprocess.run(
        command, cwd=ROOT, env=clean | {"INCUBATOR_DOTENV": os.devnull} | values, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"SECRET_KEY": ""}, "INCUBATOR_SECRET_KEY is not set"),
        ({"DEBUG": "maybe"}, "INCUBATOR_DEBUG is 'maybe'; it has to be 1 or 0."),
        ({"DATABASE_URL": "oracle://x"}, "INCUBATOR_DATABASE_URL"),
        ({"DATABASE_URL": "no address at all"}, "INCUBATOR_DATABASE_URL"),
        ({"BROKER_URL": "amqp://x"}, "INCUBATOR_BROKER_URL has to begin with one of memory, redis, rediss."),
        ({"CACHE_URL": "whatever://x"}, "INCUBATOR_CACHE_URL"),
        ({"EMAIL_URL": "pigeon://x"}, "INCUBATOR_EMAIL_URL"),
        ({"ROBOT_ENDPOINT": "https://evil.example"}, "INCUBATOR_ROBOT_ENDPOINT is for tests"),
        ({"LINKAGE_LABEL": "四社联动"}, "INCUBATOR_LINKAGE_LABEL is '四社联动'"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_a_wrong_value_is_told_in_one_line(wrong, said):
    done = start(MANAGE, **{"SECRET_KEY": KEY} | wrong)
    lines = done.stderr.strip().splitlines()
    assert done.returncode == 1
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("Settings: ")
    assert said in lines[0]


@pytest.mark.parametrize("command", [WORKER, BEAT], ids=["worker", "beat"])
def test_celery_tells_a_missing_key_in_one_line(command):
    done = start(command)
    assert done.returncode != 0
    assert done.stderr.strip().splitlines() == [
        "Settings: INCUBATOR_SECRET_KEY is not set. `make install` writes a .env with a random one."
    ]


def test_gunicorn_tells_a_missing_key_in_one_line_and_gives_up():
    done = start(WEB)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert done.stderr.count("Settings: INCUBATOR_SECRET_KEY is not set.") == 1


def test_production_settings_pass_the_deployment_check_in_silence():
    done = start(
        [
            PYTHON,
            "-W",
            "error::DeprecationWarning:incubator",
            "manage.py",
            "check",
            "--deploy",
            "--fail-level",
            "DEBUG",
        ],
        SECRET_KEY=KEY + "pqrstuvwxyz",
        ALLOWED_HOSTS="miaopu.example.org",
        DATABASE_URL="postgres://u:p@127.0.0.1:5432/miaopu",
        BROKER_URL="redis://127.0.0.1:6379/0",
        CACHE_URL="rediscache://127.0.0.1:6379/1",
        EMAIL_URL="smtp://u:p@mail.example.org:587",
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "System check identified no issues (0 silenced).\n"


def test_without_debug_nothing_insecure_is_the_default():
    code = (
        "from incubator.settings import main as s;"
        "print(s.DEBUG, s.DEMO, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
        " s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 0, '*' in s.ALLOWED_HOSTS, s.SERVER_TIMING)"
    )
    done = start([PYTHON, "-c", code], SECRET_KEY=KEY)
    assert done.stdout.split() == ["False", "False", "True", "True", "True", "True", "False", "False"], done.stderr


def test_every_page_asks_for_sign_in_unless_it_says_otherwise(settings):
    from django.contrib.auth.middleware import AuthenticationMiddleware, LoginRequiredMiddleware
    from django.utils.module_loading import import_string

    chain = [import_string(name) for name in settings.MIDDLEWARE]
    classes = [item for item in chain if isinstance(item, type)]
    who = next(place for place, item in enumerate(classes) if issubclass(item, AuthenticationMiddleware))
    asks = next(place for place, item in enumerate(classes) if issubclass(item, LoginRequiredMiddleware))
    assert who < asks


def test_the_environment_goes_before_the_file(tmp_path):
    dotenv = tmp_path / "env"
    dotenv.write_text(f"INCUBATOR_SECRET_KEY={KEY}\nINCUBATOR_DEBUG=maybe\n")
    assert start(MANAGE, DOTENV=str(dotenv), DEBUG="0").returncode == 0
    assert start(MANAGE, DOTENV=str(dotenv)).returncode == 1
