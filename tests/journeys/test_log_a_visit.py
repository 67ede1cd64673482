"""The first journey: a social worker logs a visit on the phone; the street's office finds it, opens it and prints it."""

import pytest
from django import forms
from playwright.sync_api import expect

from projects.choices import ActivityStatus
from projects.models import Activity, Objective
from projects.registries import activity_kinds
from tests.factories.accounts import PASSWORD
from tests.factories.organizations import OrganizationFactory
from tests.factories.projects import ActivityFactory, ProjectFactory
from tests.journeys.office import convert, paper_text
from tests.journeys.window import DESKTOP
from tests.personas import COMMUNITY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TOLD = "看了夜间巡逻的路线，队员想要反光背心。"
TOLD_AGAIN = "背心到了，十二个人都领了。"
MOST_TAPS = 12
# Taps of recording one of a kind once more, from the workbench to the record, besides free text: a chip, the text, the
# button, and what this kind asks anew each time. Every kind has its line.
TAPS_OF_A_REPEAT = {
    "visit": 3, "training": 3, "workshop": 3, "salon": 3, "supervision": 4, "org_supervision": 3, "liaison": 3,
    "joint_meeting": 3, "internal_meeting": 3, "admin_assist": 3, "service": 3, "resource_link": 3, "other": 3,
}  # fmt: skip
HAND_IN, ONCE_MORE = "提交", "再记一次"
ON_SERVER, WAITING, RESTORED = "已保存到服务器", "已存在本机，待发送", "刚才输入的内容已恢复。"
VISIT_FORM = "/projects/activities/new/visit/"


@pytest.fixture
def visit(personas, patrol):
    return ActivityFactory(organization=patrol, recorded_by=personas.worker, summary="头一次去。")


def summary(window):
    return window.page.locator("textarea[name=summary]")


def save_state(window):
    return window.page.locator("[data-save-state]")


def hand_in(window):
    window.page.get_by_role("button", name=HAND_IN, exact=True).tap()
    window.page.wait_for_url(lambda url: "/edit/" not in url and "/new/" not in url)


def choose(window, organization):
    select = window.page.locator("select[name=organization]")
    select.tap()
    select.select_option(str(organization.uuid))


def test_a_visit_is_logged_on_the_phone_and_found_and_printed_by_the_office(open_window, personas, patrol, tmp_path):
    worker = open_window()
    page = worker.page
    worker.open("/accounts/login/")
    worker.look()
    worker.sign_in(personas.worker)
    worker.look()
    worker.forget_taps()
    page.get_by_role("link", name="记一次活动").first.tap()
    page.wait_for_url("**/activities/new/")
    worker.look()
    page.get_by_role("link", name="走访", exact=True).tap()
    page.wait_for_url(f"**{VISIT_FORM}")
    choose(worker, patrol)
    summary(worker).tap()
    summary(worker).fill(TOLD)
    worker.look()
    hand_in(worker)
    expect(page.get_by_text("已记录，现在就计入统计。")).to_be_visible()
    expect(page.locator("main")).to_contain_text(TOLD)
    worker.look()
    assert 0 < worker.taps <= MOST_TAPS

    worker.open("/")
    worker.forget_taps()
    page.locator("a.chip", has_text="清泰夜巡队").tap()
    page.wait_for_url(f"**{VISIT_FORM}?repeat=*")
    summary(worker).tap()
    summary(worker).fill(TOLD_AGAIN)
    worker.look()
    hand_in(worker)
    expect(page.locator("main")).to_contain_text(TOLD_AGAIN)
    assert 0 < worker.taps <= MOST_TAPS
    stored = list(Activity.objects.order_by("pk").values_list("organization", "community__code", "summary", "status"))
    assert stored == [
        (patrol.pk, COMMUNITY, TOLD, ActivityStatus.SUBMITTED),
        (patrol.pk, COMMUNITY, TOLD_AGAIN, ActivityStatus.SUBMITTED),
    ]

    office = open_window(size=DESKTOP)
    page = office.page
    office.sign_in(personas.staff)
    row = page.get_by_role("row").filter(has_text=personas.community.name)
    expect(row.locator("td[data-label='本月活动']")).to_have_text(f"2 · {personas.community.name}")
    office.look()
    page.locator("a.stat", has_text="本月活动").click()
    page.wait_for_url("**/activities/counts/?month=*")
    office.look()
    page.get_by_role("row").filter(has_text=personas.community.name).get_by_role("link", name="2").first.click()
    page.wait_for_url("**/activities/?*")
    records = page.locator("tbody tr")
    expect(records).to_have_count(2)
    office.look()
    records.filter(has_text="清泰夜巡队").last.locator("a.row-link").click()
    expect(page.locator("main")).to_contain_text(TOLD)
    office.look()
    with page.expect_download() as found:
        page.get_by_role("link", name="打印记录表").click()
    paper = tmp_path / "record.docx"
    found.value.save_as(paper)
    assert found.value.suggested_filename.endswith(" 走访 清泰夜巡队.docx")
    text = paper_text(paper)
    assert [words for words in ("清泰夜巡队", TOLD, personas.community.name) if words not in text] == []
    assert convert(paper).read_bytes().startswith(b"%PDF")


