"""The ledger of actions across meetings, one action with its story, and its verbs."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from incubator.base.policies import verdict
from incubator.base.views import DetailPage, ListPage, ObjectFormPage, PolicyMixin, TransitionView
from incubator.reporting.views import table_answer
from linkage.choices import Party
from linkage.filters.action import ActionFilter, mine
from linkage.forms.action import (
    ActionBlockForm,
    ActionDoneForm,
    ActionDropForm,
    ActionReopenForm,
    ActionVerifyForm,
    done_activities,
)
from linkage.models import ActionItem
from linkage.policies import action as policies
from linkage.policies.party import parties_of
from linkage.services import action as services
from linkage.services.minutes_reading import ACTION_TONES

BATCH = 500


class ActionListView(ListPage):
    model = ActionItem
    filterset_class = ActionFilter
    policy = staticmethod(policies.check_list_actions)
    template_name = "linkage/action_list.html"
    sorts = {
        "due": (gettext_lazy("by day"), ("due_on", "pk")),
        "newest": (gettext_lazy("newest first"), ("-created_at", "-pk")),
    }

    def get_queryset(self):
        return super().get_queryset().in_force().with_carried().with_names()

    def get_context_data(self, **kwargs):
        context, today = super().get_context_data(**kwargs), timezone.localdate()
        query = self.request.GET.copy()
        query.pop("page", None)
        return context | {
            "rows": [
                {
                    "action": action, "is_overdue": action.is_overdue(today), "tone": ACTION_TONES[action.status],
                    "is_raised": not action.is_settled and action.carried >= action.series.carries,
                }
                for action in context["page"]
            ],
            "query": f"?{query.urlencode()}" if query else "",
            "may_export": verdict(policies.check_export_actions, self.request.user),
        }  # fmt: skip


class ActionExportView(PolicyMixin, View):
    """The ledger as filtered, as a workbook."""

    policy = staticmethod(policies.check_export_actions)
    http_method_names = ["get", "head", "options"]

    def get(self, request):
        found = ActionItem.objects.visible_to(request.user).in_force().with_carried().with_names()
        found = ActionFilter(request.GET, queryset=found, request=request).qs.order_by("due_on", "pk")
        columns = [
            _("Place"), _("What is to do"), _("Resolution"), _("Party in charge"), _("Person in charge"),
            _("Organization"), _("Who helps"), _("By"), _("State"), _("Months carried"), _("Done on"),
            _("Verified by the party"), _("Verified on"),
        ]  # fmt: skip
        rows = (
            [
                action.series.division.name, action.title, action.resolution.number, action.get_owner_party_display(),
                action.owner.name if action.owner else "", action.organization.name if action.organization else "",
                action.helpers, action.due_on, action.get_status_display(), action.carried, _day(action.done_at),
                action.get_verified_party_display(), _day(action.verified_at),
            ]
            for action in found.iterator(chunk_size=BATCH)
        )  # fmt: skip
        return table_answer(_("Actions"), columns, rows, f"actions-{timezone.localdate():%Y%m%d}.xlsx")


def _day(moment):
    return timezone.localdate(moment) if moment else None


class OfActionMixin:
    model = ActionItem
    context_object_name = "action"

    def get_queryset(self):
        return super().get_queryset().in_force().with_names()


class ActionDetailView(OfActionMixin, DetailPage):
    policy = staticmethod(policies.check_view_action)
    template_name = "linkage/action_detail.html"

    def get_queryset(self):
        return super().get_queryset().with_carried().select_related(
            "resolution__meeting", "resolution__item", "resolution__superseded_by__meeting", "activity__community",
            "activity__organization", "done_by", "verified_by",
        )  # fmt: skip

    def get_context_data(self, **kwargs):
        action, user = self.object, self.request.user
        later = getattr(action.resolution, "superseded_by", None)
        return super().get_context_data(
            tone=ACTION_TONES[action.status],
            is_overdue=action.is_overdue(timezone.localdate()),
            is_raised=not action.is_settled and action.carried >= action.series.carries,
            looks=[
                {"look": look, "tone": ACTION_TONES[look.after]}
                for look in action.reviews.confirmed().select_related("meeting").order_by("meeting__starts_at", "pk")
            ],
            later=later if later and later.meeting.status == "confirmed" else None,
            may_start=verdict(policies.check_start_action, user, action),
            may_block=verdict(policies.check_block_action, user, action),
            may_finish=verdict(policies.check_done_action, user, action),
            may_verify=verdict(policies.check_verify_action, user, action),
            may_reopen=verdict(policies.check_reopen_action, user, action),
            may_drop=verdict(policies.check_drop_action, user, action),
            is_mine=mine(ActionItem.objects.filter(pk=action.pk), user).exists(),
            **kwargs,
        )


class ActionStartView(OfActionMixin, TransitionView):
    policy = staticmethod(policies.check_start_action)
    success_message = gettext_lazy("Under way.")

    def run(self):
        services.start_action(action_id=self.object.pk, actor=self.request.user)


class _ActionFormView(OfActionMixin, ObjectFormPage):
    template_name = "linkage/action_form.html"
    heading = submit_label = hint = ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(heading=self.heading, submit_label=self.submit_label, hint=self.hint, **kwargs)


class ActionBlockView(_ActionFormView):
    policy = staticmethod(policies.check_block_action)
    form_class = ActionBlockForm
    heading = submit_label = gettext_lazy("Something is in the way")
    success_message = gettext_lazy("Written down. It is spoken about in the next meeting.")

    def perform(self, form):
        services.block_action(action_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class ActionDoneView(_ActionFormView):
    policy = staticmethod(policies.check_done_action)
    form_class = ActionDoneForm
    heading = submit_label = gettext_lazy("It is done")
    hint = gettext_lazy("Somebody of another party then looks and says that it is so.")
    success_message = gettext_lazy("Well done. Another party verifies it.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"activities": done_activities(self.request.user, self.object)}

    def perform(self, form):
        services.mark_action_done(action_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class ActionVerifyView(_ActionFormView):
    policy = staticmethod(policies.check_verify_action)
    form_class = ActionVerifyForm
    heading = submit_label = gettext_lazy("Verify")
    hint = gettext_lazy("With this the action is settled and leaves the agenda.")
    success_message = gettext_lazy("Verified. It leaves the agenda.")

    def get_form_kwargs(self):
        user, action = self.request.user, self.object
        parties = policies.verifying_parties(user, action, parties_of(user, action.series))
        return super().get_form_kwargs() | {"parties": [(party.value, Party(party).label) for party in parties]}

    def perform(self, form):
        services.verify_action(action_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class ActionReopenView(_ActionFormView):
    policy = staticmethod(policies.check_reopen_action)
    form_class = ActionReopenForm
    heading = submit_label = gettext_lazy("Not done yet")
    success_message = gettext_lazy("Taken up again. Those in charge were told.")

    def perform(self, form):
        services.reopen_action(action_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class ActionDropView(_ActionFormView):
    policy = staticmethod(policies.check_drop_action)
    form_class = ActionDropForm
    heading = submit_label = gettext_lazy("Let it go")
    hint = gettext_lazy("It leaves the agenda; the reason stays beside it.")
    success_message = gettext_lazy("Let go, with its reason.")

    def perform(self, form):
        services.drop_action(action_id=self.object.pk, actor=self.request.user, **form.cleaned_data)
