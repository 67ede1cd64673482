import pytest
from axes.models import AccessAttempt
from django.urls import reverse

from incubator.accounts.models import User
from incubator.audit.models import AuditEvent
from tests.factories.accounts import PASSWORD, UserFactory

LOGIN = "/accounts/login/"


def try_password(client, password, username="anna", **headers):
    return client.post(LOGIN, {"login": username, "password": password}, **headers)


@pytest.fixture
def anna():
    return UserFactory(username="anna", name="安娜")


def test_the_right_password_signs_in_and_leads_home(client, anna):
    response = try_password(client, PASSWORD)

    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(anna.pk)


def test_the_user_name_is_found_in_any_case(client, anna):
    assert try_password(client, PASSWORD, "Anna").status_code == 302


@pytest.mark.parametrize(("remember", "expires"), [(True, False), (False, True)])
def test_a_session_outlives_the_browser_only_when_asked(client, anna, remember, expires):
    client.post(LOGIN, {"login": "anna", "password": PASSWORD} | ({"remember": "on"} if remember else {}))

    assert client.session.get_expire_at_browser_close() is expires


def test_a_wrong_password_is_refused_with_a_sentence(client, anna):
    response = try_password(client, "wrong")

    assert response.status_code == 422
    assert "_auth_user_id" not in client.session


def test_the_fifth_wrong_password_locks_with_429(client, anna):
    statuses = [try_password(client, "wrong").status_code for _ in range(5)]

    assert statuses == [422, 422, 422, 422, 429]
    assert try_password(client, PASSWORD).status_code == 429
    assert AccessAttempt.objects.get().username == "anna"


def test_the_page_of_the_lock_speaks_the_callers_language(client, anna):
    for _ in range(4):
        try_password(client, "wrong")
    response = try_password(client, "wrong", headers={"accept-language": "en"})

    assert (response.status_code, response["Content-Language"], response["Retry-After"]) == (429, "en", "900")
    assert "Too many wrong passwords" in response.content.decode()
    again = try_password(client, PASSWORD, headers={"accept-language": "zh-CN"})
    assert (again.status_code, again["Content-Language"]) == (429, "zh-hans")


def test_another_spelling_of_the_name_does_not_get_round_the_lock(client, anna):
    for name in ("anna", "Anna", "ANNA", " anna", "aNNa"):
        response = try_password(client, "wrong", name)

    assert response.status_code == 429


def test_nobody_locks_somebody_else_out_from_elsewhere(client, anna):
    for _ in range(6):
        try_password(client, "wrong", REMOTE_ADDR="203.0.113.7")

    assert try_password(client, PASSWORD, REMOTE_ADDR="203.0.113.8").status_code == 302


def test_a_lock_on_one_name_leaves_others_at_the_same_address_alone(client, anna):
    UserFactory(username="bela")
    for _ in range(6):
        try_password(client, "wrong")

    assert try_password(client, PASSWORD, "bela").status_code == 302


def test_the_lock_ends_after_fifteen_minutes_also_for_those_who_kept_trying(client, anna, time_machine):
    time_machine.move_to("2026-03-01 09:00+08:00", tick=False)
    for _ in range(5):
        try_password(client, "wrong")
    time_machine.move_to("2026-03-01 09:14+08:00", tick=False)
    assert try_password(client, PASSWORD).status_code == 429
    time_machine.move_to("2026-03-01 09:16+08:00", tick=False)

    assert try_password(client, PASSWORD).status_code == 302


def test_successes_are_never_counted(client, anna):
    for _ in range(8):
        assert try_password(client, PASSWORD).status_code == 302
        client.post("/accounts/logout/")
    assert AccessAttempt.objects.count() == 0


def test_a_success_forgives_the_failures_before_it(client, anna):
    for _ in range(4):
        try_password(client, "wrong")
    try_password(client, PASSWORD)
    client.post("/accounts/logout/")

    assert try_password(client, "wrong").status_code == 422


def test_a_claimed_forwarding_address_is_ignored_without_a_proxy(client, anna):
    for number in range(5):
        response = try_password(client, "wrong", headers={"x-forwarded-for": f"203.0.113.{number}"})

    assert response.status_code == 429


def test_behind_a_proxy_the_address_that_the_proxy_saw_counts(client, anna, settings):
    settings.BEHIND_PROXY = True
    for number in range(5):
        response = try_password(client, "wrong", headers={"x-forwarded-for": f"198.51.100.{number}, 203.0.113.7"})
    assert response.status_code == 429

    elsewhere = try_password(client, PASSWORD, headers={"x-forwarded-for": "203.0.113.8"})
    assert elsewhere.status_code == 302


def test_a_lock_is_in_the_history_once_and_sign_ins_are_not(client, anna):
    for _ in range(8):
        try_password(client, "wrong")
    try_password(client, PASSWORD, REMOTE_ADDR="203.0.113.8")

    assert list(AuditEvent.objects.order_by("pk").values_list("verb", "target_uuid")) == [
        ("user.locked_out", str(anna.uuid))
    ]


def test_an_unknown_name_is_locked_too_and_leaves_no_trace_of_itself(client):
    statuses = [try_password(client, "wrong", "nobody").status_code for _ in range(5)]

    assert statuses == [422, 422, 422, 422, 429]
    assert AuditEvent.objects.count() == 0