def _answers(kind):
    """An answer to every own question that has to be answered."""
    found = {}
    for name, field in kind.details_form.base_fields.items():
        choices = [str(code) for code, _label in getattr(field, "choices", ()) if code != ""]
        is_many = isinstance(field, forms.MultipleChoiceField)
        if choices and (field.required or name in kind.first_details):
            found[name] = choices[:1] if is_many else choices[0]
        elif field.required:
            found[name] = 3 if isinstance(field, forms.IntegerField | forms.DecimalField) else "说过的"
    return found


@pytest.mark.parametrize("kind", [pytest.param(kind, id=kind.code) for kind in activity_kinds])
def test_once_more_takes_few_taps_for_every_kind(open_window, personas, patrol, kind):
    """Free text is written without taps; what the form still lacks then is chosen by tapping."""
    if getattr(kind, "why_closed", ""):
        pytest.skip("cannot be recorded here")
    ActivityFactory(
        organization=patrol, recorded_by=personas.worker, kind=kind.code, details=_answers(kind), participants=9,
        summary="上一次。", place_text="活动室",
    )  # fmt: skip
    window = open_window(personas.worker)
    page = window.page
    window.open("/")
    window.forget_taps()
    page.locator("a.chip", has_text="清泰夜巡队").tap()
    page.wait_for_url(f"**/activities/new/{kind.code}/?repeat=*")
    for box in page.locator("form textarea:visible, form .required input[type=text]:visible").all():
        if not box.input_value():
            box.fill(TOLD)
    if summary(window).is_visible():
        summary(window).tap()
    for name, field in kind.details_form.base_fields.items():
        boxes = page.locator(f"[name='details-{name}'][type=radio], [name='details-{name}'][type=checkbox]")
        if field.required and boxes.count() and not any(box.is_checked() for box in boxes.all()):
            boxes.first.tap()
    hand_in(window)
    assert Activity.objects.filter(kind=kind.code, status=ActivityStatus.SUBMITTED).count() == 2
    assert 0 < window.taps <= TAPS_OF_A_REPEAT[kind.code] <= MOST_TAPS


def test_what_was_ticked_behind_more_comes_back_after_a_reload(open_window, personas, patrol):
    choir = OrganizationFactory(name="清泰腰鼓队", pinyin="yaogu", community=personas.community)
    window = open_window(personas.worker)
    page = window.page
    window.open(VISIT_FORM)
    choose(window, patrol)
    summary(window).fill(TOLD)
    page.locator("details.more summary").tap()
    page.locator(f"[name=others][value='{choir.uuid}']").check()
    page.locator(f"[name='share-{choir.uuid}']").fill("20")
    page.locator("label.segment", has_text="社工协助").tap()
    window.look()
    expect(save_state(window)).to_contain_text(ON_SERVER)
    page.reload()
    expect(page.locator(f"[name=others][value='{choir.uuid}']")).to_be_checked()
    expect(page.locator(f"[name='share-{choir.uuid}']")).to_have_value("20")
    hand_in(window)
    links = Activity.objects.get().links.order_by("-is_main").values_list("organization__name", "minutes")
    assert list(links) == [("清泰夜巡队", 40), ("清泰腰鼓队", 20)]
    assert Activity.objects.get().led_by == "assisted"
    window.look()


