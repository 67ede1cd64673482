"""A week typed at the desk, a text from a chat, and what the organization tells itself."""

import pytest
from playwright.sync_api import expect

from projects.choices import ActivityStatus
from projects.models import Activity
from tests.journeys.window import DESKTOP
from tests.personas import give_leader

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TOLD = "看了夜间巡逻的路线，队员想要反光背心。"
TOLD_AGAIN = "背心到了，十二个人都领了。"
HAND_IN, ONCE_MORE = "提交", "再记一次"
ON_SERVER, WAITING, RESTORED = "已保存到服务器", "已存在本机，待发送", "刚才输入的内容已恢复。"
VISIT_FORM = "/projects/activities/new/visit/"


def summary(window):
    return window.page.locator("textarea[name=summary]")


def save_state(window):
    return window.page.locator("[data-save-state]")


def hand_in(window):
    window.page.get_by_role("button", name=HAND_IN, exact=True).tap()
    window.page.wait_for_url(lambda url: "/edit/" not in url and "/new/" not in url)


def test_a_week_is_typed_at_the_desk_and_survives_a_reload(open_window, personas, patrol):
    window = open_window(personas.worker, size=DESKTOP)
    page = window.page
    window.open("/projects/activities/week/")
    for number in range(2):
        page.locator(f"[name=row-{number}-kind]").select_option("visit")
        page.locator(f"[name=row-{number}-organization]").fill("清泰夜巡队")
        page.locator(f"[name=row-{number}-day]").fill(f"2026-01-0{5 + number}")
        page.locator(f"[name=row-{number}-begin]").fill("09:30")
        page.locator(f"[name=row-{number}-summary]").fill(f"{TOLD}{number}")
    window.look()
    page.reload()
    expect(page.locator("[name=row-1-summary]")).to_have_value(f"{TOLD}1")
    page.get_by_role("button", name=HAND_IN, exact=True).dblclick()
    page.wait_for_load_state("load")
    expect(page.locator("[name=row-0-summary]")).to_have_value("")
    assert Activity.objects.filter(status=ActivityStatus.SUBMITTED).count() == 2
    page.reload()
    expect(page.locator("[name=row-0-summary]")).to_have_value("")


def test_a_text_from_a_chat_becomes_a_record(open_window, personas, patrol):
    window = open_window(personas.worker)
    page = window.page
    window.open("/projects/activities/paste/")
    page.locator("[name=text]").fill("1月8日下午3点走访清泰夜巡队，在二楼会议室，共8人。")
    page.get_by_role("button", name="Read the text").or_(page.locator("form.page-form button[type=submit]")).first.tap()
    page.wait_for_load_state("load")
    expect(page.locator("select[name=organization]")).to_have_value(str(patrol.uuid))
    window.look()
    page.get_by_role("button", name=HAND_IN, exact=True).tap()
    page.wait_for_url(lambda url: "/paste/" not in url and "/new/" not in url)
    activity = Activity.objects.get()
    assert (activity.place_text, activity.participants, activity.status) == ("二楼会议室", 8, ActivityStatus.SUBMITTED)


def test_a_leader_tells_on_one_screen(open_window, personas, patrol):
    give_leader(personas.leader, patrol.uuid)
    window = open_window(personas.leader)
    page = window.page
    window.open("/projects/activities/ours/")
    window.look()
    page.locator("[name=what]").fill("巡逻了一圈")
    page.locator("[name=participants]").fill("9")
    page.locator("form.ours-form button[type=submit]").tap()
    page.wait_for_url(lambda url: "/ours/" not in url)
    assert Activity.objects.counted().get().source == "organization"
