"""The menu, by role. An entry whose page does not exist is left out, so a part can be built before its neighbours."""

from collections.abc import Set
from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import Q
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, resolve, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from incubator.accounts.choices import Role
from incubator.base.policies import verdict
from incubator.base.templatetags.base import icon
from incubator.divisions.models import Division
from organizations.models import Filing, ResidentNeed
from projects.choices import ProjectStage
from projects.models import Activity, Admission, Announcement, FollowUp, StageRequest

FIELD = frozenset({Role.SOCIAL_WORKER, Role.ORGANIZATION_LEADER})
COMMUNITY = frozenset({Role.COMMUNITY_STAFF, Role.GRID_WORKER})
OFFICE = frozenset({Role.STREET_STAFF, Role.DISTRICT_ADMIN, Role.HUB_CENTER, Role.PLATFORM_ADMIN})
GRANTING = frozenset({Role.STREET_STAFF, Role.DISTRICT_ADMIN, Role.HUB_CENTER, Role.PLATFORM_ADMIN})
OVERSIGHT = OFFICE | COMMUNITY | {Role.AGENCY_SUPERVISOR, Role.SOCIAL_WORKER}
ADMIN = frozenset({Role.PLATFORM_ADMIN})
CASEWORK = (FIELD | OVERSIGHT) - ADMIN  # who runs the platform does not read it
REVIEWING = CASEWORK - {Role.GRID_WORKER} | {Role.EVALUATOR}


@dataclass(frozen=True)
class MenuItem:
    """``roles`` is who sees it (None: everybody); ``group`` is the heading it stands under."""

    label: str
    url_name: str
    icon: str
    roles: Set | None = None
    group: str = ""
    count: str = ""  # which of ``waiting_counts`` stands beside it

    def is_for(self, roles):
        return self.roles is None or bool(self.roles & roles)


WORK, PLACES, CARE = _("Daily work"), _("Organizations and places"), _("Care of the platform")
RULES = _("Rules and forms")
CONTRACTS = frozenset({Role.SOCIAL_WORKER, Role.AGENCY_SUPERVISOR, Role.STREET_STAFF, Role.HUB_CENTER,
                       Role.DISTRICT_ADMIN, Role.FINANCE})  # fmt: skip
KEEPERS = frozenset({Role.STREET_STAFF, Role.DISTRICT_ADMIN, Role.HUB_CENTER})
MAKERS = KEEPERS | {Role.SOCIAL_WORKER, Role.AGENCY_SUPERVISOR}  # of questionnaires
LOOKERS = frozenset({Role.AGENCY_SUPERVISOR, Role.HUB_CENTER})
DECIDERS = frozenset({Role.AGENCY_SUPERVISOR, Role.STREET_STAFF, Role.HUB_CENTER, Role.EVALUATOR, Role.DISTRICT_ADMIN})

