"""对接: asking, answering, and the links of a need to visits, activities and the agenda."""

from django.utils import timezone
from django.utils.translation import gettext_lazy

from incubator.base.policies import verdict
from incubator.base.views import CreateOncePage, DetailPage, ObjectFormPage, TransitionView, VisibleMixin
from linkage.forms.match import MatchDeclineForm, MatchProposeForm, NeedMeetByForm, ResourceUseForm
from linkage.models import Match, ResourceUse
from linkage.policies import match as policies
from linkage.services import match as services
from linkage.services.need_activity import meet_need_by_activity, raise_need_on_visit
from linkage.services.need_agenda import put_need_on_agenda
from linkage.services.resource_use import use_resource, withdraw_use
from organizations.models import ResidentNeed, Resource
from organizations.policies import need as need_policies
from organizations.views.need import NeedRaiseView
from projects.models import Activity


class _AboutOne(VisibleMixin, CreateOncePage):
    """A form that creates something of the record in the address, and leads back to its page."""

    def get_queryset(self):
        return super().get_queryset().with_names()

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{self.object._meta.model_name: self.object}, thing=self.object, **kwargs)


class MatchProposeView(_AboutOne):
    """GET ``?organization=`` or ``?resource=`` begins with one; the reasons of a suggestion are kept with the question."""

    policy = staticmethod(policies.check_propose_match)
    model = ResidentNeed
    made = Match
    form_class = MatchProposeForm
    template_name = "linkage/match_propose.html"
    success_message = gettext_lazy("They are asked.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"need": self.object}

    def get_initial(self):
        return {name: self.request.GET.get(name, "") for name in ("organization", "resource")}

    def perform(self, form):
        values = form.cleaned_data
        thing = values["organization"] or values["resource"]
        suggested = services.suggestions_for(self.object, self.request.user, today=timezone.localdate())
        found = next((one for one in suggested if one.thing == thing), None)
        facts, points = (found.facts, found.points) if found else ((), 0)
        services.propose_match(need_id=self.object.pk, actor=self.request.user, facts=facts, points=points, **values)


class _MatchMixin:
    model = Match

    def get_queryset(self):
        return super().get_queryset().with_names()


class MatchDetailView(_MatchMixin, DetailPage):
    """What is needed and why one is asked: the words of the need, never who raised it."""

    policy = staticmethod(policies.check_view_match)
    template_name = "linkage/match_detail.html"

    def get_context_data(self, **kwargs):
        match, user = self.object, self.request.user
        return super().get_context_data(
            reasons=services.reason_words(match.reasons, match.organization or match.resource),
            may_accept=verdict(policies.check_accept_match, user, match),
            may_withdraw=verdict(policies.check_withdraw_match, user, match),
            may_view_need=verdict(need_policies.check_view_need, user, match.need),
            **kwargs,
        )


class MatchAcceptView(_MatchMixin, TransitionView):
    policy = staticmethod(policies.check_accept_match)
    success_message = gettext_lazy("Agreed. Whoever asked is told.")

    def run(self):
        services.accept_match(match_id=self.object.pk, actor=self.request.user)


class MatchDeclineView(_MatchMixin, ObjectFormPage):
    policy = staticmethod(policies.check_decline_match)
    form_class = MatchDeclineForm
    template_name = "linkage/match_decline.html"

    def perform(self, form):
        services.decline_match(match_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class MatchWithdrawView(_MatchMixin, TransitionView):
    policy = staticmethod(policies.check_withdraw_match)

    def run(self):
        services.withdraw_match(match_id=self.object.pk, actor=self.request.user)


class NeedVisitRaiseView(VisibleMixin, NeedRaiseView):
    """A need was found on a visit: the form of needs, begun with the visit's community."""

    policy = staticmethod(policies.check_raise_need_on_visit)
    model, made = Activity, ResidentNeed

    def get_initial(self):
        return {"community": self.object.community.code}

    def get_queryset(self):
        return super().get_queryset().select_related("community__parent", "organization")

    def get_context_data(self, **kwargs):
        return super().get_context_data(visit=self.object, **kwargs)

    def perform(self, form):
        user, values = self.request.user, form.cleaned_data
        need_policies.check_raise_need(user, values["community"])
        serves = need_policies.serves(user, values["community"])
        self.created = raise_need_on_visit(activity=self.object, actor=user, taken_up=serves, **values)

    def get_success_url(self):
        return self.created.get_absolute_url()


class _NeedMixin:
    model = ResidentNeed
    context_object_name = "need"

    def get_queryset(self):
        return super().get_queryset().with_names()


class NeedMeetByView(_NeedMixin, ObjectFormPage):
    policy = staticmethod(need_policies.check_meet_need)
    form_class = NeedMeetByForm
    template_name = "linkage/need_meet.html"
    success_message = gettext_lazy("Met. The one who raised it can say now how it went.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user, "need": self.object}

    def perform(self, form):
        meet_need_by_activity(need_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class NeedAgendaView(_NeedMixin, TransitionView):
    policy = staticmethod(policies.check_put_need_on_agenda)
    success_message = gettext_lazy("It stands on the agenda of the next joint meeting.")

    def run(self):
        put_need_on_agenda(need=self.object, actor=self.request.user, today=timezone.localdate())


# --- uses of resources ---


class ResourceUseView(_AboutOne):
    policy = staticmethod(policies.check_use_resource)
    model = Resource
    made = ResourceUse
    form_class = ResourceUseForm
    template_name = "linkage/resource_use.html"
    success_message = gettext_lazy("The use is entered.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"resource": self.object}

    def perform(self, form):
        use_resource(resource_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class UseWithdrawView(TransitionView):
    policy = staticmethod(policies.check_withdraw_use)
    model = ResourceUse
    success_message = gettext_lazy("Taken back: what was taken is there again.")

    def get_queryset(self):
        return super().get_queryset().select_related("resource__division", "resource__organization")

    def run(self):
        withdraw_use(use_id=self.object.pk, actor=self.request.user)
