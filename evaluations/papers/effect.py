"""成效测量: what two surveys say about each other, on paper; in the same order as on the page."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluations.policies.effect import check_print_effect, sees_comparison, serves_run
from evaluations.services import effect_words as words
from evaluations.services.effect_comparison_words import comparison_chance, comparison_sentence
from evaluations.services.result import said
from evaluations.small_cells import digits_of, is_hidden
from incubator.reporting.papers import chinese_day
from incubator.reporting.registries import Paper, papers


@papers.register
class EffectReport(Paper):
    code = "effect-report"
    label = _("what changed between two surveys")
    target = "evaluations.analysisrun"
    template = "evaluations/papers/effect_report.docx"
    policy = staticmethod(check_print_effect)
    fields = (
        ("about", _("project, organization or community")),
        ("community", _("community")),
        ("before", _("survey before")),
        ("after", _("survey after")),
        ("questionnaire", _("questionnaire")),
        ("computed_on", _("computed on")),
        ("people", _("who answered")),
        ("lost[].why", _("why people were lost")),
        ("lost[].number", _("how many of them")),
        ("caution", _("how to read it")),
        ("finding", _("finding")),
        ("left_out[]", _("scales that cannot be compared")),
        ("rows[].scale", _("scale")),
        ("rows[].n", _("number of people")),
        ("rows[].before", _("mean before")),
        ("rows[].after", _("mean after")),
        ("rows[].change", _("change")),
        ("rows[].interval", _("95 per cent interval")),
        ("rows[].chance", _("p, corrected")),
        ("rows[].alpha", _("Cronbach's alpha, before and after")),
        ("sentences[]", _("what each scale says")),
        ("losses[]", _("what the lost ones mean for each scale")),
        ("comparisons[]", _("beside the comparison group")),
        ("hash", _("hash of the answers")),
    )

    @classmethod
    def place(cls, thing):
        return thing.after.community

    @classmethod
    def file_name(cls, thing):
        return f"{cls.label} {thing.after.title}"

    @classmethod
    def context(cls, thing, user, **options):
        results, wave = thing.results, thing.after
        small = serves_run(user, thing)
        told = [(scale, said(scale["label"])) for scale in results["scales"] if small or not is_hidden(scale)]
        lost = words.lost_rows(results["counts"], shows_small=small)
        return {
            "about": str(wave.project or wave.organization or wave.community), "community": wave.community.name,
            "before": f"{thing.before.title}（{thing.before.opens_on:%Y-%m-%d}）",
            "after": f"{wave.title}（{wave.opens_on:%Y-%m-%d}）", "questionnaire": str(wave.version.instrument),
            "computed_on": chinese_day(timezone.localdate(thing.computed_at)),
            "people": words.counts_sentence(results["counts"]),
            "lost": [{"why": why, "number": "人数过少" if number is None else f"{number}人"} for why, number in lost],
            "caution": words.caution_text(results, wave.version.instrument),
            "finding": words.title_of(results, shows_small=small),
            "left_out": [words.left_out_sentence(row, said(row["label"])) for row in results["left_out"]],
            "rows": [_row(scale, label, small) for scale, label in told],
            "sentences": [f"{said(scale['label'])}：{_sentences(scale, results, small)}" for scale in results["scales"]],
            "losses": [f"{label}：{text}" for scale, label in told if (text := words.lost_sentence(scale))],
            "comparisons": [
                f"{label}：{comparison_sentence(scale)} {comparison_chance(scale)}".strip() for scale, label in told
            ] if sees_comparison(user, thing) else [],
            "hash": thing.input_sha256,
        }  # fmt: skip


def _sentences(scale, results, small):
    parts = [words.scale_sentence(scale, shows_small=small), words.direction_note(scale)]
    if small or not is_hidden(scale):
        parts.append(words.chance_sentence(scale, results["tests"]))
    return " ".join(part for part in parts if part)


def _row(scale, label, small):
    digits = digits_of(shows_small=small)
    alphas = [words.alpha_text(scale[name], shows_small=small) for name in ("alpha_before", "alpha_after")]
    found = scale.get("paired") or scale.get("unpaired") or {}
    return {
        "scale": label, "n": scale["n"] if "pairs" in scale else f"{scale['before']['n']} / {scale['after']['n']}",
        "before": words.figure(found.get("mean_before"), digits), "after": words.figure(found.get("mean_after"), digits),
        "change": words.figure(found.get("change", found.get("difference")), digits, signed=True),
        "interval": words.interval(found.get("ci_low"), found.get("ci_high"), digits),
        "chance": words.chance(scale["p_holm"]), "alpha": " / ".join(alphas),
    }  # fmt: skip
