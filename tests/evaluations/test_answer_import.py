"""Answers from elsewhere: the columns, the cells, all good rows or none."""

import csv
import datetime
import io
import time
import uuid

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluations.models import AnswerMapping, LinkDoubt, Response
from evaluations.services import answer_cells as cells
from evaluations.services import answer_import as services
from evaluations.services.response import NotAccepted
from evaluations.validators import items_of
from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from incubator.importing.models import ImportBatch
from incubator.jobs.models import Job
from incubator.jobs.runner import run_one
from tests.factories.organizations import MembershipFactory
from tests.factories.waves import OPENED_AT, WaveFactory, make_version

IMPORT_QUERIES = 20
HEADS = [
    "序号", "提交答卷时间", "所用时间", "来源", "1、我敢在会上说出自己的想法", "2、我很少参加队里的讨论",
    "3、我知道有困难找谁",
    "4、您住在这里多久了?", "5、您想要哪些帮助【多选题】", "6、每月来几次", "7、还想说什么", "8、您的年龄", "9、您的编码",
]  # fmt: skip
GOOD = [
    "1",
    "2026/11/3 09:12:44",
    "65秒",
    "微信",
    "同意",
    "2",
    "(跳过)",
    "一年以上",
    "培训┋场地",
    "3",
    "谢谢",
    "46-60岁",
    "3805W",
]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(OPENED_AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def wave(place):
    return WaveFactory(organization=place.organization, opened=True)


def written(*rows):
    target = io.StringIO()
    csv.writer(target).writerows([HEADS, *rows])
    return target.getvalue().encode()


def row(**changes):
    return [changes.get(f"c{place}", cell) for place, cell in enumerate(GOOD)]


def upload(wave, actor, *rows):
    return services.upload_answers(
        uuid=uuid.uuid4(), wave_id=wave.pk, content=written(*rows), file_name="答卷.csv", actor=actor
    )


def mapped(wave, actor, *rows):
    batch = upload(wave, actor, *rows)
    return services.map_answers(batch_id=batch.pk, mapping=batch.options["mapping"], actor=actor)


def test_headings_propose_the_columns():
    version = make_version()
    assert cells.propose_mapping(version.content, HEADS) == {
        "q1": 4, "q2": 5, "q3": 6, "q4": 7, "q5": 8, "q6": 9, "q7": 10, "submitted_at": 1, "age_group": 11, "code": 12,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("q1", "同意", 4), ("q1", "4", 4), ("q1", "4分", 4), ("q1", "４", 4), ("q1", "4、同意", 4), ("q1", "(跳过)", None),
        ("q4", "不到一年", "new"), ("q4", "2", "old"), ("q4", "A.不到一年", "new"), ("q4", "A", "new"), ("q4", "", None),
        ("q5", "培训┋经费", ["training", "money"]), ("q5", "经费;培训", ["training", "money"]),
        ("q5", "1┋3", ["training", "money"]),
        ("q5", "场地〖活动室〗", ["venue"]), ("q6", "3次", 3), ("q7", " 谢谢 ", "谢谢"),
    ],
)  # fmt: skip
def test_cells_are_read_as_people_export_them(name, text, value):
    item = next(each for each in items_of(make_version().content) if each["id"] == name)
    assert cells.read_answer(item, text) == value


@pytest.mark.parametrize(("name", "text"), [("q1", "很好"), ("q4", "3"), ("q5", "培训┋别的"), ("q6", "很多")])
def test_cells_that_say_nothing_known_are_told(name, text):
    item = next(each for each in items_of(make_version().content) if each["id"] == name)
    with pytest.raises(cells.CellWrong):
        cells.read_answer(item, text)


@pytest.mark.parametrize(
    ("column", "text", "sentence"),
    [
        (4, "6", "This is not on the scale from 1 to 5."),
        (4, "", "Please answer this question."),
        (9, "99", "Please give a whole number from 0 to 31."),
        (10, "长" * 2001, "Please write less, at most 2000 characters."),
        (10, "长" * 50_000, "Please write less, at most 2000 characters."),
    ],
)
def test_a_file_keeps_the_limits_that_everybody_keeps(place, wave, column, text, sentence):
    batch = mapped(wave, place.worker, row(**{f"c{column}": text}))
    assert [(error["column"], error["reason"]) for error in batch.errors] == [(HEADS[column], sentence)]


def test_an_endless_heading_is_cut_and_compared_quickly(place, wave):
    begin = time.process_time()
    heads = [f"{number}{'我敢在会上说出' * 5000}" for number in range(60)]
    assert cells.propose_mapping(wave.version.content, heads) == {}
    assert time.process_time() - begin < 5
    content = written(row()).replace("7、还想说什么".encode(), "长".encode() * 10_000)
    batch = services.upload_answers(
        uuid=uuid.uuid4(), wave_id=wave.pk, content=content, file_name="答卷.csv", actor=place.worker
    )
    assert max(map(len, batch.options["headers"])) == cells.MAX_HEADING


