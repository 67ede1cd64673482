"""What a survey found: first who answered, then needs by level, gaps beside the services, and objectives made of them."""

import datetime

import pytest
from django.utils import timezone

from evaluations.choices import Subject
from evaluations.models import Instrument, Wave
from evaluations.policies import result as policies
from evaluations.policies.wave import serves_people
from evaluations.services import need as needs
from evaluations.services.result import results_of
from evaluations.statistics import wilson_interval
from incubator.base.errors import RuleViolation
from incubator.base.policies import verdict
from projects.models import Objective, ProjectNeed
from tests.factories.effects import answers, fill, make_pair, needs_content
from tests.factories.organizations import OrganizationFactory
from tests.factories.projects import ActivityFactory, ProjectFactory
from tests.factories.waves import ResponseFactory, WaveFactory, make_version


@pytest.fixture
def asked(place):
    """A survey of the organization's project; 24 were asked."""
    place.project = ProjectFactory(organization=place.organization, lead=place.worker)
    place.wave, _after = make_pair(place.organization, place.project)
    return place


def page_of(client, wave):
    return client.get(f"/evaluations/waves/{wave.uuid}/results/")


# --- numbers ---------------------------------------------------------------------------------------------------------


def test_it_says_first_how_many_were_asked_and_how_many_answered(asked, sign_in):
    fill(asked.wave, range(18))
    page = page_of(sign_in(asked.worker), asked.wave).content.decode()
    first = page.index("were asked")
    assert first < page.index("answered</span>" if "answered</span>" in page else "answered") + 400
    assert first < page.index("The scales") < page.index("Needs: individual")


def test_a_scale_has_its_numbers_and_its_alpha(asked):
    fill(asked.wave, range(12))
    result = results_of(asked.wave, shows_small=True)
    scale = result.scales[0]
    assert (scale.scores.n, scale.scores.mean, scale.scores.median) == (12, 2.5, 2.5)
    assert scale.alpha == pytest.approx(1.0)  # the turned item agrees with the other one


def test_alpha_does_not_apply_to_a_scale_of_one_item(place):
    content = needs_content()
    content["sections"][0]["items"] = [item for item in content["sections"][0]["items"] if item["id"] != "s2"]
    content["scales"][2]["min_answered"] = 1
    wave = WaveFactory(organization=place.organization, version=make_version(content=content), closed=True)
    fill(wave, range(8))
    assert results_of(wave, shows_small=True).scales[2].alpha is None


def test_needs_are_ranked_within_their_level_by_how_far_they_lie_from_agreement(asked):
    fill(asked.wave, range(12))
    result = results_of(asked.wave, shows_small=True)
    ties = result.items_of_level("interpersonal")
    assert ties == sorted(ties, key=lambda item: -item.need)
    own = result.items_of_level("individual")
    assert {item.item: item.mean for item in own} == {"i1": 2.5, "i2": 2.5}  # turned round, they say the same
    assert own[1].is_reverse is True
    assert [item.below for item in own] == [9, 9]


def test_wishes_are_ranked_by_share_with_its_interval(asked):
    for number in range(10):
        wishes = ("courses", "money") if number < 6 else ("money",)
        ResponseFactory(wave=asked.wave, answers=answers(number, wishes=wishes))
    options = results_of(asked.wave, shows_small=True).choices[0].options
    assert [(row.option, row.count) for row in options] == [("money", 10), ("courses", 6), ("guide", 0)]
    assert options[1].interval == wilson_interval(6, 10)


@pytest.mark.parametrize(
    ("count", "total", "low", "high"), [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0)]
)
def test_wilson_agrees_with_known_values(count, total, low, high):
    assert wilson_interval(count, total) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.no_db
def test_wilson_refuses_what_is_no_count():
    assert wilson_interval(0, 0) is None
    for wrong in ((-1, 3), (4, 3), (1.5, 3)):
        with pytest.raises(ValueError, match="people"):
            wilson_interval(*wrong)


# --- small groups ----------------------------------------------------------------------------------------------------


