"""Home by role, the first steps of a new place, and help."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role
from incubator.base.policies import signed_in
from incubator.base.views import PageView
from incubator.site.homes import first_steps, home_of

STARTERS = (Role.STREET_STAFF, Role.DISTRICT_ADMIN, Role.HUB_CENTER, Role.AGENCY_SUPERVISOR, Role.PLATFORM_ADMIN)


def check_view_first_steps(user):
    signed_in(user)
    if not user.access.has(*STARTERS):
        raise PermissionDenied(_("Streets, districts, centres and agencies set a new place up."))


class HomeView(PageView):
    policy = staticmethod(signed_in)

    def get_context_data(self, **kwargs):
        self.home = home_of(self.request.user)
        return super().get_context_data(**self.home.context(self.request.user, timezone.now()), **kwargs)

    def get_template_names(self):
        return [self.home.template]


class FirstStepsView(PageView):
    policy = staticmethod(check_view_first_steps)
    template_name = "site/first_steps.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(steps=first_steps(self.request.user), **kwargs)


class HelpView(PageView):
    policy = staticmethod(signed_in)
    template_name = "site/help.html"
