"""The strict harness: what a page may not do fails in every test that opens it (tests/harness.py)."""

import importlib
import os
import shutil

import pytest

from tests import database, harness

# pytest-playwright's loop runs in the thread that also tears the live server's database down.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_configure(config):
    harness.install()


# The walks over all addresses take a third of the time: begun last, one process would still walk while the other is done.
LONG = ("test_scope.py", "test_bad_input.py")


def pytest_collection_modifyitems(items):
    """Every test may use the database; ``no_db`` says that one does not need it (pure functions, properties)."""
    items.sort(key=lambda item: item.path.name not in LONG)
    for item in items:
        if not any(item.get_closest_marker(name) for name in ("django_db", "no_db")):
            item.add_marker(pytest.mark.django_db)


def _insert_shipped_lists(sender, **kwargs):
    """What migrations ship as data: types of organizations, headings of the dossier, questionnaires, the sample standard."""
    from django.apps import apps

    importlib.import_module("organizations.migrations.0002_default_lists").add_defaults(apps, None)
    importlib.import_module("organizations.migrations.0006_shipped_need_categories").add_categories(apps, None)
    importlib.import_module("evaluations.migrations.0002_shipped_questionnaires").add_questionnaires(apps, None)
    growth = importlib.import_module("evaluations.migrations.0003_shipped_standard")
    growth.add_headings(apps, None)
    growth.add_standard(apps, None)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb, django_db_use_migrations):
    """On SQLite the database stands already: a copy of the template (tests/database.py)."""
    from django.db import connection

    return django_db_keepdb or (connection.vendor == "sqlite" and django_db_use_migrations)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, django_db_keepdb):
    """Each worker has its database's name now; on SQLite it gets its copy."""
    from django.db import connection

    if connection.vendor != "sqlite" or not django_db_keepdb:
        yield
        return
    name = connection.settings_dict["TEST"]["NAME"]
    database.remove(name)
    database.copy_template(name)
    yield
    connection.close()
    database.remove(name)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup):
    """A test with real transactions empties every table when it ends; what was shipped comes back for the next one."""
    from django.apps import apps
    from django.db.models.signals import post_migrate

    post_migrate.connect(_insert_shipped_lists, sender=apps.get_app_config("evaluations"))


@pytest.fixture(autouse=True)
def _fresh_state(settings, tmp_path):
    """Nothing of one test reaches the next: uploads, cache, language."""
    from django.core.cache import cache
    from django.utils import translation

    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture
def personas(db):
    """The fixed people (tests/personas.py)."""
    from tests.personas import make_personas

    return make_personas()


@pytest.fixture
def site_divisions(db):
    """The sample of real divisions, {code: Division}: Shangcheng in Hangzhou, some streets of Chengguan in Lanzhou."""
    from tests.factories.divisions import load_sample

    return load_sample()


@pytest.fixture
def client():
    """Django's test client with an English browser, as the tests expect English sentences; a person's own setting wins."""
    from django.test import Client

    return Client(headers={"accept-language": "en"})


@pytest.fixture
def sign_in(client):
    """``sign_in(personas.worker).get(…)``: the client with that person signed in, without a form."""

    def enter(user):
        client.force_login(user, backend="incubator.accounts.backends.AccountBackend")
        return client

    return enter


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The machine's Chromium; CHROMIUM names another one."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
    return {**browser_type_launch_args, "args": arguments, **({"executable_path": found} if found else {})}
