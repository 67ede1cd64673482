"""The page of what was not delivered."""

import pytest
from django.urls import reverse
from django.utils import timezone

from incubator.audit.models import AuditEvent
from incubator.jobs.models import Heartbeat, Job
from incubator.notifications.models import ChannelRest, Delivery
from incubator.notifications.services import notify
from tests.factories.accounts import UserFactory

URL = "/operations/deliveries/"


def dead(number=1):
    for key in range(number):
        person = UserFactory(email=f"p{key}@example.org")
        data = {"role": "social_worker", "place": "清波街道"}
        notify("accounts.role_granted", recipient=person, dedup_key=f"k{key}", data=data)
    Delivery.objects.update(state="dead", error="550 no such mailbox", attempts=1)
    Job.objects.update(state="dead", finished_at=timezone.now())
    return Delivery.objects.order_by("pk").first()


def test_the_page_tells_to_whom_by_which_way_and_why_and_not_what(personas, sign_in):
    delivery = dead()
    ChannelRest.objects.create(key="email", failures=2, until=timezone.now(), error="The mail server hung up.")
    text = sign_in(personas.admin).get(URL).content.decode()
    assert delivery.notification.recipient.name in text
    assert "550 no such mailbox" in text
    assert "E-mail" in text
    assert "The mail server hung up." in text
    assert "清波街道" not in text


def test_an_empty_page_says_so(personas, sign_in):
    assert "Everything was delivered" in sign_in(personas.admin).get(URL).content.decode()


def test_an_admin_sends_one_again_by_the_button(personas, sign_in):
    delivery = dead()
    answer = sign_in(personas.admin).post(reverse("jobs:delivery-retry", args=[delivery.uuid]))
    assert (answer.status_code, answer["Location"]) == (302, URL)
    delivery.refresh_from_db()
    assert (delivery.state, Job.objects.get().state) == ("queued", "queued")


def test_an_admin_sends_all_again(personas, sign_in):
    dead(3)
    sign_in(personas.admin).post(reverse("jobs:delivery-retry-all"))
    assert set(Delivery.objects.values_list("state", flat=True)) == {"queued"}
    assert AuditEvent.objects.filter(verb="delivery.retried").count() == 3


@pytest.mark.parametrize("name", ["worker", "staff", "district_admin", "stranger"])
def test_nobody_else_sees_or_sends_them(personas, sign_in, name):
    delivery = dead()
    client = sign_in(getattr(personas, name))
    assert client.get(URL).status_code == 403
    assert client.post(reverse("jobs:delivery-retry", args=[delivery.uuid])).status_code == 404
    assert client.post(reverse("jobs:delivery-retry-all")).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_needs_the_same_queries_for_any_number(personas, sign_in, django_assert_max_num_queries, number):
    dead(number)
    client = sign_in(personas.admin)
    with django_assert_max_num_queries(10):
        assert client.get(URL).status_code == 200


def test_readyz_counts_what_was_given_up_and_stays_ready(client):
    dead(2)
    Heartbeat.objects.create(name="w", seen_at=timezone.now())
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["given_up"]) == (200, {"jobs": 0, "deliveries": 2})
