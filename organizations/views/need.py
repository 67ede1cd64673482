"""Needs of residents: the list, one need, raising one, and what is done with it."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from incubator.accounts.choices import Role
from incubator.audit.timeline import timeline
from incubator.base.policies import verdict
from incubator.base.sharing import qr_inline
from incubator.base.views import CreateOncePage, DetailPage, ListPage, ObjectFormPage, PolicyMixin, TransitionView
from incubator.reporting.views import table_answer
from organizations.choices import NeedSource
from organizations.filters import NeedFilterSet
from organizations.forms import need as forms
from organizations.models import ResidentNeed
from organizations.policies import need as policies
from organizations.services import need as services
from organizations.views.need_actions import TONES, actions_for

COLUMNS = (
    gettext_lazy("What is needed"), gettext_lazy("Kind of need"), gettext_lazy("Age"), gettext_lazy("Street"),
    gettext_lazy("Community"), gettext_lazy("Place in the community"), gettext_lazy("Raised through"),
    gettext_lazy("State"), gettext_lazy("In whose hands"), gettext_lazy("Stars"), gettext_lazy("Raised on"),
    gettext_lazy("More about it"),
)  # fmt: skip


class NeedListView(ListPage):
    policy = staticmethod(policies.check_list_needs)
    model = ResidentNeed
    filterset_class = NeedFilterSet
    template_name = "organizations/need_list.html"
    sorts = {
        "recent": (gettext_lazy("Last raised first"), ("-created_at", "-pk")),
        "oldest": (gettext_lazy("Waiting longest first"), ("created_at", "pk")),
    }

    def get_queryset(self):
        return super().get_queryset().with_names()

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(
            tones=TONES, may_raise=verdict(policies.check_raise_need, user), shares=shared_communities(user), **kwargs
        )


def shared_communities(user):
    """Up to a handful of communities whose public page this person hands on; more are reached from their own page."""
    return list(policies.communities_to_raise_in(user)[:6]) if verdict(policies.check_raise_need, user) else []


class NeedExportView(PolicyMixin, View):
    """The list as it is filtered, as a file; without names and phones."""

    policy = staticmethod(policies.check_export_needs)
    http_method_names = ["get", "head", "options"]

    def get(self, request, extension):
        filterset = NeedFilterSet(request.GET, queryset=ResidentNeed.objects.visible_to(request.user), request=request)
        rows = filterset.qs.with_names().order_by("-created_at", "-pk")
        table = (self.row(need) for need in rows.iterator(chunk_size=1000))
        title = _("Needs of residents")
        return table_answer(title, COLUMNS, table, f"{title} {timezone.localdate():%Y-%m-%d}.{extension}")

    @staticmethod
    def row(need):
        return [
            need.title, str(need.category), need.get_age_group_display(), need.community.parent.name,
            need.community.name, need.place.name if need.place else "", need.get_source_display(),
            need.get_status_display(), need.handler, need.stars or "", timezone.localdate(need.created_at), need.text,
        ]  # fmt: skip


class NeedRaiseView(CreateOncePage):
    policy = staticmethod(policies.check_raise_need)
    model = ResidentNeed
    form_class = forms.NeedRaiseForm
    template_name = "organizations/need_raise.html"
    success_message = gettext_lazy("The need is written down.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_initial(self):
        return {"community": self.request.GET.get("community", "")}

    def source(self, community):
        access = self.request.user.access
        return NeedSource.GRID if access.covers(community, Role.GRID_WORKER) else NeedSource.DESK

    def perform(self, form):
        user, values = self.request.user, form.cleaned_data
        community = values["community"]
        policies.check_raise_need(user, community)
        serves = policies.serves(user, community)
        source = NeedSource.DESK if serves else self.source(community)
        self.object = services.raise_need(actor=user, source=source, taken_up=serves, **values)


class NeedDetailView(DetailPage):
    policy = staticmethod(policies.check_view_need)
    model = ResidentNeed
    context_object_name = "need"
    template_name = "organizations/need_detail.html"

    def get_queryset(self):
        return super().get_queryset().with_names().select_related("raised_by", "accepted_by", "merged_into")

    def get_context_data(self, **kwargs):
        need, user = self.object, self.request.user
        private = ""
        if need.source != NeedSource.RESIDENT and need.raised_by_id == user.pk:
            private = self.request.build_absolute_uri(reverse("need:need-mine", args=[need.key]))
        merged_from = ResidentNeed.objects.visible_to(user).filter(merged_into=need).order_by("pk")
        return super().get_context_data(
            tone=TONES[need.status],
            actions=actions_for(user, need),
            may_contact=verdict(policies.check_view_need_contact, user, need),
            may_erase=verdict(policies.check_erase_need_contact, user, need),
            private=private,
            picture=qr_inline(private, 3) if private else "",
            merged_from=merged_from,
            events=timeline(need, user),
            **kwargs,
        )


class _NeedForm(ObjectFormPage):
    model = ResidentNeed
    context_object_name = "need"
    template_name = "organizations/need_form.html"
    title = submit_label = ""
    hint = ""

    def get_queryset(self):
        return super().get_queryset().with_names()

    def get_context_data(self, **kwargs):
        return super().get_context_data(title=self.title, submit_label=self.submit_label, hint=self.hint, **kwargs)


class NeedAcceptView(TransitionView):
    policy = staticmethod(policies.check_accept_need)
    model = ResidentNeed
    success_message = gettext_lazy("Taken up. Now it can be given into somebody's hands.")

    def run(self):
        services.accept_need(need_id=self.object.pk, actor=self.request.user)


class NeedReleaseView(TransitionView):
    policy = staticmethod(policies.check_release_need)
    model = ResidentNeed
    success_message = gettext_lazy("Given back. It waits for somebody else.")

    def run(self):
        services.release_need(need_id=self.object.pk, actor=self.request.user)


class NeedAssignView(_NeedForm):
    policy = staticmethod(policies.check_assign_need)
    form_class = forms.NeedAssignForm
    title = gettext_lazy("Give into somebody's hands")
    submit_label = gettext_lazy("Give")
    hint = gettext_lazy("They are told at once.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user, "need": self.object}

    def perform(self, form):
        services.assign_need(need_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class NeedMeetView(_NeedForm):
    policy = staticmethod(policies.check_meet_need)
    form_class = forms.NeedMeetForm
    title = gettext_lazy("The need is met")
    submit_label = gettext_lazy("Met")

    def perform(self, form):
        services.meet_need(need_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class NeedReferView(_NeedForm):
    policy = staticmethod(policies.check_refer_need)
    form_class = forms.NeedReferForm
    title = gettext_lazy("Pass the need on")
    submit_label = gettext_lazy("Passed on")

    def perform(self, form):
        services.refer_need(need_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class NeedReplyView(_NeedForm):
    policy = staticmethod(policies.check_reply_need)
    form_class = forms.NeedReplyForm
    title = gettext_lazy("What was answered")

    def get_initial(self):
        return {"reply": self.object.reply_text}

    def perform(self, form):
        services.note_reply(need_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class NeedDeclineView(_NeedForm):
    policy = staticmethod(policies.check_decline_need)
    form_class = forms.NeedDeclineForm
    title = gettext_lazy("Not take the need up")
    submit_label = gettext_lazy("Not taken up")

    def perform(self, form):
        services.decline_need(need_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class NeedContactEraseView(_NeedForm):
    policy = staticmethod(policies.check_erase_need_contact)
    form_class = forms.NeedContactEraseForm
    title = gettext_lazy("Take name and phone out")
    submit_label = gettext_lazy("Take out for good")
    hint = gettext_lazy("The need stays, and so does its private page. Nobody can bring the name and phone back.")
    success_message = gettext_lazy("Name and phone are taken out.")

    def perform(self, form):
        services.erase_need_contact(need_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class NeedMergeView(_NeedForm):
    policy = staticmethod(policies.check_merge_need)
    form_class = forms.NeedMergeForm
    title = gettext_lazy("Join with another need")
    submit_label = gettext_lazy("Join")
    hint = gettext_lazy("The same was raised before: that one goes on for both.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user, "need": self.object}

    def perform(self, form):
        services.merge_need(need_id=self.object.pk, actor=self.request.user, **form.cleaned_data)
