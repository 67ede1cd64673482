import uuid

import pytest
from django.urls import reverse

from incubator.notifications.models import Notification, NotificationPreference, NotificationRhythm
from incubator.notifications.services import notify, unread_count
from tests.factories.accounts import UserFactory

LIST = "/notifications/"


def tell(person, key="1", link="/accounts/profile/"):
    data = {"role": "social_worker", "place": "清波街道"}
    return notify("accounts.role_granted", recipient=person, dedup_key=key, data=data, link=link)


def test_the_inbox_shows_ones_own_notices_newest_first(sign_in):
    person = UserFactory()
    first, second = tell(person, "1"), tell(person, "2")
    tell(UserFactory(), "3")
    response = sign_in(person).get(reverse("notifications:notification-list"))

    assert [notification.pk for notification in response.context["page"]] == [second.pk, first.pk]
    assert "清波街道" in response.content.decode()


def test_an_empty_inbox_says_so(sign_in):
    assert "No notices yet" in sign_in(UserFactory()).get(LIST).content.decode()


def test_open_marks_as_read_and_leads_to_the_page(sign_in):
    person = UserFactory()
    notification = tell(person)
    url = reverse("notifications:notification-open", args=[notification.uuid])
    assert sign_in(person).get(url).status_code == 405
    response = sign_in(person).post(url)
    notification.refresh_from_db()
    read_at = notification.read_at

    assert response["Location"] == "/accounts/profile/"
    assert read_at is not None
    sign_in(person).post(url)
    notification.refresh_from_db()
    assert notification.read_at == read_at


def test_open_without_a_page_leads_back_to_the_inbox(sign_in):
    person = UserFactory()
    url = reverse("notifications:notification-open", args=[tell(person, link="").uuid])

    assert sign_in(person).post(url)["Location"] == LIST


def test_somebody_elses_notice_and_an_unknown_one_are_not_found(sign_in):
    foreign = tell(UserFactory())
    for key in (foreign.uuid, uuid.uuid4()):
        assert sign_in(UserFactory()).post(reverse("notifications:notification-open", args=[key])).status_code == 404
    foreign.refresh_from_db()
    assert foreign.read_at is None


def test_read_all_marks_ones_own_only(sign_in):
    person, other = UserFactory(), UserFactory()
    tell(person, "1"), tell(person, "2"), tell(other, "3")
    assert sign_in(person).post(reverse("notifications:notification-read-all"))["Location"] == LIST

    assert (unread_count(person), unread_count(other)) == (0, 1)


@pytest.mark.parametrize("number", [1, 3])
def test_notification_list_needs_the_same_queries_for_any_number(sign_in, django_assert_num_queries, number):
    person = UserFactory()
    for key in range(number):
        tell(person, str(key))
    client = sign_in(person)
    with django_assert_num_queries(7):
        client.get(LIST)


def test_preferences_are_kept_and_shown_again(sign_in):
    person = UserFactory()
    client = sign_in(person)
    url = reverse("notifications:preference-edit")
    assert client.get(url).status_code == 200
    client.post(url, {"accounts-invitation_accepted-in_inbox": "on"})

    rows = dict(NotificationPreference.objects.values_list("kind", "in_inbox"))
    assert (rows["accounts.invitation_accepted"], rows["accounts.role_granted"]) == (True, True)
    assert not NotificationPreference.objects.filter(by_email=True).exists()
    form = client.get(url).context["form"]
    assert form["accounts-invitation_accepted-by_email"].value() is False


def test_a_rhythm_is_kept_and_half_of_it_refused(sign_in):
    person = UserFactory(email="a@example.org")
    client = sign_in(person)
    url = reverse("notifications:preference-edit")
    answer = client.post(url, {"digest_hour": "8", "quiet_from": "22:00", "quiet_to": ""})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["quiet_to"])
    assert client.post(url, {"digest_hour": "8", "quiet_from": "22:00", "quiet_to": "22:00"}).status_code == 422
    for hour in ("8", ""):
        client.post(url, {"digest_hour": hour, "quiet_from": "22:00", "quiet_to": "07:00"})
    rhythm = NotificationRhythm.objects.get()
    assert (rhythm.user, rhythm.digest_hour, rhythm.quiet_from.hour, rhythm.quiet_to.hour) == (person, None, 22, 7)
    assert 'value="22:00"' in client.get(url).content.decode()


def test_saving_all_preferences_costs_the_same_whatever_was_chosen_before(sign_in, django_assert_max_num_queries):
    client = sign_in(UserFactory())
    url = reverse("notifications:preference-edit")
    for _time in range(2):
        with django_assert_max_num_queries(15):
            client.post(url, {})


def test_the_bell_counts_without_a_page_and_costs_one_query_of_its_own(sign_in, client, django_assert_num_queries):
    badge = reverse("notifications:notification-badge")
    answer = client.get(badge)
    assert (answer.status_code, answer.content) == (204, b"")
    person = UserFactory()
    tell(person, "1"), tell(person, "2")
    sign_in(person)
    with django_assert_num_queries(3):  # session, person, number
        answer = client.get(badge, headers={"hx-request": "true"})
    assert "Notices, 2 unread" in answer.content.decode()
    assert answer["Cache-Control"] == "private, max-age=50"
    assert f'hx-get="{badge}"' in client.get(LIST).content.decode()


def test_a_notice_is_handed_on_as_text_and_as_picture(sign_in):
    person = UserFactory()
    notice = tell(person)
    client = sign_in(person)
    page = client.get(reverse("notifications:notification-share", args=[notice.uuid]))
    assert len(page.context["notice"]) <= 200
    assert page.context["notice"].endswith("http://testserver/accounts/profile/")
    picture = client.get(reverse("notifications:notification-qr", args=[notice.uuid]))
    assert (picture["Content-Type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    for name in ("share", "qr"):
        address = reverse(f"notifications:notification-{name}", args=[notice.uuid])
        assert sign_in(UserFactory()).get(address).status_code == 404


def test_notices_are_for_people_who_are_signed_in(client):
    assert client.get(LIST).status_code == 302
    assert Notification.objects.visible_to(type("Visitor", (), {"is_authenticated": False})()).count() == 0