def test_what_belongs_to_the_organization_appears_when_it_is_chosen(open_window, personas, patrol):
    project = ProjectFactory(organization=patrol, lead=personas.worker, name="夜巡项目")
    objective = Objective.objects.create(project=project, level="social", text="会自己排班")
    window = open_window(personas.worker)
    page = window.page
    window.open(VISIT_FORM)
    page.locator("details.more summary").tap()
    expect(page.locator("[data-field=objectives]")).to_be_hidden()
    choose(window, patrol)
    page.locator("label.tick", has_text="会自己排班").tap()
    page.locator("[name=until]").fill("23:59")
    page.locator("[name=minutes]").fill("45")
    expect(page.locator("[name=until]")).to_have_value("")
    summary(window).fill(TOLD)
    window.look()
    hand_in(window)
    assert Activity.objects.get().links.get().objective == objective


def test_a_server_that_dies_in_mid_save_loses_no_word_and_makes_one_record(open_window, personas, patrol):
    """The record is written, its answer never arrives; the person sends it once more."""
    window = open_window(personas.worker)
    page, lost = window.page, []

    def lose(route):
        if route.request.method != "POST" or lost:
            return route.continue_()
        lost.append(route.fetch(max_redirects=0).status)
        return route.abort()

    window.open(VISIT_FORM)
    choose(window, patrol)
    summary(window).fill(TOLD)
    expect(save_state(window)).to_contain_text(ON_SERVER)
    draft = Activity.objects.get()
    page.route("**/activities/new/visit/**", lose)
    page.route(f"**/activities/{draft.uuid}/edit/", lose)
    with page.expect_event("requestfailed", lambda request: request.method == "POST"):
        page.get_by_role("button", name=HAND_IN, exact=True).tap()
    page.wait_for_url("chrome-error://chromewebdata/")
    assert lost == [302]
    window.open("/projects/activities/new/")
    window.open(f"/projects/activities/{draft.uuid}/")
    expect(page.locator("main")).to_contain_text(TOLD)
    assert list(Activity.objects.values_list("summary", "status")) == [(TOLD, ActivityStatus.SUBMITTED)]
    window.forgive("ERR_FAILED", "ERR_ABORTED")


def test_a_double_tap_on_the_button_makes_one_record(open_window, personas, patrol):
    window = open_window(personas.worker)
    window.open(VISIT_FORM)
    choose(window, patrol)
    summary(window).fill(TOLD)
    window.page.get_by_role("button", name=HAND_IN, exact=True).dblclick()
    window.page.wait_for_url(lambda url: "/new/" not in url and "/edit/" not in url)
    expect(window.page.locator("main")).to_contain_text(TOLD)
    assert list(Activity.objects.values_list("summary", "status")) == [(TOLD, ActivityStatus.SUBMITTED)]


def test_words_come_back_after_a_reload_that_the_server_never_saw(open_window, personas, patrol):
    window = open_window(personas.worker)
    window.page.route("**/draft/", lambda route: route.abort())
    window.open(VISIT_FORM)
    choose(window, patrol)
    summary(window).fill(TOLD)
    window.page.reload()
    expect(summary(window)).to_have_value(TOLD)
    expect(window.page.locator("select[name=organization]")).to_have_value(str(patrol.uuid))
    expect(save_state(window)).to_have_text(RESTORED)
    assert Activity.objects.count() == 0
    window.forgive("ERR_FAILED")


