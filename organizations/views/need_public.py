"""The page behind the code of a community: raising a need without an account, and the private page of the one who did.
GET writes nothing but the count of tries."""

from contextlib import suppress
from functools import cached_property

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View

from incubator.accounts.throttling import ThrottledMixin
from incubator.base.errors import RuleViolation
from incubator.base.policies import public
from incubator.base.views import CreateOncePage, FormPage, PolicyMixin
from organizations.choices import NeedStatus
from organizations.forms.need_public import NeedRateForm, NeedTellForm
from organizations.models import ResidentNeed
from organizations.services import need as services
from organizations.services.need import CONSENT

NOT_FOUND, CONFLICT, TOO_MANY = 404, 409, 429


class _OpenMixin(ThrottledMixin):
    policy = staticmethod(public)
    throttle, tries, gone_template = "organizations.needs", 40, "organizations/need_gone.html"


@method_decorator([login_not_required, never_cache, sensitive_post_parameters()], name="dispatch")
class NeedTellView(_OpenMixin, CreateOncePage):
    """By the token of the community. Two taps on the button make one need; what is sent counts for the address that it
    comes from, community by community, since behind one address of a mobile network are many people."""

    model = ResidentNeed
    form_class = NeedTellForm
    template_name = "organizations/need_tell.html"

    def dispatch(self, request, *args, **kwargs):
        if self.is_throttled():
            return self.refuse("many", TOO_MANY)
        if self.address is None:
            self.note_try()
            return self.refuse("unknown", NOT_FOUND)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def address(self):
        return services.find_address(self.kwargs["token"])

    @property
    def throttle_key(self):
        return f"{super().throttle_key}:{self.address.uuid if self.address else ''}"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"community": self.address.community}

    def get_context_data(self, **kwargs):
        return super().get_context_data(community=self.address.community, consent=CONSENT, **kwargs)

    def find_existing(self, form):
        made = services.identifier_of(form.cleaned_data["uuid"])
        return ResidentNeed.objects.filter(uuid=made, community=self.address.community).first()

    def is_taken(self, form):
        return False  # nobody else can know the identifier that follows from this form's

    def post(self, request, *args, **kwargs):
        self.note_try()
        return super().post(request, *args, **kwargs)

    def perform(self, form):
        values = dict(form.cleaned_data)
        values.pop("homepage")
        values["uuid"] = services.identifier_of(values["uuid"])
        self.object = services.raise_need_in_public(address_id=self.address.pk, **values)

    def get_success_url(self):
        return reverse("need:need-mine", args=[self.object.key])


@method_decorator([login_not_required, never_cache, sensitive_post_parameters()], name="dispatch")
class NeedMineView(_OpenMixin, FormPage):
    """The private page: where the need stands, what was answered, and, once it is met, the stars."""

    form_class = NeedRateForm
    template_name = "organizations/need_mine.html"

    def dispatch(self, request, *args, **kwargs):
        if self.is_throttled():
            return self.refuse("many", TOO_MANY)
        if self.need is None:
            self.note_try()
            return self.refuse("unknown", NOT_FOUND)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def need(self):
        return ResidentNeed.objects.with_names().filter(key=self.kwargs["key"]).first()

    def get_context_data(self, **kwargs):
        need = self.need
        # A need that was joined with another goes where that one goes.
        shown = need
        while shown.status == NeedStatus.MERGED:
            shown = shown.merged_into
        steps = [
            (need.created_at, True),
            (shown.accepted_at, bool(shown.accepted_at)),
            (shown.assigned_at, bool(shown.assigned_at)),
            (shown.met_at, bool(shown.met_at)),
        ]
        return super().get_context_data(
            need=need,
            shown=shown,
            steps=steps,
            may_rate=need.status == NeedStatus.MET,
            address=self.request.build_absolute_uri(self.request.path),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        self.note_try()
        if self.need.status == NeedStatus.RATED:  # the second of two taps
            return HttpResponseRedirect(self.get_success_url())
        if self.need.status != NeedStatus.MET:
            return self.refuse("early", CONFLICT)
        return super().post(request, *args, **kwargs)

    def perform(self, form):
        services.rate_need(need_id=self.need.pk, key=self.kwargs["key"], **form.cleaned_data)

    def get_success_url(self):
        return reverse("need:need-mine", args=[self.need.key])


@method_decorator([login_not_required, never_cache, sensitive_post_parameters()], name="dispatch")
class NeedForgetView(_OpenMixin, PolicyMixin, View):
    """The one who raised it takes name and phone out again, as they were promised; two taps do it once."""

    http_method_names = ["post", "options"]

    def post(self, request, key):
        if self.is_throttled():
            return self.refuse("many", TOO_MANY)
        self.note_try()
        need = ResidentNeed.objects.filter(key=key).first()
        if need is None:
            return self.refuse("unknown", NOT_FOUND)
        with suppress(RuleViolation):  # it is out already
            services.erase_own_contact(need_id=need.pk, key=key)
        return HttpResponseRedirect(reverse("need:need-mine", args=[key]))