@pytest.mark.parametrize(
    ("text", "group"),
    [("25岁及以下", "up_to_25"), ("26-45岁", "from_26"), ("52", "from_46"), ("60岁以上", "over_60"), ("", "unknown")],
)
def test_ages_are_read_as_groups(text, group):
    assert cells.read_age(text, cells.age_labels()) == group


def test_good_rows_are_taken_over_and_bad_ones_named_by_line_and_column(place, wave):
    batch = mapped(wave, place.worker, row(), row(c4="9"), row(c11="很老"))
    assert batch.counts == {"rows": 3, "new": 1, "known": 0, "bad": 2}
    assert [(error["row"], error["column"]) for error in batch.errors] == [(3, HEADS[4]), (4, HEADS[11])]
    assert Response.objects.count() == 0
    services.confirm_answers(batch_id=batch.pk, actor=place.worker)
    sheet = Response.objects.get()
    assert (sheet.source, sheet.import_line, sheet.entered_by, sheet.age_group) == (
        "import",
        2,
        place.worker,
        "from_46",
    )
    assert sheet.answers == {"q1": 4, "q2": 2, "q4": "old", "q5": ["training", "venue"], "q6": 3, "q7": "谢谢"}
    assert sheet.scores == {"voice": {"sum": 8, "answered": 2}}
    assert AuditEvent.objects.get(verb="response.imported").data["made"] == 1


def test_the_same_file_is_taken_over_once(place, wave):
    batch = mapped(wave, place.worker, row())
    with pytest.raises(RuleViolation, match="uploaded this very file"):
        upload(wave, place.worker, row())
    services.confirm_answers(batch_id=batch.pk, actor=place.worker)
    with pytest.raises(RuleViolation, match="taken over on"):
        upload(wave, place.worker, row())
    with pytest.raises(RuleViolation, match="already"):
        services.confirm_answers(batch_id=batch.pk, actor=place.worker)
    assert Response.objects.count() == 1


def test_columns_named_once_are_remembered_for_the_same_headings(place, wave):
    batch = upload(wave, place.worker, row())
    mapping = {name: at for name, at in batch.options["mapping"].items() if name != "q7"}
    services.map_answers(batch_id=batch.pk, mapping=mapping, actor=place.worker)
    again = upload(wave, place.worker, row(c10="别的"))
    assert (again.options["mapping"], again.options["remembered"]) == (mapping, True)
    assert AnswerMapping.objects.count() == 1


def test_columns_that_somebody_else_named_are_proposed_to_nobody(place, wave):
    mapping = {"q1": 5, "q2": 4, "q4": 7}
    batch = upload(wave, place.worker, row())
    services.map_answers(batch_id=batch.pk, mapping=mapping, actor=place.worker)
    other = upload(wave, place.community_staff, row(c10="别的"))
    assert (other.options["mapping"]["q1"], other.options["remembered"]) == (4, False)
    assert [AnswerMapping.objects.visible_to(user).count() for user in (place.worker, place.community_staff)] == [1, 0]


def test_nothing_is_mapped_without_a_question_or_with_a_column_twice(place, wave):
    batch = upload(wave, place.worker, row())
    for mapping, sentence in (({"age_group": 11}, "at least one question"), ({"q1": 4, "q2": 4}, "named twice")):
        with pytest.raises(RuleViolation, match=sentence):
            services.map_answers(batch_id=batch.pk, mapping=mapping, actor=place.worker)


def test_codes_of_a_file_are_linked_and_doubted_like_others(place):
    facts = {"organization": place.organization, "linked_by": "self_code", "version": make_version()}
    before = WaveFactory(**facts, opened=True)
    after = WaveFactory(**facts, kind="endline", earlier=before, opened=True)
    for wave, codes in ((before, ("3805W", "1122A", "7777Z")), (after, ("3805W", "1123A", "5500K", "5500K", ""))):
        batch = mapped(wave, place.worker, *(row(c12=code) for code in codes))
        services.confirm_answers(batch_id=batch.pk, actor=place.worker)
    assert sorted(LinkDoubt.objects.values_list("why", flat=True)) == ["near_code", "same_code"]
    assert sorted(after.responses.values_list("link_state", flat=True)) == ["doubtful"] * 2 + ["linked"] * 2
    assert ImportBatch.objects.get(scope=str(after.uuid)).errors[0]["reason"].startswith("The code has")


def test_names_of_a_file_are_members_each_once(place):
    wave = WaveFactory(organization=place.organization, linked_by="ticket", opened=True)
    member = MembershipFactory(organization=place.organization, name="张三")
    batch = upload(wave, place.worker, row(c12="张三"), row(c12="张三", c10="又来"), row(c12="没有"))
    mapping = {name: at for name, at in batch.options["mapping"].items() if name != "code"} | {"name": 12}
    batch = services.map_answers(batch_id=batch.pk, mapping=mapping, actor=place.worker)
    assert [(error["row"], error["reason"]) for error in batch.errors] == [
        (3, "This person has answered already."), (4, "No member of the organization has this name."),
    ]  # fmt: skip
    services.confirm_answers(batch_id=batch.pk, actor=place.worker)
    assert Response.objects.get().subject_key == f"m:{member.uuid}"