def test_a_survey_of_fewer_than_five_tells_the_street_nothing_but_the_count(asked, sign_in):
    fill(asked.wave, range(4))
    assert results_of(asked.wave, shows_small=False).items == ()
    page = page_of(sign_in(asked.staff), asked.wave).content.decode()
    assert "Fewer than five people answered" in page
    assert "我会写活动方案" not in page
    assert "我会写活动方案" in page_of(sign_in(asked.worker), asked.wave).content.decode()


def test_others_read_nothing_of_it_until_a_day_after_it_was_closed(asked, sign_in):
    closed_at = timezone.now() - datetime.timedelta(hours=23)
    Wave.objects.filter(pk=asked.wave.pk).update(closed_at=closed_at, closes_on=timezone.localdate())
    fill(asked.wave, range(12))
    for name, sees in (("staff", False), ("leader", False), ("worker", True)):
        page = page_of(sign_in(getattr(asked, name)), asked.wave).content.decode()
        assert ("我会写活动方案" in page) is sees, name
        assert ("Not closed for good yet" in page) is not sees, name
    Wave.objects.filter(pk=asked.wave.pk).update(closed_at=closed_at - datetime.timedelta(hours=2))
    assert "我会写活动方案" in page_of(sign_in(asked.staff), asked.wave).content.decode()


def test_others_read_means_to_one_digit_and_the_spread_from_ten_on(asked):
    fill(asked.wave, range(9))
    scale = results_of(asked.wave, shows_small=False).scales[1]
    exact = results_of(asked.wave, shows_small=True).scales[1]
    assert (scale.scores.n, scale.scores.mean, scale.values, scale.alpha) == (9, round(exact.scores.mean, 1), (), None)
    assert (scale.scores.sd, scale.scores.median, scale.scores.upper_quartile, scale.hides_alpha) == (
        None,
        None,
        None,
        True,
    )
    fill(asked.wave, range(9, 12))
    scale = results_of(asked.wave, shows_small=False).scales[1]
    exact = results_of(asked.wave, shows_small=True).scales[1]
    assert (scale.scores.sd, scale.scores.median) == (round(exact.scores.sd, 1), round(exact.scores.median, 1))
    assert scale.alpha == exact.alpha


def test_a_question_with_a_hidden_count_tells_only_how_many_do_not_agree(asked, sign_in):
    fill(asked.wave, range(24))  # six of each answer
    fill(asked.wave, [24, 28])  # and two more 1s
    ResponseFactory(wave=asked.wave, answers={"i1": 5, "s1": 3})
    items = {item.item: item for item in results_of(asked.wave, shows_small=False).items}
    assert (items["i1"].counts, items["i1"].mean, items["i1"].below) == ((None,) * 5, None, 20)
    assert (items["i2"].counts, items["i2"].mean, items["i2"].below) == ((0, 6, 6, 6, 8), 2.4, 20)
    assert (items["s1"].counts, items["s1"].below) == ((None,) * 5, 27)
    page = page_of(sign_in(asked.staff), asked.wave).content.decode()
    assert "do not agree yet</span> 20 · <span>already agree</span> 7" in page


def test_the_only_question_of_a_scale_is_no_way_round(place):
    content = needs_content()
    content["sections"][0]["items"] = [item for item in content["sections"][0]["items"] if item["id"] != "s2"]
    content["scales"][2]["min_answered"] = 1
    wave = WaveFactory(organization=place.organization, version=make_version(content=content), closed=True)
    for number in range(8):
        ResponseFactory(wave=wave, answers={"s1": 1 if number else 2})
    assert results_of(wave, shows_small=True).scales[2].scores.mean == 1.125
    assert results_of(wave, shows_small=False).scales[2].scores.n == 0


def by_age(wave, ages, **facts):
    for number, (age, wishes) in enumerate(ages):
        ResponseFactory(wave=wave, age_group=age, answers=answers(number, wishes=wishes), **facts)


