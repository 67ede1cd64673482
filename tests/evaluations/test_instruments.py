"""Questionnaires: drafts step by step, editions that never change, copies, those that ship, and the workbook."""

import uuid

import pytest
from django.db import DatabaseError, transaction

from evaluations.models import Instrument, InstrumentVersion, Scale
from evaluations.services import instrument as services
from evaluations.services import instrument_draft as draft
from evaluations.services.instrument_sheet import questionnaire_workbook, read_questionnaire
from evaluations.validators import check_questionnaire, items_of, normalized
from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation, StaleEdition
from incubator.base.hashes import content_sha256
from incubator.importing.readers import FileRefused, SheetRefused
from projects.services.kind import kind_choices
from tests.factories.instruments import InstrumentFactory, content, likert, published, scale, section, words

VALUES = {
    "title": "居民问卷", "title_en": "Residents", "subject": "resident", "is_validated": False, "source": "",
    "intro": words("您好"),
}  # fmt: skip


def verbs():
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


def read(instrument):
    instrument.refresh_from_db()
    return instrument.draft


# --- steps -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def instrument():
    return InstrumentFactory(draft={})


def step(service, instrument, **kwargs):
    return service(instrument_id=instrument.pk, actor=instrument.created_by, **kwargs)


def question(text, kind="text", **more):
    return {"kind": kind, "text": words(text), "help": words(""), "required": False, **more}


def test_a_questionnaire_is_built_step_by_step_and_each_leaves_an_event(personas):
    made = services.create_instrument(uuid=uuid.uuid4(), division=personas.street, values=VALUES, actor=personas.worker)
    made.created_by = personas.worker
    step(draft.add_section, made, uuid=uuid.uuid4(), values={"title": words("甲"), "text": words("")})
    step(draft.add_scale, made, uuid=uuid.uuid4(),
         values={"label": words("能力"), "level": "social", "min_answered": 1, "higher_is_better": True})  # fmt: skip
    likert_values = {
        "points": 3, "labels": [words(text) for text in "低中高"], "reverse": False, "scale": "scale1"
    }  # fmt: skip
    step(draft.add_item, made, section="s1", uuid=uuid.uuid4(), values=question("会吗", "likert", **likert_values))
    options = [{"text": words("一")}, {"text": words("二")}]
    step(draft.add_item, made, section="s1", uuid=uuid.uuid4(), values=question("哪个", "single", options=options))
    step(draft.match_item, made, name="q1", services={"": ["visit"]})
    step(draft.match_item, made, name="q2", services={"c1": ["training"]})
    version = step(services.publish_instrument, made)
    assert check_questionnaire(version.content) == []
    assert [item["id"] for item in items_of(version.content)] == ["q1", "q2"]
    assert version.content["title"] == words("居民问卷", "Residents")
    assert [option["services"] for option in items_of(version.content)[1]["options"]] == [["training"], []]
    assert verbs() == [
        "instrument.created", "instrument.section_added", "instrument.scale_added", "instrument.item_added",
        "instrument.item_added", "instrument.item_matched", "instrument.item_matched", "instrument.published",
    ]  # fmt: skip


def test_the_second_of_two_clicks_changes_nothing(instrument):
    token = uuid.uuid4()
    for _click in range(2):
        step(draft.add_section, instrument, uuid=token, values={"title": words("甲"), "text": words("")})
    for _click in range(2):
        step(draft.add_item, instrument, section="s1", uuid=token, values=question("问"))
    assert [(part["id"], len(part["items"])) for part in read(instrument)["sections"]] == [("s1", 1)]
    assert verbs() == ["instrument.section_added", "instrument.item_added"]


def test_no_identifier_comes_back_with_another_meaning():
    made = InstrumentFactory()
    published(made)
    step(draft.remove_item, made, name="q7")
    step(draft.update_item, made, name="q4", values=question(
        "多久", "single", options=[{"text": words("三")}, {"text": words("四")}]))  # fmt: skip
    step(draft.update_item, made, name="q4", values=question(
        "多久", "single", options=[{"text": words("五")}, {"text": words("三")}]))  # fmt: skip
    step(draft.add_item, made, section="s1", uuid=uuid.uuid4(), values=question("新的"))
    kept = {item["id"]: item for item in items_of(read(made))}
    assert kept["q8"]["text"] == words("新的")
    assert "q7" not in kept
    assert [option["id"] for option in kept["q4"]["options"]] == ["c5", "c3"]


