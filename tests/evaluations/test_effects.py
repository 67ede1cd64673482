"""Comparing two surveys: who is matched, what is computed, what is said, who reads it."""

import copy
import datetime
import io
import random
import uuid

import pytest
from django.utils import timezone
from docx import Document

from evaluations.models import AnalysisRun, Response
from evaluations.papers.effect import EffectReport
from evaluations.services import effect as services
from evaluations.services import effect_words as words
from evaluations.services.effect_numbers import Sheet, Side, compare, hash_of
from incubator.base.errors import RuleViolation
from incubator.jobs import runner
from incubator.jobs.models import Job
from organizations.models import Membership
from tests.factories.effects import answers, fill, fill_both, make_pair, needs_content, run_of
from tests.factories.organizations import MembershipFactory, OrganizationFactory
from tests.factories.waves import ResponseFactory, WaveFactory, make_version


def scale_of(run, code="self"):
    return next(scale for scale in run.results["scales"] if scale["code"] == code)


# --- services --------------------------------------------------------------------------------------------------------


def test_the_first_thing_said_is_who_answered_and_who_was_lost(pair):
    fill_both(pair)
    run = run_of(pair.before, pair.after, pair.worker)
    assert (run.answered_before, run.answered_after, run.matched) == (24, 21, 19)
    counts = run.results["counts"]
    assert (counts["lost"], counts["new"]) == (5, 2)
    assert words.counts_sentence(counts) == "24 people answered before, 21 after; 19 of them can be matched."
    assert words.lost_rows(counts, shows_small=True) == [("did not answer the second survey", 5)]


def test_each_kind_of_loss_is_counted(pair):
    member = MembershipFactory(organization=pair.organization, left_on=datetime.date(2027, 1, 5))
    ResponseFactory(wave=pair.before, subject_key=f"m:{member.uuid}", answers=answers(1))
    ResponseFactory(wave=pair.before, subject_key="t:1", link_state="doubtful", answers=answers(1))
    ResponseFactory(wave=pair.before, answers=answers(2))
    fill(pair.before, (5, 6))
    fill(pair.after, (6,))
    ResponseFactory(wave=pair.after, subject_key="t:1", answers=answers(1))
    reasons = run_of(pair.before, pair.after, pair.worker).results["counts"]["reasons"]
    assert reasons == {"answered_once": 1, "left": 1, "doubtful": 1, "alone": 1}
    assert Membership.objects.filter(pk=member.pk, left_on__isnull=False).exists()


def test_estimates_stand_with_interval_effect_size_and_corrected_p(pair):
    fill_both(pair)
    run = run_of(pair.before, pair.after, pair.worker)
    scale = scale_of(run)
    assert (scale["n"], scale["rose"], scale["fell"], scale["same"]) == (19, 15, 0, 4)
    found = scale["paired"]
    assert found["ci_low"] < found["change"] < found["ci_high"]
    assert found["dav_low"] < found["hedges_dav"] < found["dav_high"]
    assert scale["p_holm"] >= scale["p"]
    assert run.results["tests"] == 3
    assert scale["bootstrap"] is None  # below thirty pairs
    assert words.scale_sentence(scale).startswith("15 of 19 answered higher than before, 0 lower. The mean rose by 0.8")


def test_from_thirty_pairs_on_a_bootstrap_interval_stands_beside(pair):
    fill(pair.before, range(32))
    fill(pair.after, range(32), shift=lambda who: who % 2)
    low, high = scale_of(run_of(pair.before, pair.after, pair.worker))["bootstrap"]
    assert low < high


def test_below_six_pairs_there_is_no_mean_and_a_sentence_says_why(pair):
    fill(pair.before, range(5))
    fill(pair.after, range(5), shift=1)
    scale = scale_of(run_of(pair.before, pair.after, pair.worker))
    assert (scale["paired"], scale["p"], len(scale["pairs"])) == (None, None, 5)
    assert "each one's own change is shown, and no mean" in words.scale_sentence(scale)