def test_a_table_by_age_with_a_small_cell_is_hidden_as_a_whole(asked, sign_in):
    groups = {"up_to_25": 6, "from_26": 7, "from_46": 2, "over_60": 10}
    by_age(asked.wave, [(age, ("courses",)) for age, number in groups.items() for _each in range(number)])
    told = results_of(asked.wave, shows_small=True).choices[0]
    assert [size for _label, size in told.ages] == [6, 7, 2, 10]
    hidden = results_of(asked.wave, shows_small=False)
    assert (hidden.choices[0].ages, hidden.choices[0].hides_ages) == ((), True)
    assert {option.ages for option in hidden.choices[0].options} == {()}
    assert {item.ages for item in hidden.items} == {()}
    page = page_of(sign_in(asked.staff), asked.wave).content.decode()
    assert "The table by age group is hidden" in page


def test_a_table_by_age_without_small_cells_is_shown_to_all(asked):
    by_age(asked.wave, [("up_to_25", ("courses",))] * 6 + [("over_60", ("guide",))] * 8)
    result = results_of(asked.wave, shows_small=False)
    assert [size for _label, size in result.choices[0].ages] == [6, 0, 0, 8]
    courses = next(row for row in result.choices[0].options if row.option == "courses")
    assert courses.ages == ((6, 100), (0, 0), (0, 0), (0, 0))


def test_needs_are_told_by_age_group(asked, sign_in):
    for age, value, number in (("up_to_25", 2, 5), ("over_60", 2, 5), ("over_60", 4, 5)):
        for _each in range(number):
            ResponseFactory(wave=asked.wave, age_group=age, answers={"i1": value, "p1": 5 if _each else 1})
    items = {item.item: item for item in results_of(asked.wave, shows_small=False).items}
    assert items["i1"].ages == ((5, 100), (0, 0), (0, 0), (5, 50))
    assert items["p1"].ages == ()  # one of five
    page = page_of(sign_in(asked.staff), asked.wave).content.decode()
    assert "How many do not agree yet, of each age group" in page
    assert "5 (50 %)" in page


def test_an_untested_questionnaire_is_named_so_beside_its_figures(asked, sign_in):
    fill(asked.wave, range(8))
    client, sentence = sign_in(asked.worker), "not tested: its figures are a picture, not a measurement"
    assert sentence in page_of(client, asked.wave).content.decode()
    Instrument.objects.update(is_validated=True, source="某研究，2020")
    assert sentence not in page_of(client, asked.wave).content.decode()


def test_who_serves_the_people_reads_all_and_the_others_are_told_that_something_is_hidden(asked, sign_in):
    fill(asked.wave, range(8))
    for name, serves in (("worker", True), ("community_staff", True), ("staff", False), ("leader", False)):
        user = getattr(asked, name)
        assert serves_people(user, asked.wave.community) is serves
        page = page_of(sign_in(user), asked.wave).content.decode()
        assert ("Numbers of fewer than five people are hidden" in page) is not serves, name


# --- gaps ------------------------------------------------------------------------------------------------------------


def test_wishes_without_any_service_come_first_and_held_ones_are_counted(asked, sign_in):
    for number in range(10):
        ResponseFactory(wave=asked.wave, answers=answers(0, wishes=("courses", "guide") if number < 4 else ("guide",)))
    now = timezone.now()
    for days in (10, 100, 400):
        ActivityFactory(
            organization=asked.organization, recorded_by=asked.worker, starts_at=now - datetime.timedelta(days=days)
        )
    gaps = needs.gaps_of(asked.wave, results_of(asked.wave, shows_small=True), asked.worker, now=now)
    assert [(gap.need.option or gap.need.item, gap.total) for gap in gaps] == [("i1", 0), ("courses", 0), ("guide", 2)]
    page = page_of(sign_in(asked.worker), asked.wave).content.decode()
    assert f"/projects/activities/?organization={asked.organization.uuid}&amp;kind=visit" in page


def test_a_community_is_compared_with_all_its_organizations(place):
    version = make_version(content=needs_content(), subject=Subject.RESIDENT)
    wave = WaveFactory(version=version, organization=None, community=place.community, closed=True)
    fill(wave, range(8))
    ActivityFactory(training=True, organization=place.organization, recorded_by=place.worker, starts_at=timezone.now())
    ActivityFactory(training=True, organization=place.other_organization, starts_at=timezone.now())
    gaps = needs.gaps_of(wave, results_of(wave, shows_small=True), place.worker, now=timezone.now())
    assert next(gap.total for gap in gaps if gap.need.option == "courses") == 1


