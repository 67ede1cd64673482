"""The door of an activity: a code that changes by itself, a page for everybody, and what it never tells."""

import datetime
import re

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from incubator.base.policies import verdict
from projects.models import Activity, Attendance, SignInCode
from projects.policies import sign_in as policies
from projects.services import sign_in as services
from tests.factories.attendance import AttendanceFactory, SignInCodeFactory
from tests.factories.organizations import MembershipFactory
from tests.factories.projects import STARTS_AT, ActivityFactory
from tests.personas import PEOPLE

NOW = STARTS_AT + datetime.timedelta(minutes=2)


@pytest.fixture
def hall(place):
    """An activity that has just begun, with an open door."""
    with time_machine.travel(NOW, tick=False) as clock:
        place.clock = clock
        place.activity = ActivityFactory(organization=place.organization, recorded_by=place.worker)
        place.door = SignInCodeFactory(activity=place.activity, opened_by=place.worker)
        place.member = MembershipFactory(organization=place.organization, name="张三")
        yield place


def address(hall):
    return reverse("sign_in:sign-in-add", args=[services.code_of(hall.door, timezone.now())])


def words(response):
    return response.content.decode()


def test_the_code_holds_for_these_and_the_next_five_minutes(hall):
    code = services.code_of(hall.door, NOW)
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{12}", code)
    assert services.find_door(code, NOW) == hall.door
    step = datetime.timedelta(seconds=services.STEP_SECONDS)
    assert services.find_door(code, NOW + step) == hall.door
    assert services.find_door(code, NOW + 2 * step) is None
    assert services.code_of(hall.door, NOW + step) != code


@pytest.mark.parametrize("typed", ["lower", "parted", "misread"])
def test_a_code_that_was_typed_by_hand_is_read_kindly(hall, typed):
    code = services.code_of(hall.door, NOW)
    given = {"lower": code.lower(), "parted": services.readable_code(code), "misread": code.replace("1", "l")}[typed]
    assert services.find_door(given, NOW) == hall.door


def test_a_code_of_another_door_or_none_opens_nothing(hall):
    other = SignInCodeFactory(
        activity=ActivityFactory(organization=hall.organization, recorded_by=hall.worker),
        opened_by=hall.worker, secret="ab" * 32,
    )  # fmt: skip
    mixed = services.code_of(hall.door, NOW)[:4] + services.code_of(other, NOW)[4:]
    for code in ("", "x", mixed, "0" * 12, "Ü" * 12, services.code_of(hall.door, NOW) + "0"):
        assert services.find_door(code, NOW) is None


def test_doors_that_begin_alike_are_told_apart(hall):
    import uuid

    near = uuid.UUID(int=hall.door.uuid.int ^ 1)
    other = SignInCodeFactory(
        activity=ActivityFactory(organization=hall.organization, recorded_by=hall.worker),
        opened_by=hall.worker, secret="cd" * 32, uuid=near,
    )  # fmt: skip
    assert services.code_of(other, NOW)[:4] == services.code_of(hall.door, NOW)[:4]
    assert services.find_door(services.code_of(other, NOW), NOW) == other
    assert services.find_door(services.code_of(hall.door, NOW), NOW) == hall.door


def test_opening_again_ends_the_codes_that_were_shown(hall):
    code = services.code_of(hall.door, NOW)
    services.open_sign_in(activity_id=hall.activity.pk, hours=3, actor=hall.worker)
    door = SignInCode.objects.get()
    assert services.find_door(code, NOW) is None
    assert door.closes_at == NOW + datetime.timedelta(hours=3)
    services.close_sign_in(activity_id=hall.activity.pk, actor=hall.worker)
    assert services.find_door(services.code_of(door, NOW), NOW) is None
    with pytest.raises(RuleViolation, match="closed already"):
        services.close_sign_in(activity_id=hall.activity.pk, actor=hall.worker)
    with pytest.raises(RuleViolation, match="between 1 and 12"):
        services.open_sign_in(activity_id=hall.activity.pk, hours=100, actor=hall.worker)
    assert list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True)) == [
        "sign_in.opened",
        "sign_in.closed",
    ]
    assert door.secret not in str(list(AuditEvent.objects.values_list("data", flat=True)))


