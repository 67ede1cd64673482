"""The first screen of each role: what is to do, then the picture. Every number on it leads to its records.

A home is a class with ``template`` and ``context(user, now)``. Somebody with several roles gets the home of the first of
``ORDER`` that they hold.
"""

from urllib.parse import urlencode

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role, Scope
from incubator.accounts.models import Invitation, RoleGrant, User
from incubator.divisions.choices import Level, Setting
from incubator.divisions.models import Division
from incubator.jobs.models import Job
from organizations.choices import GrowthStage, LegalStatus
from organizations.models import Filing, SocialOrganization
from projects.models import Activity

# 民发〔2017〕191号: on average at least 10 organizations in an urban community, 5 in a rural one.
TARGETS = {Setting.URBAN: 10, Setting.RURAL: 5, Setting.UNKNOWN: None}
CARDS = 3
CHIPS = 4
ROWS = 20


def address(name, *args, **query):
    """An address of the site with a query string."""
    url = reverse(name, args=args)
    return f"{url}?{urlencode(query)}" if query else url


def month_of(now):
    return timezone.localtime(now).date().replace(day=1)


def counted_in_month(user, now):
    """Activities of this month, as every count on a home shows them."""
    return Activity.objects.visible_to(user).counted().in_month(month_of(now))


class Home:
    template = "site/home_other.html"

    def context(self, user, now):
        return {}


class WorkerHome(Home):
    """工作台: whom to see today, one big button, what was typed and not handed in."""

    template = "site/home_worker.html"

    def context(self, user, now):
        contacts, today = self.contacts(user), timezone.localdate(now)
        for organization in contacts:
            seen = organization.last_at and timezone.localdate(organization.last_at)
            organization.days = (today - seen).days if seen else None
        waiting = [organization for organization in contacts if organization.last_step][:CARDS]
        return {
            "promises": waiting,
            "to_visit": [organization for organization in contacts if organization not in waiting][:CARDS],
            "chips": self.chips(user),
            "drafts": list(Activity.objects.drafts_of(user).with_names().order_by("-updated_at", "-pk")[:5]),
            "returned": list(
                Activity.objects.visible_to(user)
                .filter(status="returned", recorded_by=user)
                .with_names()
                .order_by("-reviewed_at", "-pk")[:5]
            ),
            "month_count": counted_in_month(user, now).filter(recorded_by=user).count(),
            "month": month_of(now).strftime("%Y-%m"),
        }

    @staticmethod
    def contacts(user):
        """The organizations longest without contact, with the day and the promise of the last one (one query)."""
        last = Activity.objects.counted().filter(organization=OuterRef("pk")).order_by("-starts_at", "-pk")
        return list(
            SocialOrganization.objects.in_places(user.access.divisions(Role.SOCIAL_WORKER))
            .filter(state="active")
            .annotate(
                last_at=Subquery(last.values("starts_at")[:1]),
                last_step=Subquery(last.values("next_step")[:1]),
            )
            .order_by(F("last_at").asc(nulls_first=True), "pk")[:ROWS]
        )

    @staticmethod
    def chips(user):
        """The last four pairs of kind and organization that the person recorded: one tap begins the same again."""
        recent = (
            Activity.objects.counted()
            .filter(recorded_by=user)
            .select_related("organization")
            .order_by("-updated_at", "-pk")[: 5 * CHIPS]
        )
        found = {}
        for activity in recent:
            found.setdefault((activity.kind, activity.organization_id), activity)
        return list(found.values())[:CHIPS]


class PlaceHome(Home):
    """For an office with several communities: what waits, growth by stage, one row per community in code order."""

    template = "site/home_place.html"
    roles = ()
    filing_status = "checked"

    def roots(self, user):
        return user.access.divisions(*self.roles)

    def context(self, user, now):
        month = month_of(now)
        organizations = SocialOrganization.objects.existing().in_places(self.roots(user))
        filings = Filing.objects.visible_to(user)
        return {
            "waiting": filings.filter(status=self.filing_status).count(),
            "waiting_url": address("organizations:filing-list", status=self.filing_status),
            "returned": filings.filter(status="returned").count(),
            "returned_url": address("organizations:filing-list", status="returned"),
            "stages": self.stages(organizations),
            "rows": self.rows(user, organizations, now),
            "month": month.strftime("%Y-%m"),
            "month_count": counted_in_month(user, now).count(),
        }

    @staticmethod
    def stages(organizations):
        numbers = dict(organizations.order_by().values_list("growth_stage").annotate(Count("pk")))
        return [
            {
                "code": stage.value,
                "label": stage.label,
                "number": numbers.get(stage.value, 0),
                "url": address("organizations:organization-list", stage=stage.value),
            }
            for stage in (GrowthStage.SEED, GrowthStage.SEEDLING, GrowthStage.SAPLING, GrowthStage.TREE)
        ]

    def places(self, user):
        """The places that stand as rows, and how many digits of a community's code name its row."""
        communities = Division.objects.current().communities().within(self.roots(user)).order_by("code")
        return list(communities[:200]), 12

    def rows(self, user, organizations, now):
        """One dict per place, in code order, from three grouped queries."""
        places, digits = self.places(user)
        rows = {place.code: {"place": place, "communities": 0, "target": 0} for place in places}
        bodies = organizations.order_by().values_list("community__code", "legal_status").annotate(Count("pk"))
        for code, status, number in bodies:
            if row := rows.get(code[:digits]):
                row[status] = row.get(status, 0) + number
                row["total"] = row.get("total", 0) + number
        done = counted_in_month(user, now).order_by().values_list("community__code").annotate(Count("pk"))
        for code, number in done:
            if row := rows.get(code[:digits]):
                row["activities"] = row.get("activities", 0) + number
        self.add_targets(user, rows, digits)
        month = month_of(now).strftime("%Y-%m")
        for code, row in rows.items():
            row["url"] = address("organizations:organization-list", area=code)
            row["figures"] = [
                {
                    "label": status.label,
                    "number": row.get(status.value, 0),
                    "url": address("organizations:organization-list", area=code, legal_status=status.value),
                }
                for status in (LegalStatus.FILED, LegalStatus.REGISTERED, LegalStatus.UNFILED)
            ]
            row["activities_url"] = address("projects:activity-list", month=month, area=code, status="counted")
        return list(rows.values())

    def add_targets(self, user, rows, digits):
        for row in rows.values():
            row["target"] = TARGETS[row["place"].setting]


