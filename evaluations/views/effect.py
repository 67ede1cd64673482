"""Comparing two surveys: choose them, wait a moment, read what changed; earlier runs are kept."""

import uuid

from django import forms
from django.http import HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from evaluations.forms.effect import EffectCreateForm
from evaluations.models import AnalysisRun, Wave
from evaluations.papers.effect import EffectReport
from evaluations.policies import effect as policies
from evaluations.services import effect as services
from evaluations.services import effect_words as words
from evaluations.services.effect_comparison_words import comparison_chance, comparison_sentence
from evaluations.services.result import said
from evaluations.small_cells import FEWEST_SPREAD, digits_of
from evaluations.views.effect_picture import changes_picture, people_picture, spread_picture
from incubator.base.policies import verdict
from incubator.base.views import CreateOncePage, DetailPage, ListPage, TransitionView
from incubator.reporting.views.paper import RegisteredPaperView
from projects.models import IncubationProject

OTHER_RUNS = 10


def identifier(text):
    """A uuid, or None for what is none."""
    try:
        return forms.UUIDField(required=False).clean(text)
    except forms.ValidationError:
        return None


class EffectListView(ListPage):
    model = AnalysisRun
    policy = staticmethod(policies.check_list_effects)
    template_name = "evaluations/effect_list.html"
    sorts = {"newest": (_("newest first"), ("-as_of", "-pk"))}

    @cached_property
    def project(self):
        wanted = identifier(self.request.GET.get("project"))
        return wanted and IncubationProject.objects.visible_to(self.request.user).filter(uuid=wanted).first()

    def get_queryset(self):
        found = (
            super().get_queryset()
            .select_related("before__community", "after__project", "after__organization", "after__community")
        )  # fmt: skip
        return found.filter(after__project=self.project) if self.project else found

    def get_context_data(self, **kwargs):
        found = super().get_context_data(
            project=self.project, may_create=verdict(policies.check_create_effect, self.request.user), **kwargs
        )
        found["rows"] = [{"run": run, "title": self.get_title(run)} for run in found["page"]]
        return found

    def get_title(self, run):
        if run.computed_at is None:
            return _("being computed")
        serves = policies.serves_run(self.request.user, run)
        if not serves and not policies.is_settled(run):
            return _("not final yet")
        return words.title_of(run.results, shows_small=serves)


class EffectCreateView(CreateOncePage):
    """``?project=`` or ``?wave=`` narrow the choice to the surveys of one project, or of the same people."""

    model = AnalysisRun
    form_class = EffectCreateForm
    policy = staticmethod(policies.check_create_effect)
    template_name = "evaluations/effect_create.html"

    @cached_property
    def project(self):
        wanted = identifier(self.request.GET.get("project"))
        return wanted and IncubationProject.objects.visible_to(self.request.user).filter(uuid=wanted).first()

    @cached_property
    def wave(self):
        wanted = identifier(self.request.GET.get("wave"))
        return wanted and Wave.objects.visible_to(self.request.user).filter(uuid=wanted).first()

    def get_waves(self):
        """(surveys of the group, surveys of others with the same questionnaires): such as somebody answered."""
        known = Wave.objects.visible_to(self.request.user).with_answered().filter(answered__gt=0)
        known = known.order_by("opens_on", "pk")
        own = known
        if self.project:
            own = known.filter(project=self.project)
        elif self.wave:
            own = known.filter(community=self.wave.community_id, organization=self.wave.organization_id)
        instruments = Wave.objects.filter(pk__in=own.values("pk")).order_by().values("version__instrument")
        others = known.filter(version__instrument__in=instruments)
        return own, others.exclude(project=self.project) if self.project else others

    @cached_property
    def waves(self):
        return self.get_waves()

    def get_form_kwargs(self):
        own, others = self.waves
        return super().get_form_kwargs() | {"waves": own, "others": others}

    def get_initial(self):
        own = list(self.waves[0].select_related("earlier"))
        after = next((wave for wave in reversed(own) if wave.earlier_id), own[-1] if own else None)
        before = after and (after.earlier or own[0])
        return {"before": before and before.uuid, "after": after and after.uuid}

    def get_context_data(self, **kwargs):
        about = self.project or (self.wave and (self.wave.organization or self.wave.community))
        return super().get_context_data(about=about, enough=self.waves[0][:2].count() > 1, **kwargs)

    def perform(self, form):
        values, user = form.cleaned_data, self.request.user
        policies.check_create_effect(user, values["after"])
        self.object = services.ask_analysis(
            uuid=values["uuid"], actor=user, **{name: values.get(name) for name in AnalysisRun.WAVES}
        )  # fmt: skip


