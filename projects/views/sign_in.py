"""The door of an activity: the screen at the entrance, and the page of whoever comes in. The latter needs no account."""

from functools import cached_property

import segno
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from incubator.accounts.throttling import ThrottledMixin
from incubator.base.policies import public
from incubator.base.views import DetailPage, FormPage, ObjectFormPage, PageView, TransitionView
from projects.forms.sign_in import SignInAddForm, SignInFindForm, SignInOpenForm
from projects.models import Activity, SignInCode
from projects.policies import sign_in as policies
from projects.services import sign_in as services

GONE, TOO_MANY = 410, 429


class _Door:
    model = Activity

    def get_queryset(self):
        return super().get_queryset().with_names()

    def get_success_url(self):
        return reverse("projects:sign-in-detail", args=[self.object.uuid])

    def screen(self):
        """What the screen at the entrance shows now."""
        now = timezone.now()
        door = SignInCode.objects.filter(activity=self.object).select_related("opened_by").first()
        if door is None or not door.is_open(now):
            return {"door": None, "is_time": services.is_time_to_open(self.object, now)}
        code = services.code_of(door, now)
        address = self.request.build_absolute_uri(reverse("sign_in:sign-in-add", args=[code]))
        picture = segno.make(address, error="m", micro=False)
        return {
            "door": door,
            "is_time": True,
            "code": services.readable_code(code),
            "short_address": self.request.build_absolute_uri(reverse("sign_in:sign-in-find")),
            # Attributes alone, no style: the content security policy allows none.
            "picture": mark_safe(picture.svg_inline(scale=8, border=3, dark="#111", light="#fff", omitsize=True)),
            "number": services.signed_in_number(self.object),
        }


@method_decorator(never_cache, name="dispatch")
class SignInDetailView(_Door, ObjectFormPage):
    """The door: closed, with the question for how long; or open, with the code."""

    policy = staticmethod(policies.check_view_sign_in)
    form_class = SignInOpenForm
    template_name = "projects/sign_in_detail.html"
    http_method_names = ["get", "head", "options"]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**self.screen(), **kwargs)


@method_decorator(never_cache, name="dispatch")
class SignInCodeView(_Door, DetailPage):
    """The code alone, asked for every minute by the page that shows it."""

    policy = staticmethod(policies.check_view_sign_in)
    template_name = "projects/sign_in_code_partial.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**self.screen(), **kwargs)


class SignInOpenView(_Door, ObjectFormPage):
    policy = staticmethod(policies.check_open_sign_in)
    form_class = SignInOpenForm
    template_name = "projects/sign_in_detail.html"
    success_message = gettext_lazy("The door is open. Show this page to the people who come in.")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**self.screen(), **kwargs)

    def perform(self, form):
        services.open_sign_in(activity_id=self.object.pk, hours=form.cleaned_data["hours"], actor=self.request.user)


class SignInCloseView(_Door, TransitionView):
    policy = staticmethod(policies.check_close_sign_in)
    success_message = gettext_lazy("The door is closed. The code that was shown is worth nothing any more.")

    def run(self):
        services.close_sign_in(activity_id=self.object.pk, actor=self.request.user)


# --- for everybody -----------------------------------------------------------------------------------------------------


class _OpenPage(ThrottledMixin, FormPage):
    policy = staticmethod(public)
    throttle, gone_template = "projects.sign-in", "projects/sign_in_gone.html"


@method_decorator([login_not_required, never_cache], name="dispatch")
class SignInFindView(_OpenPage):
    """Without a camera: type the code."""

    form_class = SignInFindForm
    template_name = "projects/sign_in_find.html"

    def form_valid(self, form):
        code = services.plain_code(form.cleaned_data["code"])[:40] or "0"
        return HttpResponseRedirect(reverse("sign_in:sign-in-add", args=[code]))


@method_decorator([login_not_required, never_cache, sensitive_post_parameters()], name="dispatch")
class SignInAddView(_OpenPage):
    """Somebody who holds the running code writes their name. Nobody's name is ever told."""

    form_class = SignInAddForm
    template_name = "projects/sign_in_add.html"

    def dispatch(self, request, *args, **kwargs):
        if self.is_throttled():
            return self.refuse("many", TOO_MANY)
        if self.door is None:
            self.note_try()
            return self.refuse("old", GONE)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def door(self):
        return services.find_door(self.kwargs["token"], timezone.now())

    def get_context_data(self, **kwargs):
        return super().get_context_data(door=self.door, activity=self.door.activity, **kwargs)

    def form_valid(self, form):
        self.note_try()
        try:
            return super().form_valid(form)
        except services.DoorClosed:  # in the moment between
            return self.refuse("old", GONE)

    def perform(self, form):
        services.sign_in(code=self.kwargs["token"], name=form.cleaned_data["name"])

    def get_success_url(self):
        return reverse("sign_in:sign-in-done")


@method_decorator([login_not_required, never_cache], name="dispatch")
class SignInDoneView(PageView):
    policy = staticmethod(public)
    template_name = "projects/sign_in_done.html"
