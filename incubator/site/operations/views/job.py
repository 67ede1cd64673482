from datetime import timedelta

import django_filters
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.base.views import ListPage, TransitionView
from incubator.jobs.models import Heartbeat, Job, JobState
from incubator.site.health import WORKER_SEEN_WITHIN
from incubator.site.operations import policies, services
from incubator.site.operations.tabs import operations_tabs

DAY = timedelta(days=1)


class JobFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        choices=JobState.choices, label=_("State"), empty_label=_("Everything unfinished")
    )

    class Meta:
        model = Job
        fields = ("state",)

    def filter_queryset(self, queryset):
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else found.unfinished()


class JobListView(ListPage):
    policy = staticmethod(policies.check_list_jobs)
    template_name = "operations/job_list.html"
    model = Job
    filterset_class = JobFilter
    sorts = {"due": (_("Next first"), ("run_at", "pk")), "latest": (_("Newest first"), ("-created_at", "-pk"))}

    def get_context_data(self, **kwargs):
        now = timezone.now()
        workers = Heartbeat.objects.visible_to(self.request.user).since(now - DAY).order_by("name")
        return super().get_context_data(
            workers=[(worker, worker.seen_at >= now - WORKER_SEEN_WITHIN) for worker in workers],
            check_retry_job=policies.check_retry_job,
            tabs=operations_tabs(self.request.user, "jobs"),
            **kwargs,
        )


class JobRetryView(TransitionView):
    policy = staticmethod(policies.check_retry_job)
    model = Job
    success_message = _("The job will be tried again within a second or two.")

    def run(self):
        services.retry_job(job_id=self.object.pk, actor=self.request.user)

    def get_success_url(self):
        """Back to the log of runs when the button stood there."""
        return reverse("jobs:run-list" if self.request.GET.get("back") == "runs" else "jobs:job-list")
