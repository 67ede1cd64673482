import pytest
from django.urls import reverse

from incubator.audit import services as audit
from incubator.audit.registries import register_verbs
from tests.personas import PEOPLE

register_verbs(("tests.plain", "plain"), ("tests.other", "other"))
URL = "/audit/"


@pytest.mark.parametrize("key", [key for key in PEOPLE if key != "admin"])
def test_the_whole_history_is_closed_to(personas, sign_in, key):
    assert sign_in(getattr(personas, key)).get(URL).status_code == 403


def test_the_whole_history_is_open_to_platform_admins(personas, sign_in):
    audit.record("tests.plain", target=personas.worker, actor=personas.staff)
    response = sign_in(personas.admin).get(reverse("audit:event-list"))

    assert response.status_code == 200
    assert "王社工" in response.content.decode()


def test_an_empty_history_says_so(personas, sign_in):
    assert "Nothing has happened yet" in sign_in(personas.admin).get(URL).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_event_list_needs_the_same_queries_for_any_number(personas, sign_in, django_assert_num_queries, number):
    for _ in range(number):
        audit.record("tests.plain", target=personas.worker, actor=personas.staff)
    client = sign_in(personas.admin)
    with django_assert_num_queries(6):
        client.get(URL)


def test_event_list_filters_by_verb_person_and_day(personas, sign_in, time_machine):
    for day, verb, actor in (
        ("2026-03-01", "tests.plain", personas.staff),
        ("2026-03-02", "tests.other", personas.worker),
        ("2026-03-03", "tests.plain", None),
    ):
        time_machine.move_to(f"{day} 00:00+08:00", tick=False)
        audit.record(verb, target=personas.leader, actor=actor)
    client = sign_in(personas.admin)

    def days(**query):
        return [f"{event.at:%d}" for event in client.get(URL, query).context["page"]]

    def local(events):
        return [int(day) + 1 for day in events]  # midnight in Shanghai is the day before in UTC

    assert local(days(verb="tests.other")) == [2]
    assert local(days(who="staff")) == local(days(who="赵")) == [29]
    assert local(days(since="2026-03-02")) == [3, 2]
    assert local(days(until="2026-03-02")) == [2, 29]
    assert local(days(sort="oldest")) == [29, 2, 3]
    assert client.get(URL, {"verb": "nonsense", "since": "x", "page": "!!"}).status_code == 200