@pytest.mark.parametrize("number", [1, 3])
def test_links_of_members_are_found_together(place, number, django_assert_num_queries):
    wave = WaveFactory(organization=place.organization, linked_by="ticket", opened=True)
    names = [MembershipFactory(organization=place.organization, name=f"成员{each}").name for each in range(number)]
    batch = upload(wave, place.worker, *(row(c12=name) for name in names))
    mapping = {name: at for name, at in batch.options["mapping"].items() if name != "code"} | {"name": 12}
    services.map_answers(batch_id=batch.pk, mapping=mapping, actor=place.worker)
    with django_assert_num_queries(IMPORT_QUERIES):
        services.import_answers(batch_id=batch.pk, actor=place.worker)
    assert wave.tickets.count() == Response.objects.filter(ticket__wave=wave).count() == number


def test_a_survey_that_was_closed_for_good_takes_nothing_from_a_file_that_waited(place, wave, clock):
    batch = mapped(wave, place.worker, row())
    clock.move_to(OPENED_AT + datetime.timedelta(days=40))
    with pytest.raises(NotAccepted):
        services.import_answers(batch_id=batch.pk, actor=place.worker)
    assert Response.objects.count() == 0


def test_ten_thousand_rows_with_three_bad_ones(place, wave):
    """In the background; all good ones in one transaction."""
    rows = [row(c0=str(number)) for number in range(10_000)]
    for number in (17, 5_000, 9_999):
        rows[number][4] = "不在量表上"
    begin = time.perf_counter()
    batch = mapped(wave, place.worker, *rows)
    assert batch.counts == {"rows": 10_000, "new": 9_997, "known": 0, "bad": 3}
    services.confirm_answers(batch_id=batch.pk, actor=place.worker)
    assert Response.objects.count() == 0
    run_one(Job.objects.get(name="evaluations.import_answers").pk)
    batch = ImportBatch.objects.get()
    assert (batch.state, batch.counts["made"], Response.objects.count()) == ("confirmed", 9_997, 9_997)
    assert time.perf_counter() - begin < 120
    assert [error["row"] for error in batch.errors] == [19, 5_002, 10_001]


def test_nothing_is_kept_when_anything_fails(place, wave, monkeypatch):
    batch = mapped(wave, place.worker, row(), row(c10="二"))
    monkeypatch.setattr(services, "write_doubts", lambda pairs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        services.confirm_answers(batch_id=batch.pk, actor=place.worker)
    assert (Response.objects.count(), ImportBatch.objects.get().state) == (0, "checked")


def test_the_pages_lead_from_the_file_to_the_sheets(place, wave, sign_in):
    client, url = sign_in(place.worker), f"/evaluations/waves/{wave.uuid}/import/"
    assert client.get(url).status_code == 200
    identifier = uuid.uuid4()
    data = {"uuid": identifier, "file": SimpleUploadedFile("答卷.csv", written(row(), row(c4="9")))}
    to_map = client.post(url, data)["Location"]
    assert to_map == f"/evaluations/imports/{identifier}/columns/"
    page = client.get(to_map)
    assert page.status_code == 200
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields}
    assert client.post(to_map, sent | {"q1": ""}).status_code == 422
    detail = client.post(to_map, sent)["Location"]
    assert ImportBatch.objects.get().get_absolute_url() == detail
    assert HEADS[4] in client.get(detail).text
    assert client.get(f"{detail}rejected.xlsx").content.startswith(b"PK")
    assert client.get("/imports/").status_code in {200, 403}
    kernel = client.get(f"/imports/{identifier}/")
    assert (kernel.status_code, HEADS[4] in kernel.text) == (200, False)  # rows are read on the survey's page alone
    assert client.post(f"{detail}confirm/")["Location"] == detail
    assert Response.objects.count() == 1
    assert sign_in(place.community_staff).get(detail).status_code == 404


def test_a_file_is_discarded(place, wave, sign_in, django_capture_on_commit_callbacks):
    batch = mapped(wave, place.worker, row(), row(c4="9"))
    client = sign_in(place.worker)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"/evaluations/imports/{batch.uuid}/discard/").status_code == 302
    found = ImportBatch.objects.get()
    assert (found.state, found.file.name, found.errors) == ("failed", "", [])
    assert not batch.file.storage.exists(batch.file.name)
    assert client.get(f"/evaluations/imports/{batch.uuid}/").status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_of_a_file_cost_the_same(place, wave, sign_in, number):
    batch = mapped(wave, place.worker, *(row(c4="9", c0=str(each)) for each in range(number)))
    client, counts = sign_in(place.worker), []
    for part in ("", "columns/"):
        url = f"/evaluations/imports/{batch.uuid}/{part}"
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts == [7, 7]