def test_a_door_is_opened_around_the_day_of_the_activity_alone(hall, sign_in):
    SignInCode.objects.all().delete()
    hall.clock.shift(datetime.timedelta(days=2))
    with pytest.raises(RuleViolation, match="on the day of the activity"):
        services.open_sign_in(activity_id=hall.activity.pk, hours=2, actor=hall.worker)
    page = words(sign_in(hall.worker).get(reverse("projects:sign-in-detail", args=[hall.activity.uuid])))
    assert "The day of the activity is over" in page
    assert "Open the door" not in page


def test_somebody_signs_in_without_an_account(hall, client):
    page = client.get(address(hall))
    assert page.status_code == 200
    assert "治安服务队" in words(page)
    assert "王社工" in words(page)
    assert client.post(address(hall), {"name": "  刘  阿姨 "}).status_code == 302
    row = Attendance.objects.get()
    assert (row.guest_name, row.method, row.status, row.hours_source) == ("刘 阿姨", "code", "present", "captured")
    assert Activity.objects.get().participants == 1
    event = AuditEvent.objects.get(verb="attendance.signed_in")
    assert event.actor is None
    assert "刘" not in str(event.data)


def test_a_members_name_is_the_member_and_twice_is_once(hall, client):
    for _time in range(2):
        client.post(address(hall), {"name": "张三"})
        client.post(address(hall), {"name": "来客"})
    assert sorted((row.membership_id or 0, row.guest_name) for row in Attendance.objects.all()) == [
        (0, "来客"), (hall.member.pk, ""),
    ]  # fmt: skip
    assert AuditEvent.objects.filter(verb="attendance.signed_in").count() == 2


def test_the_page_never_tells_who_is_a_member_or_on_the_list(hall, client):
    AttendanceFactory(activity=hall.activity, guest_name="刘阿姨")
    answers = [client.post(address(hall), {"name": name}) for name in ("张三", "李四", "刘阿姨")]
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, reverse("sign_in:sign-in-done"))}
    pages = [client.get(address(hall)), client.get(answers[0].url)]
    assert not any(name in words(page) for page in pages for name in ("张三", "刘阿姨", hall.activity.summary))


def test_somebody_noted_as_not_there_who_comes_late_is_there(hall, client):
    AttendanceFactory(activity=hall.activity, membership=hall.member, status="absent")
    client.post(address(hall), {"name": "张三"})
    assert Attendance.objects.get().status == "present"


@pytest.mark.parametrize("name", ["", "   ", "12345", "....", "名" * 61])
def test_what_is_no_name_is_asked_for_again(hall, client, name):
    answer = client.post(address(hall), {"name": name})
    assert answer.status_code == 422
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("token", ["old", "ABCDEFGHJKMN", "x", "a" * 300])
def test_an_old_or_made_up_code_says_in_a_sentence_what_to_do(hall, client, token):
    url = address(hall) if token == "old" else f"/s/{token}/"
    hall.clock.shift(datetime.timedelta(minutes=11))
    for answer in (client.get(url), client.post(url, {"name": "来客"})):
        assert answer.status_code == 410
        assert "Please scan the code" in words(answer)
        assert "治安服务队" not in words(answer)
    assert not Attendance.objects.exists()


def test_a_closed_door_and_a_locked_month_take_nobody(hall, client):
    url = address(hall)
    Activity.objects.update(status="locked", locked_at=NOW)
    assert client.post(url, {"name": "来客"}).status_code == 422
    services.close_sign_in(activity_id=hall.activity.pk, actor=hall.worker)
    assert client.post(url, {"name": "来客"}).status_code == 410
    assert not Attendance.objects.exists()


def test_from_one_address_come_thirty_names_in_ten_minutes(hall, client):
    for number in range(30):
        assert client.post(address(hall), {"name": f"来客{number}"}).status_code == 302
    answer = client.post(address(hall), {"name": "再来"})
    assert answer.status_code == 429
    assert "Please wait a few minutes" in words(answer)
    assert client.post(address(hall), {"name": "再来"}, REMOTE_ADDR="10.0.0.9").status_code == 302
    assert Attendance.objects.count() == 31


