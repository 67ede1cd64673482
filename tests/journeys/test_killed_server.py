"""The server's process is killed while it saves a record: one record comes of it, and no word is lost."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import expect

from projects.choices import ActivityStatus
from projects.models import Activity, ActivityLink
from scripts.test_servers import free_port

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).parents[2]
PATIENCE = 60
TOLD, TOLD_LAST = "看了夜间巡逻的路线，", "队员想要反光背心。"
ON_SERVER, WAITING, RESTORED = "已保存到服务器", "已存在本机，待发送", "刚才输入的内容已恢复。"
VISIT_FORM = "/projects/activities/new/visit/"


class Server:
    """The site in a process of its own, on the test's database; after its death it is started at the same address."""

    def __init__(self, folder):
        self.trap, self.log, self.port, self.process = folder / "trap", folder / "log", free_port(), None
        self.url = f"http://127.0.0.1:{self.port}"
        names = {name: value for name, value in os.environ.items() if not name.startswith(("INCUBATOR_", "DJANGO_"))}
        self.env = names | {
            "DJANGO_SETTINGS_MODULE": "tests.mortal_server.settings",
            "MORTAL_SERVER_TRAP": str(self.trap),
            "INCUBATOR_DOTENV": os.devnull,
            "INCUBATOR_SECRET_KEY": settings.SECRET_KEY,
            "INCUBATOR_DATABASE_URL": self._database(),
        }

    @staticmethod
    def _database():
        facts = connection.settings_dict
        if connection.vendor == "sqlite":
            return f"sqlite:///{facts['NAME']}"
        return "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**facts)

    def start(self):
        command = [sys.executable, "manage.py", "runserver", f"127.0.0.1:{self.port}", "--noreload", "--insecure"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.env, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        end = time.monotonic() + PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                assert self.process.poll() is None, self.log.read_text()
                assert time.monotonic() < end, self.log.read_text()
                time.sleep(0.1)

    def dies_at(self, address, moment):
        self.trap.write_text(f"{address} {moment}")

    def is_killed(self):
        """Wait for it; False when it ended in another way."""
        return self.process.wait(PATIENCE) == -signal.SIGKILL

    def stop(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


@pytest.fixture
def server(tmp_path, live_server):
    """``live_server`` stands idle; it is what makes the database one that other processes see."""
    found = Server(tmp_path)
    found.start()
    yield found
    found.stop()


@pytest.fixture
def window(open_window, personas, server):
    window = open_window(personas.worker, url=server.url)
    yield window
    window.forgive("ERR_EMPTY_RESPONSE", "ERR_CONNECTION_RESET", "ERR_CONNECTION_REFUSED", "ERR_ABORTED", "409")


def begin(window, patrol):
    window.open(VISIT_FORM)
    window.page.locator("select[name=organization]").select_option(str(patrol.uuid))
    summary(window).fill(TOLD)


def summary(window):
    return window.page.locator("textarea[name=summary]")


def save_state(window):
    return window.page.locator("[data-save-state]")


def press(window):
    window.page.get_by_role("button", name="提交", exact=True).or_(
        window.page.get_by_role("button", name="保存", exact=True)
    ).tap()


def records():
    return list(Activity.objects.values_list("summary", "status"))


@pytest.mark.parametrize(
    ("moment", "left_behind"),
    [
        pytest.param("before", ActivityStatus.DRAFT, id="nothing of it is done"),
        pytest.param("projects_activitylink", ActivityStatus.DRAFT, id="half of it is written"),
        pytest.param("after", ActivityStatus.SUBMITTED, id="all is written and nothing answered"),
    ],
)
@pytest.mark.parametrize("is_known", [True, False], ids=["the draft was on the server", "the server knew nothing"])
def test_a_server_killed_while_a_record_is_handed_in(window, server, patrol, moment, left_behind, is_known):
    begin(window, patrol)
    if is_known:
        expect(save_state(window)).to_contain_text(ON_SERVER)
        assert Activity.objects.get().payload["summary"] == TOLD
    server.dies_at("/edit/" if is_known else "/new/visit/", moment)
    summary(window).press_sequentially(TOLD_LAST)
    press(window)
    assert server.is_killed()
    found = [left_behind] if is_known or left_behind == ActivityStatus.SUBMITTED else []
    assert list(Activity.objects.values_list("status", flat=True)) == found
    assert ActivityLink.objects.count() == (left_behind == ActivityStatus.SUBMITTED)
    server.start()
    window.open("/projects/activities/new/")
    window.page.locator("[data-outbox-list] a").tap()
    expect(save_state(window)).to_have_text(RESTORED)
    expect(summary(window)).to_have_value(TOLD + TOLD_LAST)
    expect(window.page.locator("select[name=organization]")).to_have_value(str(patrol.uuid))
    press(window)
    window.page.wait_for_url(lambda url: "/edit/" not in url and "/new/" not in url)
    expect(window.page.locator("main")).to_contain_text(TOLD + TOLD_LAST)
    assert records() == [(TOLD + TOLD_LAST, ActivityStatus.SUBMITTED)]
    assert ActivityLink.objects.count() == 1


def test_a_server_killed_while_it_keeps_a_draft_gets_it_again_by_itself(window, server, patrol):
    server.dies_at("/draft/", "projects_activity")
    begin(window, patrol)
    assert server.is_killed()
    expect(save_state(window)).to_have_text(WAITING)
    assert records() == []
    server.start()
    expect(save_state(window)).to_contain_text(ON_SERVER, timeout=40_000)
    assert [draft.payload["summary"] for draft in Activity.objects.all()] == [TOLD]
    press(window)
    window.page.wait_for_url(lambda url: "/edit/" not in url and "/new/" not in url)
    assert records() == [(TOLD, ActivityStatus.SUBMITTED)]


def test_a_form_sent_again_from_the_browsers_page_of_errors_makes_one_record(window, server, patrol):
    begin(window, patrol)
    server.dies_at("/new/visit/", "after")
    press(window)
    assert server.is_killed()
    server.start()
    window.page.reload()
    expect(window.page.locator("main")).to_contain_text(TOLD)
    assert records() == [(TOLD, ActivityStatus.SUBMITTED)]