def test_questions_move_within_and_between_sections_and_stop_at_the_ends():
    made = InstrumentFactory()
    for name, by in (("q3", 1), ("q1", -1), ("q7", 1), ("q2", -1)):
        step(draft.move_item, made, name=name, by=by)
    shown = [[item["id"] for item in part["items"]] for part in read(made)["sections"]]
    assert shown == [["q2", "q1"], ["q3", "q4", "q5", "q6", "q7"]]
    step(draft.move_item, made, name="q3", by=-1)
    step(draft.move_section, made, name="s2", by=-1)
    assert [part["id"] for part in read(made)["sections"]] == ["s2", "s1"]
    assert [item["id"] for item in made.draft["sections"][1]["items"]] == ["q2", "q1", "q3"]


def test_a_scale_taken_out_leaves_its_questions():
    made = InstrumentFactory()
    step(draft.remove_scale, made, name="able")
    assert read(made)["scales"] == []
    assert {item.get("scale", "") for item in items_of(made.draft)} == {""}
    step(draft.remove_section, made, name="s1")
    assert [part["id"] for part in read(made)["sections"]] == ["s2"]


@pytest.mark.parametrize(
    ("service", "kwargs"),
    [
        (draft.update_section, {"name": "s9", "values": {}}), (draft.remove_item, {"name": "q9"}),
        (draft.update_scale, {"name": "x", "values": {}}), (draft.move_section, {"name": "s9", "by": 1}),
        (draft.add_item, {"section": "s9", "uuid": uuid.uuid4(), "values": question("问")}),
        (draft.update_item, {"name": "q1", "values": question("问")}),
        (draft.match_item, {"name": "q7", "services": {}}),
        (draft.add_item, {"section": "s1", "uuid": uuid.uuid4(), "values": question("我会写方案")}),
        (draft.match_item, {"name": "q1", "services": {}} | {"name": "q0"}),
    ],
)  # fmt: skip
def test_a_step_that_cannot_be_is_refused_and_leaves_no_trace(service, kwargs):
    made = InstrumentFactory()
    with pytest.raises(RuleViolation):
        step(service, made, **kwargs)
    assert read(made) == content()
    assert verbs() == []


def test_title_and_words_are_changed_over_the_edition_one_saw(personas):
    made = InstrumentFactory(division=personas.street)
    seen = made.edition
    step(services.update_instrument, made, values=VALUES, edition=seen)
    assert read(made)["title"] == words("居民问卷", "Residents")
    with pytest.raises(StaleEdition):
        step(services.update_instrument, made, values=VALUES, edition=seen)
    with pytest.raises(RuleViolation, match="Who tested it"):
        step(services.update_instrument, made, values=VALUES | {"is_validated": True})


# --- editions --------------------------------------------------------------------------------------------------------


def test_publishing_writes_an_edition_with_its_hash_and_scales():
    made = InstrumentFactory()
    version = published(made)
    assert (version.number, version.sha256, made.current) == (1, content_sha256(content()), version)
    row = version.scales.get()
    assert (row.code, row.items, row.reverse, row.points, row.min_answered, row.level) == (
        "able", ["q1", "q2", "q3"], ["q2"], 5, 2, "individual"
    )  # fmt: skip
    step(draft.remove_item, made, name="q3")
    second = published(made)
    assert [edition.number for edition in made.versions.all()] == [2, 1]
    assert second.scales.get().fingerprint != row.fingerprint
    assert InstrumentVersion.objects.get(pk=version.pk).content == content()


def test_the_same_content_twice_is_refused_and_leaves_no_trace():
    made = InstrumentFactory()
    published(made)
    with pytest.raises(RuleViolation, match="already, as edition 1"):
        published(made)
    step(draft.move_item, made, name="q1", by=1)
    published(made)
    step(draft.move_item, made, name="q1", by=-1)
    with pytest.raises(RuleViolation, match="already, as edition 1"):
        published(made)
    assert made.versions.count() == 2
    assert verbs().count("instrument.published") == 2


def test_what_has_problems_is_not_published_and_the_sentence_names_the_question():
    made = InstrumentFactory(draft=content(section("s1", likert("q1", "一个人")), scales=[scale(min_answered=3)]))
    with pytest.raises(RuleViolation, match="“Ability”: The number of answers needed has to be from 1 to 1"):
        published(made)
    assert not made.versions.exists()


@pytest.mark.parametrize("change", [
    lambda version: InstrumentVersion.objects.filter(pk=version.pk).update(content={}),
    lambda version: InstrumentVersion.objects.filter(pk=version.pk).update(number=9),
    lambda version: Scale.objects.filter(version=version).update(min_answered=1),
])  # fmt: skip
def test_the_database_changes_no_edition_whoever_asks(change):
    version = published(InstrumentFactory())
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        change(version)
    assert InstrumentVersion.objects.get(pk=version.pk).content == content()