def test_without_a_key_different_people_are_compared(place):
    before, after = make_pair(place.organization, linked_by="nothing")
    fill(before, range(12), keyed=False)
    fill(after, range(10), shift=1, keyed=False)
    run = run_of(before, after, place.worker)
    assert (run.results["mode"], run.matched) == ("unpaired", 0)
    assert scale_of(run)["unpaired"]["n_after"] == 10
    assert "perhaps different people" in words.people_sentence(run.results)
    assert "pairs" not in scale_of(run)


def test_linked_answers_are_never_compared_as_different_people(pair):
    fill(pair.before, range(10))
    fill(pair.after, range(20, 30))
    run = run_of(pair.before, pair.after, pair.worker)
    assert (run.results["mode"], scale_of(run)["n"]) == ("paired", 0)
    assert words.scale_sentence(scale_of(run)) == "Nobody answered enough questions of this scale both times."


@pytest.mark.parametrize("numbers", [(), (1,)])
def test_nobody_or_one_person_is_no_crash(pair, numbers):
    fill(pair.before, numbers)
    fill(pair.after, numbers)
    run = run_of(pair.before, pair.after, pair.worker)
    assert all(words.scale_sentence(scale) for scale in run.results["scales"])
    assert words.title_of(run.results)


def test_no_variance_is_said_and_not_computed(pair):
    for number in range(8):
        ResponseFactory(wave=pair.before, subject_key=f"t:{number}", answers=answers(1))
        ResponseFactory(wave=pair.after, subject_key=f"t:{number}", answers=answers(1, 1))
    run = run_of(pair.before, pair.after, pair.worker)
    assert "moved by the same +1.0 points" in words.scale_sentence(scale_of(run))
    assert words.scale_sentence(scale_of(run, "ties")) == "All 8 answered the same as before."
    assert words.alpha_text(scale_of(run)["alpha_before"]) == "not applicable"


def test_scales_that_nobody_answered_are_said_so(pair):
    for wave in (pair.before, pair.after):
        for number in range(7):
            ResponseFactory(wave=wave, subject_key=f"t:{number}", answers={"p1": 2, "p2": number % 5 + 1})
    run = run_of(pair.before, pair.after, pair.worker)
    assert words.scale_sentence(scale_of(run)) == "Nobody answered enough questions of this scale before."


def test_only_scales_with_the_same_fingerprint_are_compared_and_others_are_named(place):
    changed = copy.deepcopy(needs_content())
    changed["sections"][0]["items"][0]["text"]["zh-hans"] = "我会写完整的活动方案"
    old = make_version(content=needs_content())
    before, after = make_pair(place.organization, version=old, after_version=make_version(content=changed))
    fill(before, range(8))
    fill(after, range(8))
    run = run_of(before, after, place.worker)
    assert [scale["code"] for scale in run.results["scales"]] == ["ties", "voice"]
    assert [(row["code"], row["why"]) for row in run.results["left_out"]] == [("self", "changed")]


def test_beside_a_comparison_group_the_changes_are_compared(pair):
    fill_both(pair)
    others = make_pair(pair.other_organization, version=pair.before.version)
    fill(others[0], range(200, 220))
    fill(others[1], range(200, 218), shift=lambda who: int(who % 7 == 0))
    run = run_of(pair.before, pair.after, pair.worker, comparison_before=others[0], comparison_after=others[1])
    found = scale_of(run)["comparison"]
    assert (run.has_comparison, found["n"]) == (True, 18)
    assert found["did"]["difference"] == pytest.approx(scale_of(run)["paired"]["change"] - found["change"])
    assert run.results["tests"] == 4  # the other two scales did not move in either group


