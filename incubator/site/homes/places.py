"""First screens of offices: what waits, growth by stage, one row per place in code order."""

from collections import Counter

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluations.policies.waiting import reviews_waiting_for
from evaluations.services.fading import fading_of, rules_for
from incubator.accounts.choices import Role
from incubator.divisions.choices import Level, Setting
from incubator.divisions.models import Division
from incubator.site.homes.base import (
    FEW,
    ROWS,
    Home,
    address,
    counted_in_month,
    given_by_meetings,
    month_of,
    month_start,
    page,
)
from linkage.services.month_board import HELD_STATE, month_rows
from organizations.choices import RATED_STAGES, LegalStatus
from organizations.models import Filing, SocialOrganization
from projects.choices import ProjectStage
from projects.models import Activity, Announcement, StageRequest

# 民发〔2017〕191号: on average at least 10 organizations in an urban community, 5 in a rural one.
TARGETS = {Setting.URBAN: 10, Setting.RURAL: 5, Setting.UNKNOWN: None}

COMMUNITY_DIGITS = 12  # of a community's code


class PlaceHome(Home):
    """For an office with several communities: what waits, growth by stage, one row per community in code order."""

    template = "site/home_place.html"
    roles = ()
    filing_status = "checked"

    def roots(self, user):
        return user.access.divisions(*self.roles)

    def context(self, user, now, place=None):
        month = month_of(now)
        organizations = SocialOrganization.objects.existing().in_places(self.roots(user))
        found = Filing.objects.visible_to(user).filter(status__in=(self.filing_status, "returned")).order_by()
        filings = Counter(dict(found.values_list("status").annotate(Count("pk"))))
        counted = counted_in_month(user, now).order_by().values_list("community__code")
        done = dict(counted.annotate(Count("pk")))
        rows = self.rows(user, organizations, done, now)
        return {
            "meetings_missing": sum(row["meeting"]["missing"] for row in rows),
            "meetings_url": page("linkage:meeting-missing") if any(row["meeting"] for row in rows) else "",
            "waiting": filings[self.filing_status],
            "waiting_url": address("organizations:filing-list", status=self.filing_status),
            "returned": filings["returned"],
            "returned_url": address("organizations:filing-list", status="returned"),
            "stages": self.stages(organizations),
            "rows": rows,
            "month": month.strftime("%Y-%m"),
            "month_count": sum(done.values()),
            "announcements_url": page("projects:announcement-list"),
            "requests_url": page("projects:stage-request-list"),
            "requests": self.requests(user).count(),
            **self.growth(user, timezone.localdate(now)),
            **given_by_meetings(user, now),
        }

    @staticmethod
    def growth(user, today):
        """Reviews in which it is this person's turn, and what fades in their places, each with its list."""
        fading = fading_of(user, today=today, rules=rules_for(user))
        return {
            "reviews": reviews_waiting_for(user).order_by().count(),
            "reviews_url": page("evaluations:review-list", waiting="true"),
            "fading": fading.order_by().count(),
            "fading_url": page("evaluations:board-fading"),
            "board_url": page("evaluations:board-growth"),
        }

    @staticmethod
    def requests(user):
        """Stage requests that an office is asked about: those after the first stage."""
        later = (ProjectStage.CULTIVATION, ProjectStage.SUMMARY)
        asked = StageRequest.objects.visible_to(user).filter(status="open", from_stage__in=later)
        return asked.exclude(requested_by=user)

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
            for stage in RATED_STAGES
        ]

    def rows_of(self, user):
        """The places that stand as rows, and how many digits of a community's code name its row."""
        communities = Division.objects.current().communities().within(self.roots(user)).order_by("code")
        return list(communities[:200]), COMMUNITY_DIGITS

    def rows(self, user, organizations, done, now):
        """One dict per place, in code order, from grouped queries; ``done``: {community's code: activities that count}."""
        places, digits = self.rows_of(user)
        rows = {place.code: {"place": place, "communities": 0, "target": 0} for place in places}
        bodies = organizations.order_by().values_list("community__code", "legal_status").annotate(Count("pk"))
        for code, status, number in bodies:
            if row := rows.get(code[:digits]):
                row[status] = row.get(status, 0) + number
                row["total"] = row.get("total", 0) + number
        for code, number in done.items():
            if row := rows.get(code[:digits]):
                row["activities"] = row.get("activities", 0) + number
        announced = Announcement.objects.visible_to(user).filter(starts_at__gte=month_start(now)).order_by()
        for code, number in announced.values_list("community__code").annotate(Count("pk")):
            if row := rows.get(code[:digits]):
                row["announcements"] = row.get("announcements", 0) + number
        self.add_targets(user, rows, digits)
        self.add_meetings(rows, month_of(now), timezone.localdate(now))
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
            row["announcements_url"] = page("projects:announcement-list", area=code)
            row["activities_url"] = address("projects:activity-list", month=month, area=code, status="counted")
        return list(rows.values())

    def add_meetings(self, rows, month, today):
        """``meeting``: {text, url, missing} of this month's joint meeting."""
        for found in month_rows([row["place"] for row in rows.values()], month, today):
            url = found.meeting.get_absolute_url() if found.meeting else ""
            rows[found.place.code]["meeting"] = {"text": found.text, "url": url, "missing": int(found.is_missing)}

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

    def rows_of(self, user):
        streets = Division.objects.current().filter(level=Level.STREET).within(self.roots(user)).order_by("code")
        return list(streets[:100]), 9

    def add_meetings(self, rows, month, today):
        """How many communities of the street have met, and which have not."""
        places = list(Division.objects.current().communities().filter(parent__code__in=rows).order_by("code"))
        found = month_rows(places, month, today)
        for code, row in rows.items():
            here = [one for one in found if one.place.code.startswith(code)]
            held = sum(one.state == HELD_STATE for one in here)
            row["meeting"] = {
                "text": _("%(held)s of %(number)s held") % {"held": held, "number": len(here)},
                "url": page("linkage:meeting-missing", area=code, month=f"{month:%Y-%m}", show="all"),
                "missing": sum(one.is_missing for one in here),
            }

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

    def context(self, user, now, place=None):
        found = super().context(user, now, place)
        organizations = SocialOrganization.objects.existing().in_places(self.roots(user)).with_names()
        found["organizations"] = list(organizations.order_by("pinyin", "pk")[:ROWS])
        waiting = Announcement.objects.visible_to(user).waiting().filter(starts_at__gt=now)
        found["to_answer"] = list(
            waiting.filter(Q(needs_answer=True) | Q(due_at__gt=now)).with_names().order_by("due_at", "pk")[:FEW]
        )
        found["recent"] = list(
            Activity.objects.visible_to(user).counted().with_names().order_by("-starts_at", "-pk")[:5]
        )
        return found
