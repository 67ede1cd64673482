"""What this app itself holds for the dossier: papers of filings, the list of members."""

from collections import defaultdict

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from organizations.choices import FilingKind, FilingStatus, PaperKind
from organizations.models import Filing, FilingPaper, Membership
from organizations.policies.filing import check_view_filings
from organizations.registries import DossierEntry, DossierSource, dossier_sources

# Which heading a paper of a filing fills.
HEADING_OF_PAPER = {
    PaperKind.APPLICATION: "application_form",
    PaperKind.CHARTER: "charter",
    PaperKind.ROSTER: "roster",
    PaperKind.IDENTITY: "identity",
    PaperKind.VENUE: "venue",
    PaperKind.FUNDS: "funds",
}
# Filings that are documents of the dossier themselves.
CHANGES = (FilingKind.CHANGE, FilingKind.CANCELLATION)
# A paper counts once its filing was handed in and did not come back.
COUNTS_IN = (FilingStatus.SUBMITTED, FilingStatus.CHECKED, FilingStatus.FILED, FilingStatus.SUSPENDED)


@dossier_sources.register
class FilingPapers(DossierSource):
    code = "filing_papers"
    label = gettext_lazy("papers of filings")
    order = 10
    policy = staticmethod(check_view_filings)

    @staticmethod
    def _papers():
        return FilingPaper.objects.in_use().filter(filing__status__in=COUNTS_IN, kind__in=HEADING_OF_PAPER)

    @classmethod
    def entries(cls, organization):
        filed = Filing.objects.filter(organization=organization, kind__in=CHANGES, status=FilingStatus.FILED)
        changes = [
            DossierEntry(
                title=filing.get_kind_display(), url=filing.get_absolute_url(),
                on=timezone.localdate(filing.decided_at), heading="changes", is_personal=True,
            )
            for filing in filed.order_by("-decided_at", "-pk")
        ]  # fmt: skip
        papers = cls._papers().filter(filing__organization=organization).select_related("filing")
        return changes + [
            DossierEntry(
                title=_("%(paper)s from the filing “%(kind)s”")
                % {"paper": paper.get_kind_display(), "kind": paper.filing.get_kind_display()},
                url=paper.get_file_url(),
                on=timezone.localdate(paper.created_at),
                heading=HEADING_OF_PAPER[paper.kind],
                is_personal=True,
            )
            for paper in papers.order_by("-created_at", "-pk")
        ]

    @classmethod
    def present_for(cls, organizations):
        rows = cls._papers().filter(filing__organization__in=organizations).order_by()
        found = defaultdict(set)
        filed = Filing.objects.filter(organization__in=organizations, kind__in=CHANGES, status=FilingStatus.FILED)
        found["changes"] = set(filed.order_by().values_list("organization_id", flat=True).distinct())
        for kind, key in rows.values_list("kind", "filing__organization_id").distinct():
            found[HEADING_OF_PAPER[kind]].add(key)
        return found


@dossier_sources.register
class Members(DossierSource):
    code = "members"
    label = gettext_lazy("list of members")
    order = 20

    @classmethod
    def entries(cls, organization):
        number = organization.memberships.current().count()
        if not number:
            return []
        title = ngettext("List of members: %(number)s person", "List of members: %(number)s people", number)
        return [
            DossierEntry(
                title=title % {"number": number},
                url=reverse("organizations:membership-list", args=[organization.uuid]),
                heading="roster",
                is_personal=True,
            )
        ]

    @classmethod
    def present_for(cls, organizations):
        rows = Membership.objects.current().filter(organization__in=organizations).order_by()
        return {"roster": set(rows.values_list("organization_id", flat=True).distinct())}
