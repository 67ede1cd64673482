"""Pages of one activity: choose, record, correct, read, look through, print."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from incubator.base.policies import verdict
from incubator.base.views import FormPage, ObjectFormPage, PageView, TransitionView
from projects.choices import COUNTED, ActivityStatus
from projects.forms.activity import ActivityForm
from projects.forms.activity_offers import identifiers
from projects.forms.activity_return import ActivityReturnForm
from projects.forms.activity_versions import (
    conflict_rows,
    initial_of,
    plan_start,
    recent_pairs,
    repeat_of,
    sent_again,
    series_start,
)  # fmt: skip
from projects.models import Activity, ActivityPlan, ActivitySeries
from projects.policies import activity as policies
from projects.querysets import organizations_to_log
from projects.registries import kind_pages
from projects.services import activity as services
from projects.services import activity_draft, activity_review
from projects.services.kind import get_kind, kinds_in_use, labels_of
from projects.validators import parse_day

CONFLICT = 409
MINUTE_BUTTONS = (30, 60, 90, 120)
TONES = {
    ActivityStatus.DRAFT: "neutral",
    ActivityStatus.SUBMITTED: "info",
    ActivityStatus.RETURNED: "warning",
    ActivityStatus.ACCEPTED: "success",
    ActivityStatus.LOCKED: "neutral",
}
KEPT = ("plan", "series", "repeat", "organization", "date")  # what leads the form may stand in the address


def _identifier(text):
    return next(iter(identifiers([text or ""])), None)


class ActivityChooseView(PageView):
    """记活动: what kind, or one of the last once more. With ``?kind=``, ``?repeat=`` or ``?plan=`` it leads on to the
    form."""

    policy = staticmethod(policies.check_log_activity)
    template_name = "projects/activity_choose.html"

    def get(self, request, *args, **kwargs):
        kind = request.GET.get("kind", "")
        if not kind and (identifier := _identifier(request.GET.get("repeat"))):
            last = Activity.objects.visible_to(request.user, drafts=False).filter(uuid=identifier).first()
            kind = last.kind if last else ""
        if not kind and (identifier := _identifier(request.GET.get("plan"))):
            plan = ActivityPlan.objects.visible_to(request.user).filter(uuid=identifier).first()
            kind = plan.kind if plan else ""
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
            tiles=[(kind, self.page_of(kind)) for kind in kinds],
            query=f"?organization={organization}" if organization else "",
            recent=[activity for activity in recent_pairs(user) if activity.kind in open_kinds],
            drafts=[(draft, names[draft.kind]) for draft in drafts],
            has_organizations=organizations_to_log(user).exists(),
            **kwargs,
        )

    def page_of(self, kind):
        """Where the records of a kind come from that is not recorded here; "" when the person may not go there."""
        if kind.code not in kind_pages:
            return ""
        name, policy = kind_pages[kind.code]
        return reverse(name) if verdict(policy, self.request.user) else ""


class ActivityFormMixin:
    """The one form of all kinds, and what happens when the record was changed elsewhere meanwhile."""

    form_class = ActivityForm
    current = None  # the record as it is, when what was sent is an older version
    may_update = staticmethod(policies.check_update_activity)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | self.form_facts

    @property
    def form_facts(self):
        return {"kind": self.kind, "user": self.request.user, "activity": getattr(self, "object", None)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            kind=self.kind, minute_buttons=MINUTE_BUTTONS, other_ways=self._other_ways(kwargs.get("form")), **kwargs
        )

    def post(self, request, *args, **kwargs):
        """``offer``: without scripts one asks for what belongs to the organization chosen; nothing is checked or kept."""
        if "offer" in request.POST:
            form = sent_again(self.form_class, request.POST, **self.form_facts)
            return self.render_to_response(self.get_context_data(form=form, is_more_open=True))
        return super().post(request, *args, **kwargs)

    def _other_ways(self, form):
        """Where what lies ahead is told: announced to the community, or planned in the project."""
        if form is None or not form.is_ahead:
            return []
        organization, ways = form.cleaned_data.get("organization"), []
        try:
            query = f"?organization={organization.uuid}" if organization else ""
            ways.append((gettext_lazy("Announce it"), reverse("projects:announcement-create") + query))
        except NoReverseMatch:
            pass
        project = services.projects_of([organization]).get(organization.pk) if organization else None
        if project:
            ways.append((gettext_lazy("Plan it in the project"), project.get_absolute_url()))
        return ways

    def form_invalid(self, form):
        if self.current is None:
            return super().form_invalid(form)
        names = [name for name in form.data if name not in {"version", "uuid", "tab", "csrfmiddlewaretoken"}]
        self.template_name = "projects/activity_conflict.html"
        context = self.get_context_data(
            form=form,
            current=self.current,
            rows=conflict_rows(form, self.current),
            mine=[(name, value) for name in names for value in form.data.getlist(name)],
            may_update=verdict(self.may_update, self.request.user, self.current),
            update_url=self.request.path if hasattr(self, "object") else self.current_url,
        )
        return self.render_to_response(context, status=CONFLICT)

    @property
    def current_url(self):
        return reverse("projects:activity-update", args=[self.current.uuid])

    def perform(self, form):
        values = form.values()
        for organization in (values["organization"], *values["others"]):
            policies.check_log_activity(self.request.user, organization)
        try:
            self.object = self.write(form, values)
        except services.StaleVersion as error:
            self.current = error.current
            raise

    def get_success_url(self):
        return self.object.get_absolute_url()

    def submit(self, form, values, identifier):
        return services.submit_activity(
            uuid=identifier, kind=self.kind.code, values=values, version=form.cleaned_data["version"],
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
        """``?repeat=``, ``?series=`` (with ``&date=``), ``?plan=``, ``?organization=`` say what it starts with."""
        initial, user = super().get_initial(), self.request.user
        named = {name: _identifier(self.request.GET.get(name)) for name in KEPT if name != "date"}
        if named["repeat"] and (last := self._records().filter(uuid=named["repeat"]).first()):
            initial |= repeat_of(last)
        series = ActivitySeries.objects.visible_to(user).select_related("organization").filter(uuid=named["series"])
        if named["series"] and (found := series.first()):
            last = self._records().filter(series=found).order_by("-starts_at", "-pk").first()
            initial |= series_start(found, last, parse_day(self.request.GET.get("date")) or timezone.localdate())
        plans = ActivityPlan.objects.visible_to(user).select_related("project__organization", "objective")
        if named["plan"] and (found := plans.filter(uuid=named["plan"]).first()):
            initial |= plan_start(found, timezone.now())
        if named["organization"]:
            initial["organization"] = named["organization"]
        return initial

    def _records(self):
        seen = Activity.objects.visible_to(self.request.user, drafts=False).filter(kind=self.kind.code)
        return seen.select_related("organization", "place", "series")

    def write(self, form, values):
        return self.submit(form, values, form.cleaned_data["uuid"])


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
        return super().get_queryset().with_names().select_related("plan", "place", "series")

    def get_initial(self):
        return initial_of(self.object)

    def write(self, form, values):
        self.was_handed_in = self.object.status in COUNTED
        if self.object.is_draft:
            return self.submit(form, values, self.object.uuid)
        return services.update_activity(
            activity_id=self.object.pk, values=values, version=form.cleaned_data["version"], actor=self.request.user
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
        activity_draft.discard_draft(activity_id=self.object.pk, actor=self.request.user)

    def get_success_url(self):
        return reverse("projects:activity-create")
