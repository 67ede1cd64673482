"""Home by role, the first steps of a new place, and help."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role
from incubator.base.policies import signed_in
from incubator.base.views import PageView, PolicyMixin, View
from incubator.site.homes import first_steps, home_of
from incubator.site.menus import waiting_counts

CHOSEN_PLACE = "home_place"  # in the session: code of the place that the home shows
MOST_SHOWN = 99
STARTERS = (Role.STREET_STAFF, Role.DISTRICT_ADMIN, Role.HUB_CENTER, Role.AGENCY_SUPERVISOR, Role.PLATFORM_ADMIN)


def check_view_first_steps(user):
    signed_in(user)
    if not user.access.has(*STARTERS):
        raise PermissionDenied(_("Streets, districts, centres and agencies set a new place up."))


class HomeView(PageView):
    policy = staticmethod(signed_in)

    def get_context_data(self, **kwargs):
        user = self.request.user
        self.home = home_of(user)
        places = self.home.places(user)
        code = self.request.session.get(CHOSEN_PLACE, "")
        place = next((place for place in places if place.code == code), None)
        found = self.home.context(user, timezone.now(), place)
        return super().get_context_data(places=places if len(places) > 1 else [], place=place, **found, **kwargs)

    def get_template_names(self):
        return [self.home.template]


class HomePlaceView(PolicyMixin, View):
    """Remember which of one's places the home shows; anything else means all of them."""

    policy = staticmethod(signed_in)
    http_method_names = ["post", "options"]

    def post(self, request):
        wanted = request.POST.get("place", "")
        if wanted in {place.code for place in home_of(request.user).places(request.user)}:
            request.session[CHOSEN_PLACE] = wanted
        else:
            request.session.pop(CHOSEN_PLACE, None)
        return HttpResponseRedirect(reverse("site:home"))


class MenuCountsView(PolicyMixin, View):
    """What waits for the person, for the badges of the menu: asked by the page itself, so that no page waits for it."""

    policy = staticmethod(signed_in)
    http_method_names = ["get", "options"]

    def get(self, request):
        counts = waiting_counts(request.user, timezone.now())
        response = render(request, "site/menu_counts_partial.html", {"counts": counts, "most": MOST_SHOWN})
        patch_cache_control(response, private=True, max_age=60)
        return response


class FirstStepsView(PageView):
    policy = staticmethod(check_view_first_steps)
    template_name = "site/first_steps.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(steps=first_steps(self.request.user), **kwargs)


class HelpView(PageView):
    policy = staticmethod(signed_in)
    template_name = "site/help.html"
