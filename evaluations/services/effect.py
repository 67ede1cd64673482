"""Comparing two surveys: asked for by a person, computed by a job, kept for ever with the hash of what went in."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluations.models import AnalysisRun, Response, Scale
from evaluations.services.effect_numbers import Sheet, Side, compare, hash_of
from evaluations.services.wave import are_about_the_same
from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.jobs.models import Job, JobState
from incubator.jobs.services import enqueue
from organizations.models import Membership

JOB = "evaluations.analyse"
MEMBER = "m:"


@transaction.atomic
def ask_analysis(*, uuid, before, after, actor, comparison_before=None, comparison_after=None):
    """Write down what is to be compared, then let a job compute it. RuleViolation for a survey with itself, days the wrong
    way round or about different people, half a comparison group, and one that is the group itself. Audit."""
    if before.pk == after.pk:
        raise RuleViolation(_("Please choose two different surveys."))
    if after.opens_on < before.opens_on:
        raise RuleViolation(_("The survey “after” was held before the other one. Please exchange them."))
    if (comparison_before is None) != (comparison_after is None):
        raise RuleViolation(_("A comparison group needs both surveys, before and after."))
    four = {wave.pk for wave in (before, after, comparison_before, comparison_after) if wave is not None}
    if comparison_before and len(four) < len(AnalysisRun.WAVES):
        raise RuleViolation(_("The comparison group are other people: please choose their own two surveys."))
    pairs = [(before, after), (comparison_before, comparison_after)]
    if not all(are_about_the_same(*pair) for pair in pairs if pair[0]):
        raise RuleViolation(
            _("The two surveys asked different people. Choose two of the same organization or community.")
        )
    run = AnalysisRun.objects.create(
        uuid=uuid, before=before, after=after, comparison_before=comparison_before, comparison_after=comparison_after,
        as_of=timezone.now(), run_by=actor,
    )  # fmt: skip
    enqueue(JOB, key=str(run.uuid), run_uuid=str(run.uuid))
    audit.record(
        "analysis.asked", target=run, actor=actor, area=after.community,
        data={"before": str(before.uuid), "after": str(after.uuid)},
    )  # fmt: skip
    return run


def rerun_analysis(*, uuid, run, actor):
    """The same comparison of what the answers are now, as a run of its own."""
    return ask_analysis(uuid=uuid, actor=actor, **{name: getattr(run, name) for name in AnalysisRun.WAVES})


@transaction.atomic
def write_analysis(*, run_uuid):
    """Compute and keep the results of a run, once: whoever comes second finds it done."""
    run = AnalysisRun.objects.select_for_update(of=("self",)).get(uuid=run_uuid)
    if run.computed_at is not None:
        return run
    sides = read_sides(run)
    run.results = compare(sides[0], sides[1], tuple(sides[2:]))
    counts = run.results["counts"]
    run.answered_before, run.answered_after, run.matched = counts["before"], counts["after"], counts["matched"]
    run.input_sha256, run.computed_at = hash_of(sides), timezone.now()
    run.save(
        update_fields=[
            "results", "answered_before", "answered_after", "matched", "input_sha256", "computed_at", "updated_at",
        ]
    )  # fmt: skip
    return run


def read_sides(run):
    """A ``Side`` for each survey of the run, in three queries: scales, answers, who left the organization."""
    waves = run.waves
    scales, sheets = {}, {wave.pk: [] for wave in waves}
    for scale in Scale.objects.filter(version__in={wave.version_id for wave in waves}).order_by("version", "pk"):
        scales.setdefault(scale.version_id, {})[scale.fingerprint] = scale
    rows = Response.objects.counted().filter(wave__in=sheets).order_by("pk")
    names = ("wave_id", "subject_key", "link_state", "scores", "answers")
    for wave_id, key, state, scores, answers in rows.values_list(*names):
        sheets[wave_id].append(Sheet(key if state == "linked" else "", scores, answers, state))
    left = _left(sheet.key for side in sheets.values() for sheet in side)
    return [Side(scales.get(wave.version_id, {}), tuple(sheets[wave.pk]), left) for wave in waves]


def _left(keys):
    members = {key.removeprefix(MEMBER) for key in keys if key.startswith(MEMBER)}
    if not members:
        return frozenset()
    found = Membership.objects.filter(uuid__in=members, left_on__isnull=False).order_by("pk")
    return frozenset(f"{MEMBER}{identifier}" for identifier in found.values_list("uuid", flat=True))


def is_out_of_date(run):
    """Whether the answers are no longer what the run computed from. Cheap as long as no sheet was touched since."""
    touched = Response.objects.filter(wave__in=run.waves, updated_at__gt=run.computed_at)
    return touched.exists() and hash_of(read_sides(run)) != run.input_sha256


def has_failed(run):
    """Whether the job gave up."""
    return Job.objects.filter(key=f"{JOB}:{run.uuid}", state=JobState.DEAD).exists()


def latest_run(project, user):
    """The newest comparison of this project's surveys that is ready and that the person sees, or None."""
    runs = AnalysisRun.objects.visible_to(user).computed().filter(after__project=project)
    names = ("before__community", "before__organization", "after__community", "after__organization")
    newest = runs.select_related(*names).order_by("-as_of", "-pk").first()
    if newest is not None:
        newest.is_replaced = False  # of its two surveys too: whoever sees it sees every other run of them
    return newest
