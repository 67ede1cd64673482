"""What the entry form sends while somebody types, right or odd."""

import uuid

import pytest

from projects.models import Activity


def address(identifier=None):
    return f"/projects/activities/{identifier or uuid.uuid4()}/draft/"


def test_a_draft_is_kept_and_told_its_version(place, sign_in):
    client, identifier = sign_in(place.worker), uuid.uuid4()
    for version in (0, 1):
        answer = client.post(address(identifier), {"kind": "visit", "summary": "写", "version": str(version)})
        assert answer.json()["version"] == version + 1
    assert answer.json()["url"] == f"/projects/activities/{identifier}/edit/"
    assert Activity.objects.get().payload == {"summary": "写"}


@pytest.mark.parametrize(
    "body", ["", "[]", "null", "{", '{"kind": []}', '{"kind": "x"}', '{"kind": 3}', '"visit"', "\x00"]
)
def test_odd_bodies_are_refused_with_a_sentence(place, sign_in, body):
    answer = sign_in(place.worker).post(address(), body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["detail"]
    assert not Activity.objects.exists()


def test_odd_values_are_kept_as_text_or_dropped(place, sign_in):
    body = {
        "kind": "visit",
        "version": "x" * 50,
        "summary": "a\x00\ud800b",
        "minutes": 1e9,
        "__class__": "x",
        "tab": None,
    }
    answer = sign_in(place.worker).post(address(), body, content_type="application/json")
    assert answer.status_code == 200
    assert Activity.objects.get().payload == {"summary": "ab", "minutes": "1000000000.0"}


def test_a_draft_of_somebody_else_is_not_written(place, sign_in):
    identifier = uuid.uuid4()
    sign_in(place.worker).post(address(identifier), {"kind": "visit", "summary": "我的"})
    answer = sign_in(place.community_staff).post(address(identifier), {"kind": "visit", "summary": "别人的"})
    assert answer.status_code == 404
    assert Activity.objects.get().payload == {"summary": "我的"}


def test_people_who_record_nothing_have_no_drafts(place, sign_in):
    assert sign_in(place.funder).post(address(), {"kind": "visit"}).status_code == 403