def test_a_draft_is_kept_on_the_server_and_continued_on_another_device(open_window, personas, patrol):
    phone = open_window(personas.worker)
    phone.open(VISIT_FORM)
    choose(phone, patrol)
    summary(phone).fill(TOLD)
    expect(save_state(phone)).to_contain_text(ON_SERVER)
    draft = Activity.objects.get()
    assert (draft.status, draft.payload["summary"]) == (ActivityStatus.DRAFT, TOLD)

    computer = open_window(personas.worker, size=DESKTOP)
    computer.open("/")
    computer.page.locator(f"a[href*='{draft.uuid}']").click()
    expect(summary(computer)).to_have_value(TOLD)
    computer.look()
    summary(computer).fill(TOLD + TOLD_AGAIN)
    computer.page.get_by_role("button", name=HAND_IN, exact=True).click()
    computer.page.wait_for_url(f"**/activities/{draft.uuid}/")
    assert list(Activity.objects.values_list("summary", "status")) == [(TOLD + TOLD_AGAIN, ActivityStatus.SUBMITTED)]


def test_what_is_typed_without_a_network_is_kept_and_sent_later(open_window, personas, patrol):
    window = open_window(personas.worker)
    window.open(VISIT_FORM)
    choose(window, patrol)
    window.context.set_offline(True)
    summary(window).fill(TOLD)
    window.page.get_by_role("button", name=HAND_IN, exact=True).tap()
    expect(save_state(window)).to_have_text(WAITING)
    expect(summary(window)).to_have_value(TOLD)
    assert Activity.objects.filter(payload__summary=TOLD).count() == 0
    window.context.set_offline(False)
    expect(save_state(window)).to_contain_text(ON_SERVER)
    assert Activity.objects.get().payload["summary"] == TOLD
    hand_in(window)
    assert list(Activity.objects.values_list("summary", "status")) == [(TOLD, ActivityStatus.SUBMITTED)]
    window.forgive("ERR_INTERNET_DISCONNECTED")


def test_of_two_windows_the_later_one_sees_both_versions(open_window, personas, visit):
    first, second = open_window(personas.worker), open_window(personas.worker)
    address = f"/projects/activities/{visit.uuid}/edit/"
    for window in (first, second):
        window.open(address)
    for window, words in ((first, "先改的。"), (second, "后改的。")):
        summary(window).fill(words)
        window.page.get_by_role("button", name="保存", exact=True).tap()
        window.page.wait_for_load_state("load")
    page = second.page
    expect(page.get_by_role("heading", level=1)).to_have_text("两个版本，选一个")
    expect(page.locator("main")).to_contain_text("先改的。")
    expect(page.locator("main")).to_contain_text("后改的。")
    second.look()
    assert Activity.objects.get().summary == "先改的。"
    page.get_by_role("button", name="用我的").tap()
    page.wait_for_url(f"**/activities/{visit.uuid}/")
    assert Activity.objects.get().summary == "后改的。"
    second.forgive("409")


def test_a_visit_is_logged_with_the_keyboard_alone(open_window, personas, patrol):
    window = open_window(size=DESKTOP)
    page, keys = window.page, window.page.keyboard
    window.open("/accounts/login/")
    window.tab_to("#id_login")
    keys.type(personas.worker.username)
    window.tab_to("#id_password")
    keys.type(PASSWORD)
    keys.press("Enter")
    page.wait_for_url(f"{window.url}/")
    window.tab_to("a.quick-button")
    keys.press("Enter")
    page.wait_for_url("**/activities/new/")
    window.tab_to("a.kind-tile[href*='/visit/']")
    keys.press("Enter")
    page.wait_for_url(f"**{VISIT_FORM}")
    window.tab_to("select[name=organization]")
    while page.locator("select[name=organization]").input_value() != str(patrol.uuid):
        keys.press("ArrowDown")
    window.tab_to("textarea[name=summary]")
    keys.type(TOLD)
    keys.press("Control+Enter")
    expect(page.get_by_text("已记录，现在就计入统计。")).to_be_visible()
    assert list(Activity.objects.values_list("organization", "summary", "status")) == [
        (patrol.pk, TOLD, ActivityStatus.SUBMITTED)
    ]