def test_answers_that_were_taken_back_do_not_count(pair):
    fill_both(pair)
    Response.objects.filter(wave=pair.after, subject_key="t:3").update(
        withdrawn_at=timezone.now(), withdrawn_reason="录错了"
    )
    assert run_of(pair.before, pair.after, pair.worker).matched == 18


# --- kept, computed once, computed again -----------------------------------------------------------------------------


def test_the_same_answers_in_any_order_give_the_same_results(pair):
    fill_both(pair)
    run = run_of(pair.before, pair.after, pair.worker)
    sides = services.read_sides(run)
    for seed in range(5):
        mixed = [
            Side(side.scales, tuple(random.Random(seed).sample(side.sheets, len(side.sheets))), side.left)
            for side in sides
        ]
        assert hash_of(mixed) == run.input_sha256
        assert compare(*mixed) == run.results
    again = run_of(pair.before, pair.after, pair.worker)
    assert (again.input_sha256, again.results) == (run.input_sha256, run.results)


def test_results_name_nobody(pair):
    fill_both(pair)
    run = run_of(pair.before, pair.after, pair.worker)
    assert "t:" not in str(run.results)


def test_a_run_is_computed_by_a_job_once(pair):
    fill_both(pair)
    run = services.ask_analysis(uuid=uuid.uuid4(), before=pair.before, after=pair.after, actor=pair.worker)
    assert run.computed_at is None
    runner.run_one(Job.objects.get(name=services.JOB).pk)
    run.refresh_from_db()
    assert run.matched == 19
    assert services.write_analysis(run_uuid=run.uuid).computed_at == run.computed_at


def test_a_run_says_when_answers_changed_since(pair, django_assert_num_queries):
    fill_both(pair)
    run = run_of(pair.before, pair.after, pair.worker)
    with django_assert_num_queries(1):
        assert services.is_out_of_date(run) is False
    sheet = Response.objects.filter(wave=pair.after).order_by("pk").first()
    sheet.save(update_fields=["updated_at"])
    assert services.is_out_of_date(run) is False  # touched, not changed
    sheet.answers["i1"] = 5 if sheet.answers["i1"] != 5 else 1
    sheet.save(update_fields=["answers", "updated_at"])
    assert services.is_out_of_date(run) is True


def test_the_newest_run_of_a_project_is_found(pair):
    assert services.latest_run(pair.project, pair.worker) is None
    fill_both(pair)
    run_of(pair.before, pair.after, pair.worker)
    newest = run_of(pair.before, pair.after, pair.worker)
    assert services.latest_run(pair.project, pair.worker) == newest
    assert (
        services.latest_run(pair.project, pair.other_leader) is None
    )  # of a partner: sees the project, not its surveys


@pytest.mark.parametrize(
    ("choose", "sentence"),
    [
        (lambda p: {"before": p.before, "after": p.before}, "two different surveys"),
        (lambda p: {"before": p.after, "after": p.before}, "exchange them"),
        (lambda p: {"before": p.before, "after": p.after, "comparison_before": p.before}, "both surveys"),
        (
            lambda p: {
                "before": p.before,
                "after": p.after,
                "comparison_before": p.before,
                "comparison_after": p.after,
            },
            "other people",
        ),
        (lambda p: {"before": WaveFactory(organization=p.other_organization), "after": p.after}, "different people"),
    ],
)
def test_surveys_that_cannot_be_compared_are_refused(pair, choose, sentence):
    with pytest.raises(RuleViolation, match=sentence):
        services.ask_analysis(uuid=uuid.uuid4(), actor=pair.worker, **choose(pair))


# --- pages -----------------------------------------------------------------------------------------------------------


