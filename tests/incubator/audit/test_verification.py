"""Whatever is done to the history behind its back is found."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incubator.audit import services as audit
from incubator.audit.models import AuditChain, AuditEvent
from incubator.audit.registries import register_verbs
from incubator.audit.verification import BrokenHistory, verify_history

register_verbs(("tests.plain", "plain"))
LENGTH = 5


@pytest.fixture
def history(personas):
    """Five events in each of two chains."""
    for number in range(LENGTH):
        for place in (personas.community, personas.far_community):
            audit.record(
                "tests.plain", target=personas.worker, actor=personas.staff, area=place, data={"number": number}
            )
    return personas


def nth(seq, key="330102"):
    return AuditEvent.objects.filter(chain__key=key, seq=seq)


def test_an_untouched_history_is_whole(history, capsys):
    call_command("verify_audit")

    assert capsys.readouterr().out == "The history is whole: 10 events in 2 chains.\n"


def test_an_empty_history_is_whole(db, capsys):
    call_command("verify_audit")

    assert capsys.readouterr().out == "The history is whole: 0 events in 0 chains.\n"


BREAKS = {
    "content": (lambda: nth(3).update(data={"number": 99}), "event 3 (tests.plain): its content was changed"),
    "missing": (lambda: nth(3).delete(), "event 3: is missing, the next one is event 4"),
    "cut": (lambda: nth(5).delete(), "the newest 1 are missing (from event 5)"),
    "cut with head": (
        lambda: (nth(5).delete(), AuditChain.objects.filter(key="330102").update(length=4)),
        "event 4: is not the one that the head of its chain names",
    ),
    "link": (lambda: nth(3).update(previous_hash="0" * 64), "event 3: does not continue the event before it"),
    "all": (lambda: AuditEvent.objects.filter(chain__key="330102").delete(), "the newest 5 are missing (from event 1)"),
    "uncounted": (
        lambda: AuditChain.objects.filter(key="330102").update(length=4), "event 5: is not counted by the head"
    ),
    "head": (lambda: AuditChain.objects.filter(key="330102").update(head="f" * 64), "is not the one that the head"),
    "chain renamed": (lambda: AuditChain.objects.filter(key="330102").update(key="330103"), "its content was changed"),
    "number moved": (lambda: nth(5).update(seq=6), "event 5: is missing, the next one is event 6"),
    "moved to another chain": (
        lambda: nth(5).update(chain=AuditChain.objects.get(key="620102"), seq=6), "the newest 1 are missing"
    ),
}


@pytest.mark.parametrize("name", list(BREAKS))
def test_verify_audit_names_the_first_break_and_fails(history, name):
    tamper, expected = BREAKS[name]
    tamper()
    with pytest.raises(CommandError) as error:
        call_command("verify_audit")

    assert expected in str(error.value)
    assert error.value.returncode == 1


def test_two_rows_that_changed_places_are_found(history):
    """Content of two events swapped, hashes and all."""
    second, third = nth(2).get(), nth(3).get()
    nth(2).update(data=third.data, hash=third.hash)
    nth(3).update(data=second.data, hash=second.hash)
    with pytest.raises(BrokenHistory, match="event 2"):
        verify_history()


def test_row_numbers_that_would_reorder_lists_are_found(history):
    first = nth(1).get()
    nth(1).update(id=first.pk + 1000)
    with pytest.raises(BrokenHistory, match="out of order"):
        verify_history()


OTHER = {
    "chain": lambda event, n: None,
    "id": lambda event, n: event.pk + 1000 + n,
    "seq": lambda event, n: event.seq + LENGTH + n,
    "at": lambda event, n: event.at + datetime.timedelta(microseconds=n),
    "actor": lambda event, n: None,
    "data": lambda event, n: {**event.data, "x": n},
}


def other_value(field, event, number):
    """A value of the column that differs from what stands there."""
    if field.name in OTHER:
        return OTHER[field.name](event, number)
    old = getattr(event, field.attname)
    place = number % max(len(old), 1)
    return (old[:place] + ("a" if old[place : place + 1] != "a" else "b") + old[place + 1 :])[: field.max_length]


@pytest.mark.django_db
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
@given(
    column=st.sampled_from([field.name for field in AuditEvent._meta.fields if field.name != "chain"]),
    seq=st.integers(1, LENGTH),
    number=st.integers(1, 1000),
)
def test_a_change_in_any_column_of_any_event_is_found(history, column, seq, number):
    field = AuditEvent._meta.get_field(column)
    event = nth(seq).get()
    if column == "id" and seq == LENGTH:
        seq, event = 1, nth(1).get()  # the newest may only move further ahead, which changes no order
    row = AuditEvent.objects.filter(pk=event.pk)
    new = other_value(field, event, number)
    row.update(**{column: new})
    try:
        with pytest.raises(BrokenHistory):
            verify_history()
    finally:
        where = AuditEvent.objects.filter(pk=new) if column == "id" else row
        where.update(**{column: getattr(event, field.attname) if not isinstance(field, models.ForeignKey) else
                        getattr(event, field.name)})
    assert verify_history().events == 2 * LENGTH


@pytest.mark.django_db
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
@given(gone=st.sets(st.integers(1, LENGTH), min_size=1))
def test_any_events_taken_out_are_found(history, gone):
    rows = list(AuditEvent.objects.filter(chain__key="330102", seq__in=gone))
    AuditEvent.objects.filter(pk__in=[row.pk for row in rows]).delete()
    try:
        with pytest.raises(BrokenHistory, match=f"event {min(gone)}"):
            verify_history()
    finally:
        AuditEvent.objects.bulk_create(rows)
    assert verify_history().events == 2 * LENGTH


def test_a_long_chain_is_read_in_chunks(personas, monkeypatch, django_assert_num_queries):
    from incubator.audit import verification

    monkeypatch.setattr(verification, "CHUNK", 10)
    audit.record_many("tests.plain", targets=[(personas.worker, {"n": n}) for n in range(35)], actor=None)
    # chains, key, all events, savepoint, head, tail, release
    with django_assert_num_queries(7):
        assert verify_history().events == 35
