"""Pages of one activity: choose, record, correct, read, look through, print."""

import uuid as uuids

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incubator.audit.models import AuditEvent
from incubator.audit.registries import get_verb
from incubator.base.policies import verdict
from incubator.base.views import DetailPage, FormPage, ObjectFormPage, PageView, TransitionView
from projects.choices import COUNTED, ActivityStatus
from projects.forms.activity import ActivityForm, ActivityReturnForm, conflict_rows, recent_pairs
from projects.models import Activity
from projects.policies import activity as policies
from projects.querysets import organizations_to_log
from projects.services import activity as services
from projects.services import activity_review
from projects.services.kind import get_kind, kinds_in_use, labels_of

CONFLICT = 409
MINUTE_BUTTONS = (30, 60, 90, 120)
TONES = {
    ActivityStatus.DRAFT: "neutral",
    ActivityStatus.SUBMITTED: "info",
    ActivityStatus.RETURNED: "warning",
    ActivityStatus.ACCEPTED: "success",
    ActivityStatus.LOCKED: "neutral",
}


def _identifier(text):
    try:
        return uuids.UUID(str(text))
    except ValueError:
        return None


class ActivityChooseView(PageView):
    """记活动: what kind, or one of the last once more. With ``?kind=`` or ``?repeat=`` it leads on to the form."""

    policy = staticmethod(policies.check_log_activity)
    template_name = "projects/activity_choose.html"

    def get(self, request, *args, **kwargs):
        kind = request.GET.get("kind", "")
        if not kind and (identifier := _identifier(request.GET.get("repeat"))):
            last = Activity.objects.visible_to(request.user, drafts=False).filter(uuid=identifier).first()
            kind = last.kind if last else ""
        if kind and get_kind(kind):
            query = request.GET.copy()
            query.pop("kind", None)
            address = reverse("projects:activity-create", args=[kind])
            return HttpResponseRedirect(f"{address}?{query.urlencode()}" if query else address)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        user, organization = self.request.user, _identifier(self.request.GET.get("organization"))
        drafts = Activity.objects.drafts_of(user).select_related("organization").order_by("-updated_at", "-pk")[:20]
        kinds = kinds_in_use()
        open_kinds = {kind.code for kind in kinds if not kind.why_closed}
        names = labels_of({draft.kind for draft in drafts})
        return super().get_context_data(
            kinds=kinds,
            query=f"?organization={organization}" if organization else "",
            recent=[activity for activity in recent_pairs(user) if activity.kind in open_kinds],
            drafts=[(draft, names[draft.kind]) for draft in drafts],
            has_organizations=organizations_to_log(user).exists(),
            **kwargs,
        )


class ActivityFormMixin:
    """The one form of all kinds, and what happens when the record was changed elsewhere meanwhile."""

    form_class = ActivityForm
    current = None  # the record as it is, when what was sent is an older version

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"kind": self.kind, "user": self.request.user}

    def get_context_data(self, **kwargs):
        return super().get_context_data(kind=self.kind, minute_buttons=MINUTE_BUTTONS, **kwargs)

    def form_invalid(self, form):
        if self.current is None:
            return super().form_invalid(form)
        names = [name for name in form.fields if name in form.data and name not in {"version", "uuid", "tab"}]
        self.template_name = "projects/activity_conflict.html"
        context = self.get_context_data(
            form=form,
            current=self.current,
            rows=conflict_rows(form, self.current),
            mine=[(name, value) for name in names for value in form.data.getlist(name)],
            may_update=verdict(policies.check_update_activity, self.request.user, self.current),
        )
        return self.render_to_response(context, status=CONFLICT)

    def perform(self, form):
        policies.check_log_activity(self.request.user, form.cleaned_data["organization"])
        try:
            self.object = self.write(form)
        except services.StaleVersion as error:
            self.current = error.current
            raise

    def get_success_url(self):
        return self.object.get_absolute_url()

    def submit(self, form, identifier):
        return services.submit_activity(
            uuid=identifier, kind=self.kind.code, values=form.values(), version=form.cleaned_data["version"],
            tab=form.cleaned_data["tab"], actor=self.request.user,
        )  # fmt: skip


