"""The calendar's address for the phone: a secret, its content a sound iCalendar, nothing once it is revoked."""

import datetime
import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from incubator.audit.models import AuditEvent
from incubator.calendars import services
from incubator.calendars.models import CalendarFeed
from incubator.calendars.registries import CalendarEntry
from incubator.calendars.writers import write_calendar
from tests.factories.organizations import OrganizationFactory
from tests.factories.projects import ActivityFactory

TODAY = datetime.date(2026, 11, 22)
AT = datetime.datetime(2026, 11, 23, 1, 30, tzinfo=datetime.UTC)


def address(token):
    return reverse("calendars:feed", args=[token])


def recent(personas, **values):
    starts_at = timezone.now() - datetime.timedelta(days=3)
    organization = OrganizationFactory(community=personas.community)
    return ActivityFactory(organization=organization, recorded_by=personas.worker, starts_at=starts_at, **values)


def events(content):
    return {str(event["uid"]): event for event in Calendar.from_ical(content).walk("VEVENT")}


def test_create_feed_keeps_the_hash_alone_and_ends_the_address_before(personas):
    first, token = services.create_feed(actor=personas.worker)
    second, other = services.create_feed(actor=personas.worker)
    first.refresh_from_db()

    assert (len(token) >= 43, token != other) == (True, True)
    assert (first.token_sha256, first.revoked_at is None) == (services.hash_token(token), False)
    assert (services.find_feed(token), services.find_feed(other)) == (None, second)
    assert token not in str(CalendarFeed.objects.values())
    verbs = AuditEvent.objects.filter(actor=personas.worker).values_list("verb", flat=True)
    assert list(verbs) == ["calendar_feed.created", "calendar_feed.created"]


def test_the_database_refuses_a_second_address_in_force(personas):
    services.create_feed(actor=personas.worker)
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarFeed.objects.create(user=personas.worker, token_sha256="x")


def test_revoke_feed_without_an_address_leaves_no_trace(personas):
    services.revoke_feed(actor=personas.worker)
    assert AuditEvent.objects.count() == 0


def test_the_address_is_shown_once_with_its_picture_and_can_be_revoked(sign_in, personas, client):
    page = sign_in(personas.worker).post(reverse("calendars:feed-create"))
    token = re.search(r'/calendar/([\w-]{43,})\.ics"', page.content.decode())[1]
    again = sign_in(personas.worker).get(reverse("calendars:feed-detail")).content.decode()

    assert 'src="data:image/svg+xml' in page.content.decode()
    assert (page["Cache-Control"].startswith("max-age=0"), token in again) == (True, False)
    client.logout()
    assert client.get(address(token)).status_code == 200
    sign_in(personas.worker).post(reverse("calendars:feed-revoke"))
    client.logout()
    assert client.get(address(token)).status_code == 404
    assert sign_in(personas.worker).get(reverse("calendars:feed-create")).status_code == 405


def test_a_wrong_token_and_that_of_somebody_who_left_are_not_found(client, personas):
    _feed, token = services.create_feed(actor=personas.worker)
    assert client.get(address(token[:-1])).status_code == 404
    personas.worker.is_active = False
    personas.worker.save(update_fields=["is_active"])
    assert client.get(address(token)).status_code == 404


def test_feed_holds_ones_own_records_with_fixed_uid_and_rising_sequence(client, personas):
    held, off = recent(personas, version=3), recent(personas, outcome="cancelled", outcome_reason="停电")
    foreign = recent(personas)
    foreign.recorded_by = personas.hub
    foreign.save(update_fields=["recorded_by"])
    _feed, token = services.create_feed(actor=personas.worker)
    response = client.get(address(token))
    found = events(response.content)

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert set(found) == {f"activity-{held.uuid}@miaopu", f"activity-{off.uuid}@miaopu"}
    event = found[f"activity-{held.uuid}@miaopu"]
    assert (event["sequence"], event["status"], event.decoded("dtstart")) == (
        3,
        "CONFIRMED",
        held.starts_at.replace(microsecond=0),
    )
    assert event.decoded("dtend") - event.decoded("dtstart") == datetime.timedelta(minutes=60)
    assert str(event["url"]) == f"http://testserver{held.get_absolute_url()}"
    assert found[f"activity-{off.uuid}@miaopu"]["status"] == "CANCELLED"
    # What a record says about people does not travel.
    assert held.summary not in response.content.decode()


def test_feed_is_private_and_answers_304_while_nothing_changed(client, personas):
    activity = recent(personas)
    _feed, token = services.create_feed(actor=personas.worker)
    first = client.get(address(token))
    again = client.get(address(token), headers={"if-none-match": first["ETag"]})

    assert first["Cache-Control"] == "private, no-cache"
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    activity.version += 1
    activity.save(update_fields=["version", "updated_at"])
    assert client.get(address(token), headers={"if-none-match": first["ETag"]}).status_code == 200


@pytest.mark.no_db
def test_an_all_day_entry_ends_on_the_day_after_and_has_a_stamp():
    entries = [
        CalendarEntry(
            uid="a@miaopu", title="逗号, 分号; 换行\n结尾", starts_at=TODAY, sequence=7, place="居委会", text="说明"
        ),
        CalendarEntry(uid="b@miaopu", title="一小时", starts_at=AT, is_cancelled=True),
    ]
    content = write_calendar(entries, name="苗圃", today=TODAY, address=lambda path: f"https://x{path}")
    found = events(content)

    assert (found["a@miaopu"].decoded("dtstart"), found["a@miaopu"].decoded("dtend")) == (
        TODAY,
        TODAY + datetime.timedelta(days=1),
    )
    assert str(found["a@miaopu"]["summary"]) == "逗号, 分号; 换行\n结尾"
    assert found["a@miaopu"].decoded("dtstamp") == datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)
    assert found["b@miaopu"].decoded("dtend") - AT == datetime.timedelta(hours=1)
    assert content == write_calendar(entries, name="苗圃", today=TODAY, address=lambda path: f"https://x{path}")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75


@pytest.mark.parametrize("number", [1, 3])
def test_feed_needs_the_same_queries_for_any_number(number, client, personas, django_assert_num_queries):
    for _number in range(number):
        recent(personas)
    _feed, token = services.create_feed(actor=personas.worker)
    with django_assert_num_queries(8):
        assert client.get(address(token)).status_code == 200