def test_guessing_codes_is_throttled_like_signing_in(hall, client):
    answers = [client.get(f"/s/{number:012d}/").status_code for number in range(31)]
    assert answers == [410] * 30 + [429]


def test_the_list_of_one_activity_has_an_end(hall, client, monkeypatch):
    monkeypatch.setattr(services, "MAX_BY_CODE", 2)
    answers = [client.post(address(hall), {"name": f"来客{number}"}).status_code for number in range(3)]
    assert answers == [302, 302, 422]


def test_the_page_sends_the_token_against_forged_forms_and_stays_small(hall):
    client = Client(enforce_csrf_checks=True)
    page = client.get(address(hall))
    assert client.post(address(hall), {"name": "来客"}).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', words(page))[1]
    assert client.post(address(hall), {"name": "来客", "csrfmiddlewaretoken": token}).status_code == 302
    assets = re.findall(r'(?:href|src)="/static/([^"]+)"', words(page))
    assert (
        len(page.content) + sum((settings.BASE_DIR / "static" / name).stat().st_size for name in set(assets)) < 100_000
    )
    assert "<script" not in words(page)


def test_without_a_camera_one_types_the_code(hall, client):
    code = services.readable_code(services.code_of(hall.door, NOW)).lower()
    answer = client.post(reverse("sign_in:sign-in-find"), {"code": code})
    assert client.get(answer.url).status_code == 200
    assert client.post(reverse("sign_in:sign-in-find"), {"code": ""}).status_code == 422
    assert client.get("/s/!!/").status_code == 410


# --- the screen at the entrance ----------------------------------------------------------------------------------------


def test_the_screen_shows_a_picture_without_styles_and_asks_for_the_next_one(hall, sign_in):
    client = sign_in(hall.worker)
    page = client.get(reverse("projects:sign-in-detail", args=[hall.activity.uuid]))
    assert "<svg" in words(page)
    assert "style=" not in words(page)
    assert services.readable_code(services.code_of(hall.door, NOW)) in words(page)
    assert "It cannot be printed as a poster" in words(page)
    partial = reverse("projects:sign-in-code", args=[hall.activity.uuid])
    assert f'hx-get="{partial}" hx-trigger="every 60s"' in words(page)
    first = words(client.get(partial))
    hall.clock.shift(datetime.timedelta(minutes=5))
    assert words(client.get(partial)) != first
    assert "no-store" in client.get(partial)["Cache-Control"]


def test_the_door_is_closed_until_somebody_opens_it(hall, sign_in):
    SignInCode.objects.all().delete()
    client = sign_in(hall.worker)
    page = client.get(reverse("projects:sign-in-detail", args=[hall.activity.uuid]))
    assert "<svg" not in words(page).split("<main")[1].split("door-picture")[0] or "door-picture" not in words(page)
    assert client.post(reverse("projects:sign-in-open", args=[hall.activity.uuid]), {"hours": "99"}).status_code == 422
    assert client.post(reverse("projects:sign-in-open", args=[hall.activity.uuid]), {"hours": "2"}).status_code == 302
    assert SignInCode.objects.get().is_open(NOW)
    client.post(reverse("projects:sign-in-close", args=[hall.activity.uuid]))
    assert not SignInCode.objects.get().is_open(NOW)
    gone = words(client.get(reverse("projects:sign-in-code", args=[hall.activity.uuid])))
    assert "closed meanwhile" in gone


@pytest.mark.parametrize(
    "check", [policies.check_view_sign_in, policies.check_open_sign_in, policies.check_close_sign_in]
)
def test_exactly_these_people_have_to_do_with_the_door(hall, check):
    assert {key for key in PEOPLE if verdict(check, getattr(hall, key), hall.activity)} == {
        "worker", "leader", "community_staff",
    }  # fmt: skip


def test_who_may_not_see_the_activity_does_not_see_its_door(hall):
    seen = {key for key in PEOPLE if SignInCode.objects.visible_to(getattr(hall, key)).exists()}
    assert seen == {key for key in PEOPLE if Activity.objects.visible_to(getattr(hall, key)).exists()}
