"""Pages of announcements (报备): list, counts, one, announce, answer, withdraw, name the record, print."""

import uuid as uuids

from django.db.models import Count, Q
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import View

from incubator.base.files import PAPERS
from incubator.base.policies import verdict
from incubator.base.views import CreateOncePage, DetailPage, ListPage, ObjectFormPage, TransitionView, VisibleMixin
from incubator.reporting.views import guarded_file
from incubator.reporting.views.paper import RegisteredPaperView
from projects.choices import AnnouncementStatus
from projects.filters import AnnouncementFilter
from projects.forms.announcement import (
    AnnouncementAgreeForm,
    AnnouncementCreateForm,
    AnnouncementObjectForm,
    AnnouncementRecordForm,
)
from projects.models import ActivityPlan, Announcement
from projects.policies import announcement as policies
from projects.services import announcement as services
from projects.services.kind import get_kind, label_of, labels_of
from projects.services.rule import rule_of

TABS = {
    "waiting": _("waiting for an answer"),
    "coming": _("to come"),
    "agreed": _("agreed"),
    "known": _("taken as known"),
    "objected": _("objected"),
    "unanswered": _("still without answer"),
    "all": pgettext_lazy("announcements", "all"),
}


def of_tab(queryset, tab, now):
    """The announcements of a tab; a number anywhere is exactly what its tab shows."""
    return {
        "waiting": lambda: queryset.to_answer(now),
        "coming": lambda: queryset.coming(now),
        "agreed": lambda: queryset.filter(status=AnnouncementStatus.AGREED),
        "known": lambda: queryset.taken_as_known(now),
        "objected": lambda: queryset.filter(status=AnnouncementStatus.OBJECTED),
        "unanswered": lambda: queryset.unanswered(now),
        "open": lambda: queryset.waiting().filter(due_at__gt=now),
        "filed": lambda: queryset.exclude(status=AnnouncementStatus.WITHDRAWN),
    }.get(tab, lambda: queryset)()


class AnnouncementListView(ListPage):
    model = Announcement
    filterset_class = AnnouncementFilter
    policy = staticmethod(policies.check_list_announcements)
    template_name = "projects/announcement_list.html"
    sorts = {
        "newest": (_("newest first"), ("-starts_at", "-pk")),
        "oldest": (_("oldest first"), ("starts_at", "pk")),
    }

    def get_queryset(self):
        self.now = timezone.now()
        return of_tab(super().get_queryset(), self.tab, self.now).with_names()

    @property
    def tab(self):
        wanted = self.request.GET.get("tab", "")
        return wanted if wanted in {*TABS, "open", "filed"} else "waiting"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        user = self.request.user
        kinds = labels_of({item.kind for item in context["page"]})
        return context | {
            "rows": [
                {"item": item, "kind": kinds.get(item.kind, item.kind), "shown": item.shown(self.now)}
                for item in context["page"]
            ],
            "tabs": self._tabs(),
            "tab": self.tab,
            "may_file": verdict(policies.check_file_announcement, user),
            "may_count": verdict(policies.check_count_announcements, user),
        }

    def _tabs(self):
        """One query for all numbers."""
        everything = Announcement.objects.visible_to(self.request.user)
        counts = everything.aggregate(
            **{
                tab: Count("pk", filter=Q(pk__in=of_tab(Announcement.objects, tab, self.now).values("pk")))
                for tab in TABS
            }
        )
        return [
            {"url": f"?tab={tab}", "label": label, "count": counts[tab], "current": tab == self.tab}
            for tab, label in TABS.items()
        ]


class AnnouncementDetailView(DetailPage):
    model = Announcement
    policy = staticmethod(policies.check_view_announcement)
    template_name = "projects/announcement_detail.html"

    def get_queryset(self):
        return super().get_queryset().with_names().select_related("answered_by", "plan__project", "activity")

    def get_context_data(self, **kwargs):
        announcement, user, now = self.object, self.request.user, timezone.now()
        text, tone = announcement.shown(now)
        is_open = announcement.status == AnnouncementStatus.FILED
        has_begun = announcement.starts_at <= now
        create = reverse("projects:activity-create", args=[announcement.kind] if get_kind(announcement.kind) else [])
        return super().get_context_data(
            state=text,
            tone=tone,
            kind=label_of(announcement.kind),
            is_known=announcement.is_taken_as_known(now),
            is_overdue=announcement.is_overdue(now),
            has_begun=has_begun,
            asks_for_answer=is_open and not has_begun,
            asks_for_withdrawal=not has_begun and announcement.status in ("filed", "agreed"),
            asks_for_record=has_begun and not announcement.activity_id and announcement.status != "withdrawn",
            may_announce_again=has_begun or announcement.status in ("objected", "withdrawn"),
            log_url=f"{create}?organization={announcement.organization.uuid}&announcement={announcement.uuid}",
            again_url=f"{reverse('projects:announcement-create')}?again={announcement.uuid}",
            rule=rule_of(announcement.community),
            may_agree=verdict(policies.check_agree_announcement, user, announcement),
            may_object=verdict(policies.check_object_announcement, user, announcement),
            may_withdraw=verdict(policies.check_withdraw_announcement, user, announcement),
            may_record=verdict(policies.check_record_announcement, user, announcement),
            may_file=verdict(policies.check_file_announcement, user, announcement.organization),
            **kwargs,
        )


