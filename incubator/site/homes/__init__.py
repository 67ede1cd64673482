"""The first screen of each role: what is to do, then the picture. Every number on it leads to its records.

A home is a class with ``template`` and ``context(user, now, place)``. Somebody with several roles gets the home of the
first of ``ORDER`` that they hold.
"""

from django.utils.translation import gettext as _

from incubator.accounts.choices import Role
from incubator.accounts.models import RoleGrant
from incubator.divisions.models import Division
from incubator.site.homes.base import address
from incubator.site.homes.people import LeaderHome, OtherHome, PlatformHome, SupervisorHome
from incubator.site.homes.places import CommunityHome, DistrictHome, HubHome, StreetHome
from incubator.site.homes.worker import WorkerHome
from linkage.models import MeetingSeries
from organizations.models import SocialOrganization

ORDER = (
    (Role.SOCIAL_WORKER, WorkerHome()),
    (Role.STREET_STAFF, StreetHome()),
    (Role.COMMUNITY_STAFF, CommunityHome()),
    (Role.ORGANIZATION_LEADER, LeaderHome()),
    (Role.AGENCY_SUPERVISOR, SupervisorHome()),
    (Role.HUB_CENTER, HubHome()),
    (Role.DISTRICT_ADMIN, DistrictHome()),
    (Role.PLATFORM_ADMIN, PlatformHome()),
)


def home_of(user):
    """The home of the first role in ``ORDER`` that the person holds."""
    return next((home for role, home in ORDER if user.access.has(role)), OtherHome())


def first_steps(user):
    """The four steps of a new place: [{title, text, done, url, reason}] (users.md 7)."""
    places = user.access.divisions(Role.STREET_STAFF, Role.DISTRICT_ADMIN, Role.HUB_CENTER, Role.AGENCY_SUPERVISOR)
    organizations = SocialOrganization.objects.visible_to(user)
    workers = RoleGrant.objects.active().filter(role=Role.SOCIAL_WORKER)
    if not user.access.is_platform_admin:
        workers = workers.filter(division__in=Division.objects.within(places).values("pk"))
    return [
        {
            "title": _("Bring in the organizations"),
            "text": _("From the list you keep: an Excel or CSV file with name, community and type is enough."),
            "done": organizations.exists(),
            "url": address("importing:batch-list"),
        },
        {
            "title": _("Invite the social workers"),
            "text": _("Each gets a link and makes their own account; the link works for seven days."),
            "done": workers.exists(),
            "url": address("accounts:invitation-list"),
        },
        {
            "title": _("Set the monthly joint meeting"),
            "text": _("A rule such as “second Thursday”; the platform invites and reminds."),
            "done": MeetingSeries.objects.visible_to(user).exists(),
            "url": address("linkage:series-list"),
        },
        {
            "title": _("Send out a needs questionnaire"),
            "text": _("Members answer on their phones by a QR code."),
            "done": False,
            "reason": _("Questionnaires are not part of this version yet."),
        },
    ]