class StreetHome(PlaceHome):
    roles = (Role.STREET_STAFF,)


class HubHome(PlaceHome):
    roles = (Role.HUB_CENTER,)
    filing_status = "returned"


class DistrictHome(PlaceHome):
    """One row per street; the target is the sum over its communities."""

    roles = (Role.DISTRICT_ADMIN,)

    def places(self, user):
        streets = Division.objects.current().filter(level=Level.STREET).within(self.roots(user)).order_by("code")
        return list(streets[:100]), 9

    def add_targets(self, user, rows, digits):
        communities = Division.objects.current().communities().within(self.roots(user))
        settings = communities.order_by().values_list("parent__code", "setting").annotate(Count("pk"))
        for code, setting, number in settings:
            if row := rows.get(code):
                row["communities"] += number
                row["target"] += (TARGETS[setting] or 0) * number


class CommunityHome(PlaceHome):
    """The community's own page: filings to check first, its organizations, its month."""

    template = "site/home_community.html"
    roles = (Role.COMMUNITY_STAFF,)
    filing_status = "submitted"

    def context(self, user, now):
        found = super().context(user, now)
        organizations = SocialOrganization.objects.existing().in_places(self.roots(user)).with_names()
        found["organizations"] = list(organizations.order_by("pinyin", "pk")[:ROWS])
        found["recent"] = list(
            Activity.objects.visible_to(user).counted().with_names().order_by("-starts_at", "-pk")[:5]
        )
        return found


class LeaderHome(Home):
    """One's own organization: its stage, what is to do, one big button."""

    template = "site/home_leader.html"

    def context(self, user, now):
        own = user.access.bodies(Scope.ORGANIZATION, Role.ORGANIZATION_LEADER)
        organizations = list(SocialOrganization.objects.filter(uuid__in=own).with_names().order_by("pk"))
        return {
            "organizations": organizations,
            "filings": list(
                Filing.objects.filter(organization__in=organizations)
                .filter(Q(status__in=["draft", "returned", "submitted", "checked"]))
                .select_related("organization")
                .order_by("-updated_at", "-pk")[:5]
            ),
            "recent": list(
                Activity.objects.visible_to(user)
                .serving(*organizations)
                .counted()
                .with_names()
                .order_by("-starts_at", "-pk")[:5]
            ),
            "month_count": counted_in_month(user, now).count(),
            "month": month_of(now).strftime("%Y-%m"),
        }


class SupervisorHome(Home):
    """Records that wait to be looked at, oldest first."""

    template = "site/home_supervisor.html"

    def context(self, user, now):
        waiting = Activity.objects.visible_to(user).filter(status="submitted").exclude(recorded_by=user)
        return {
            "waiting": list(waiting.with_names().order_by("submitted_at", "pk")[:ROWS]),
            "waiting_count": waiting.count(),
            "month_count": counted_in_month(user, now).count(),
            "month": month_of(now).strftime("%Y-%m"),
        }


class PlatformHome(Home):
    """What the platform itself needs: people, places, work that gave up."""

    template = "site/home_platform.html"

    def context(self, user, now):
        return {
            "people": User.objects.filter(is_active=True).count(),
            "divisions": Division.objects.current().count(),
            "communities_loaded": Division.objects.current().communities().exists(),
            "organizations": SocialOrganization.objects.existing().count(),
            "invitations": Invitation.objects.open(now).count(),
            "dead_jobs": Job.objects.filter(state="dead").count(),
        }


class OtherHome(Home):
    """Reviewers, funders, evaluators, finance, grid workers: what this account is for, until work is handed to it."""

    def context(self, user, now):
        return {"grants": user.access.grants}


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
            "done": False,
            "reason": _("Joint meetings are not part of this version yet."),
        },
        {
            "title": _("Send out a needs questionnaire"),
            "text": _("Members answer on their phones by a QR code."),
            "done": False,
            "reason": _("Questionnaires are not part of this version yet."),
        },
    ]