class _RunPage:
    model = AnalysisRun
    context_object_name = "run"

    def get_queryset(self):
        names = ("organization", "community", "project__organization")
        related = [f"{wave}__{name}" for wave in AnalysisRun.WAVES for name in names]
        return super().get_queryset().select_related(*related, "after__version__instrument", "run_by")


class EffectDetailView(_RunPage, DetailPage):
    policy = staticmethod(policies.check_view_effect)
    template_name = "evaluations/effect_detail.html"

    def get_context_data(self, **kwargs):
        run, user = self.object, self.request.user
        may_read = verdict(policies.check_read_effect, user, run)
        if run.computed_at is None:
            kwargs["has_failed"] = services.has_failed(run)
        elif may_read:
            kwargs |= report_of(
                run, shows_small=policies.serves_run(user, run), shows_comparison=policies.sees_comparison(user, run)
            )
            kwargs["is_out_of_date"] = services.is_out_of_date(run)
        others = AnalysisRun.objects.visible_to(user).like(run).select_related("run_by")
        return super().get_context_data(
            may_read=may_read,
            others=others[:OTHER_RUNS],
            may_rerun=verdict(policies.check_rerun_effect, user, run),
            next_uuid=uuid.uuid4(),
            **kwargs,
        )


def report_of(run, *, shows_small, shows_comparison):
    """What the page of a computed run sets in: sentences, pictures and tables in the order in which they are to be read."""
    results = run.results
    shown = [_scale(run, scale, shows_small, shows_comparison) for scale in results["scales"]]
    return {
        "title": words.title_of(results, shows_small=shows_small),
        "counts": results["counts"],
        "counts_sentence": words.counts_sentence(results["counts"]),
        "lost": words.lost_rows(results["counts"], shows_small=shows_small),
        "people_sentence": words.people_sentence(results),
        "left_out": [words.left_out_sentence(row, said(row["label"])) for row in results["left_out"]],
        "is_paired": results["mode"] == "paired",
        "scales": shown,
        "tests": results["tests"],
        "changes": changes_picture(
            [(row["label"], row["estimate"]) for row in shown], digits_of(shows_small=shows_small)
        ),
        "hides": any(row["is_hidden"] for row in shown),
    }


def _scale(run, scale, shows_small, shows_comparison):
    hidden = not shows_small and words.is_hidden(scale)
    digits = digits_of(shows_small=shows_small)
    alphas = [words.alpha_text(scale[name], shows_small=shows_small) for name in ("alpha_before", "alpha_after")]
    row = {
        "scale": scale, "label": said(scale["label"]), "is_hidden": hidden,
        "sentence": words.scale_sentence(scale, shows_small=shows_small), "note": words.direction_note(scale),
        "alphas": " / ".join(alphas), "estimate": None, "numbers": None, "lost": None,
    }  # fmt: skip
    if hidden:
        return row | {"alphas": words.figure(None)}
    row |= {
        "chance": words.chance_sentence(scale, run.results["tests"]), "estimate": _estimate(scale, digits),
        "numbers": _numbers(scale, digits, shows_small),
    }  # fmt: skip
    if shows_small:
        row |= {"people": people_picture(scale), "spread": spread_picture(scale)}
    if found := scale.get("attrition"):
        row |= {"lost": _lost(found, digits, shows_small), "lost_sentence": words.lost_sentence(scale)}
    if shows_comparison:
        row |= {"comparison": comparison_sentence(scale), "comparison_chance": comparison_chance(scale)}
    return row


