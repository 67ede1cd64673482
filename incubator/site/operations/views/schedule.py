"""What runs by itself: when, how it went, and changing it."""

import django_filters
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from incubator.base.views import DetailPage, EditionMixin, ListPage, ObjectFormPage, TransitionView
from incubator.jobs import clock
from incubator.jobs.models import Job, JobState, Schedule, ScheduleRun
from incubator.site.operations import policies, services
from incubator.site.operations.forms import ScheduleForm, initial_of
from incubator.site.operations.tabs import operations_tabs

FAILED_SHOWN = 20
RUNS_SHOWN = 30


def with_next(schedules, now):
    """[(schedule, rule in words, next moment or None)]; a day that was run already is not named again."""
    coming = [
        (schedule, clock.next_moment(schedule.beat, now) if schedule.beat.enabled else None) for schedule in schedules
    ]
    periods = {clock.period_of(schedule.beat, moment) for schedule, moment in coming if moment}
    runs = ScheduleRun.objects.filter(schedule__in=[schedule.pk for schedule in schedules], period__in=periods)
    there = set(runs.values_list("schedule_id", "period"))
    rows = []
    for schedule, moment in coming:
        if moment and (schedule.pk, clock.period_of(schedule.beat, moment)) in there:
            moment = clock.next_moment(schedule.beat, moment)
        rows.append((schedule, clock.words(schedule.beat), moment))
    return rows


def with_jobs(runs):
    """[(run, its job if that gave up)], one query."""
    keys = [run.job_key for run in runs if run.state == JobState.DEAD]
    jobs = {job.key: job for job in Job.objects.filter(key__in=keys, state=JobState.DEAD)} if keys else {}
    return [(run, jobs.get(run.job_key)) for run in runs]


def failures(user):
    """The latest runs that gave up and were not retried."""
    failed = ScheduleRun.objects.visible_to(user).failed().select_related("schedule")
    return with_jobs(failed.order_by("-due_at", "-pk")[:FAILED_SHOWN])


class ScheduleListView(ListPage):
    policy = staticmethod(policies.check_list_schedules)
    model = Schedule
    template_name = "operations/schedule_list.html"
    sorts = {"name": (_("By name"), ("name",))}

    def get_queryset(self):
        return super().get_queryset().with_beat().with_last_run()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(
            tabs=operations_tabs(self.request.user, "schedules"),
            failures=failures(self.request.user),
            **policy_checks(),
            **kwargs,
        )
        shown = context["page"].items
        last = ScheduleRun.objects.in_bulk([schedule.last_run_id for schedule in shown if schedule.last_run_id])
        rows = [(*row, last.get(row[0].last_run_id)) for row in with_next(shown, timezone.now())]
        return context | {"rows": rows}


class ScheduleMixin:
    model = Schedule

    def get_queryset(self):
        return super().get_queryset().with_beat()

    def get_success_url(self):
        return self.object.get_absolute_url()


class ScheduleDetailView(ScheduleMixin, DetailPage):
    policy = staticmethod(policies.check_list_schedules)
    template_name = "operations/schedule_detail.html"

    def get_context_data(self, **kwargs):
        runs = self.object.runs.select_related("schedule").order_by("-due_at", "-pk")[:RUNS_SHOWN]
        ((_schedule, words, moment),) = with_next([self.object], timezone.now())
        return super().get_context_data(
            words=words, next_moment=moment, runs=with_jobs(runs), shown=RUNS_SHOWN, **policy_checks(), **kwargs
        )


class ScheduleUpdateView(ScheduleMixin, EditionMixin, ObjectFormPage):
    policy = staticmethod(policies.check_update_schedule)
    form_class = ScheduleForm
    template_name = "operations/schedule_update.html"
    success_message = _("From now on it runs at the new times.")

    def get_initial(self):
        return initial_of(self.object.beat)

    def perform(self, form):
        services.update_schedule(
            schedule_id=self.object.pk,
            actor=self.request.user,
            edition=form.cleaned_data["edition"],
            **form.rule(),
        )


class ScheduleRunView(ScheduleMixin, TransitionView):
    policy = staticmethod(policies.check_run_schedule)
    success_message = _("It will start within a second or two.")

    def run(self):
        services.run_schedule(schedule_id=self.object.pk, actor=self.request.user)


class ScheduleSwitchOnView(ScheduleMixin, TransitionView):
    policy = staticmethod(policies.check_switch_on_schedule)
    success_message = _("It runs again at its times, from now on.")

    def run(self):
        services.switch_schedule(schedule_id=self.object.pk, on=True, actor=self.request.user)


class ScheduleSwitchOffView(ScheduleMixin, TransitionView):
    policy = staticmethod(policies.check_switch_off_schedule)
    success_message = _("It runs no more until somebody switches it on.")

    def run(self):
        services.switch_schedule(schedule_id=self.object.pk, on=False, actor=self.request.user)


def schedule_choices():
    return [(str(row.uuid), row.label) for row in Schedule.objects.known().order_by("name")]


class RunFilter(django_filters.FilterSet):
    schedule = django_filters.ChoiceFilter(
        field_name="schedule__uuid",
        choices=schedule_choices,
        label=pgettext_lazy("schedule", "What"),
        empty_label=_("Everything"),
    )
    state = django_filters.ChoiceFilter(choices=JobState.choices, label=_("State"), empty_label=_("Every state"))

    class Meta:
        model = ScheduleRun
        fields = ("schedule", "state")


class RunListView(ListPage):
    """Failures stand above the list as long as nothing is filtered, wherever one pages to."""

    policy = staticmethod(policies.check_list_schedules)
    model = ScheduleRun
    template_name = "operations/run_list.html"
    filterset_class = RunFilter
    sorts = {"latest": (_("Newest first"), ("-due_at", "-pk")), "oldest": (_("Oldest first"), ("due_at", "pk"))}

    def get_queryset(self):
        return super().get_queryset().select_related("schedule")

    @cached_property
    def is_narrowed(self):
        return any(self.request.GET.get(name) for name in RunFilter.base_filters)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(
            tabs=operations_tabs(self.request.user, "runs"),
            failures=[] if self.is_narrowed else failures(self.request.user),
            **policy_checks(),
            **kwargs,
        )
        return context | {"runs": with_jobs(context["page"].items)}


def policy_checks():
    """The policies that the buttons ask."""
    return {
        name: getattr(policies, name)
        for name in (
            "check_retry_job",
            "check_update_schedule",
            "check_run_schedule",
            "check_switch_on_schedule",
            "check_switch_off_schedule",
        )
    }