def test_a_demonstration_account_signs_in_where_demonstrations_are_on(client, settings):
    settings.DEMO = True
    UserFactory(username="worker1", is_demo=True)

    assert try_password(client, PASSWORD, "worker1").status_code == 302


def test_a_demonstration_account_is_refused_with_a_sentence_elsewhere(client, settings):
    settings.DEMO = False
    UserFactory(username="worker1", is_demo=True)
    response = try_password(client, PASSWORD, "worker1", headers={"accept-language": "en"})

    assert response.status_code == 422
    assert "This is a demonstration account" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_switching_demonstrations_off_ends_their_sessions(client, settings, sign_in):
    settings.DEMO = True
    sign_in(UserFactory(username="worker1", is_demo=True))
    settings.DEMO = False

    assert client.get(reverse("accounts:profile")).status_code == 302


def test_a_closed_account_is_told_so_and_its_session_ends(client, anna, sign_in):
    sign_in(anna)
    User.objects.filter(pk=anna.pk).update(is_active=False)
    assert client.get(reverse("accounts:profile")).status_code == 302

    response = try_password(client, PASSWORD, headers={"accept-language": "en"})
    assert response.status_code == 422
    assert "This account is closed" in response.content.decode()


def test_signing_out_takes_a_post(client, anna, sign_in):
    sign_in(anna)
    assert client.get("/accounts/logout/").status_code == 302
    assert "_auth_user_id" in client.session
    client.post("/accounts/logout/")
    assert "_auth_user_id" not in client.session


def test_there_is_no_sign_up(client):
    assert client.get("/accounts/signup/").status_code == 404


def test_sign_in_leads_back_to_the_page_asked_for_and_to_no_other_site(client, anna):
    asked = client.post(f"{LOGIN}?next=/accounts/profile/", {"login": "anna", "password": PASSWORD})
    assert asked["Location"] == "/accounts/profile/"
    client.post("/accounts/logout/")
    foreign = client.post(f"{LOGIN}?next=https://evil.example/", {"login": "anna", "password": PASSWORD})
    assert foreign["Location"] == "/"


def test_a_form_posted_after_the_session_ended_leads_to_sign_in_and_says_that_nothing_was_sent(client):
    response = client.post(
        reverse("accounts:profile"), {"name": "x"}, headers={"referer": "http://testserver/accounts/profile/?a=1"}
    )
    assert (response.status_code, response["Location"]) == (302, "/accounts/login/?next=/accounts/profile/%3Fa%3D1")

    page = client.get(response["Location"], headers={"accept-language": "en"})
    assert "nothing was sent" in page.content.decode()


def test_a_foreign_page_is_not_where_sign_in_leads_back_to(client):
    response = client.post(reverse("accounts:profile"), headers={"referer": "https://evil.example/x"})

    assert response["Location"] == "/accounts/login/?next=/"


def test_a_visitor_who_opens_a_page_is_led_to_sign_in_and_back(client):
    response = client.get(reverse("accounts:profile"))

    assert (response.status_code, response["Location"]) == (302, "/accounts/login/?next=/accounts/profile/")


def test_htmx_gets_401_and_is_sent_to_sign_in_instead_of_swapping_it_in(client):
    response = client.get(
        reverse("accounts:profile"),
        headers={"hx-request": "true", "hx-current-url": "http://testserver/accounts/users/?q=a"},
    )
    assert (response.status_code, response["HX-Redirect"]) == (401, "/accounts/login/?next=%2Faccounts%2Fusers%2F%3Fq%3Da")


@pytest.mark.parametrize(
    "headers",
    [{"accept": "application/json"}, {"x-requested-with": "XMLHttpRequest"}, {"sec-fetch-mode": "cors"}],
)
def test_a_script_gets_401_in_json(client, headers):
    response = client.post(reverse("accounts:profile"), headers=headers | {"accept-language": "en"})

    assert response.status_code == 401
    assert response.json() == {
        "status": 401,
        "detail": "You were signed out meanwhile, so nothing was sent. Sign in and send it again.",
        "login": "/accounts/login/",
    }


@pytest.mark.parametrize(
    ("back", "leads_to"),
    [
        ("/accounts/profile/?a=1", "/accounts/profile/?a=1"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_language_leads_back_within_the_site_only(client, back, leads_to):
    response = client.post(reverse("accounts:language"), {"language": "en", "next": back})

    assert (response.status_code, response["Location"]) == (302, leads_to)
    assert client.cookies["django_language"].value == "en"


def test_language_is_kept_with_the_person_when_signed_in(client, anna, sign_in):
    sign_in(anna).post(reverse("accounts:language"), {"language": "en"})
    anna.refresh_from_db()

    assert anna.language == "en"
    assert "django_language" not in client.cookies


def test_language_of_a_demonstration_account_stays_with_the_browser(client, sign_in, settings):
    settings.DEMO = True
    demo = UserFactory(is_demo=True)
    sign_in(demo).post(reverse("accounts:language"), {"language": "en"})
    demo.refresh_from_db()

    assert (demo.language, client.cookies["django_language"].value) == ("", "en")


def test_an_unknown_language_changes_nothing(client):
    assert client.post(reverse("accounts:language"), {"language": "xx"}).status_code == 302
    assert "django_language" not in client.cookies