def test_a_copy_keeps_the_questions_and_its_scales_can_be_compared(personas):
    original = InstrumentFactory(title_en="Original")
    first = published(original)
    copy = services.copy_instrument_for(
        uuid=uuid.uuid4(), instrument_id=original.pk, division=personas.street, title="我们的", title_en="",
        actor=personas.worker,
    )  # fmt: skip
    assert (copy.division, copy.current, copy.draft["title"]) == (personas.street, None, words("我们的"))
    version = services.publish_instrument(instrument_id=copy.pk, actor=personas.worker)
    assert version.scales.get().fingerprint == first.scales.get().fingerprint
    assert verbs()[-3:] == ["instrument.created", "instrument.copied", "instrument.published"]


def test_what_is_put_aside_stays_and_can_be_used_again():
    made = InstrumentFactory()
    published(made)
    step(services.retire_instrument, made)
    with pytest.raises(RuleViolation):
        step(services.retire_instrument, made)
    made.refresh_from_db()
    assert (made.is_active, made.versions.count()) == (False, 1)
    step(services.restore_instrument, made)
    with pytest.raises(RuleViolation):
        step(services.restore_instrument, made)


# --- those that ship -------------------------------------------------------------------------------------------------


def test_five_questionnaires_ship_published_in_both_languages_and_say_that_they_are_not_tested():
    shipped = {row.code: row for row in Instrument.objects.select_related("current")}
    assert {code: len(items_of(row.current.content)) for code, row in shipped.items()} == {
        "needs-three-levels": 18, "organization-facts": 8, "satisfaction": 6, "organization-capacity": 16,
        "resident-needs": 4,
    }  # fmt: skip
    codes = {code for code, _label in kind_choices()}
    for row in shipped.values():
        assert check_questionnaire(row.current.content, codes) == []
        assert row.current.sha256 == content_sha256(row.current.content)
        assert normalized(row.draft) == row.current.content
        assert row.source.startswith("自编问卷，未经信效度检验")
        assert (row.is_validated, row.division) == (False, None)
        for item in items_of(row.current.content):
            spoken = [item["text"], *item.get("labels", []), *(option["text"] for option in item.get("options", []))]
            assert all(text["zh-hans"] and text["en"] for text in spoken)


def test_the_needs_questionnaire_has_three_levels_of_six_with_a_reverse_item_each():
    version = InstrumentVersion.objects.get(instrument__code="needs-three-levels")
    found = {row.level: (len(row.items), len(row.reverse), row.points) for row in version.scales.all()}
    assert found == dict.fromkeys(("individual", "interpersonal", "social"), (6, 1, 5))


# --- the workbook ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_what_goes_out_as_a_workbook_comes_in_unchanged(language):
    from django.utils import translation

    for value in [content(), *(version.content for version in InstrumentVersion.objects.all())]:
        with translation.override(language):
            book = questionnaire_workbook(value)
        assert read_questionnaire(book) == value


def test_a_workbook_with_mistakes_is_told_row_by_row():
    value = content()
    first = value["sections"][0]["items"]
    first[0] |= {"labels": [words("一"), words("二")], "scale": "gone"}
    first[1]["text"] = words("")
    value["sections"][1]["items"][0]["options"][1]["services"] = ["flying"]
    with pytest.raises(SheetRefused) as refused:
        read_questionnaire(questionnaire_workbook(value))
    assert refused.value.sentences == [
        "Row 11: There is no service “flying”.",
        "Row 5: A scale question has 3 to 7 points.",
        "Row 5: It counts towards a scale (gone) that is not there.",
        "Row 6: The question has no words.",
    ]


def test_a_file_that_is_no_questionnaire_is_refused_with_a_sentence():
    from incubator.reporting.tables import xlsx_file

    with pytest.raises(SheetRefused, match="no sheet of questions"):
        read_questionnaire(xlsx_file("x", ["a"], [["b"]]).read())
    for broken in (b"", b"PK\x03\x04broken", b"\x89PNG\r\n\x1a\n"):
        with pytest.raises(FileRefused):
            read_questionnaire(broken)


def test_a_draft_taken_from_a_file_keeps_the_meaning_of_identifiers():
    made = InstrumentFactory()
    published(made)
    other = content(section("s1", likert("q1", "另一句"), likert("q2", "第二句")))
    step(draft.replace_instrument_draft, made, content=other)
    assert [item["id"] for item in items_of(read(made))] == ["q1", "q2"]
    assert made.title == "问卷"
    wrong = content(section("s1", likert("q4", "换了答法"), likert("q2", "第二句")))
    with pytest.raises(RuleViolation, match="“q4” was answered in another way"):
        step(draft.replace_instrument_draft, made, content=wrong)
    assert [item["id"] for item in items_of(read(made))] == ["q1", "q2"]
