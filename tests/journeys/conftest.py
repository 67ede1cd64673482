import copy
import gettext
import shutil

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import translation
from django.utils.translation import trans_real

from scripts.compile_messages import compile_catalogues
from tests.factories.organizations import OrganizationFactory
from tests.journeys.street import make_street
from tests.journeys.window import COUNT_TAPS, LOCALES, PHONE, Window
from tests.personas import make_personas


@pytest.fixture(scope="session", autouse=True)
def _catalogues():
    """Those who run one file alone have none yet; what was loaded without them is forgotten."""
    if compile_catalogues():
        gettext._translations.clear()
        trans_real._translations.clear()


def with_streets(personas):
    """The personas, with ``here`` (the street of worker, staff, leader, supervisor) and ``there`` (that of the others),
    each with a record of every model. What people wrote here holds the word of the street, and so it does there."""
    personas.here = make_street(
        word="清泰甲", community=personas.community, worker=personas.worker, staff=personas.staff,
        leader=personas.leader, supervisor=personas.supervisor,
    )  # fmt: skip
    personas.there = make_street(
        word="小营乙", community=personas.other_community, worker=personas.other_worker, staff=personas.other_staff,
        leader=personas.other_leader,
    )  # fmt: skip
    return personas


@pytest.fixture
def streets(personas):
    """:func:`with_streets`, made for this test; also for one whose server has transactions of its own."""
    with transaction.atomic():
        return with_streets(personas)


@pytest.fixture(scope="module")
def streets_of_file(django_db_setup, django_db_blocker, tmp_path_factory):
    """(the same, the folder of its files), made once for all tests of a file: in a transaction around theirs, which is
    undone when the last of them has ended. Not for tests with a live server, which see only what is committed."""
    media = tmp_path_factory.mktemp("streets")
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=media), translation.override("en"):
            made = with_streets(make_personas())
        yield made, media
        transaction.set_rollback(True)


@pytest.fixture
def kept_streets(streets_of_file, settings, db):
    """A copy for one test: it may change the records and the files."""
    made, media = streets_of_file
    shutil.copytree(media, settings.MEDIA_ROOT, dirs_exist_ok=True)
    return copy.deepcopy(made)


@pytest.fixture(autouse=True)
def _in_english(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


@pytest.fixture
def open_window(browser, live_server):
    """``open_window(person)``: a phone of that person, signed in; ``size=DESKTOP`` a computer, ``language="en"`` in
    English, ``url`` another server, without a person a visitor. When the test ends, no page may have failed, complained,
    or asked anybody else (``window.forgive()`` takes back what the test itself provoked)."""
    windows = []

    def open_it(person=None, *, size=PHONE, language="zh-hans", url=live_server.url):
        width, height = size
        context = browser.new_context(
            base_url=url, locale=LOCALES[language], timezone_id="Asia/Shanghai",
            viewport={"width": width, "height": height}, has_touch=size == PHONE, is_mobile=size == PHONE,
            accept_downloads=True,
        )  # fmt: skip
        context.set_default_timeout(15_000)
        context.add_init_script(COUNT_TAPS)
        windows.append(Window(context, url))
        if person:
            windows[-1].enter_as(person)
        return windows[-1]

    yield open_it
    problems = [problem for window in windows for problem in window.problems]
    for window in windows:
        window.context.close()
    assert problems == []


@pytest.fixture
def patrol(personas):
    """The organization that is visited, in a real community, among others of the street."""
    for name in ("清泰合唱团", "清泰读书会"):
        OrganizationFactory(name=name, pinyin="qingtai", community=personas.next_community)
    return OrganizationFactory(name="清泰夜巡队", pinyin="qingtaiyexundui", community=personas.community, filed=True)
