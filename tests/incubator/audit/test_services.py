import datetime
import threading

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from incubator.audit import services as audit
from incubator.audit.models import GENESIS, AuditChain, AuditEvent
from incubator.audit.registries import register_verbs
from incubator.audit.timeline import timeline
from incubator.audit.verification import verify_history
from tests.factories.accounts import UserFactory
from tests.personas import make_personas

register_verbs(("tests.happened", "it happened", "%(actor)s did it to %(target)s: %(why)s"), ("tests.plain", "plain"))


def test_events_of_a_district_form_one_chain(personas):
    for place in (personas.community, personas.other_street, personas.far_community):
        audit.record("tests.plain", target=personas.worker, actor=personas.staff, area=place)
    audit.record("tests.plain", target=personas.worker, actor=None)

    assert dict(AuditChain.objects.values_list("key", "length")) == {"330102": 2, "620102": 1, "": 1}
    first, second = AuditEvent.objects.filter(chain__key="330102").order_by("seq")
    assert (first.previous_hash, second.previous_hash) == (GENESIS, first.hash)
    assert second.chain.head == second.hash


def test_an_unknown_verb_is_an_error_at_the_call(personas):
    with pytest.raises(LookupError):
        audit.record("tests.typo", target=personas.worker, actor=None)


@pytest.mark.django_db(transaction=True)
def test_a_record_outside_a_transaction_is_an_error():
    with pytest.raises(transaction.TransactionManagementError):
        audit.record("tests.plain", target=UserFactory(), actor=None)


def test_what_is_undone_leaves_no_trace(personas):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.record("tests.plain", target=personas.worker, actor=None)
        1 / 0  # noqa: B018

    assert AuditEvent.objects.count() == 0
    assert verify_history().events == 0


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"n": 1.5, "big": 1e22, "none": float("nan")}, {"n": "1.5", "big": "1e+22", "none": "NaN"}),
        ({"day": datetime.date(2026, 3, 1)}, {"day": "2026-03-01"}),
        ({"b": 1, "a": [True, None, "文"]}, {"a": [True, None, "文"], "b": 1}),
    ],
)
def test_content_is_kept_in_a_form_that_every_database_gives_back_unchanged(personas, given, kept):
    audit.record("tests.plain", target=personas.worker, actor=None, data=given)

    assert AuditEvent.objects.get().data == kept
    assert verify_history().events == 1


def test_many_events_need_as_many_queries_as_one(personas):
    def queries(number):
        with CaptureQueriesContext(connection, ) as captured:
            audit.record_many("tests.plain", targets=[(personas.worker, {"n": n}) for n in range(number)], actor=None)
        return len(captured)

    queries(1)
    assert queries(3) == queries(1)
    assert verify_history().events == 5


def test_changes_tell_what_differs_and_mask_what_is_personal():
    person = UserFactory(name="旧", phone="1", email="")
    before = audit.snapshot(person, ["name", "phone", "email", "language"])
    person.name, person.phone, person.email = "新", "2", "a@b.c"

    assert audit.changes(person, before, personal={"phone", "email"}) == {
        "changes": {"name": ["旧", "新"], "phone": ["•••", "•••"], "email": ["", "•••"]}
    }


def test_timeline_tells_sentences_newest_first(personas):
    audit.record("tests.happened", target=personas.worker, actor=personas.staff, data={"why": "rain"})
    audit.record("tests.happened", target=personas.worker, actor=None, data={})
    audit.record("tests.plain", target=personas.staff, actor=None)

    assert [(event["sentence"], event["actor"]) for event in timeline(personas.worker, personas.admin)] == [
        ("it happened", "the platform"),
        ("赵街道 did it to 王社工: rain", "赵街道"),
    ]
    assert timeline(personas.worker, personas.anonymous) == []


def test_timeline_survives_a_verb_whose_app_is_gone(personas):
    audit.record("tests.plain", target=personas.worker, actor=None)
    AuditEvent.objects.update(verb="gone.verb")

    assert timeline(personas.worker, personas.admin)[0]["sentence"] == "gone.verb"


@pytest.mark.parametrize("number", [1, 3])
def test_timeline_is_one_query(personas, django_assert_num_queries, number):
    for _ in range(number):
        audit.record("tests.plain", target=personas.worker, actor=personas.staff)
    with django_assert_num_queries(1):
        timeline(personas.worker, personas.admin)


@pytest.mark.django_db(transaction=True)
def test_two_threads_recording_in_one_chain_leave_it_whole():
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("a database in memory has no second connection that waits")
    personas = make_personas()
    barrier, errors = threading.Barrier(2), []

    def run():
        barrier.wait()
        try:
            for _ in range(10):
                with transaction.atomic():
                    audit.record("tests.plain", target=personas.worker, actor=None, area=personas.community)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert errors == []
    assert AuditChain.objects.get().length == 20
    assert verify_history().events == 20
