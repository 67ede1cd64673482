"""Standards: copied for a place, changed part by part, published once, put aside; problems told in sentences."""

import copy
import uuid

import pytest
from django.db import IntegrityError, transaction

from evaluations.models import GrowthStandard, StandardVersion
from evaluations.scoring import PROBLEMS, check_standard, score
from evaluations.services import standard as services
from evaluations.services import standard_draft as drafts
from evaluations.services.problem_words import SENTENCES, path_of, place_words, problem_words
from evaluations.services.scoring_words import FIRED, condition_words, fired_words, mode_words
from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation, StaleEdition
from incubator.base.hashes import content_sha256
from tests.evaluations.standards import DEFAULT, band, indicator, one_indicator, rule, rung, standard
from tests.factories.standards import GrowthStandardFactory
from tests.projects.conftest import _in_english, place  # noqa: F401 - fixtures


@pytest.fixture
def own(personas):
    """A standard of the street, as the shipped one, not published."""
    made = GrowthStandardFactory(division=personas.street)
    made.draft = services.content_of(made)
    made.save()
    return made


def verbs():
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


# --- the shipped one ---


def test_the_platform_ships_a_sample_as_its_first_edition():
    shipped = GrowthStandard.objects.get(division=None)
    assert (shipped.title, shipped.is_sample, shipped.is_active) == ("社区社会组织成长标准（示例模板）", True, True)
    assert (shipped.current.number, shipped.current.content) == (1, DEFAULT)
    assert shipped.current.sha256 == content_sha256(DEFAULT)
    assert services.problems_of(shipped.current.content) == []


def test_the_shipped_standard_is_published_by_nobody(personas):
    shipped = GrowthStandard.objects.get(division=None)
    with pytest.raises(RuleViolation, match="ships with the platform"):
        services.publish_standard(standard_id=shipped.pk, actor=personas.admin)


# --- a copy ---


def test_a_copy_for_a_place_measures_nobody_until_it_is_published(personas):
    shipped = GrowthStandard.objects.get(division=None)
    made = services.copy_standard_for(
        uuid=uuid.uuid4(), standard_id=shipped.pk, division=personas.street, title="望江成长标准", title_en="",
        actor=personas.staff,
    )  # fmt: skip
    assert (made.current, made.is_sample, made.draft["label"]["zh-hans"]) == (None, False, "望江成长标准")
    assert made.draft["dimensions"] == DEFAULT["dimensions"]
    assert GrowthStandard.objects.of(personas.community).first() == shipped
    version = services.publish_standard(standard_id=made.pk, actor=personas.staff)
    assert GrowthStandard.objects.of(personas.community).first() == made
    assert GrowthStandard.objects.of(personas.other_community).first() == shipped
    assert (version.number, version.sha256) == (1, content_sha256(version.content))
    assert version.content["sample"] is False
    assert verbs() == ["standard.created", "standard.published"]


def test_a_place_has_one_standard_in_use(personas, own):
    with pytest.raises(RuleViolation, match="make a new edition of it"):
        services.copy_standard_for(
            uuid=uuid.uuid4(), standard_id=own.pk, division=personas.street, title="又一个", title_en="",
            actor=personas.staff,
        )  # fmt: skip
    services.retire_standard(standard_id=own.pk, actor=personas.staff)
    second = services.copy_standard_for(
        uuid=uuid.uuid4(),
        standard_id=own.pk,
        division=personas.street,
        title="又一个",
        title_en="",
        actor=personas.staff,
    )
    with pytest.raises(RuleViolation, match="make a new edition of it"):
        services.restore_standard(standard_id=own.pk, actor=personas.staff)
    assert second.is_active
    assert verbs() == ["standard.retired", "standard.created"]


# --- publishing ---


def test_publishing_the_same_twice_is_refused_and_a_change_makes_the_next_edition(personas, own):
    first = services.publish_standard(standard_id=own.pk, actor=personas.staff)
    with pytest.raises(RuleViolation, match="published already, as edition 1"):
        services.publish_standard(standard_id=own.pk, actor=personas.staff)
    drafts.update_part(
        standard_id=own.pk, holder="dimensions", code="service", values={"label": {"zh-hans": "服务", "en": ""}},
        actor=personas.staff,
    )  # fmt: skip
    second = services.publish_standard(standard_id=own.pk, actor=personas.staff)
    own.refresh_from_db()
    assert [first.number, second.number] == [1, 2]
    assert own.current == second
    assert StandardVersion.objects.get(pk=first.pk).content["dimensions"] == DEFAULT["dimensions"]


