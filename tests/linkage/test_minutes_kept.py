"""What the database keeps of confirmed minutes, whoever writes past the services."""

import pytest
from django.db import IntegrityError, connection, transaction

from linkage.models import ActionItem, ActionReview
from tests.factories.linkage_minutes import AttendanceFactory, OpinionFactory, ResolutionFactory
from tests.linkage.steps import confirm


@pytest.fixture
def frozen(closed):
    opinion_of = OpinionFactory(item=closed.item, meeting=closed.meeting)
    closed.meeting = confirm(closed)
    return closed, opinion_of


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("linkage_jointmeeting", "content_sha256"), ("linkage_jointmeeting", "title"),
        ("linkage_meetingattendance", "name"), ("linkage_itemopinion", "text"), ("linkage_resolution", "text"),
        ("linkage_actionreview", "note"),
    ],
)  # fmt: skip
def test_the_database_refuses_to_change_confirmed_minutes(table, column, frozen):
    made, _opinion = frozen
    if table == "linkage_actionreview":
        with pytest.raises(IntegrityError), transaction.atomic():
            ActionReview.objects.create(action=made.action, meeting=made.meeting, before="open", after="open")
        return
    statement = f"UPDATE {table} SET {column} = 'x'"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_nothing_is_added_to_confirmed_minutes(frozen):
    made, _opinion = frozen
    for factory, facts in (
        (AttendanceFactory, {}),
        (OpinionFactory, {"item": made.item, "party": "police"}),
        (ResolutionFactory, {"number": "2026-01-99"}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            factory(meeting=made.meeting, **facts)


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_confirmed_minutes_are_never_deleted_on_postgresql(frozen):
    for table in ("linkage_itemopinion", "linkage_meetingattendance"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")


def test_actions_go_on_after_the_minutes_are_closed(frozen):
    made, _opinion = frozen
    ActionItem.objects.filter(pk=made.action.pk).update(status="in_progress")
    assert ActionItem.objects.get().status == "in_progress"