def _estimate(scale, digits):
    """The change with its interval in points, or None. Rounded, since a picture tells more digits than its text."""
    found = scale.get("paired") or scale.get("unpaired")
    if not found:
        return None
    change = found.get("change", found.get("difference"))
    estimate = {"change": change, "low": found["ci_low"], "high": found["ci_high"]}
    return {name: value if value is None else round(value, digits) for name, value in estimate.items()}


def _numbers(scale, digits, shows_small):
    """The figures of one scale as text; None where there is no calculation. What tells how single people moved (tests,
    effect sizes, the spread) is left out where so few are behind it."""
    found = scale.get("paired") or scale.get("unpaired")
    if not found:
        return None
    estimate = _estimate(scale, digits)
    numbers = {
        "before": words.figure(found["mean_before"], digits), "after": words.figure(found["mean_after"], digits),
        "change": words.figure(estimate["change"], digits, signed=True),
        "interval": words.interval(estimate["low"], estimate["high"], digits), "p_holm": words.chance(scale["p_holm"]),
    }  # fmt: skip
    if "pairs" not in scale:
        return numbers | {"n": f"{found['n_before']} / {found['n_after']}", "p": words.chance(found["p"])}
    numbers["n"] = found["n"]
    if not shows_small and found["n"] < FEWEST_SPREAD:
        return numbers
    bootstrap = scale["bootstrap"]
    return numbers | {
        "has_more": True, "p": words.chance(found["p_wilcoxon"]), "sd_change": words.figure(found["sd_change"], digits),
        "dav": words.figure(found["hedges_dav"], 2, signed=True),
        "dav_interval": words.interval(found["dav_low"], found["dav_high"], 2),
        "rank": words.figure(found["rank_biserial"], 2, signed=True),
        "bootstrap": words.interval(*bootstrap, digits) if bootstrap else "",
    }  # fmt: skip


def _lost(found, digits, shows_small):
    matched, lost = found["matched"], found["lost"]
    spreads = [
        words.figure(sample["sd"] if shows_small or sample["n"] >= FEWEST_SPREAD else None, digits)
        for sample in (matched, lost)
    ]
    return {
        "n_matched": found["n_matched"], "n_lost": found["n_lost"], "matched": words.figure(matched["mean"], digits),
        "matched_sd": spreads[0], "lost": words.figure(lost["mean"], digits), "lost_sd": spreads[1],
        "gap": words.figure(found["baseline_gap"], digits, signed=True),
        "bounds": words.interval(found["change_low"], found["change_high"], digits),
    }  # fmt: skip


class EffectRerunView(_RunPage, TransitionView):
    """The page's form carries the identifier of the new run, so that two clicks make one."""

    policy = staticmethod(policies.check_rerun_effect)
    success_message = _("It is being computed anew. Earlier runs stay.")

    def post(self, request, *args, **kwargs):
        wanted = identifier(request.POST.get("uuid")) or uuid.uuid4()
        if existing := AnalysisRun.objects.visible_to(request.user).filter(uuid=wanted).first():
            return HttpResponseRedirect(existing.get_absolute_url())
        self.wanted = wanted
        return super().post(request, *args, **kwargs)

    def run(self):
        self.made = services.rerun_analysis(uuid=self.wanted, run=self.object, actor=self.request.user)

    def get_success_url(self):
        return getattr(self, "made", self.object).get_absolute_url()


class EffectPaperView(_RunPage, RegisteredPaperView):
    """成效测量 as Word."""

    policy = staticmethod(policies.check_print_effect)

    def get_paper(self):
        return EffectReport