def test_the_database_refuses_a_second_edition_of_the_same_number_or_content(personas, own):
    version = services.publish_standard(standard_id=own.pk, actor=personas.staff)
    for number, sha256 in ((1, "0" * 64), (2, version.sha256)):
        with pytest.raises(IntegrityError), transaction.atomic():
            StandardVersion.objects.create(
                standard=own, number=number, content={}, sha256=sha256, published_at=version.published_at
            )


def spoiled(change):
    content = copy.deepcopy(DEFAULT)
    change(content)
    return content


def _points(content):
    content["dimensions"][1]["indicators"][0]["points"] = 9


def _bands(content):
    content["bands"][1]["to"] = 92


def _gap(content):
    content["bands"][1]["to"] = 89


def _circle(content):
    content["dimensions"][0]["indicators"][0]["source"] = "indicator:members"
    content["dimensions"][0]["indicators"][1]["source"] = "indicator:core_team"


def _unknown(content):
    content["stages"][1]["rules"][0]["fact"] = "sympathy"


def _document(content):
    content["vetoes"][0]["source"] = "document:no_such_heading"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (_points, "add up to 31 points, but 30 are stated"),
        (_bands, "overlap from 90 to 92"),
        (_gap, "Scores from 89 to 90 have no band"),
        (_circle, "refers to itself"),
        (_unknown, "refers to “sympathy”, which does not exist"),
        (_document, "which does not exist"),
    ],
)
def test_a_standard_that_is_wrong_is_not_published_and_says_what_is_wrong(personas, own, change, sentence):
    GrowthStandard.objects.filter(pk=own.pk).update(draft=spoiled(change))
    own.refresh_from_db()
    told = [problem_words(one, own.draft) for one in services.problems_of(own.draft)]
    assert any(sentence in one for one in told), told
    with pytest.raises(RuleViolation, match="in the way of publishing"):
        services.publish_standard(standard_id=own.pk, actor=personas.staff)
    assert (own.versions.count(), verbs()) == (0, [])


# --- the draft, part by part ---


def test_a_part_is_added_once_changed_moved_and_taken_out(personas, own):
    common = {"standard_id": own.pk, "holder": "dimensions.service", "actor": personas.staff}
    values = {"label": {"zh-hans": "创新", "en": ""}, "points": 3, "source": "judged", "mode": {"kind": "judged"}}
    identifier = uuid.uuid4()
    for _click in range(2):
        made = drafts.add_part(uuid=identifier, values=values, **common)
    parts = drafts.parts_of(made.draft, "dimensions.service")
    code = parts[-1]["code"]
    assert [one["code"] for one in parts] == ["frequency", "reach", "public_benefit", "records", code]
    drafts.update_part(code=code, values={"points": 2, "evidence": None}, **common)
    drafts.move_part(code=code, by=-1, **common)
    moved = drafts.move_part(code="frequency", by=-1, **common)
    found = drafts.parts_of(moved.draft, "dimensions.service")
    assert [one["code"] for one in found] == ["frequency", "reach", "public_benefit", code, "records"]
    assert found[3]["points"] == 2
    removed = drafts.remove_part(code=code, **common)
    assert removed.draft == services.content_of(own)
    assert verbs() == [
        "standard.part_added", "standard.part_updated", "standard.part_moved", "standard.part_removed",
    ]  # fmt: skip


def test_a_stage_without_rules_gets_its_first_one_at_its_place(personas, own):
    own.draft = {**own.draft, "stages": [one for one in DEFAULT["stages"] if one["code"] != "seedling"]}
    own.save()
    drafts.add_part(
        standard_id=own.pk, holder="stages.seedling", uuid=uuid.uuid4(), actor=personas.staff,
        values={"label": {"zh-hans": "人数", "en": ""}, "fact": "members", "op": ">=", "value": 5, "mandatory": True},
    )  # fmt: skip
    own.refresh_from_db()
    assert [one["code"] for one in own.draft["stages"]] == ["seed", "seedling", "sapling", "tree"]
    assert services.problems_of(own.draft) == []


@pytest.mark.parametrize("holder", ["nothing", "stages.forest", "dimensions.none", "bonus.x", ""])
def test_there_is_no_part_in_a_list_that_does_not_exist(personas, own, holder):
    assert drafts.parts_of(own.draft, holder) is None
    with pytest.raises(RuleViolation, match="not there any more"):
        drafts.remove_part(standard_id=own.pk, holder=holder, code="x", actor=personas.staff)


