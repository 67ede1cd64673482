import datetime
import io
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from incubator.divisions.choices import Setting
from incubator.divisions.models import Division
from incubator.divisions.services import import_divisions
from incubator.importing import services
from incubator.importing.choices import BatchState
from incubator.importing.models import ImportBatch
from incubator.importing.readers import FileRefused
from incubator.jobs.models import Job
from incubator.jobs.registries import get_handler
from tests.incubator.divisions.conftest import SMALL, as_csv
from tests.incubator.importing.conftest import taken

MIXED = "Name,Phone\n读书会,13900000001\n,2\n合唱队,12\n舞蹈队,\n"


def verbs():
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


def test_upload_batch_checks_every_row_and_takes_nothing(upload, personas):
    batch = upload(MIXED)
    assert (batch.state, batch.counts) == (BatchState.CHECKED, {"rows": 4, "new": 2, "known": 0, "bad": 2})
    assert [(error["row"], error["column"]) for error in batch.errors] == [(3, "Name"), (3, "Phone"), (4, "Phone")]
    assert batch.errors[2]["reason"] == "A phone has 11 digits."
    assert (taken, verbs()) == ([], ["importing.uploaded"])


def test_confirm_batch_takes_the_good_rows_once(upload, personas):
    batch = upload(MIXED)
    services.confirm_batch(batch_id=batch.pk, actor=personas.staff)
    batch = ImportBatch.objects.get(pk=batch.pk)
    assert (batch.state, batch.counts["made"], taken) == (BatchState.CONFIRMED, 2, ["读书会", "舞蹈队"])
    with pytest.raises(TransitionNotAllowed):
        services.confirm_batch(batch_id=batch.pk, actor=personas.staff)
    assert (len(taken), verbs()) == (2, ["importing.uploaded", "importing.confirmed"])


def test_confirm_batch_that_fails_in_the_middle_keeps_nothing(upload, personas):
    batch = upload("Name\n读书会\nbang\n")
    with pytest.raises(RuleViolation, match="cannot be taken"):
        services.confirm_batch(batch_id=batch.pk, actor=personas.staff)
    batch = ImportBatch.objects.get(pk=batch.pk)
    assert (batch.state, taken, verbs()) == (BatchState.CHECKED, [], ["importing.uploaded"])


def test_rows_that_came_in_meanwhile_are_left_alone(upload, personas):
    batch = upload("Name\n读书会\n合唱队\n")
    taken.append("读书会")
    services.confirm_batch(batch_id=batch.pk, actor=personas.staff)
    batch = ImportBatch.objects.get(pk=batch.pk)
    assert (batch.counts, taken) == ({"rows": 2, "new": 1, "known": 1, "bad": 0, "made": 1}, ["读书会", "合唱队"])


def test_a_list_without_a_new_row_is_not_taken(upload, personas):
    taken.append("读书会")
    with pytest.raises(RuleViolation, match="no new row"):
        services.confirm_batch(batch_id=upload("Name\n读书会\n").pk, actor=personas.staff)


def test_the_same_file_twice_is_refused_while_it_waits_and_when_it_is_taken(upload, personas):
    batch = upload()
    with pytest.raises(RuleViolation, match="waits"):
        upload()
    services.confirm_batch(batch_id=batch.pk, actor=personas.staff)
    with pytest.raises(RuleViolation, match="already"):
        upload()
    with pytest.raises(RuleViolation, match="already"):
        upload(actor=personas.other_staff)
    assert ImportBatch.objects.count() == 1


def test_the_same_file_of_two_people_is_taken_once(upload, personas):
    first, second = upload(), upload(actor=personas.other_staff)
    services.confirm_batch(batch_id=first.pk, actor=personas.staff)
    with pytest.raises(RuleViolation):
        services.confirm_batch(batch_id=second.pk, actor=personas.other_staff)


def test_a_discarded_list_may_be_uploaded_again(upload, personas):
    services.discard_batch(batch_id=upload().pk, actor=personas.staff)
    assert upload().state == BatchState.CHECKED
    assert verbs() == ["importing.uploaded", "importing.discarded", "importing.uploaded"]


def test_a_discarded_list_leaves_no_row(upload, personas, django_capture_on_commit_callbacks):
    batch = upload(MIXED)
    with django_capture_on_commit_callbacks(execute=True):
        services.discard_batch(batch_id=batch.pk, actor=personas.staff)
    found = ImportBatch.objects.get()
    assert (found.file.name, found.errors, found.counts["bad"]) == ("", [], 2)
    assert not batch.file.storage.exists(batch.file.name)


def test_old_lists_are_forgotten_and_their_counts_stay(upload, personas, django_capture_on_commit_callbacks):
    taken_over, waiting, young = upload(MIXED), upload("Name\n读书会\n,x\n"), upload("Name\n书法社\n,y\n")
    services.confirm_batch(batch_id=taken_over.pk, actor=personas.staff)
    later = timezone.now() + datetime.timedelta(days=31)
    ImportBatch.objects.filter(pk=young.pk).update(updated_at=later - datetime.timedelta(days=29))
    with django_capture_on_commit_callbacks(execute=True):
        assert services.forget_old_lists(now=later) == 2
    found = {batch.pk: batch for batch in ImportBatch.objects.order_by("pk")}
    assert [(found[one.pk].state, found[one.pk].errors) for one in (taken_over, waiting)] == [
        (BatchState.CONFIRMED, []), (BatchState.FAILED, []),
    ]  # fmt: skip
    assert found[waiting.pk].reason == "Nobody took it over for 30 days."
    assert [one.file.storage.exists(one.file.name) for one in (taken_over, waiting, young)] == [False, False, True]
    assert verbs()[-1] == "importing.discarded"
    assert services.forget_old_lists(now=later) == 0


