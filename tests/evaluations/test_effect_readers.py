"""Who reads what of a comparison: of small groups, of single people, before the end, of a comparison group."""

import datetime
import html

import pytest
from django.utils import timezone

from evaluations.models import AnalysisRun, Wave
from evaluations.policies.effect import check_view_effect, sees_comparison, serves_run
from incubator.base.policies import verdict
from tests.factories.effects import fill, fill_both, make_pair, run_of
from tests.factories.waves import WaveFactory

PEOPLE = (
    "worker",
    "leader",
    "community_staff",
    "staff",
    "supervisor",
    "district_admin",
    "other_worker",
    "other_leader",
    "admin",
)


def test_the_policy_and_the_list_agree(pair):
    run = run_of(pair.before, pair.after, pair.worker)
    for name in PEOPLE:
        user = getattr(pair, name)
        seen = AnalysisRun.objects.visible_to(user).filter(pk=run.pk).exists()
        assert seen == bool(verdict(check_view_effect, user, run)), name


@pytest.mark.parametrize(("person", "sees"), [("worker", True), ("staff", False), ("leader", False)])
@pytest.mark.parametrize("number", [4, 5])
def test_changes_of_fewer_than_six_are_for_those_who_serve_them(pair, sign_in, person, sees, number):
    fill(pair.before, range(number))
    fill(pair.after, range(number), shift=1)
    run = run_of(pair.before, pair.after, pair.worker)
    page = html.unescape(sign_in(getattr(pair, person)).get(run.get_absolute_url()).content.decode())
    assert ("Each one's change" in page) is sees
    assert ("figures are for those who serve them" in page) is not sees


@pytest.mark.parametrize(("person", "sees"), [("worker", True), ("staff", False), ("leader", False)])
def test_nobody_elses_single_answers_are_drawn_or_counted(pair, sign_in, person, sees):
    """Six people, one of whom fell: the others read the mean, and neither the one nor anybody's before and after."""
    fill(pair.before, range(6))
    fill(pair.after, range(6), shift=lambda who: -1 if who == 3 else 1)
    run = run_of(pair.before, pair.after, pair.worker)
    answer = sign_in(getattr(pair, person)).get(run.get_absolute_url())
    page = html.unescape(answer.content.decode())
    scale = page[page.index('id="scale-self"') : page.index('id="scale-ties"')]
    assert "The mean rose by" in scale
    for words_of_one in ("→", "1 lower", "m-column-before", "Each one's change", "<circle"):
        assert (words_of_one in scale) is sees, words_of_one
    numbers = answer.context["scales"][0]["numbers"]
    assert ("sd_change" in numbers, len(numbers["before"])) == (sees, 4 if sees else 3)  # 2.33 or 2.3


@pytest.mark.parametrize(("before", "after"), [(range(12), range(10)), (range(10), range(12))])
def test_figures_that_tell_of_the_lost_or_the_new_are_hidden_from_the_street(pair, sign_in, before, after):
    """With the mean of all ten and of the nine that were matched, the tenth would be known."""
    fill(pair.before, before)
    fill(pair.after, after, shift=lambda who: who % 2)
    run = run_of(pair.before, pair.after, pair.worker)
    for name, sees in (("staff", False), ("leader", False), ("worker", True)):
        page = sign_in(getattr(pair, name)).get(run.get_absolute_url()).content.decode()
        assert ("The mean rose by" in page) is sees, name
        assert ("hidden, since too few people" in page) is not sees, name


def test_others_read_what_was_computed_after_both_surveys_were_closed_for_good(pair, sign_in):
    fill_both(pair)
    Wave.objects.filter(pk=pair.after.pk).update(closed_at=timezone.now() - datetime.timedelta(hours=1))
    early = run_of(pair.before, pair.after, pair.worker)
    for name, sees in (("staff", False), ("leader", False), ("worker", True)):
        client = sign_in(getattr(pair, name))
        page = client.get(early.get_absolute_url()).content.decode()
        assert ("answers could still come in" in page, "19 of them can be matched" in page) == (not sees, sees), name
        assert client.get(f"{early.get_absolute_url()}report.docx").status_code == (200 if sees else 403), name
        listed = client.get("/evaluations/effects/").content.decode()
        assert ("not final yet" in listed) is not sees, name
    Wave.objects.filter(pk=pair.after.pk).update(closed_at=timezone.now() - datetime.timedelta(hours=25))
    later = run_of(pair.before, pair.after, pair.worker)
    client = sign_in(pair.staff)
    assert "19 of them can be matched" in client.get(later.get_absolute_url()).content.decode()
    run_of(pair.before, pair.after, pair.worker)
    assert "computed anew" in client.get(later.get_absolute_url()).content.decode()


def test_who_serves_one_of_the_places_only_reads_no_small_group(pair):
    elsewhere = WaveFactory(organization=pair.other_organization, closed=True)
    fill_both(pair)
    run = run_of(pair.before, pair.after, pair.worker)
    assert serves_run(pair.worker, run) is True
    run.before = elsewhere
    assert serves_run(pair.worker, run) is False


def test_a_comparison_group_is_told_to_those_who_see_its_surveys(pair, sign_in):
    fill_both(pair)
    others = make_pair(pair.other_organization, version=pair.before.version)
    fill(others[0], range(200, 220))
    fill(others[1], range(200, 218), shift=lambda who: int(who % 7 == 0))
    run = run_of(pair.before, pair.after, pair.worker, comparison_before=others[0], comparison_after=others[1])
    assert [sees_comparison(user, run) for user in (pair.worker, pair.leader, pair.district_admin)] == [
        False,
        False,
        True,
    ]
    assert "Beside the comparison group" not in sign_in(pair.worker).get(run.get_absolute_url()).content.decode()