def test_the_head_is_changed_and_an_older_edition_is_not_overwritten(personas, own):
    values = {
        "title": "新标准",
        "title_en": "",
        "total": 100,
        "bonus_cap": None,
        "bonus_beyond_total": False,
        "blind": False,
    }
    edition = own.edition
    services.update_standard(standard_id=own.pk, values=values, edition=edition, actor=personas.staff)
    own.refresh_from_db()
    assert (own.title, own.draft["blind"], own.draft["label"]["zh-hans"]) == ("新标准", False, "新标准")
    with pytest.raises(StaleEdition):
        services.update_standard(standard_id=own.pk, values=values, edition=edition, actor=personas.staff)
    changes = AuditEvent.objects.get(verb="standard.updated").data["changes"]
    assert set(changes) == {"title", "blind", "bonus_cap"}


# --- words ---


def test_every_problem_has_a_sentence_and_every_sentence_a_problem():
    assert set(SENTENCES) == set(PROBLEMS)


@pytest.mark.no_db
@pytest.mark.parametrize(
    "content",
    [
        {}, {"dimensions": 3}, {"dimensions": [{}]}, {"dimensions": [{"code": "a", "indicators": [{"code": "b"}]}]},
        standard([indicator("a", -1), indicator("a", 2, source="?")], total="x", bonus=[indicator("z", 1)]),
        one_indicator({"kind": "tiers", "tiers": [{"at": 1, "points": 1}, {"at": 2, "points": 2}]}, 5),
        one_indicator({"kind": "steps", "base": 9, "step": 0, "every": 0, "cap": 1}, 5),
        one_indicator({"kind": "options", "options": []}, 5), one_indicator({"kind": "magic"}, 5),
        standard([indicator("a", 5)], bands=[band("x", 0, 3, False), band("y", 2, 9, True), band("z", 4, 4, False)]),
        standard([indicator("a", 5)], stages=[rung("seed", rule("r", "rule:r", "~", None)), rung("tree")]),
        standard([indicator("a", 5)], stages=[rung("seed", rule("r", "stage:seed", "==", True))]),
    ],
)  # fmt: skip
def test_whatever_is_wrong_is_told_in_a_whole_sentence(content):
    problems = check_standard(content, set(), set())
    assert problems
    for problem in problems:
        told = problem_words(problem, content)
        assert told.endswith((".", "”")), told
        assert "%(" not in told


@pytest.mark.no_db
def test_a_circle_leads_to_the_rule_that_closes_it():
    content = standard([indicator("a", 5)], stages=[rung("seed", rule("first", "stage:seed", "==", True))])
    problem = next(one for one in check_standard(content) if one.code == "circular")
    assert path_of(problem.where, content) in {"stages/seed", "stages/seed/first"}
    assert place_words(problem.where, content).startswith("Growth stages › seed")


@pytest.mark.no_db
def test_every_fired_rule_of_the_shipped_standard_has_a_sentence():
    facts = [{}, {"core_team": 9, "core_documents_missing": 0, "finance": "published", "activities_12m": 9}]
    facts += [{"core_team": 0, "core_documents_missing": 3, "finance": "?", "activities_12m": 0, "planning": 3}]
    for given in facts:
        for found in score(DEFAULT, given).indicators.values():
            told = fired_words(found.rule)
            assert told == fired_words(found.as_json()["rule"])
            assert "%(" not in told
    assert set(FIRED) == {
        "met", "not_met", "nothing_missing", "deducted", "below_base", "base_and_steps", "tier", "no_tier", "option",
        "unknown_option", "judged", "overruled", "unknown",
    }  # fmt: skip


def test_ways_of_scoring_and_rules_are_told_in_words():
    by_code = {one["code"]: one for part in DEFAULT["dimensions"] for one in part["indicators"]}
    assert mode_words(by_code["core_documents"]) == ["2 points off for each missing item"]
    assert mode_words(by_code["records"])[0] == "from 95 % on: 8 points"
    assert mode_words(by_code["core_team"]) == [
        "from 1 on: 3 points",
        "each further 1: 1 point more",
        "at most 6 points",
    ]
    assert mode_words(by_code["frequency"])[-1] == "else: 0 points"
    assert condition_words(DEFAULT["stages"][1]["rules"][0]) == "members: at least 10"
    assert condition_words(DEFAULT["stages"][0]["rules"][0]) == "a named contact"
    assert condition_words({"fact": "leadership_share", "op": ">=", "value": "0.5"}).endswith("at least 50 %")