def test_a_refused_file_leaves_nothing(upload):
    with pytest.raises(FileRefused):
        upload(b"")
    assert (ImportBatch.objects.count(), verbs()) == (0, [])


STATES = {
    ("uploaded", "check_in"), ("uploaded", "fail"), ("checked", "confirm"), ("checked", "fail")
}  # fmt: skip
ARGUMENTS = {
    "check_in": {"counts": {}, "errors": []},
    "confirm": {"at": None, "counts": {}, "errors": []},
    "fail": {"reason": "x"},
}


@pytest.mark.no_db
@pytest.mark.parametrize("state", BatchState.values)
@pytest.mark.parametrize("action", ARGUMENTS)
def test_a_batch_moves_only_as_its_states_allow(state, action):
    batch = ImportBatch(state=state)
    if (state, action) in STATES:
        getattr(batch, action)(**ARGUMENTS[action])
    else:
        with pytest.raises(TransitionNotAllowed):
            getattr(batch, action)(**ARGUMENTS[action])


@pytest.mark.parametrize("values", [{"state": "confirmed"}, {"state": "failed"}, {"reason": "without failing"}])
def test_the_database_refuses_a_state_without_its_facts(upload, values):
    batch = upload()
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportBatch.objects.filter(pk=batch.pk).update(**values)


# --- places ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def place_batch(personas):
    def run(names=SMALL, under=(), content=None, edition="2023-06-30"):
        import datetime

        return services.upload_divisions(
            uuid=uuid.uuid4(),
            content=as_csv(names).encode() if content is None else content,
            file_name="places-2023.csv",
            edition=datetime.date.fromisoformat(edition),
            under=list(under),
            actor=personas.admin,
        )

    return run


def work(batch):
    """What the worker does with the job."""
    job = Job.objects.get(key=f"importing.import_divisions:{batch.uuid}")
    get_handler(job.name).run(**job.arguments)
    return ImportBatch.objects.get(pk=batch.pk)


def test_uploaded_places_are_loaded_by_the_worker(place_batch):
    names = SMALL | {"330102001055": "新来社区"}
    batch = work(place_batch(names))
    assert (batch.state, batch.counts["5"]["new"]) == (
        BatchState.CONFIRMED,
        sum(c not in PERSONA_PLACES for c in names if len(c) == 12),
    )
    assert Division.objects.get(code="330102001055").name == "新来社区"
    assert verbs() == ["importing.uploaded", "division.imported", "importing.confirmed"]


PERSONA_PLACES = {"330102001051", "330102001052", "330102003050", "620102001001"}


def test_a_bad_line_fails_the_batch_and_names_the_line(place_batch):
    before = list(Division.objects.values_list("code", "name").order_by("code"))
    batch = work(place_batch(SMALL | {"330102999999": "孤儿"}))
    assert batch.state == BatchState.FAILED
    assert batch.errors[0]["row"] == 11
    assert batch.reason.startswith("Line 11: ")
    assert list(Division.objects.values_list("code", "name").order_by("code")) == before
    assert verbs() == ["importing.uploaded", "importing.failed"]


def test_a_redelivered_job_loads_once(place_batch):
    batch = place_batch(SMALL)
    work(batch)
    number = AuditEvent.objects.count()
    work(batch)
    assert AuditEvent.objects.count() == number


def test_the_same_list_twice_is_refused_but_for_another_part(place_batch):
    batch = place_batch(SMALL)
    with pytest.raises(RuleViolation):
        place_batch(SMALL)
    work(batch)
    with pytest.raises(RuleViolation):
        place_batch(SMALL)
    assert place_batch(SMALL, under=["330102001"]).state == BatchState.UPLOADED


def test_a_failed_list_may_be_uploaded_again(place_batch):
    names = SMALL | {"330102999999": "孤儿"}
    work(place_batch(names))
    assert place_batch(names).state == BatchState.UPLOADED


def test_set_division_setting_is_recorded_and_taken_back(personas, site_divisions):
    place = site_divisions["330102001051"]
    services.set_division_setting(division_id=place.pk, setting=Setting.RURAL, actor=personas.district_admin)
    place.refresh_from_db()
    assert (place.setting, place.setting_by_hand) == (Setting.RURAL, True)
    event = AuditEvent.objects.get(verb="division.setting_changed")
    assert event.data == {"changes": {"setting": ["urban", "rural"], "setting_by_hand": [False, True]}}
    services.set_division_setting(division_id=place.pk, setting=Setting.RURAL, actor=personas.district_admin)
    assert AuditEvent.objects.count() == 1
    services.set_division_setting(division_id=place.pk, setting="", actor=personas.district_admin)
    place.refresh_from_db()
    assert (place.setting, place.setting_by_hand) == (Setting.URBAN, False)


def test_set_division_setting_of_a_street_is_refused(personas, site_divisions):
    with pytest.raises(RuleViolation):
        services.set_division_setting(
            division_id=site_divisions["330102001"].pk, setting=Setting.URBAN, actor=personas.admin
        )


def test_an_import_keeps_what_a_person_said(personas, site_divisions):
    place = site_divisions["330102001051"]
    services.set_division_setting(division_id=place.pk, setting=Setting.RURAL, actor=personas.admin)
    import_divisions(io.BytesIO(as_csv(SMALL).encode()))
    place.refresh_from_db()
    assert place.setting == Setting.RURAL
