"""After the month is closed: the new value counts, the old one stays beside it."""

import datetime

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.urls import reverse

from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from incubator.base.policies import verdict
from projects.models import Activity, ActivityCorrection
from projects.policies import activity as policies
from projects.services import activity as services
from projects.services.activity_correction import correct_activity
from tests.factories.projects import ActivityFactory
from tests.personas import PEOPLE

NOW = datetime.datetime(2026, 12, 3, 2, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _december():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def closed(place):
    activity = ActivityFactory(organization=place.organization, recorded_by=place.worker, participants=500)
    activity.lock(at=NOW)
    activity.save()
    return activity


def sent(place, **more):
    return {
        "version": "1", "organization": str(place.organization.uuid), "starts_at": "2026-11-03T09:30", "minutes": "60",
        "summary": "看了巡逻路线，队员想要反光背心。", "details-way": "phone", "participants": "50",
        "reason": "多打了一个零", **more,
    }  # fmt: skip


def words(response):
    return response.content.decode()


def test_a_correction_changes_the_value_and_keeps_the_old_one(place, closed, sign_in):
    client, url = sign_in(place.worker), reverse("projects:activity-correct", args=[closed.uuid])
    assert "Why it is put right" in words(client.get(url))
    assert client.post(url, sent(place)).status_code == 302
    activity, correction = Activity.objects.get(), ActivityCorrection.objects.get()
    assert (activity.status, activity.participants, activity.details["way"]) == ("locked", 50, "phone")
    assert correction.changes["participants"] == {"from": "500", "to": "50"}
    assert correction.changes["details.way"] == {"from": "on the spot", "to": "by phone"}
    assert (correction.reason, correction.corrected_by) == ("多打了一个零", place.worker)
    event = AuditEvent.objects.about(activity).latest("pk")
    assert (event.verb, event.data["changes"]["participants"]) == ("activity.corrected", [500, 50])
    assert event.data["changes"]["details"] == ["•••", "•••"]
    assert Activity.objects.counted().aggregate(total=Sum("participants"))["total"] == 50
    page = words(sign_in(place.staff).get(activity.get_absolute_url()))
    for text in ("<s data-user-content>500</s>", "多打了一个零", "on the spot", "How was the visit made"):
        assert text in page


def test_a_correction_needs_a_reason_and_a_change(place, closed, sign_in):
    client, url = sign_in(place.worker), reverse("projects:activity-correct", args=[closed.uuid])
    assert client.post(url, sent(place, reason=" ")).status_code == 422
    same = {"participants": closed.participants, "details": closed.details, "summary": closed.summary}
    values = {"organization": place.organization, "starts_at": closed.starts_at, "minutes": 60} | same
    with pytest.raises(RuleViolation, match="Nothing is different"):
        correct_activity(activity_id=closed.pk, values=values, version=1, reason="x", actor=place.worker)
    assert (Activity.objects.get().version, ActivityCorrection.objects.count()) == (1, 0)


def test_an_older_version_shows_both_and_mine_can_be_kept(place, closed, sign_in):
    client, url = sign_in(place.worker), reverse("projects:activity-correct", args=[closed.uuid])
    client.post(url, sent(place))
    clash = client.post(url, sent(place, participants="60"))
    assert clash.status_code == 409
    assert f'action="{url}"' in words(clash)
    assert 'name="reason"' in words(clash)
    assert client.post(url, sent(place, participants="60", version="2")).status_code == 302
    assert ActivityCorrection.objects.count() == 2


def test_exactly_these_people_put_right_what_is_closed(place, closed):
    assert {key for key in PEOPLE if verdict(policies.check_correct_activity, getattr(place, key), closed)} == {
        "worker"
    }
    told = ActivityFactory(
        organization=place.organization, recorded_by=place.leader, source="organization", accepted=True
    )
    may = {key for key in PEOPLE if verdict(policies.check_correct_activity, getattr(place, key), told)}
    assert may == {"leader", "worker", "community_staff", "supervisor"}
    assert not verdict(policies.check_update_activity, place.worker, closed)


def test_what_is_open_is_changed_itself(place, sign_in):
    activity = ActivityFactory(organization=place.organization, recorded_by=place.worker)
    url = reverse("projects:activity-correct", args=[activity.uuid])
    assert sign_in(place.worker).get(url).status_code == 403
    with pytest.raises(RuleViolation):
        correct_activity(activity_id=activity.pk, values={"minutes": 30}, version=1, reason="x", actor=place.worker)


def test_what_is_closed_is_not_updated_by_the_other_verb(place, closed):
    with pytest.raises(RuleViolation):
        services.update_activity(activity_id=closed.pk, values={"minutes": 30}, version=1, actor=place.worker)


def test_the_database_wants_a_reason(place, closed):
    with pytest.raises(IntegrityError), transaction.atomic():
        ActivityCorrection.objects.create(activity=closed, changes={}, reason="", corrected_by=place.worker)
