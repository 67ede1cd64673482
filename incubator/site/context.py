"""What the frame of every page needs: menu, place, bell. All of it is lazy: a page that shows no frame pays nothing,
and the error page can be shown while the database is away."""

from functools import cached_property, lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role, Scope
from incubator.notifications.services.inbox import UNREAD_CAP, unread_count
from incubator.site.menus import COUNTING, PHONE_MENU, SIDE_MENU, Menu, address, menu_for

DEMO_PASSWORD = "miaopu-demo"  # noqa: S105 - printed on the sign-in page of the demonstration, and nowhere else
DEMO_ACCOUNTS = (
    ("worker1", Role.SOCIAL_WORKER),
    ("staff1", Role.STREET_STAFF),
    ("community1", Role.COMMUNITY_STAFF),
    ("leader1", Role.ORGANIZATION_LEADER),
    ("district1", Role.DISTRICT_ADMIN),
    ("supervisor1", Role.AGENCY_SUPERVISOR),
    ("hub1", Role.HUB_CENTER),
    ("expert1", Role.EXPERT),
    ("funder1", Role.FUNDER),
    ("evaluator1", Role.EVALUATOR),
    ("finance1", Role.FINANCE),
    ("admin", Role.PLATFORM_ADMIN),
)


@lru_cache(maxsize=1024)
def menu_html(template, menu, current):
    """The same for all people of the same roles on the same kind of page, so it is rendered once per process."""
    return render_to_string(template, {"menu": menu, "current": current})


@lru_cache(maxsize=1)
def assets_html():
    """Style sheets and scripts: their addresses change with a deployment only."""
    return render_to_string("components/assets.html")


class Frame:
    def __init__(self, request):
        self.request = request

    @cached_property
    def person(self):
        """Who is signed in, or None; also None where the request never reached the sign-in middleware."""
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def side_menu(self):
        return menu_for(SIDE_MENU, self.person) if self.person else Menu()

    @cached_property
    def phone_menu(self):
        return menu_for(PHONE_MENU, self.person) if self.person else Menu()

    @cached_property
    def side_menu_html(self):
        """The menu as it stands on the page, twice: at the side, and in the sheet of the phone."""
        return menu_html("components/side_menu.html", self.side_menu, self.side_menu.current(self.request.path))

    @cached_property
    def phone_menu_html(self):
        return menu_html("components/phone_menu.html", self.phone_menu, self.phone_menu.current(self.request.path))

    @property
    def assets(self):
        return assets_html()

    @cached_property
    def unread(self):
        """How many notices wait, counted to 100 at most: the one query that the frame may cost."""
        return unread_count(self.person) if self.person else 0

    @cached_property
    def unread_label(self):
        return _("%(number)s+") % {"number": UNREAD_CAP} if self.unread > UNREAD_CAP else str(self.unread)

    @cached_property
    def place(self):
        """Where the person works, from their grants: a place, a place and how many more, or nothing."""
        if not self.person:
            return ""
        names = list(
            dict.fromkeys(grant.division.name for grant in self.person.access.grants if grant.scope == Scope.DIVISION)
        )
        if len(names) > 1:
            return _("%(place)s and %(count)s more") % {"place": names[0], "count": len(names) - 1}
        return names[0] if names else ""

    @cached_property
    def role(self):
        """What the person is here, in one word: the first of their grants."""
        grants = self.person.access.grants if self.person else []
        return grants[0].get_role_display() if grants else ""

    @cached_property
    def other_language(self):
        """The language to switch to: (code, its own name)."""
        return ("zh-hans", "中文") if get_language() == "en" else ("en", "English")

    @cached_property
    def language_url(self):
        return address("accounts:language")

    @cached_property
    def counts_url(self):
        """Where the page asks for the badges of the menu; "" for whom nothing ever waits."""
        return address("site:menu-counts") if self.person and self.person.access.has(*COUNTING) else ""

    @cached_property
    def profile_url(self):
        return address("accounts:profile")

    @cached_property
    def help_url(self):
        return address("site:help")

    @cached_property
    def bell_url(self):
        return address("notifications:notification-list")

    @cached_property
    def badge_url(self):
        """Where the page asks, once a minute while somebody looks at it, for the number on the bell."""
        return address("notifications:notification-badge")

    @property
    def linkage_label(self):
        return settings.LINKAGE_LABEL

    @cached_property
    def demo_accounts(self):
        """Accounts of the demonstration for the sign-in page; none on a real installation."""
        return [{"name": name, "role": role.label} for name, role in DEMO_ACCOUNTS] if settings.DEMO else []

    @property
    def demo_password(self):
        return DEMO_PASSWORD


def frame(request):
    return {"frame": Frame(request)}
