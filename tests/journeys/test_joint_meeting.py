"""The fourth journey: the month's joint meeting, from what is put on its agenda to the next month's."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from incubator.base.months import add_months
from linkage.choices import ActionStatus, Party
from linkage.models import ActionItem, AgendaItem, ItemOpinion, JointMeeting, MeetingAttendance, Resolution
from linkage.services.minutes_content import is_intact
from linkage.services.schedule import schedule_month
from tests.factories.linkage_minutes import HeldMeetingFactory, MemberFactory, MinutesSeriesFactory
from tests.factories.needs import ResidentNeedFactory
from tests.journeys.office import paper_text
from tests.journeys.window import DESKTOP, PHONE
from tests.personas import give_leader

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TABLET = (768, 1024)
CHANGED = "你填写时有人改过这里，什么都没有被覆盖。"
LIGHT, STAIRS, TRASH = "夜巡路线路灯不亮", "三号楼楼道扶手松动", "垃圾房门锁坏了"


@pytest.fixture
def table(personas, patrol):
    """The personas with today's meeting of their community, chaired by its staff and recorded by the worker; ``members``
    by party; a need of the residents."""
    give_leader(personas.leader, patrol.uuid)
    series = MinutesSeriesFactory(
        division=personas.community, title="三社联动联席会", chair=personas.community_staff, recorder=personas.worker,
        place_text="党群服务中心二楼", starts_on=timezone.localdate().replace(day=1),
    )  # fmt: skip
    personas.members = {
        party: MemberFactory(series=series, party=party, **facts)
        for party, facts in {
            "community": {"name": "孙社区", "user": personas.community_staff},
            "organization": {"name": "周队长", "user": personas.leader, "organization": patrol},
            "social_worker": {"name": "王社工", "user": personas.worker},
            "police": {"name": "罗警官", "body": "派出所"},
            "hospital": {"name": "林医生", "body": "社区卫生服务中心"},
        }.items()
    }
    personas.meeting = HeldMeetingFactory(
        series=series, starts_at=timezone.now(), title="本月联席会", place_text="党群服务中心二楼",
        chair=personas.community_staff, recorder=personas.worker,
    )  # fmt: skip
    personas.need = ResidentNeedFactory(community=personas.community, title=STAIRS, accepted=True)
    return personas


def record_url(table):
    return f"/linkage/meetings/{table.meeting.uuid}/record/"


def propose(window, table, title):
    page = window.page
    window.open(table.meeting.get_absolute_url())
    window.look()
    page.get_by_role("link", name="提议题").click()
    page.wait_for_url("**/items/propose/**")
    window.look()
    page.locator("[name=title]").fill(title)
    window.send()
    page.wait_for_url(lambda url: "propose" not in url)


def member(window, table, party):
    return window.page.locator(f"#member-{table.members[party].uuid}")


def take_attendance(window, table):
    """One comes, one sends somebody, one is excused, one is only heard of; a resident comes as a guest."""
    page = window.page
    for party in ("community", "social_worker"):
        member(window, table, party).get_by_role("button", name="到会").click()
        expect(member(window, table, party).get_by_role("button", name="到会")).to_have_attribute(
            "aria-pressed", "true"
        )
    away = member(window, table, "organization")
    away.get_by_role("button", name="委托").click()
    away.get_by_label("谁代为参加？").fill("马队副")
    window.look()
    away.get_by_role("button", name="保存", exact=True).click()
    expect(away.locator(".piece-saved")).to_be_visible()
    ill = member(window, table, "hospital")
    ill.get_by_role("button", name="请假").click()
    ill.get_by_label("请假原因").fill("门诊")
    ill.get_by_role("button", name="保存", exact=True).click()
    expect(ill.locator(".piece-saved")).to_be_visible()
    member(window, table, "police").get_by_role("button", name="缺席").click()
    guests = page.locator("#guests")
    guests.locator("[name=name]").fill("何阿姨")
    guests.get_by_role("button", name="添加列席人员").click()
    expect(guests.locator("li")).to_contain_text("何阿姨")
    expect(page.locator("#quorum")).to_have_class("quorum is-met")


def say(window, item, party, text):
    """Type an opinion; it is sent by itself."""
    box = window.page.locator(f"#opinion-{item.uuid}-{party}")
    box.locator("textarea").fill(text)
    box.locator("textarea").blur()
    return box


def resolve(window, item, text):
    place = window.page.locator(f"#item-{item.uuid}")
    form = place.locator(f"#resolution-of-{item.uuid} > details.add .resolution-form")
    form.locator("[name=text]").fill(text)
    form.get_by_role("button", name="保存议定事项").click()
    made = place.locator(".resolution", has_text=text)
    expect(made).to_be_visible()
    return made


def give(window, resolution, owner, title, due_on):
    form = resolution.locator("details.add .action-form")
    form.locator("[name=title]").fill(title)
    form.locator("[name=owner]").select_option(str(owner.uuid))
    form.locator("[name=due_on]").fill(f"{due_on}")
    form.get_by_role("button", name="加上这项交办").click()
    expect(resolution.locator(".taken-on")).to_contain_text(title)


def test_a_month_of_the_joint_meeting(open_window, table, tmp_path):
    meeting, due_on = table.meeting, timezone.localdate() + datetime.timedelta(days=20)
    # --- the agenda ---
    leader = open_window(table.leader)
    propose(leader, table, LIGHT)
    office = open_window(table.community_staff, size=DESKTOP)
    office.open(table.need.get_absolute_url())
    office.page.get_by_role("button", name="列入议程").click()
    expect(office.page.locator("#need-chain")).to_contain_text("已列入下次联席会议的议程。")
    light, stairs = AgendaItem.objects.order_by("position")
    assert (light.title, light.party, stairs.title, stairs.need) == (LIGHT, Party.ORGANIZATION, STAIRS, table.need)

    # --- at the table ---
    tablet = open_window(table.worker, size=TABLET)
    tablet.open(meeting.get_absolute_url())
    tablet.look()
    tablet.page.get_by_role("button", name="开会").click()
    tablet.page.wait_for_url("**/record/")
    tablet.look()
    take_attendance(tablet, table)
    tablet.look()
    told = dict(MeetingAttendance.objects.values_list("name", "presence"))
    tablet.picture("meeting-attendance-768", whole=True)
    assert told == {
        "孙社区": "present", "王社工": "present", "周队长": "proxy", "林医生": "excused", "罗警官": "absent",
        "何阿姨": "present",
    }  # fmt: skip
    assert MeetingAttendance.objects.get(name="周队长").proxy_name == "马队副"
    assert MeetingAttendance.objects.get(name="林医生").excuse == "门诊"
    expect(say(tablet, light, "organization", "十点以后看不清路。").locator(".piece-saved")).to_be_visible()
    give(tablet, resolve(tablet, light, "先报修，再补反光条"), table.members["organization"], "统计不亮的路灯", due_on)
    give(tablet, resolve(tablet, stairs, "本月内加固扶手"), table.members["police"], "查看楼道消防", due_on)
    tablet.look()
    tablet.picture("meeting-items-768", whole=True)
    tablet.page.locator("#summary textarea").fill("两件事都有了着落。")
    tablet.page.locator("#summary textarea").blur()
    expect(tablet.page.locator("#summary .piece-saved")).to_be_visible()
    tablet.page.get_by_role("button", name="结束会议").click()
    tablet.page.locator("#confirm-dialog button[value=yes]").click()
    tablet.page.wait_for_url("**/minutes/")
    assert not ActionItem.objects.in_force().exists()
    assert leader.open("/").ok
    expect(leader.page.get_by_text("统计不亮的路灯")).to_have_count(0)

    # --- confirmed and closed ---
    office.open(f"{meeting.get_absolute_url()}minutes/")
    office.look()
    office.page.get_by_role("link", name="阅读并确认").click()
    office.page.wait_for_url("**/confirm/")
    office.look()
    office.page.get_by_role("button", name="确认", exact=True).click()
    office.page.wait_for_url("**/minutes/")
    meeting = JointMeeting.objects.get(pk=meeting.pk)
    expect(office.page.locator("main")).to_contain_text(meeting.content_sha256)
    assert (meeting.status, is_intact(meeting)) == ("confirmed", True)
    office.look()
    with office.page.expect_download() as found:
        office.page.get_by_role("link", name="会议纪要（Word）").click()
    found.value.save_as(tmp_path / "minutes.docx")
    printed = paper_text(tmp_path / "minutes.docx")
    for words in (
        LIGHT,
        STAIRS,
        "马队副（代周队长）",
        "林医生（门诊）",
        "统计不亮的路灯",
        "罗警官",
        "两件事都有了着落。",
    ):
        assert words in printed
    tablet.open(record_url(table))
    expect(tablet.page.locator("main")).to_contain_text("纪要")
    assert tablet.page.locator("main textarea").count() == 0

    # --- the one in charge does it, another party verifies it ---
    leader.open("/")
    leader.picture("meeting-home-of-the-owner", whole=True)
    leader.page.get_by_role("link", name="统计不亮的路灯").tap()
    leader.page.wait_for_url("**/actions/**")
    leader.look()
    leader.page.get_by_role("link", name="已办完").tap()
    leader.page.wait_for_url("**/done/")
    leader.page.locator("[name=note]").fill("一共七盏，已报市政。")
    leader.look()
    leader.send()
    expect(leader.page.locator("main")).to_contain_text("一共七盏，已报市政。")
    action = ActionItem.objects.get(title="统计不亮的路灯")
    assert (action.status, action.done_by) == (ActionStatus.DONE, table.leader)
    assert leader.page.get_by_role("link", name="核实").count() == 0
    office.open(action.get_absolute_url())
    office.page.get_by_role("link", name="核实").click()
    office.page.wait_for_url("**/verify/")
    office.look()
    office.send()
    expect(office.page.locator("main")).to_contain_text("一共七盏，已报市政。")
    action = ActionItem.objects.get(pk=action.pk)
    assert (action.status, action.verified_party, action.verified_by) == (
        ActionStatus.VERIFIED, Party.COMMUNITY, table.community_staff
    )  # fmt: skip

    # --- next month ---
    schedule_month(period=add_months(meeting.period, 1), today=timezone.localdate(), series=meeting.series)
    coming = JointMeeting.objects.get(period=add_months(meeting.period, 1))
    table.meeting = coming
    propose(office, table, TRASH)
    office.open(coming.get_absolute_url())
    rows = office.page.locator("#agenda .agenda-item")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("查看楼道消防")
    expect(rows.nth(1)).to_contain_text(TRASH)
    office.look()
    office.picture("meeting-next-month", whole=True)


@pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
def test_two_recorders_typing_at_once_lose_nothing(open_window, table, size):
    item = AgendaItem.objects.create(
        series=table.meeting.series, title=LIGHT, party=Party.COMMUNITY, proposed_by=table.worker
    )
    first = open_window(table.worker, size=size)
    first.open(table.meeting.get_absolute_url())
    first.page.get_by_role("button", name="开会").click()
    first.page.wait_for_url("**/record/")
    second = open_window(table.community_staff, size=TABLET)
    second.open(record_url(table))

    # Different pieces of the same item: both are kept.
    expect(say(first, item, "police", "夜里有盲区。").locator(".piece-saved")).to_be_visible()
    expect(say(second, item, "organization", "队员愿意带路。").locator(".piece-saved")).to_be_visible()
    # The same piece: the second is told, sees both texts, and has lost nothing.
    expect(say(first, item, "community", "社区先报修。").locator(".piece-saved")).to_be_visible()
    box = say(second, item, "community", "社区先报修，并请物业配合。")
    expect(box).to_contain_text(CHANGED)
    expect(box).to_contain_text("社区先报修。")
    expect(box.locator("textarea")).to_have_value("社区先报修，并请物业配合。")
    assert ItemOpinion.objects.get(party="community").text == "社区先报修。"
    second.look()
    second.picture(f"meeting-two-recorders-{size[0]}", whole=True)
    box.get_by_role("button", name="用我的").click()
    expect(box.locator(".piece-saved")).to_be_visible()
    assert ItemOpinion.objects.get(party="community").text == "社区先报修，并请物业配合。"
    # Now the first one is the second.
    box = say(first, item, "community", "改成下月报修。")
    expect(box).to_contain_text(CHANGED)
    first.look()
    box.get_by_role("link", name="用对方写的").click()
    expect(box.locator("textarea")).to_have_value("社区先报修，并请物业配合。")
    assert dict(ItemOpinion.objects.values_list("party", "text")) == {
        "police": "夜里有盲区。", "organization": "队员愿意带路。", "community": "社区先报修，并请物业配合。"
    }  # fmt: skip
    # The same person's attendance, and a resolution each.
    for window, word in ((first, "到会"), (second, "缺席")):
        member(window, table, "police").get_by_role("button", name=word).click()
    expect(member(second, table, "police")).to_contain_text(CHANGED)
    assert MeetingAttendance.objects.get().presence == "present"
    resolve(first, item, "先报修")
    resolve(second, item, "再补反光条")
    assert list(Resolution.objects.order_by("number").values_list("text", flat=True)) == ["先报修", "再补反光条"]