SIDE_MENU = (
    MenuItem(_("Home"), "site:home", "house"),
    MenuItem(_("Log an activity"), "projects:activity-create", "journal-plus", FIELD, WORK),
    MenuItem(_("Activities"), "projects:activity-list", "journal-text", CASEWORK, WORK),
    MenuItem(_("Calendar"), "calendars:month", "calendar-week", CASEWORK, WORK),
    MenuItem(_("Tasks"), "projects:follow-up-list", "list-check", CASEWORK, WORK, "tasks"),
    MenuItem(_("Incubation projects"), "projects:project-list", "sprout", CASEWORK, WORK),
    MenuItem(_("Announcements"), "projects:announcement-list", "megaphone", CASEWORK, WORK, "announcements"),
    MenuItem(_("Joint meetings"), "linkage:meeting-list", "people-fill", CASEWORK, WORK),
    MenuItem(_("Actions of joint meetings"), "linkage:action-list", "flag", CASEWORK, WORK),
    MenuItem(_("Surveys"), "evaluations:wave-list", "clipboard-check", CASEWORK, WORK),
    MenuItem(_("Needs of residents"), "organizations:need-list", "chat-left-text", CASEWORK, WORK, "needs"),
    MenuItem(_("Three lists"), "linkage:three-lists", "list-check", CASEWORK, WORK),
    MenuItem(_("Records to look at"), "projects:review-list", "eye", LOOKERS, WORK, "records"),
    MenuItem(_("Stage requests"), "projects:stage-request-list", "signpost-2", DECIDERS | FIELD, WORK, "requests"),
    MenuItem(_("Organizations"), "organizations:organization-list", "people", FIELD | OVERSIGHT, PLACES),
    MenuItem(_("Growth board"), "evaluations:board-growth", "kanban", OVERSIGHT, PLACES),
    MenuItem(_("Growth reviews"), "evaluations:review-list", "award", REVIEWING, PLACES),
    MenuItem(_("Fading"), "evaluations:board-fading", "hourglass-split", CASEWORK - {Role.GRID_WORKER}, PLACES),
    MenuItem(_("Networks"), "linkage:place-network", "diagram-3", REVIEWING - {Role.ORGANIZATION_LEADER}, PLACES),
    MenuItem(_("Talents"), "organizations:talent-list", "star", FIELD | OVERSIGHT, PLACES),
    MenuItem(_("Filings"), "organizations:filing-list", "file-earmark-check", CASEWORK, PLACES, "filings"),
    MenuItem(_("Admissions"), "projects:admission-list", "box-arrow-in-right", CASEWORK, PLACES, "admissions"),
    MenuItem(_("Resources"), "organizations:resource-list", "box-seam", CASEWORK, PLACES),
    MenuItem(_("Communities"), "organizations:community-list", "geo-alt", OVERSIGHT, PLACES),
    MenuItem(_("Agencies"), "organizations:agency-list", "briefcase", OVERSIGHT, PLACES),
    MenuItem(_("Service contracts"), "projects:contract-list", "clipboard-check", CONTRACTS, PLACES),
    MenuItem(_("Questionnaires"), "evaluations:instrument-list", "card-checklist", MAKERS | ADMIN, RULES),
    MenuItem(_("Kinds of needs"), "organizations:need-category-list", "tags", KEEPERS | ADMIN, RULES),
    MenuItem(_("Rules of work"), "projects:rule-list", "sliders", KEEPERS, RULES),
    MenuItem(_("Growth standards"), "evaluations:standard-list", "award", KEEPERS | ADMIN, RULES),
    MenuItem(_("Who decides on growth"), "evaluations:growth-rule-list", "diagram-3", KEEPERS, RULES),
    MenuItem(_("Hand-overs"), "projects:handover-list", "arrow-left-right", KEEPERS, RULES),
    MenuItem(_("Own kinds of activities"), "projects:kind-list", "collection", ADMIN, RULES),
    MenuItem(_("Group robots"), "notifications:robot-list", "chat-dots", KEEPERS | {Role.COMMUNITY_STAFF}, RULES),
    MenuItem(_("Papers of the office"), "reporting:paper-list", "file-earmark-word", KEEPERS | ADMIN, RULES),
    MenuItem(_("Imports"), "importing:batch-list", "upload", OFFICE | {Role.AGENCY_SUPERVISOR}, CARE),
    MenuItem(_("People"), "accounts:user-list", "person-badge", GRANTING, CARE),
    MenuItem(_("Invitations"), "accounts:invitation-list", "person-plus", GRANTING, CARE),
    MenuItem(_("Divisions"), "divisions:division-list", "map", ADMIN, CARE),
    MenuItem(_("Audit trail"), "audit:event-list", "shield-check", GRANTING, CARE),
    MenuItem(_("Schedules"), "jobs:schedule-list", "clock-history", ADMIN, CARE),
    MenuItem(_("Background work"), "jobs:job-list", "cpu", ADMIN, CARE),
)

# The bottom bar of the phone: at most four, then "Me" with everything else.
PHONE_MENU = (
    MenuItem(_("Home"), "site:home", "house"),
    MenuItem(_("Log activity"), "projects:activity-create", "journal-plus", FIELD),
    MenuItem(_("Activities"), "projects:activity-list", "journal-text", OVERSIGHT - FIELD),
    MenuItem(_("Organizations"), "organizations:organization-list", "people", FIELD | OVERSIGHT),
    MenuItem(_("Calendar"), "calendars:month", "calendar-week", CASEWORK),
)