class AnnouncementCreateView(CreateOncePage):
    """Free, from a planned activity (``?plan=``), or changed after an objection (``?again=``)."""

    model = Announcement
    policy = staticmethod(policies.check_file_announcement)
    form_class = AnnouncementCreateForm
    template_name = "projects/announcement_create.html"
    success_message = _("Announced. The community has been told.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_initial(self):
        user, initial = self.request.user, super().get_initial()
        if identifier := self._identifier("plan"):
            plans = (
                ActivityPlan.objects.visible_to(user).in_force().select_related("project__organization", "objective")
            )
            if plan := plans.filter(uuid=identifier).first():
                initial |= AnnouncementCreateForm.initial_of(plan)
        elif identifier := self._identifier("again"):
            before = (
                Announcement.objects.visible_to(user).select_related("organization", "plan").filter(uuid=identifier)
            )
            if before := before.first():
                initial |= AnnouncementCreateForm.repeat_of(before)
        if identifier := self._identifier("organization"):
            initial["organization"] = identifier
        return initial

    def _identifier(self, name):
        try:
            return uuids.UUID(self.request.GET.get(name, ""))
        except ValueError:
            return None

    def perform(self, form):
        policies.check_file_announcement(self.request.user, form.cleaned_data["organization"])
        self.object = services.file_announcement(**form.cleaned_data, actor=self.request.user)


class AnnouncementFormPage(ObjectFormPage):
    model = Announcement

    def get_queryset(self):
        return super().get_queryset().with_names()


class AnnouncementAgreeView(AnnouncementFormPage):
    policy = staticmethod(policies.check_agree_announcement)
    form_class = AnnouncementAgreeForm
    template_name = "projects/announcement_agree.html"
    success_message = _("Agreed. Who announced it has been told.")

    def perform(self, form):
        services.agree_announcement(announcement_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class AnnouncementObjectView(AnnouncementFormPage):
    policy = staticmethod(policies.check_object_announcement)
    form_class = AnnouncementObjectForm
    template_name = "projects/announcement_object.html"
    success_message = _("Objected. Who announced it has been told why.")

    def perform(self, form):
        services.object_announcement(announcement_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class AnnouncementWithdrawView(TransitionView):
    model = Announcement
    policy = staticmethod(policies.check_withdraw_announcement)
    success_message = _("Withdrawn. The community has been told.")

    def run(self):
        services.withdraw_announcement(announcement_id=self.object.pk, actor=self.request.user)


class AnnouncementRecordView(AnnouncementFormPage):
    """Which record tells of the announced activity."""

    policy = staticmethod(policies.check_record_announcement)
    form_class = AnnouncementRecordForm
    template_name = "projects/announcement_record.html"
    success_message = _("The announcement knows its record now.")

    def get_form_kwargs(self):
        records = services.possible_records(self.object, self.request.user).order_by("starts_at", "pk")
        return super().get_form_kwargs() | {"records": records}

    def perform(self, form):
        services.record_announcement(
            announcement_id=self.object.pk, activity=form.cleaned_data["activity"], actor=self.request.user
        )


class AnnouncementSafetyView(VisibleMixin, View):
    """The safety plan that came as a file."""

    model = Announcement
    policy = staticmethod(policies.check_view_announcement)
    http_method_names = ["get", "head", "options"]

    def get(self, request, uuid, extension):
        kept = self.object.safety_file
        if not kept or not kept.name.endswith(f".{extension}"):
            raise Http404
        return guarded_file(kept.open("rb"), PAPERS[extension], f"{self.object.title}.{extension}")


class AnnouncementPaperView(RegisteredPaperView):
    """社区社会组织活动报备表 as Word."""

    model = Announcement
    policy = staticmethod(policies.check_view_announcement)
    paper_code = "announcement"

    def get_queryset(self):
        return super().get_queryset().with_names().select_related("answered_by")
