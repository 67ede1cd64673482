"""The records that facts about organizations rest on, as a manifest knows them: which edition, and the hash of what
counts in it. A label tells no person's name, since manifests are read by streets and by leaders alike."""

import uuid

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from evaluations.models import Response, Wave
from evaluations.registries import evidence_kinds
from incubator.base.hashes import content_sha256
from organizations.models import DossierItem, Filing, Membership, SocialOrganization
from organizations.policies.dossier import check_view_dossier
from organizations.policies.filing import check_view_filings
from organizations.policies.membership import check_list_memberships
from projects.choices import COUNTED, Outcome
from projects.models import Activity, IncubationAgreement, IncubationProject, ProjectDocument
from projects.services.kind import label_of

CHUNK = 5_000  # identifiers in one query


def day(value):
    return f"{timezone.localtime(value):%Y-%m-%d}" if value else ""


class RecordKind:
    """Records of one model: one query for as many as fit in a chunk. ``fields`` are hashed as text; ``related`` are
    followed for the label. ``check_open(user, organization)``: who opens the page of such a record, when not everybody who
    reads the review does."""

    model = None
    fields = ()
    related = ()
    check_open = None

    @classmethod
    def fingerprints(cls, uuids):
        wanted, found = [uuid.UUID(str(one)) for one in uuids], {}
        for start in range(0, len(wanted), CHUNK):
            rows = cls.model._base_manager.filter(uuid__in=wanted[start : start + CHUNK]).order_by("pk")
            for row in rows.select_related(*cls.related):
                found[str(row.uuid)] = (
                    cls.version(row),
                    content_sha256(cls.content(row)),
                    cls.label_for(row),
                    cls.url(row),
                )
        return found

    @classmethod
    def content(cls, row):
        return {name: _plain(getattr(row, name)) for name in cls.fields}

    @classmethod
    def version(cls, row):
        return row.edition

    @classmethod
    def label_for(cls, row):
        return str(row)

    @classmethod
    def url(cls, row):
        return row.get_absolute_url()


def _plain(value):
    return value if value is None or isinstance(value, bool | int | str | list | dict) else str(value)


@evidence_kinds.register
class OrganizationKind(RecordKind):
    """The organization's own page. Stage and form are left out: the decision itself writes them."""

    code = "organization"
    label = gettext_lazy("the organization's page")
    model = SocialOrganization
    fields = (
        "name", "community_id", "type_id", "is_hub", "state", "dissolved_on", "legal_status", "credit_code",
        "filing_number", "filed_on", "founded_on", "responsible_person", "purpose", "activity_scope", "venue",
        "funds_fen", "funds_note", "declared_members", "party_organization", "party_members", "party_liaison",
    )  # fmt: skip

    @classmethod
    def label_for(cls, row):
        return row.name


@evidence_kinds.register
class MembershipKind(RecordKind):
    code = "membership"
    check_open = staticmethod(check_list_memberships)
    label = gettext_lazy("list of members")
    model = Membership
    related = ("organization",)
    fields = (
        "organization_id", "name", "position", "is_backbone", "is_successor", "is_reserve_talent", "joined_on",
        "left_on",
    )  # fmt: skip

    @classmethod
    def label_for(cls, row):
        return str(_("core member") if row.is_backbone else row.get_position_display())


@evidence_kinds.register
class ActivityKindOfEvidence(RecordKind):
    """What was looked at or locked meanwhile is the same record; what was returned or did not take place is not."""

    code = "activity"
    label = gettext_lazy("activity records")
    model = Activity
    fields = (
        "kind", "organization_id", "project_id", "title", "outcome", "starts_at", "minutes", "place_text",
        "participants", "summary", "led_by", "details",
    )  # fmt: skip

    @classmethod
    def content(cls, row):
        return super().content(row) | {"counts": row.status in COUNTED and row.outcome == Outcome.HELD}

    @classmethod
    def version(cls, row):
        return str(row.version)

    @classmethod
    def label_for(cls, row):
        return f"{label_of(row.kind)} · {day(row.starts_at)}"


@evidence_kinds.register
class DossierItemKind(RecordKind):
    """By its heading: the title of a document may hold a name."""

    code = "dossier_item"
    check_open = staticmethod(check_view_dossier)
    label = gettext_lazy("documents of the dossier")
    model = DossierItem
    related = ("organization", "heading")
    fields = ("organization_id", "heading_id", "title", "dated_on", "sha256", "withdrawn_at")

    @classmethod
    def label_for(cls, row):
        return f"{row.heading} · {day(row.created_at)}"


@evidence_kinds.register
class FilingKindOfEvidence(RecordKind):
    code = "filing"
    check_open = staticmethod(check_view_filings)
    label = gettext_lazy("filings")
    model = Filing
    fields = ("organization_id", "kind", "status", "year", "content", "number", "submitted_at", "decided_at")

    @classmethod
    def label_for(cls, row):
        return " · ".join(filter(None, [str(row.get_kind_display()), row.number or str(row.get_status_display())]))


@evidence_kinds.register
class ProjectKindOfEvidence(RecordKind):
    code = "project"
    label = gettext_lazy("incubation projects")
    model = IncubationProject
    fields = ("name", "organization_id", "stage", "starts_on", "ends_on", "goal", "closed_on", "termination_reason")


@evidence_kinds.register
class AgreementKind(RecordKind):
    code = "agreement"
    label = gettext_lazy("agreements")
    model = IncubationAgreement
    related = ("project",)
    fields = ("project_id", "parties", "starts_on", "ends_on", "services", "obligations", "funds", "signed_on")

    @classmethod
    def label_for(cls, row):
        return f"{row._meta.verbose_name} · {row.project.name}"


@evidence_kinds.register
class ProjectDocumentKind(RecordKind):
    code = "project_document"
    label = gettext_lazy("documents of projects")
    model = ProjectDocument
    related = ("project",)
    fields = ("project_id", "kind", "title", "dated_on", "sha256", "withdrawn_at")

    @classmethod
    def label_for(cls, row):
        return f"{row.get_kind_display()} · {row.project.name}"


@evidence_kinds.register
class WaveKindOfEvidence(RecordKind):
    """The answers of a survey as a whole; who answered what is nobody's business here. A sheet's answers and scores never
    change once it is there, so the sheets that count say it all, and the answers themselves stay where they are."""

    code = "wave"
    label = gettext_lazy("surveys")
    model = Wave

    @classmethod
    def fingerprints(cls, uuids):
        wanted, found = [uuid.UUID(str(one)) for one in uuids], {}
        for start in range(0, len(wanted), CHUNK):
            waves = list(Wave._base_manager.filter(uuid__in=wanted[start : start + CHUNK]).order_by("pk"))
            sheets = {wave.pk: [] for wave in waves}
            counted = Response.objects.counted().filter(wave__in=sheets).order_by("uuid")
            for key, identifier in counted.values_list("wave_id", "uuid"):
                sheets[key].append(str(identifier))
            for wave in waves:
                mine = sheets[wave.pk]
                label = ngettext("%(wave)s · %(number)d answer", "%(wave)s · %(number)d answers", len(mine))
                found[str(wave.uuid)] = (
                    str(len(mine)),
                    content_sha256({"status": wave.status, "sheets": mine}),
                    label % {"wave": wave, "number": len(mine)},
                    wave.get_absolute_url(),
                )
        return found