def waiting_counts(user, now):
    """{name: number} of what waits for this person, for the badges of their menu: one query each, at most four. For each
    role what its holders are asked to do; somebody of several roles gets the first four."""
    shown = {entry.count for entry in menu_for(SIDE_MENU, user).entries}
    today, found = timezone.localdate(now), {}
    requests = StageRequest.objects.visible_to(user).filter(status="open").exclude(requested_by=user)
    later = (ProjectStage.CULTIVATION, ProjectStage.SUMMARY)
    asked = (
        (Role.COMMUNITY_STAFF, "announcements", lambda: _to_answer(user, now)),
        (Role.COMMUNITY_STAFF, "filings", lambda: Filing.objects.waiting_for(user)),
        (Role.COMMUNITY_STAFF, "needs", lambda: _to_take_up(user)),
        (Role.STREET_STAFF, "requests", lambda: requests.filter(from_stage__in=later)),
        (Role.STREET_STAFF, "filings", lambda: Filing.objects.waiting_for(user)),
        (Role.AGENCY_SUPERVISOR, "requests", lambda: requests.filter(from_stage=ProjectStage.PREPARATION)),
        (Role.AGENCY_SUPERVISOR, "records", lambda: _to_look_at(user)),
        (Role.HUB_CENTER, "admissions", lambda: _to_check(user)),
        (Role.HUB_CENTER, "records", lambda: _to_look_at(user)),
        (Role.SOCIAL_WORKER, "tasks", lambda: FollowUp.objects.of_worker(user).due(today)),
        (Role.ORGANIZATION_LEADER, "tasks", lambda: FollowUp.objects.visible_to(user).due(today)),
    )
    for role, name, rows in asked:
        if name in shown and user.access.has(role) and name not in found and len(found) < MOST_COUNTS:
            found[name] = rows().order_by()[: COUNT_CAP + 1].count()
    return found


MOST_COUNTS, COUNT_CAP = 4, 99
COUNTING = (Role.COMMUNITY_STAFF, Role.STREET_STAFF, Role.AGENCY_SUPERVISOR, Role.HUB_CENTER, Role.SOCIAL_WORKER,
            Role.ORGANIZATION_LEADER)  # fmt: skip


def _to_answer(user, now):
    here = Division.objects.within(user.access.divisions(Role.COMMUNITY_STAFF)).values("pk")
    waiting = Announcement.objects.waiting().filter(community__in=here, starts_at__gt=now)
    return waiting.filter(Q(needs_answer=True) | Q(due_at__gt=now)).exclude(filed_by=user)


def _to_take_up(user):
    here = Division.objects.within(user.access.divisions(Role.COMMUNITY_STAFF)).values("pk")
    return ResidentNeed.objects.filter(status="raised", community__in=here)


def _to_look_at(user):
    return Activity.objects.visible_to(user, drafts=False).filter(status="submitted").exclude(recorded_by=user)


def _to_check(user):
    return Admission.objects.visible_to(user).filter(status__in=["applied", "screened"]).exclude(applied_by=user)


@dataclass(frozen=True)
class Entry:
    """A menu item made ready for the page."""

    label: str
    url: str
    icon: str
    group: str = ""
    count: str = ""


@dataclass(frozen=True)
class Menu:
    entries: tuple = field(default_factory=tuple)

    def current(self, path):
        """The address of the entry that ``path`` belongs to: the longest one that it begins with."""
        fitting = [
            entry.url for entry in self.entries if path.startswith(entry.url) and entry.url != get_script_prefix()
        ]
        if not fitting and path == get_script_prefix():
            return path
        return max(fitting, key=len, default="")

    def groups(self):
        """``[(heading, entries)]`` in the order of the menu."""
        found = {}
        for entry in self.entries:
            found.setdefault(entry.group, []).append(entry)
        return list(found.items())


def address(url_name):
    """The address of a page, or "" while it does not exist."""
    return _address(url_name, get_urlconf(), get_script_prefix())


@lru_cache(maxsize=256)
def _address(url_name, urlconf, prefix):
    """Kept, because every page asks for some thirty of them."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


@lru_cache(maxsize=256)
def page_policy(url_name, urlconf):
    """The policy that the page behind a menu item names, so that the menu never leads to a refusal."""
    view = getattr(resolve(reverse(url_name)).func, "view_class", None)
    return getattr(view, "policy", None)


def menu_for(items, user):
    """The menu of ``user``: what their roles need, as far as the pages exist and are open to them."""
    roles, urlconf, open_to = user.access.roles, get_urlconf(), []
    for item in items:
        if item.is_for(roles) and address(item.url_name):
            policy = page_policy(item.url_name, urlconf)
            if policy is None or verdict(policy, user):
                open_to.append(item)
    return _menu(tuple(open_to), get_language(), urlconf, get_script_prefix())


@lru_cache(maxsize=512)
def _menu(items, language, urlconf, prefix):
    """The same items in the same language make the same menu, so it is made once per process."""
    return Menu(
        tuple(
            Entry(str(item.label), address(item.url_name), icon(item.icon), str(item.group), item.count)
            for item in items
        )
    )
