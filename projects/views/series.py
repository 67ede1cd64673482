"""Pages of series: make one, see its dates, record the next, end it."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.base.policies import verdict
from incubator.base.views import CreateOncePage, DetailPage, ListPage, TransitionView
from projects.forms.activity_offers import identifiers
from projects.forms.series import SeriesCreateForm
from projects.models import Activity, ActivitySeries
from projects.policies import activity as activity_policies
from projects.policies import series as policies
from projects.services import series as services
from projects.services.kind import label_of


class SeriesListView(ListPage):
    model = ActivitySeries
    policy = staticmethod(policies.check_list_series)
    template_name = "projects/series_list.html"
    sorts = {"recent": (_("newest first"), ("-updated_at", "-pk"))}

    def get_queryset(self):
        return super().get_queryset().with_done().select_related("organization", "community")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "rows": [(series, label_of(series.kind)) for series in context["page"]],
            "may_create": verdict(policies.check_create_series, self.request.user),
        }


class SeriesCreateView(CreateOncePage):
    model = ActivitySeries
    policy = staticmethod(policies.check_create_series)
    form_class = SeriesCreateForm
    template_name = "projects/series_create.html"
    success_message = _("The series is made. Each time is recorded with one tap.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_initial(self):
        wanted = {"kind": self.request.GET.get("kind", ""), "organization": ""}
        wanted["organization"] = next(iter(identifiers([self.request.GET.get("organization", "")])), "")
        return {name: value for name, value in wanted.items() if value}

    def perform(self, form):
        activity_policies.check_log_activity(self.request.user, form.cleaned_data["organization"])
        self.object = services.create_series(**form.cleaned_data, actor=self.request.user)


class SeriesDetailView(DetailPage):
    model = ActivitySeries
    policy = staticmethod(policies.check_view_series)
    template_name = "projects/series_detail.html"
    context_object_name = "series"

    def get_queryset(self):
        return super().get_queryset().select_related("organization", "community__parent", "project")

    def get_context_data(self, **kwargs):
        series, user, today = self.object, self.request.user, timezone.localdate()
        seen = Activity.objects.visible_to(user, drafts=False).filter(series=series)
        activities = list(seen.order_by("starts_at", "pk"))
        rows = services.series_times(series, activities)
        next_day = services.next_time(series, rows)
        address = f"{reverse('projects:activity-create', args=[series.kind])}?series={series.uuid}"
        return super().get_context_data(
            kind=label_of(series.kind),
            times=[
                {
                    "day": day, "activity": activity, "is_due": activity is None and day <= today,
                    "is_next": activity is None and day == next_day, "url": f"{address}&date={day:%Y-%m-%d}",
                }
                for day, activity in rows
            ],
            done=sum(1 for activity in activities if activity.took_place),
            next_day=next_day,
            next_url=f"{address}&date={min(next_day, today):%Y-%m-%d}" if next_day else "",
            is_ahead=bool(next_day and next_day > today),
            may_log=verdict(activity_policies.check_log_activity, user, series.organization),
            may_end=verdict(policies.check_end_series, user, series),
            **kwargs,
        )  # fmt: skip


class SeriesEndView(TransitionView):
    model = ActivitySeries
    policy = staticmethod(policies.check_end_series)
    success_message = _("The series is ended. What was recorded stays.")

    def get_queryset(self):
        return super().get_queryset().select_related("organization", "community")

    def run(self):
        services.end_series(series_id=self.object.pk, actor=self.request.user)