class ActivityCreateView(ActivityFormMixin, FormPage):
    policy = staticmethod(policies.check_log_activity)
    template_name = "projects/activity_create.html"
    success_message = gettext_lazy("Recorded. It counts from now on.")

    @cached_property
    def kind(self):
        kind = get_kind(self.kwargs["kind"])
        if kind is None:
            raise Http404
        if kind.why_closed:
            raise PermissionDenied(str(kind.why_closed))
        return kind

    def get_initial(self):
        initial, query = super().get_initial(), self.request.GET
        if identifier := _identifier(query.get("repeat")):
            last = Activity.objects.visible_to(self.request.user, drafts=False).filter(uuid=identifier)
            if last := last.select_related("organization").first():
                initial |= ActivityForm.repeat_of(last)
        if identifier := _identifier(query.get("organization")):
            initial["organization"] = identifier
        return initial

    def write(self, form):
        return self.submit(form, form.cleaned_data["uuid"])


class ActivityUpdateView(ActivityFormMixin, ObjectFormPage):
    """Go on with a draft, or correct a record that was handed in."""

    model = Activity
    policy = staticmethod(policies.check_update_activity)
    template_name = "projects/activity_update.html"
    success_message = gettext_lazy("Saved.")

    @property
    def kind(self):
        return self.object.kind_class

    def get_success_message(self):
        """``object`` is the written record by now; what was loaded says what it has been."""
        return str(self.success_message if self.was_handed_in else ActivityCreateView.success_message)

    def get_queryset(self):
        return super().get_queryset().with_names()

    def get_initial(self):
        return ActivityForm.initial_of(self.object)

    def write(self, form):
        self.was_handed_in = self.object.status in COUNTED
        if self.object.is_draft:
            return self.submit(form, self.object.uuid)
        return services.update_activity(
            activity_id=self.object.pk, values=form.values(), version=form.cleaned_data["version"],
            actor=self.request.user,
        )  # fmt: skip


class ActivityDetailView(DetailPage):
    model = Activity
    policy = staticmethod(policies.check_view_activity)
    template_name = "projects/activity_detail.html"

    def get_queryset(self):
        return super().get_queryset().with_names().select_related("project", "reviewed_by")

    def get(self, request, *args, **kwargs):
        if self.object.is_draft:
            return HttpResponseRedirect(reverse("projects:activity-update", args=[self.object.uuid]))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        user, activity, answers = self.request.user, self.object, self.object.answers
        events = AuditEvent.objects.about(activity).select_related("actor").order_by("-pk")[:20]
        return super().get_context_data(
            answers=answers,
            summary_label=activity.kind_class.labels.get("summary") or _("What happened"),
            heading=activity.title or f"{activity.get_kind_display()} · {activity.organization}",
            shown_answers=[answer for answer in answers.values() if answer["text"]],
            kind_template=activity.kind_class.template,
            repeat_url=f"{reverse('projects:activity-create', args=[activity.kind])}?repeat={activity.uuid}",
            tone=TONES[activity.status],
            events=[
                {"at": event.at, "sentence": get_verb(event.verb).label, "actor": str(event.actor or "")}
                for event in events
            ],
            waits_for_review=activity.status == ActivityStatus.SUBMITTED,
            may_repeat=verdict(policies.check_log_activity, user, activity.organization),
            may_update=verdict(policies.check_update_activity, user, activity),
            may_return=verdict(policies.check_return_activity, user, activity),
            may_accept=verdict(policies.check_accept_activity, user, activity),
            **kwargs,
        )


class ActivityReturnView(ObjectFormPage):
    model = Activity
    policy = staticmethod(policies.check_return_activity)
    form_class = ActivityReturnForm
    template_name = "projects/activity_return.html"
    success_message = gettext_lazy("Returned. The person who recorded it has been told.")

    def get_queryset(self):
        return super().get_queryset().with_names()

    def perform(self, form):
        activity_review.return_activity(
            activity_id=self.object.pk, reason=form.cleaned_data["reason"], actor=self.request.user
        )


class ActivityAcceptView(TransitionView):
    model = Activity
    policy = staticmethod(policies.check_accept_activity)
    success_message = gettext_lazy("Accepted.")

    def run(self):
        activity_review.accept_activity(activity_id=self.object.pk, actor=self.request.user)


class ActivityDiscardView(TransitionView):
    model = Activity
    policy = staticmethod(policies.check_discard_activity)
    success_message = gettext_lazy("The draft is gone.")

    def run(self):
        services.discard_draft(activity_id=self.object.pk, actor=self.request.user)

    def get_success_url(self):
        return reverse("projects:activity-create")