# --- objectives ------------------------------------------------------------------------------------------------------


def turn(client, wave, project, item="i1", option=""):
    data = {"item": item, "option": option, "project": project.uuid}
    return client.post(f"/evaluations/waves/{wave.uuid}/results/objective/", data)


def test_a_need_becomes_an_objective_once_whatever_is_clicked(asked, sign_in):
    fill(asked.wave, range(8))
    client = sign_in(asked.worker)
    for _click in range(2):
        assert turn(client, asked.wave, asked.project).status_code == 302
    need, objective = ProjectNeed.objects.get(), Objective.objects.get()
    assert (need.level, need.seen_at) == ("individual", "Survey: 成员前测")
    assert (objective.need, objective.text) == (need, "More people can say: “我会写活动方案”")
    assert "is an objective" in page_of(client, asked.wave).content.decode()


def test_a_reverse_question_becomes_its_contrary_and_a_wish_its_own_words(asked):
    fill(asked.wave, range(8))
    for item, option, text in (
        ("i2", "", "Fewer people have to say: “我不敢在会上发言”"),
        ("w1", "courses", "骨干培训"),
    ):
        made = needs.turn_wave_need(
            wave_id=asked.wave.pk, project_id=asked.project.pk, item=item, option=option, actor=asked.worker
        )
        assert made.text == text


@pytest.mark.parametrize(("item", "option"), [("nothing", ""), ("w1", ""), ("w1", "no"), ("i1", "x")])
def test_what_the_survey_does_not_ask_becomes_no_objective(asked, item, option):
    with pytest.raises(RuleViolation, match="does not ask that"):
        needs.turn_wave_need(
            wave_id=asked.wave.pk, project_id=asked.project.pk, item=item, option=option, actor=asked.worker
        )


def test_a_need_does_not_go_into_another_place(asked, sign_in):
    other = ProjectFactory(organization=asked.other_organization)
    with pytest.raises(RuleViolation, match="held elsewhere"):
        needs.turn_wave_need(wave_id=asked.wave.pk, project_id=other.pk, item="i1", actor=asked.worker)
    assert turn(sign_in(asked.worker), asked.wave, other).status_code == 404
    assert Objective.objects.count() == 0


def test_only_those_who_change_the_plan_make_objectives(asked, sign_in):
    fill(asked.wave, range(8))
    for name, may in (("worker", True), ("supervisor", True), ("staff", False), ("leader", False)):
        assert bool(verdict(policies.check_turn_wave_need, getattr(asked, name), asked.wave)) is may, name
    assert turn(sign_in(asked.staff), asked.wave, asked.project).status_code == 403


def test_for_a_community_the_project_is_chosen(place, sign_in):
    wave = WaveFactory(
        version=make_version(content=needs_content()), organization=None, community=place.community, closed=True
    )
    fill(wave, range(8))
    projects = [
        ProjectFactory(organization=OrganizationFactory(community=place.community), lead=place.worker)
        for _number in range(2)
    ]
    client = sign_in(place.worker)
    assert page_of(client, wave).context["into"] is None
    chosen = client.get(f"/evaluations/waves/{wave.uuid}/results/?into={projects[1].uuid}")
    assert chosen.context["into"] == projects[1]
    turn(client, wave, projects[1])
    assert Objective.objects.get().project == projects[1]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_page_costs_the_same_for_one_answer_and_for_many(asked, sign_in, django_assert_num_queries, number):
    fill(asked.wave, range(number))
    client = sign_in(asked.worker)
    with django_assert_num_queries(11):
        assert page_of(client, asked.wave).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_projects_of_a_community_cost_no_query_each(place, sign_in, django_assert_num_queries, number):
    wave = WaveFactory(
        version=make_version(content=needs_content()), organization=None, community=place.community, closed=True
    )
    fill(wave, range(8))
    for _number in range(number):
        ProjectFactory(organization=OrganizationFactory(community=place.community), lead=place.worker)
    client = sign_in(place.worker)
    with django_assert_num_queries(11):
        assert len(page_of(client, wave).context["projects"]) == number
