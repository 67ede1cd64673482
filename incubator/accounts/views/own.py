"""Sign-in and the person's own pages."""

from allauth.account import views as allauth
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from incubator.accounts import policies, services
from incubator.accounts.forms import LanguageForm, PasswordChangeForm, ProfileForm
from incubator.accounts.models import RoleGrant
from incubator.accounts.registries import label_places
from incubator.base.policies import public, verdict
from incubator.base.views import UNPROCESSABLE, FormPage, PolicyMixin, View


class LoginView(allauth.LoginView):
    policy = staticmethod(public)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)


@method_decorator(login_not_required, name="dispatch")
class LogoutView(allauth.LogoutView):
    """Signing out takes a POST; who types the address just goes home. No sign-in needed: the session may have ended."""

    policy = staticmethod(public)
    http_method_names = ["get", "post", "options"]

    def get(self, *args, **kwargs):
        return HttpResponseRedirect("/")


@method_decorator(login_not_required, name="dispatch")
class LanguageView(PolicyMixin, View):
    """The language of the person; of the browser before sign-in, and for demonstration accounts, which many share."""

    policy = staticmethod(public)
    http_method_names = ["post", "options"]

    def post(self, request):
        form = LanguageForm(request.POST)
        valid = form.is_valid()
        back = form.cleaned_data.get("next", "")
        if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
            back = "/"
        response = HttpResponseRedirect(back)
        if valid:
            language = form.cleaned_data["language"]
            if request.user.is_authenticated and not request.user.is_demo:
                services.set_language(actor=request.user, language=language)
            elif language:
                response.set_cookie(
                    settings.LANGUAGE_COOKIE_NAME, language, max_age=365 * 24 * 3600, samesite="Lax",
                    secure=settings.SESSION_COOKIE_SECURE, httponly=True,
                )
            else:
                response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
        return response


class ProfileView(FormPage):
    policy = staticmethod(policies.check_edit_own_profile)
    form_class = ProfileForm
    template_name = "accounts/profile.html"
    success_url = reverse_lazy("accounts:profile")
    success_message = _("Your details are saved.")

    def get_initial(self):
        person = self.request.user
        return {name: getattr(person, name) for name in ("name", "phone", "email", "language")}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"person": self.request.user}

    def get_context_data(self, **kwargs):
        grants = RoleGrant.objects.filter(user=self.request.user, revoked_at=None).select_related("division")
        return super().get_context_data(
            grants=label_places(grants.order_by("valid_from", "pk")),
            may_change_password=verdict(policies.check_change_password, self.request.user),
            **kwargs,
        )

    def perform(self, form):
        services.update_profile(actor=self.request.user, **{"language": self.request.user.language} | form.cleaned_data)


class PasswordChangeView(FormPage):
    policy = staticmethod(policies.check_change_password)
    form_class = PasswordChangeForm
    template_name = "accounts/password_change.html"
    success_url = reverse_lazy("accounts:profile")
    success_message = _("Your password is changed. Other devices are signed out.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"person": self.request.user}

    def perform(self, form):
        person = services.change_password(actor=self.request.user, password=form.cleaned_data["password1"])
        update_session_auth_hash(self.request, person)