def test_two_surveys_are_chosen_and_one_run_is_made_of_two_clicks(pair, sign_in):
    fill_both(pair)
    client = sign_in(pair.worker)
    url = f"/evaluations/effects/new/?project={pair.project.uuid}"
    form = client.get(url).context["form"]
    assert (form.initial["before"], form.initial["after"]) == (pair.before.uuid, pair.after.uuid)
    typed = {"uuid": uuid.uuid4(), "before": pair.before.uuid, "after": pair.after.uuid}
    answer = client.post(url, typed)
    client.post(url, typed)
    run = AnalysisRun.objects.get()
    assert answer["Location"] == run.get_absolute_url()
    assert "Being computed" in client.get(run.get_absolute_url()).content.decode()
    services.write_analysis(run_uuid=run.uuid)
    page = client.get(run.get_absolute_url()).content.decode()
    assert page.index("19 of them can be matched") < page.index("The mean rose by")
    again = {"uuid": uuid.uuid4()}
    for _click in range(2):
        client.post(f"{run.get_absolute_url()}rerun/", again)
    assert AnalysisRun.objects.count() == 2


def test_a_form_with_half_a_comparison_group_comes_back(pair, sign_in):
    fill_both(pair)
    neighbours = OrganizationFactory(community=pair.community)
    other = WaveFactory(version=pair.before.version, organization=neighbours, closed=True)
    fill(other, range(300, 303))
    typed = {"before": pair.after.uuid, "after": pair.before.uuid, "comparison_before": other.uuid}
    answer = sign_in(pair.worker).post(f"/evaluations/effects/new/?project={pair.project.uuid}", typed)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"after", "comparison_after"}


@pytest.mark.parametrize("number", [1, 3])
def test_a_run_costs_the_same_alone_and_among_three(pair, sign_in, django_assert_num_queries, number):
    fill_both(pair)
    for _more in range(number):
        run = run_of(pair.before, pair.after, pair.worker)
    client = sign_in(pair.worker)
    with django_assert_num_queries(7):
        assert client.get(run.get_absolute_url()).status_code == 200
    with django_assert_num_queries(5):
        assert client.get(f"{run.get_absolute_url()}report.docx").status_code == 200


def test_the_list_costs_the_same_with_one_run_and_with_three(pair, sign_in, django_assert_num_queries):
    fill_both(pair)
    client = sign_in(pair.worker)
    for number in (1, 3):
        while AnalysisRun.objects.count() < number:
            run_of(pair.before, pair.after, pair.worker)
        with django_assert_num_queries(7):
            page = client.get(f"/evaluations/effects/?project={pair.project.uuid}")
        assert len(page.context["rows"]) == number


def test_the_report_prints_in_the_order_of_the_page(pair, sign_in):
    fill_both(pair)
    run = run_of(pair.before, pair.after, pair.worker)
    answer = sign_in(pair.worker).get(f"{run.get_absolute_url()}report.docx")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    document = Document(io.BytesIO(content))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert text.index("一、谁填了") < text.index("二、前后变化") < text.index("三、流失的人")
    assert [row.cells[0].text for row in document.tables[0].rows] == ["量表", "个人能力", "人际支持", "社会参与"]
    assert "四、与对照组相比" not in text
    assert EffectReport.context(run, pair.worker)["caution"].endswith("a picture, not a measurement.")


def test_the_project_tells_what_changed(pair, sign_in):
    fill_both(pair)
    run_of(pair.before, pair.after, pair.worker)
    page = sign_in(pair.worker).get(pair.project.get_absolute_url()).content.decode()
    assert "1 of 3 scales moved further than chance alone would usually bring" in page


def test_a_sheet_without_key_is_nobody_elses():
    """Two sheets without a key are two people, never one."""
    sheet = Sheet("", {}, {}, "alone")
    assert compare(Side({}, (sheet, sheet)), Side({}, (sheet,)))["counts"]["matched"] == 0


def test_surveys_of_another_street_cannot_be_chosen(pair, sign_in):
    fill_both(pair)
    foreign = WaveFactory(organization=pair.other_organization, closed=True)
    typed = {"before": foreign.uuid, "after": pair.after.uuid}
    assert sign_in(pair.worker).post("/evaluations/effects/new/", typed).status_code == 422
