"""Pages of what is left to do: list, one, write down, done, dropped, taken up again, put off."""

import uuid as uuids

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from incubator.base.policies import verdict
from incubator.base.views import CreateOncePage, DetailPage, ListPage, ObjectFormPage, TransitionView
from projects.choices import FollowUpStatus
from projects.filters import FollowUpFilter
from projects.forms.follow_up import FollowUpCreateForm, FollowUpDropForm, FollowUpPostponeForm, FollowUpPromiseForm
from projects.models import Activity, FollowUp
from projects.policies import follow_up as policies
from projects.policies.activity import check_log_activity
from projects.services import follow_up as services

TABS = {
    "mine": pgettext_lazy("tasks", "mine"),
    "place": pgettext_lazy("tasks", "of my places"),
    "overdue": pgettext_lazy("tasks", "overdue"),
    "closed": pgettext_lazy("tasks", "done and dropped"),
}
TONES = {FollowUpStatus.OPEN: "info", FollowUpStatus.DONE: "success", FollowUpStatus.DROPPED: "neutral"}


def of_tab(queryset, tab, *, user, today):
    """What a tab shows, and so what its number counts."""
    if tab == "closed":
        return queryset.exclude(status=FollowUpStatus.OPEN)
    queryset = queryset.open()
    if tab == "mine":
        return queryset.of_worker(user)
    return queryset.overdue(today) if tab == "overdue" else queryset


class FollowUpListView(ListPage):
    model = FollowUp
    filterset_class = FollowUpFilter
    policy = staticmethod(policies.check_list_follow_ups)
    template_name = "projects/follow_up_list.html"
    sorts = {
        "due": (_("by day"), ("due_on", "pk")),
        "latest": (_("the latest day first"), ("-due_on", "-pk")),
    }

    @property
    def tab(self):
        wanted = self.request.GET.get("tab", "")
        return wanted if wanted in TABS else "mine"

    def get_sort(self):
        return super().get_sort() if self.request.GET.get("sort") or self.tab != "closed" else "latest"

    def get_queryset(self):
        self.today = timezone.localdate()
        found = of_tab(super().get_queryset(), self.tab, user=self.request.user, today=self.today)
        return found.with_names()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "rows": [
                {"item": item, "is_overdue": item.is_overdue(self.today), "tone": TONES[item.status]}
                for item in context["page"]
            ],
            "tabs": self._tabs(),
            "tab": self.tab,
            "today": self.today,
            "may_create": verdict(policies.check_create_follow_up, self.request.user),
        }

    def _tabs(self):
        """One query for all numbers; what is closed only grows and is not counted."""
        user, counted = self.request.user, [tab for tab in TABS if tab != "closed"]
        numbers = (
            FollowUp.objects.visible_to(user)
            .open()
            .aggregate(
                **{
                    tab: Count(
                        "pk", filter=Q(pk__in=of_tab(FollowUp.objects, tab, user=user, today=self.today).values("pk"))
                    )
                    for tab in counted
                }
            )
        )
        return [
            {"url": f"?tab={tab}", "label": label, "count": numbers.get(tab), "current": tab == self.tab}
            for tab, label in TABS.items()
        ]


class FollowUpDetailView(DetailPage):
    model = FollowUp
    policy = staticmethod(policies.check_view_follow_up)
    template_name = "projects/follow_up_detail.html"
    context_object_name = "follow_up"

    def get_queryset(self):
        return super().get_queryset().with_names().select_related(
            "community__parent", "activity", "closed_by", "closed_by_activity", "created_by"
        )  # fmt: skip

    def get_context_data(self, **kwargs):
        item, user = self.object, self.request.user
        return super().get_context_data(
            is_open=item.status == FollowUpStatus.OPEN,
            is_overdue=item.is_overdue(timezone.localdate()),
            tone=TONES[item.status],
            postpone_form=FollowUpPostponeForm(auto_id="id_postpone_%s"),
            may_log=item.organization and verdict(check_log_activity, user, item.organization),
            may_finish=verdict(policies.check_finish_follow_up, user, item),
            may_drop=verdict(policies.check_drop_follow_up, user, item),
            may_reopen=verdict(policies.check_reopen_follow_up, user, item),
            may_postpone=verdict(policies.check_postpone_follow_up, user, item),
            **kwargs,
        )


class FollowUpCreateView(CreateOncePage):
    model = FollowUp
    policy = staticmethod(policies.check_create_follow_up)
    form_class = FollowUpCreateForm
    template_name = "projects/follow_up_create.html"
    success_message = _("Written down.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_initial(self):
        try:
            return {"organization": uuids.UUID(self.request.GET.get("organization", ""))}
        except ValueError:
            return {}

    def perform(self, form):
        if organization := form.cleaned_data["organization"]:
            policies.check_create_follow_up(self.request.user, organization)
        self.object = services.create_follow_up(**form.cleaned_data, actor=self.request.user)


class FollowUpPromiseView(ObjectFormPage):
    """The agreed next step of a record, with its day."""

    model = Activity
    policy = staticmethod(policies.check_promise_follow_up)
    form_class = FollowUpPromiseForm
    template_name = "projects/follow_up_promise.html"
    success_message = _("Kept. You will be reminded on the day.")

    def get_queryset(self):
        return super().get_queryset().with_names()

    def get_success_url(self):
        return f"{self.object.get_absolute_url()}#activity-follow-up"

    def perform(self, form):
        services.promise_follow_up(activity_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class FollowUpFinishView(TransitionView):
    """``?activity=`` names the record by which it was done; the answer leads back there."""

    model = FollowUp
    policy = staticmethod(policies.check_finish_follow_up)
    success_message = _("Done.")
    activity = None

    def run(self):
        try:
            identifier = uuids.UUID(self.request.GET.get("activity", ""))
        except ValueError:
            identifier = None
        if identifier:
            known = Activity.objects.visible_to(self.request.user, drafts=False)
            self.activity = known.filter(uuid=identifier).first()
        services.finish_follow_up(follow_up_id=self.object.pk, actor=self.request.user, activity=self.activity)

    def get_success_url(self):
        return f"{self.activity.get_absolute_url()}#activity-follow-up" if self.activity else super().get_success_url()


class FollowUpReopenView(TransitionView):
    model = FollowUp
    policy = staticmethod(policies.check_reopen_follow_up)
    success_message = _("It is to do again.")

    def run(self):
        services.reopen_follow_up(follow_up_id=self.object.pk, actor=self.request.user)


class FollowUpDropView(ObjectFormPage):
    model = FollowUp
    policy = staticmethod(policies.check_drop_follow_up)
    form_class = FollowUpDropForm
    template_name = "projects/follow_up_drop.html"
    context_object_name = "follow_up"
    success_message = _("Dropped.")

    def perform(self, form):
        services.drop_follow_up(follow_up_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class FollowUpPostponeView(ObjectFormPage):
    model = FollowUp
    policy = staticmethod(policies.check_postpone_follow_up)
    form_class = FollowUpPostponeForm
    template_name = "projects/follow_up_postpone.html"
    context_object_name = "follow_up"
    success_message = _("Put off. The reminder moves along.")

    def perform(self, form):
        services.postpone_follow_up(follow_up_id=self.object.pk, actor=self.request.user, **form.cleaned_data)
